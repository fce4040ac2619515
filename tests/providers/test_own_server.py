"""Photos on a web server of our own: their names, their addresses, their time."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.base import NoAnswer, Published
from providers.causes import Cause, Problem
from providers.own_server import LIFETIME, OwnServer

NOW = 1_800_000_000.0
PHOTO = b"\xff\xd8\xff jpeg bytes"


class Memory:
    """A shelf that can be told to fail."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, float]] = {}
        self.trouble: OSError | None = None

    async def keep(self, name: str, data: bytes, until: float) -> None:
        self._fail()
        self.kept[name] = (data, until)

    async def find(self, name: str, now: float) -> bytes | None:
        self._fail()
        data, until = self.kept.get(name, (b"", 0.0))
        return data if now < until else None

    async def remove(self, name: str) -> None:
        self._fail()
        self.kept.pop(name, None)

    async def sweep(self, now: float) -> int:
        self._fail()
        over = [name for name, (_, until) in self.kept.items() if until <= now]
        for name in over:
            del self.kept[name]
        return len(over)

    def _fail(self) -> None:
        if self.trouble is not None:
            raise self.trouble


class Place:
    """A host over such a shelf, and a clock to turn."""

    def __init__(self) -> None:
        self.now = NOW
        self.shelf = Memory()
        self.host = OwnServer(self.shelf, "https://bot.example/p", now=lambda: self.now)

    async def published(self) -> Published:
        found = await self.host.publish(PHOTO, model="aitryon")
        assert isinstance(found, Published)
        return found


@pytest.fixture
def place() -> Place:
    return Place()


def name_of(photo: Published) -> str:
    return photo.url.rpartition("/")[2]


async def test_the_address_is_plain_ascii_and_cannot_be_guessed(place: Place) -> None:
    photos = [await place.published() for _ in range(3)]

    assert len({photo.url for photo in photos}) == 3
    for photo in photos:  # 43 characters of base64 are 32 bytes
        assert re.fullmatch(r"https://bot\.example/p/[A-Za-z0-9_-]{43}\.jpg", photo.url, re.ASCII)


async def test_a_photo_is_handed_out_for_an_hour(place: Place) -> None:
    photo = await place.published()

    assert await place.host.fetch(name_of(photo)) == PHOTO
    place.now += LIFETIME - 1
    assert await place.host.fetch(name_of(photo)) == PHOTO
    place.now += 1
    assert await place.host.fetch(name_of(photo)) is None


async def test_a_withdrawn_photo_is_gone_and_may_be_withdrawn_again(place: Place) -> None:
    photo, other = await place.published(), await place.published()

    assert await place.host.withdraw(photo.ref) is None
    assert await place.host.withdraw(photo.ref) is None

    assert await place.host.fetch(name_of(photo)) is None
    assert await place.host.fetch(name_of(other)) == PHOTO


async def test_a_photo_of_another_host_is_left_alone(place: Place) -> None:
    photo = await place.published()

    for ref in (name_of(photo), f"s3:{photo.ref}", "self:../../data/bot.db", "self:"):
        assert await place.host.withdraw(ref) is None

    assert await place.host.fetch(name_of(photo)) == PHOTO


async def test_what_nobody_withdrew_is_swept_away_after_its_hour(place: Place) -> None:
    await place.published()
    place.now += LIFETIME / 2
    await place.published()
    place.now += LIFETIME / 2

    assert await place.host.sweep() is None

    assert len(place.shelf.kept) == 1


@settings(deadline=None)
@given(st.text())
async def test_whatever_is_asked_for_only_a_name_of_ours_reaches_the_shelf(text: str) -> None:
    place = Place()
    place.shelf.trouble = OSError("asked")

    assert await place.host.fetch(text) is None


async def test_a_disk_that_fails_is_told_without_naming_the_photo(place: Place) -> None:
    photo = await place.published()
    place.shelf.trouble = OSError(28, "No space left on device", f"/data/photos/{name_of(photo)}")

    for found, code in (
        (await place.host.publish(PHOTO, model="aitryon"), "not_kept"),
        (await place.host.withdraw(photo.ref), "not_removed"),
        (await place.host.sweep(), "not_swept"),
    ):
        problem = Problem(Cause.PHOTO_UNREACHABLE, code, "No space left on device")
        assert found == NoAnswer(problem)
