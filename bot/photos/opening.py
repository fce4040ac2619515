"""From somebody's bytes to clean pixels, or to the reason why not.

This is the one place where files of strangers are decoded. Everything is checked in the
order of its cost: size in bytes, kind of file, size in pixels, and only then the pixels.
What comes out has nothing of the file left but its colours: upright, sRGB, opaque, no
metadata. Whether the picture suits its purpose is left to the other files of this room.
"""

import contextlib
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pillow_heif
from PIL import Image, ImageCms, UnidentifiedImageError

from bot.dialogue.events import Refusal
from bot.photos.suspicion import is_archive, keeps_decoders_busy

MAX_BYTES = 20 * 1024 * 1024  # what Telegram hands to bots, Bot API "getFile"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file we open: what it is called, and how large it may be before decoding.

    A pixel costs 4 bytes of memory; camera files may be larger because JPEG is decoded
    at a fraction of its size, and because phones really make 48-megapixel HEIC files.
    """

    media_type: str
    max_pixels: int
    may_move: bool  # a second frame means it is an animation


_CAMERA, _SCREEN = 50_000_000, 32_000_000  # px

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "JPEG": Kind("image/jpeg", _CAMERA, may_move=False),
        "MPO": Kind("image/jpeg", _CAMERA, may_move=False),  # a JPEG with a preview behind it
        "HEIF": Kind("image/heif", _CAMERA, may_move=False),  # bursts: the first one is meant
        "PNG": Kind("image/png", _SCREEN, may_move=True),
        "WEBP": Kind("image/webp", _SCREEN, may_move=True),
        "BMP": Kind("image/bmp", _SCREEN, may_move=False),
    }
)
_FORMATS = tuple(name for name in KINDS if name != "MPO")  # opened through JPEG

# How files of these kinds begin: whatever begins so and cannot be opened is damaged.
_BEGINNINGS = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|BM|....ftyp(?:he|mif1|msf1)", re.DOTALL
)
_GIF = (b"GIF87a", b"GIF89a")

_ORIENTATION = 0x0112  # the EXIF tag
_UPRIGHT = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
_SRGB = ImageCms.createProfile("sRGB")

# One thread per picture: the studio already uses two cores, and the event loop needs its share.
pillow_heif.register_heif_opener(
    decode_threads=1, thumbnails=False, depth_images=False, aux_images=False
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A decoded picture: RGB, upright, possibly shrunk. `width` and `height` are the file's own."""

    image: Image.Image
    media_type: str
    width: int
    height: int


class NotAPicture(ValueError):  # noqa: N818  names what was found, not that it is an error
    """These bytes cannot be opened as a picture; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"not a usable picture: {refusal}")
        self.refusal = refusal


def decode(data: bytes, longest: int, max_bytes: int = MAX_BYTES) -> Opened | Refusal:
    """Decode a picture so that its longer side is at most `longest` px."""
    _silence_the_decoders()
    try:
        return _decode(data, longest, max_bytes)
    except NotAPicture as problem:
        return problem.refusal


def opened(data: bytes, longest: int) -> Opened:
    """Decode a picture that was checked before. Raises `NotAPicture` if it is none."""
    match decode(data, longest):
        case Refusal() as refusal:
            raise NotAPicture(refusal)
        case picture:
            return picture


def _silence_the_decoders() -> None:
    """Keep what Pillow has to say about strangers' files from anyone who treats warnings as errors.

    Set again each time, because whoever changes the filters meanwhile puts theirs in front.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.|pillow_heif")


def _decode(data: bytes, longest: int, max_bytes: int) -> Opened:
    if len(data) > max_bytes:
        raise NotAPicture(Refusal.TOO_LARGE)
    if is_archive(data):
        raise NotAPicture(Refusal.NOT_A_PICTURE)
    if keeps_decoders_busy(data):
        raise NotAPicture(Refusal.UNREADABLE)
    with _header(data) as image:
        kind = KINDS[image.format or ""]
        _check_header(image, kind)
        full = image.size
        with _damage_is_unreadable():
            if image.format != "HEIF":  # its drafts are previews, not the picture
                image.draft(None, _fitting(full, longest))
            image.load()
            orientation = _orientation(image)
            upright = _clean(image, longest, orientation)
    width, height = full if orientation < 5 else full[::-1]  # noqa: PLR2004  5 to 8 lie on their side
    return Opened(upright, kind.media_type, width, height)


def _header(data: bytes) -> Image.Image:
    """Open without decoding."""
    if data.startswith(_GIF):
        raise NotAPicture(Refusal.ANIMATION)
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise NotAPicture(Refusal.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        damaged = _BEGINNINGS.match(data)
        raise NotAPicture(Refusal.UNREADABLE if damaged else Refusal.NOT_A_PICTURE) from None
    except Exception:  # noqa: BLE001  a decoder may raise anything at a damaged file
        raise NotAPicture(Refusal.UNREADABLE) from None


def _check_header(image: Image.Image, kind: Kind) -> None:
    width, height = image.size
    if width * height > kind.max_pixels:
        raise NotAPicture(Refusal.TOO_MANY_PIXELS)
    if kind.may_move and getattr(image, "is_animated", False):
        raise NotAPicture(Refusal.ANIMATION)


@contextlib.contextmanager
def _damage_is_unreadable() -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001  a decoder may raise anything at a damaged file
        raise NotAPicture(Refusal.UNREADABLE) from None


def _fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """Return the size a picture has when its longer side is at most `longest`."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _orientation(image: Image.Image) -> int:
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001  damaged metadata does not spoil a good picture
        return 1
    return value if value in _UPRIGHT else 1


def _clean(image: Image.Image, longest: int, orientation: int) -> Image.Image:
    """Return the pixels alone: shrunk, opaque, sRGB, upright."""
    profile = image.info.get("icc_profile")
    image = _plain(image)
    if max(image.size) > longest:
        size = _fitting(image.size, longest)
        image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    image = _srgb(_opaque(image), profile)
    if orientation in _UPRIGHT:
        image = image.transpose(_UPRIGHT[orientation])
    image.info = {}  # comments would be written again
    return image


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in a mode that can be shrunk well: L, RGB, CMYK or RGBA."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return paper


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert to sRGB what says it is something else. A profile that does not fit is ignored."""
    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
                return converted if converted is not None else image.convert("RGB")
    return image.convert("RGB")
