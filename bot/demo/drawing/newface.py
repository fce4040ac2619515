"""Another face for a person: what a try-on without `restore_face` shows."""

from PIL import Image, ImageDraw, ImageFilter, ImageStat

from bot.demo.drawing.body import Body
from bot.demo.drawing.canvas import Canvas, Colour, darker, mix
from bot.demo.drawing.face import Face, Frame, paint_head
from bot.demo.drawing.hair import short_front

EYES: Colour = (64, 96, 140)
LIPS: Colour = (176, 84, 88)


def _mean(image: Image.Image, box: tuple[float, float, float, float]) -> Colour:
    left, top, right, bottom = (round(value) for value in box)
    patch = image.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    red, green, blue = (round(value) for value in ImageStat.Stat(patch).median)
    return red, green, blue


def new_face(photo: Image.Image, body: Body) -> Image.Image:
    """Return a sheet of the photo's size with a new face in the place of the old one."""
    half = body.head_half * 0.86
    frame = Frame(body.middle, body.neck - half * 1.30, half, half * 1.30)
    skin = _mean(photo, (*frame.at(-0.45, 0.20), *frame.at(0.45, 0.42)))
    hair = darker(_mean(photo, (*frame.at(-0.35, -1.10), *frame.at(0.35, -0.92))), 0.15)
    canvas = Canvas(photo.convert("RGB"))
    face = Face(
        skin=mix(skin, (232, 184, 150), 0.25),
        hair=hair,
        eyes=EYES,
        lips=LIPS,
        glasses=True,
        freckles=True,
    )
    paint_head(canvas, frame, face)
    short_front(canvas, frame, hair)
    sheet = canvas.finished().convert("RGBA")
    where = Image.new("L", photo.size)
    draw = ImageDraw.Draw(where)
    draw.ellipse((*frame.at(-1.25, -1.34), *frame.at(1.25, 1.04)), fill=255)
    sheet.putalpha(where.filter(ImageFilter.GaussianBlur(half / 24)))
    return sheet
