"""What only the try-on models do, against their local twin: sizes, faces, persons, garments."""

import io

import pytest
from PIL import Image

from providers.base import Accepted, Collected, Succeeded
from providers.causes import Cause
from providers.wishes import Face, Size, TryOnRequest, Wear
from tests.providers.room import SECONDS, Room, cause_of


@pytest.mark.parametrize(
    ("face", "size", "made"),
    [(Face.NEW, Size.W576, (576, 1024)), (Face.KEEP, Size.W720, (720, 1280))],
)
async def test_size_and_face_are_understood_by_the_service(
    room: Room, face: Face, size: Size, made: tuple[int, int]
) -> None:
    person, bottom = await room.publish(), await room.publish()
    submission = await room.model.submit(
        TryOnRequest(person, None, bottom, Wear.BOTTOM, face, size)
    )
    assert isinstance(submission, Accepted)
    room.clock.advance(SECONDS)
    report = await room.model.query(submission.task_id)
    assert isinstance(report, Succeeded)
    collected = await room.model.collect(report.urls[0])
    assert isinstance(collected, Collected)
    with Image.open(io.BytesIO(collected.data)) as picture:
        assert picture.size == made


async def test_a_blank_photo_shows_nobody(room: Room) -> None:
    photo = io.BytesIO()
    Image.new("RGB", (800, 1200), "white").save(photo, "JPEG", quality=100, subsampling=0)
    person = await room.publish(photo.getvalue().ljust(6000, b"\0"))
    submission = await room.model.submit(TryOnRequest(person, await room.publish(), None, Wear.TOP))
    assert isinstance(submission, Accepted)
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(submission.task_id)) is Cause.PERSON_UNCLEAR
    assert await room.twin.paid() == []


async def test_an_order_without_a_garment_is_refused(room: Room) -> None:
    order = TryOnRequest(await room.publish(), None, None, Wear.TOP)
    assert await cause_of(room.model.submit(order)) is Cause.REQUEST_REFUSED
    assert room.twin.accepted() == []
