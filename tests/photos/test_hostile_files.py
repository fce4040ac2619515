import io
import multiprocessing
import struct
import sys
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.dialogue.events import Refusal
from bot.photos import Inspected, check_picture, inspect, normalise
from providers.spec import PhotoRules
from tests.photos import pictures

RULES = PhotoRules(min_bytes=5121, max_bytes=5_000_000, min_side=151, max_side=4095)


def _polyglot() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("payload.js", "alert(1)")
    return pictures.jpeg() + archive.getvalue()


def _endless_scans() -> bytes:
    """A progressive JPEG whose last scan is repeated a thousand times."""
    whole = pictures.jpeg(progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 1000 + whole[-2:]


def _endless_segments() -> bytes:
    whole = pictures.jpeg()
    return whole[:2] + b"\xff\xfe\x00\x02" * 4_000_000 + whole[2:]


def _endless_filling() -> bytes:
    whole = pictures.jpeg()
    return whole[:2] + b"\xff" * 15_000_000 + whole[2:]


def _endless_chunks() -> bytes:
    whole = pictures.encoded(pictures.drawing(), "PNG")
    return whole[:33] + pictures.chunk(b"teSt", b"") * 1_000_000 + whole[33:]


def _webp_claiming(width: int, height: int) -> bytes:
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"VP8X" + struct.pack("<I", 10) + b"\x00" * 4 + sides
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _moving(kind: str) -> bytes:
    frames = [pictures.drawing(200, 200 + step) for step in range(1)] * 2
    frames = [frames[0], frames[1].rotate(90)]
    return pictures.encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)


def _tiff() -> bytes:
    return pictures.encoded(pictures.drawing(), "TIFF")


HOSTILE: dict[str, tuple[bytes, Refusal]] = {
    "nothing": (b"", Refusal.NOT_A_PICTURE),
    "text": (b"Hello, I am a photo.", Refusal.NOT_A_PICTURE),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', Refusal.NOT_A_PICTURE),
    "fits": (b"SIMPLE  =                    T" + b" " * 2850, Refusal.NOT_A_PICTURE),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", Refusal.NOT_A_PICTURE),
    "tiff": (_tiff(), Refusal.NOT_A_PICTURE),
    "jpeg and zip in one": (_polyglot(), Refusal.NOT_A_PICTURE),
    "50k x 50k png": (pictures.png_claiming(50_000, 50_000), Refusal.TOO_MANY_PIXELS),
    "7k x 7k png": (pictures.png_claiming(7000, 7000), Refusal.TOO_MANY_PIXELS),
    "huge webp": (_webp_claiming(16_000, 16_000), Refusal.TOO_MANY_PIXELS),
    "truncated large png": (
        pictures.png_claiming(5600, 5600, bytes(5600 * 3 * 5500)),
        Refusal.UNREADABLE,
    ),
    "truncated jpeg": (pictures.jpeg()[:-4000], Refusal.UNREADABLE),
    "only the head of a jpeg": (pictures.jpeg()[:40], Refusal.UNREADABLE),
    "truncated heic": (
        pictures.encoded(pictures.drawing(), "HEIF")[:-3000],
        Refusal.UNREADABLE,
    ),
    "truncated webp": (
        pictures.encoded(pictures.drawing(), "WEBP")[:-2000],
        Refusal.UNREADABLE,
    ),
    "endless scans": (_endless_scans(), Refusal.UNREADABLE),
    "endless segments": (_endless_segments(), Refusal.UNREADABLE),
    "endless filling": (_endless_filling(), Refusal.UNREADABLE),
    "endless chunks": (_endless_chunks(), Refusal.UNREADABLE),
    "more bytes than allowed": (pictures.jpeg() + bytes(21_000_000), Refusal.TOO_LARGE),
    "gif": (pictures.encoded(pictures.drawing(), "GIF"), Refusal.ANIMATION),
    "moving png": (_moving("PNG"), Refusal.ANIMATION),
    "moving webp": (_moving("WEBP"), Refusal.ANIMATION),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    data, refusal = HOSTILE[name]

    assert inspect(data) == refusal
    assert normalise(data, RULES) == refusal


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"more bytes than allowed"}))
def test_a_hostile_file_is_no_result(name: str) -> None:
    assert check_picture(HOSTILE[name][0]) is None


class Cost(NamedTuple):
    seconds: float
    megabytes: float


def _costs(files: dict[str, bytes]) -> dict[str, Cost]:
    """Refuse each file and tell what it took. Runs in a process of its own."""
    import resource  # noqa: PLC0415  not everywhere; the test is skipped where it is not

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    inspect(pictures.jpeg())
    costs = {}
    for name, data in files.items():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        inspect(data)
        seconds = time.process_time() - started
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        costs[name] = Cost(seconds, grown / unit)
    return costs


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell peak memory")
def test_refusing_takes_less_than_a_second_and_200_megabytes() -> None:
    files = {name: data for name, (data, _) in HOSTILE.items()}
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        costs = process.submit(_costs, files).result()

    assert {name: cost for name, cost in costs.items() if cost.seconds > 1} == {}
    assert sum(cost.megabytes for cost in costs.values()) < 200


@settings(deadline=None, max_examples=150)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "BMP", "HEIF"]),
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=30),
    kept=st.floats(0.02, 1),
)
def test_whatever_happens_to_a_file_there_is_an_answer(
    kind: str, damage: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(pictures.encoded(pictures.drawing(200, 260), kind))
    for place, value in damage:
        data[int(place * (len(data) - 1))] = value
    data = data[: int(len(data) * kept)]

    assert isinstance(inspect(bytes(data)), Inspected | Refusal)


def test_damaged_metadata_does_not_spoil_a_good_picture() -> None:
    broken = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff" + b"\xfe" * 40
    data = pictures.jpeg()
    data = data[:2] + b"\xff\xe1" + struct.pack(">H", len(broken) + 2) + broken + data[2:]

    assert inspect(data) == Inspected(600, 800)


def test_a_colour_profile_of_nonsense_is_ignored() -> None:
    data = pictures.jpeg(icc_profile=b"nonsense" * 40)

    assert inspect(data) == Inspected(600, 800)


def test_what_pillow_could_open_but_is_not_on_the_list_is_refused() -> None:
    Image.init()

    assert inspect(_tiff()) == Refusal.NOT_A_PICTURE
