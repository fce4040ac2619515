"""Brushes and papers: small filters of which the styles are mixed. CPU work.

Each takes an RGB picture and gives back one of the same size. Lengths are parts of the
shorter side, so a tile and a large picture come out alike.
"""

from collections.abc import Callable
from random import Random
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Colour: TypeAlias = tuple[int, int, int]
Filter: TypeAlias = Callable[[Image.Image], Image.Image]

_WHITE, _INK = (255, 255, 255), (28, 24, 26)


def mixed(image: Image.Image, filters: tuple[Filter, ...]) -> Image.Image:
    """Apply filters one after the other."""
    for each in filters:
        image = each(image)
    return image


def _part(image: Image.Image, part: float) -> int:
    return max(1, round(min(image.size) * part))


def _odd(image: Image.Image, part: float, most: int = 9) -> int:
    return min(most, _part(image, part) // 2 * 2 + 1)


# --- areas ---------------------------------------------------------------------------


def smooth(image: Image.Image) -> Image.Image:
    """Let small details flow together."""
    size = max(3, _odd(image, 0.014))
    return image.filter(ImageFilter.MedianFilter(size)).filter(ImageFilter.MedianFilter(3))


def soft(part: float) -> Filter:
    """Return a filter that blurs."""
    return lambda image: image.filter(ImageFilter.GaussianBlur(_part(image, part)))


def glowing(image: Image.Image) -> Image.Image:
    """Let bright areas shine over their edges."""
    light = image.filter(ImageFilter.GaussianBlur(_part(image, 0.035)))
    return Image.blend(image, ImageChops.screen(image, light), 0.45)


def flat(count: int) -> Filter:
    """Return a filter that leaves so many colours, in even areas."""

    def apply(image: Image.Image) -> Image.Image:
        even = image.quantize(count, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
        return even.convert("RGB").filter(ImageFilter.MedianFilter(max(3, _odd(image, 0.012, 7))))

    return apply


def pixels(across: int) -> Filter:
    """Return a filter that leaves so many squares across the shorter side."""

    def apply(image: Image.Image) -> Image.Image:
        scale = across / min(image.size)
        small = image.resize(
            (round(image.width * scale), round(image.height * scale)), Image.Resampling.BOX
        )
        return small.resize(image.size, Image.Resampling.NEAREST)

    return apply


def relief(strength: float) -> Filter:
    """Return a filter that lights rounded forms from the upper left."""

    def apply(image: Image.Image) -> Image.Image:
        grey = ImageOps.grayscale(image).filter(ImageFilter.GaussianBlur(_part(image, 0.012)))
        shift = _part(image, 0.012)
        light = ImageChops.subtract(grey, ImageChops.offset(grey, -shift, -shift), 1, 128)
        bumps = light.point(lambda value: 128 + (value - 128) * strength)
        return ImageChops.overlay(image, Image.merge("RGB", [bumps] * 3))

    return apply


# --- colours -------------------------------------------------------------------------


def colour(factor: float) -> Filter:
    """Return a filter for the strength of colours; 1 changes nothing."""
    return lambda image: ImageEnhance.Color(image).enhance(factor)


def contrast(factor: float) -> Filter:
    """Return a filter for the contrast; 1 changes nothing."""
    return lambda image: ImageEnhance.Contrast(image).enhance(factor)


def bright(factor: float) -> Filter:
    """Return a filter for the brightness; 1 changes nothing."""
    return lambda image: ImageEnhance.Brightness(image).enhance(factor)


def toned(dark: Colour, light: Colour, middle: Colour | None = None, share: float = 1.0) -> Filter:
    """Return a filter that lays a scale of colours over the picture."""

    def apply(image: Image.Image) -> Image.Image:
        grey = ImageOps.autocontrast(ImageOps.grayscale(image), cutoff=1)
        return Image.blend(image, ImageOps.colorize(grey, dark, light, middle), share)

    return apply


def washed(paint: Colour, share: float) -> Filter:
    """Return a filter that glazes the picture with one colour."""
    return lambda image: Image.blend(
        image, ImageChops.multiply(image, Image.new("RGB", image.size, paint)), share
    )


# --- lines and grain -----------------------------------------------------------------


def outlined(part: float, ink: Colour = _INK, share: float = 1.0) -> Filter:
    """Return a filter that draws the outlines as thick as this part."""

    def apply(image: Image.Image) -> Image.Image:
        lines = _edges(image, part).point(lambda value: value * share)
        return Image.composite(Image.new("RGB", image.size, ink), image, lines)

    return apply


def _edges(image: Image.Image, part: float) -> Image.Image:
    grey = ImageOps.grayscale(image).filter(ImageFilter.GaussianBlur(_part(image, 0.005)))
    size = max(3, _odd(image, part))
    wide, narrow = (
        grey.filter(ImageFilter.MaxFilter(size)),
        grey.filter(ImageFilter.MinFilter(size)),
    )
    strong = ImageChops.subtract(wide, narrow).point(lambda value: min(255, max(0, value - 22) * 6))
    return strong.filter(ImageFilter.GaussianBlur(max(0.6, min(image.size) / 900)))


def pencil(image: Image.Image) -> Image.Image:
    """Draw the picture with a pencil."""
    grey = ImageOps.grayscale(image)
    turned = ImageOps.invert(grey).filter(ImageFilter.GaussianBlur(_part(image, 0.022)))
    strokes = ImageChops.add(grey, turned).point(lambda value: max(0, 255 - (255 - value) * 3))
    return Image.merge("RGB", [strokes] * 3)


def drawn_over(image: Image.Image) -> Image.Image:
    """Lay pencil lines over the colours."""
    return ImageChops.multiply(image, pencil(image))


def dotted(part: float, ink: Colour = _INK, share: float = 0.5) -> Filter:
    """Return a filter that prints the shadows as a screen of dots."""

    def apply(image: Image.Image) -> Image.Image:
        step = max(3, _part(image, part))
        cell = Image.radial_gradient("L").resize((step, step))
        screen = Image.new("L", image.size)
        for x in range(0, image.width, step):
            for y in range(0, image.height, step):
                screen.paste(cell, (x, y))
        dark = ImageOps.invert(ImageOps.grayscale(image))
        dots = ImageChops.subtract(dark, screen, 0.25).point(lambda value: value * share)
        return Image.composite(Image.new("RGB", image.size, ink), image, dots)

    return apply


def grained(strength: float, part: float = 0.004) -> Filter:
    """Return a filter that lets rough paper show through."""

    def apply(image: Image.Image) -> Image.Image:
        size = _part(image, part)
        noise = Image.effect_noise((image.width // size + 1, image.height // size + 1), 60)
        noise = noise.resize((image.width + size, image.height + size), Image.Resampling.BICUBIC)
        grain = noise.crop((0, 0, *image.size)).point(lambda value: 128 + (value - 128) * strength)
        return ImageChops.overlay(image, Image.merge("RGB", [grain] * 3))

    return apply


def scanned(paint: Colour, share: float) -> Filter:
    """Return a filter that draws fine level lines, as on a screen."""

    def apply(image: Image.Image) -> Image.Image:
        step = max(4, _part(image, 0.018))
        lines = Image.new("L", image.size)
        draw = ImageDraw.Draw(lines)
        for y in range(0, image.height, step):
            draw.rectangle((0, y, image.width, y + step // 4), fill=round(255 * share))
        return Image.composite(Image.new("RGB", image.size, paint), image, lines)

    return apply


# --- what is around and in front -----------------------------------------------------


def shaded(paint: Colour, share: float) -> Filter:
    """Return a filter that lets the corners sink into a colour."""

    def apply(image: Image.Image) -> Image.Image:
        mask = Image.radial_gradient("L").resize(image.size)
        mask = mask.point(lambda value: min(255, max(0, value - 96) * 1.9) * share)
        return Image.composite(Image.new("RGB", image.size, paint), image, mask)

    return apply


def strewn(paints: tuple[Colour, ...], count: int, part: float) -> Filter:
    """Return a filter that strews petals, sparks or snow, more of them at the sides."""

    def apply(image: Image.Image) -> Image.Image:
        dice = Random(count)  # noqa: S311  the same every time
        layer = image.copy()
        draw = ImageDraw.Draw(layer)
        for number in range(count):
            x = image.width * (0.5 + (dice.random() ** 0.35) * dice.choice((-0.5, 0.5)))
            y = image.height * dice.random()
            radius = _part(image, part) * dice.uniform(0.4, 1.2)
            draw.ellipse(
                (x - radius, y - radius * 0.7, x + radius, y + radius * 0.7),
                fill=paints[number % len(paints)],
            )
        return Image.blend(image, layer, 0.85)

    return apply


def framed(paint: Colour, line: Colour, part: float = 0.05) -> Filter:
    """Return a filter that puts a frame with a fine line inside around the picture."""

    def apply(image: Image.Image) -> Image.Image:
        width, image = _part(image, part), image.copy()
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, image.width - 1, image.height - 1), outline=paint, width=width)
        inset = width + max(1, width // 3)
        box = (inset, inset, image.width - 1 - inset, image.height - 1 - inset)
        draw.rectangle(box, outline=line, width=max(1, width // 6))
        return image

    return apply


def sealed(image: Image.Image) -> Image.Image:
    """Press a red seal into the lower right corner."""
    side, image = _part(image, 0.11), image.copy()
    left, top = image.width - side * 3 // 2, image.height - side * 3 // 2
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((left, top, left + side, top + side), side // 8, fill=(186, 44, 40))
    inner = side // 5
    box = (left + inner, top + inner, left + side - inner, top + side - inner)
    draw.rectangle(box, outline=(250, 236, 220), width=max(1, side // 14))
    middle = left + side // 2
    draw.line((middle, box[1], middle, box[3]), fill=(250, 236, 220), width=max(1, side // 14))
    return image


def cut_out(paper: Colour, *, round_: bool) -> Filter:
    """Return a filter that makes a magnet or a badge of the picture and lays it on paper."""

    def apply(image: Image.Image) -> Image.Image:
        margin, rim = _part(image, 0.08), _part(image, 0.035)
        width, height = image.width - 2 * margin, image.height - 2 * margin
        side = min(width, height)
        size = (side, side) if round_ else (width, height)
        inner = (size[0] - 2 * rim, size[1] - 2 * rim)
        face = ImageOps.fit(image, inner, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
        card = Image.new("RGB", size, _WHITE)
        card.paste(face, (rim, rim), _shape(inner, round_=round_))
        place = ((image.width - size[0]) // 2, (image.height - size[1]) // 2)
        ground = Image.new("RGB", image.size, paper)
        shadow = Image.new("L", image.size)
        drop = _part(image, 0.02)
        shadow.paste(110, (place[0] + drop, place[1] + drop), _shape(size, round_=round_))
        shadow = shadow.filter(ImageFilter.GaussianBlur(drop))
        ground.paste(_INK, (0, 0), shadow)
        ground.paste(card, place, _shape(size, round_=round_))
        return ground

    return apply


def _shape(size: tuple[int, int], *, round_: bool) -> Image.Image:
    mask = Image.new("L", (size[0] * 2, size[1] * 2))
    draw, box = ImageDraw.Draw(mask), (0, 0, size[0] * 2 - 1, size[1] * 2 - 1)
    if round_:
        draw.ellipse(box, fill=255)
    else:
        draw.rounded_rectangle(box, min(size) // 4, fill=255)
    return mask.resize(size, Image.Resampling.LANCZOS)
