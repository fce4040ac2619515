"""The result of a local refinement: the picture sharpened, and marked as what it is."""

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bot.demo.drawing.canvas import Colour, jpeg

WORDS = "HD"
BADGE: Colour = (24, 92, 148)
SIDE = 0.12  # of the picture's shorter side: how wide the badge is


def draw_refined(coarse: Image.Image) -> bytes:
    """Draw a picture once more, visibly sharper and with a badge in its lower left corner."""
    sharp = coarse.convert("RGB").filter(ImageFilter.UnsharpMask(1.2, 70, 2))
    return jpeg(_badged(sharp))


def _badged(image: Image.Image) -> Image.Image:
    wide = max(40, round(min(image.size) * SIDE))
    edge, high = round(wide * 0.25), round(wide * 0.6)
    box = (edge, image.height - edge - high, edge + wide, image.height - edge)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle(box, radius=high // 4, fill=BADGE)
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    font = ImageFont.load_default(high * 0.7)
    draw.text(middle, WORDS, font=font, fill=(255, 255, 255), anchor="mm")
    return image
