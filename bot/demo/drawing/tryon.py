"""The result of a local try-on: the person's photo with the garments drawn onto it.

Everything new is painted on one transparent sheet at a moderate size and laid over the
photo at its own size, so that large photos cost little and keep their detail.
"""

from functools import partial

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from bot.demo.drawing.body import APART, Body, find_body
from bot.demo.drawing.canvas import SHADOW, jpeg
from bot.demo.drawing.cloth import LEGS, Cloth, cut_out
from bot.demo.drawing.fitting import Fit, fit_bottom, fit_top
from bot.demo.drawing.invented import invented_bottom, invented_top
from bot.demo.drawing.newface import new_face
from bot.demo.drawing.shapes import Point
from bot.demo.drawing.silhouette import Silhouette, silhouette
from bot.demo.drawing.warp import Inverse, bend

WORK = 1200  # px, the long side of the sheet
SIZES = {1024: (576, 1024), 1280: (720, 1280)}  # provider docs 000, "parameters.resolution"
MARK = "DEMO"
MARK_COLOUR = (214, 56, 64)


def draw_tryon(
    person: Image.Image,
    top: Image.Image | None,
    bottom: Image.Image | None,
    *,
    resolution: int = -1,
    keep_face: bool = True,
    invent: bool = False,
) -> bytes:
    """Draw the person wearing the garments, as JPEG.

    `resolution` is -1 for the size of the photo, else a key of `SIZES`. A garment that
    is missing is left as it is on the photo; or, to `invent`, made up: not below a dress.
    """
    photo = person.convert("RGB").copy()
    work = _shrunk(photo)
    shape = silhouette(work)
    body = find_body(shape)
    sheet = Image.new("RGBA", work.size)
    if not keep_face:
        sheet.alpha_composite(new_face(work, body))
    skin = Image.alpha_composite(work.convert("RGBA"), sheet)
    tops = cut_out(_shrunk(top)) if top else None
    bottoms = cut_out(_shrunk(bottom)) if bottom else None
    if invent and tops is None:
        tops = invented_top(work, body)
    elif invent and bottoms is None and not (tops and tops.dress):
        bottoms = invented_bottom(work, body)
    if bottoms:
        _wear(sheet, bottoms, fit_bottom(bottoms, body), shape)
    if tops:
        _wear(sheet, tops, fit_top(tops, body), shape)
    if tops or bottoms:
        _bring_forward(sheet, skin, _head_and_hands(shape, body))
    _laid_over(photo, sheet)
    return jpeg(marked(_framed(photo, SIZES[resolution]) if resolution in SIZES else photo))


def _shrunk(photo: Image.Image) -> Image.Image:
    small = photo.convert("RGB").copy()
    small.thumbnail((WORK, WORK), Image.Resampling.BICUBIC)
    return small


def _laid_over(photo: Image.Image, sheet: Image.Image) -> None:
    """Lay the sheet over the photo, at the photo's own size."""
    box = sheet.getbbox()
    if box is None:
        return
    fx, fy = photo.width / sheet.width, photo.height / sheet.height
    left, top, right, bottom = (
        round(value * factor) for value, factor in zip(box, (fx, fy, fx, fy), strict=True)
    )
    part = sheet.crop(box).resize((right - left, bottom - top), Image.Resampling.BICUBIC)
    photo.paste(part.convert("RGB"), (left, top), part.getchannel("A"))


