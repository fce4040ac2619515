"""A portrait drawn by hand, on which the gallery shows what each style does."""

from functools import cache

from PIL import Image, ImageDraw, ImageFilter

SIZE = (352, 440)  # px
_DRAWN = (480, 600)  # the drawing's own measure
_LARGER = 2  # it is painted this many times larger and shrunk, so that edges are smooth

_WALL, _LIGHT = (206, 222, 226), (246, 240, 228)
_SKIN, _SHADE, _BLUSH = (243, 204, 174), (222, 172, 142), (236, 140, 120)
_HAIR, _SHINE = (74, 44, 36), (124, 78, 58)
_COAT, _FOLD, _SHIRT = (64, 112, 150), (44, 84, 120), (250, 246, 238)
_EYE, _LIPS, _WHITE = (62, 84, 70), (196, 84, 84), (255, 253, 250)

_Box = tuple[float, float, float, float]


@cache
def bust() -> Image.Image:
    """Return somebody with short dark hair in a blue coat. Not to be changed."""
    width, height = (side * _LARGER for side in _DRAWN)
    image = Image.linear_gradient("L").rotate(90).resize((width, height))
    image = _between(_WALL, _LIGHT, image)
    draw = ImageDraw.Draw(image)
    _body(draw)
    _head(draw)
    _face(draw)
    soft = image.filter(ImageFilter.GaussianBlur(1.2))
    return _lit(soft).resize(SIZE, Image.Resampling.LANCZOS)


def _between(
    dark: tuple[int, int, int], light: tuple[int, int, int], share: Image.Image
) -> Image.Image:
    return Image.composite(
        Image.new("RGB", share.size, light), Image.new("RGB", share.size, dark), share
    )


def _lit(image: Image.Image) -> Image.Image:
    """Let light fall from the upper left."""
    shade = Image.radial_gradient("L").resize((image.width * 2, image.height * 2))
    left, top = round(image.width * 0.62), round(image.height * 0.66)
    shade = shade.crop((left, top, left + image.width, top + image.height))
    dark = image.point(lambda value: value * 0.72)
    return Image.composite(dark, image, shade.point(lambda value: value * 0.7))


def _oval(x: float, y: float, rx: float, ry: float) -> _Box:
    """Return a box around a point, in the drawing's own measure."""
    return tuple(  # type: ignore[return-value]  # four of them
        value * _LARGER for value in (x - rx, y - ry, x + rx, y + ry)
    )


def _points(*pairs: tuple[float, float]) -> list[tuple[float, float]]:
    return [(x * _LARGER, y * _LARGER) for x, y in pairs]


def _body(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse(_oval(240, 660, 232, 230), fill=_COAT)
    draw.polygon(_points((190, 452), (290, 452), (268, 580), (212, 580)), fill=_SHIRT)
    draw.polygon(_points((196, 350), (284, 350), (292, 470), (240, 520), (188, 470)), fill=_SHADE)
    draw.polygon(_points((186, 440), (130, 470), (206, 600), (232, 560)), fill=_FOLD)
    draw.polygon(_points((294, 440), (350, 470), (274, 600), (248, 560)), fill=_FOLD)


def _head(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse(_oval(240, 232, 148, 168), fill=_HAIR)
    draw.rounded_rectangle(_oval(240, 300, 146, 96), 70 * _LARGER, fill=_HAIR)
    for side in (-1, 1):
        draw.ellipse(_oval(240 + side * 118, 286, 20, 30), fill=_SHADE)
    draw.ellipse(_oval(240, 268, 116, 140), fill=_SKIN)
    draw.polygon(_points((132, 300), (176, 372), (240, 412), (304, 372), (348, 300)), fill=_SKIN)
    draw.pieslice(_oval(214, 176, 134, 104), 150, 350, fill=_HAIR)
    draw.pieslice(_oval(282, 168, 102, 96), 190, 392, fill=_HAIR)
    for offset in (0, 18, 36):
        box = _oval(206 + offset, 176, 104 - offset, 78 - offset / 2)
        draw.arc(box, 205, 275, fill=_SHINE, width=5 * _LARGER)


def _face(draw: ImageDraw.ImageDraw) -> None:
    for side in (-1, 1):
        x = 240 + side * 52
        draw.ellipse(_oval(x + side * 14, 326, 26, 16), fill=(240, 178, 152))
        draw.ellipse(_oval(x, 278, 25, 19), fill=_WHITE)
        draw.ellipse(_oval(x, 279, 15, 17), fill=_EYE)
        draw.ellipse(_oval(x, 280, 8, 9), fill=(24, 24, 28))
        draw.ellipse(_oval(x - 5, 273, 4, 4), fill=_WHITE)
        draw.arc(_oval(x, 280, 28, 23), 195, 345, fill=_HAIR, width=6 * _LARGER)
        draw.arc(_oval(x, 254, 36, 24), 215, 325, fill=_HAIR, width=8 * _LARGER)
    draw.arc(_oval(240, 316, 15, 11), 20, 160, fill=_SHADE, width=5 * _LARGER)
    draw.chord(_oval(240, 352, 38, 22), 10, 170, fill=_LIPS)
    draw.arc(_oval(240, 350, 42, 24), 8, 172, fill=(150, 60, 62), width=4 * _LARGER)