def _wear(sheet: Image.Image, cloth: Cloth, fit: Fit, shape: Silhouette) -> None:
    """Paint a garment and the shadow it throws onto the person."""
    # The garment is brought near its final size first: bending alone would leave it jagged.
    factor = min(1.0, fit.scale * 1.25)
    size = (max(8, round(cloth.image.width * factor)), max(8, round(cloth.image.height * factor)))
    small = cloth.image.resize(size, Image.Resampling.LANCZOS)
    fx, fy = size[0] / cloth.image.width, size[1] / cloth.image.height

    layer = Image.new("RGBA", sheet.size)
    for box, source in fit.pieces:
        layer.paste(bend(small, box, partial(_scaled, source, fx, fy)), box[:2])
    alpha = layer.getchannel("A")
    shade = alpha.filter(ImageFilter.GaussianBlur(sheet.height / 170))
    shade = ImageChops.offset(shade, sheet.height // 500, sheet.height // 130)
    shade = ImageChops.multiply(shade, shape.mask).point(lambda value: value * 0.34)
    dark = Image.new("RGBA", sheet.size, SHADOW)
    dark.putalpha(shade)
    sheet.alpha_composite(dark)
    sheet.alpha_composite(layer)


def _scaled(source: Inverse, fx: float, fy: float, x: float, y: float) -> Point:
    u, v = source(x, y)
    return u * fx, v * fy


def _head_and_hands(shape: Silhouette, body: Body) -> Image.Image:
    """Return the mask of what is in front of any garment."""
    front = Image.new("L", shape.mask.size)
    draw = ImageDraw.Draw(front)
    reach, middle = body.head_half * 1.35, body.middle
    draw.rectangle((middle - reach, 0, middle + reach, body.neck), fill=255)
    half = body.neck_half * 1.12
    low = max(body.shoulder + 0.005 * body.height, body.neck + 1)
    straight = max(body.neck, low - half)
    draw.rectangle((middle - half, body.neck - 1, middle + half, straight), fill=255)
    draw.ellipse((middle - half, low - 2 * half, middle + half, low), fill=255)
    for arm in body.arms:
        _draw_hand(draw, shape, body, arm.side, arm.joint[1] + arm.length * 1.12)
    front = front.filter(ImageFilter.GaussianBlur(shape.mask.height / 900))
    if not body.found:
        return front
    # A little of the background clings to the silhouette: without it no light rim is left.
    inner = shape.mask.filter(ImageFilter.MinFilter(5)).filter(ImageFilter.GaussianBlur(0.8))
    return ImageChops.multiply(front, inner)


def _draw_hand(
    draw: ImageDraw.ImageDraw, shape: Silhouette, body: Body, side: int, wrist: float
) -> None:
    step = max(1.0, body.height / 300)
    y = wrist
    while y < wrist + 0.11 * body.height:
        runs = shape.runs(y)
        enough = LEGS if body.legs else APART
        run = runs[0 if side < 0 else -1] if len(runs) >= enough else None
        if run and abs(run.middle - body.middle) > body.hip_half * 1.1:
            draw.rectangle((run.left - 2, y - step, run.right + 2, y + step), fill=255)
        y += step


def _bring_forward(sheet: Image.Image, skin: Image.Image, front: Image.Image) -> None:
    """Let the person show again where the mask is, over everything painted so far."""
    person = skin.copy()
    covered = ImageChops.multiply(
        front, sheet.getchannel("A").point(lambda value: 255 * (value > 0))
    )
    person.putalpha(covered)
    sheet.alpha_composite(person)


def _framed(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Fit the picture into a frame, its borders continued softly where it is too short."""
    inner = ImageOps.contain(image, size, Image.Resampling.LANCZOS)
    if inner.size == size:
        return inner
    left, top = (size[0] - inner.width) // 2, (size[1] - inner.height) // 2
    framed = Image.new("RGB", size)
    right, below = size[0] - left - inner.width, size[1] - top - inner.height
    edges = (
        ((0, 0, inner.width, 2), (inner.width, top), (0, 0)),
        (
            (0, inner.height - 2, inner.width, inner.height),
            (inner.width, below),
            (0, top + inner.height),
        ),
        ((0, 0, 2, inner.height), (left, inner.height), (0, 0)),
        (
            (inner.width - 2, 0, inner.width, inner.height),
            (right, inner.height),
            (left + inner.width, 0),
        ),
    )
    for box, area, place in edges:
        if min(area) > 0:
            framed.paste(inner.crop(box).resize(area, Image.Resampling.BILINEAR), place)
    framed.paste(inner, (left, top))
    framed = framed.filter(ImageFilter.GaussianBlur(6))
    framed.paste(inner, (left, top))
    return framed


def marked(image: Image.Image) -> Image.Image:
    """Put a ribbon across the upper right corner that says what this is."""
    side = max(48, round(min(image.size) * 0.30))
    ribbon = Image.new("RGBA", (side * 2, side * 2))
    draw = ImageDraw.Draw(ribbon)
    height = side * 0.21
    draw.rectangle((0, side - height / 2, side * 2, side + height / 2), fill=(*MARK_COLOUR, 235))
    for edge in (side - height * 0.38, side + height * 0.38):
        draw.line((0, edge, side * 2, edge), fill=(255, 255, 255, 170), width=max(1, side // 120))
    draw.text(
        (side, side),
        MARK,
        font=ImageFont.load_default(height * 0.62),
        fill=(255, 255, 255, 255),
        anchor="mm",
    )
    turned = ribbon.rotate(-45, Image.Resampling.BICUBIC)
    half = round(side * 0.5)
    corner = turned.crop((side - half, side - half, side + half, side + half))
    image = image.copy()
    image.paste(corner, (image.width - corner.width, 0), corner)
    return image
