"""The restyling model against its local twin over HTTP: the way of an order, and every limit."""

import io

import pytest
from PIL import Image

from bot.demo.drawing.restyle import BY_NUMBER
from bot.demo.services.repaint import INDEXES
from bot.photos.fitting import cropped
from providers.base import (
    Accepted,
    Collected,
    Listing,
    Stage,
    Succeeded,
    Unclear,
    Underway,
    Withdrawn,
)
from providers.causes import Cause
from providers.repaint import INDEXES as ASKED
from providers.styles import Style
from providers.wishes import RestyleRequest
from tests.providers.room import SECONDS, Room, cause_of, noise
from tests.providers.support import NOON

pytestmark = pytest.mark.parametrize("room", ["wanx-style-repaint-v1"], indirect=True)


async def request(room: Room, photo: bytes | None = None) -> RestyleRequest:
    return RestyleRequest(await room.publish(photo or noise(320, 400)), Style.ANIME)


async def submitted(room: Room, photo: bytes | None = None) -> str:
    answer = await room.model.submit(await request(room, photo))
    assert isinstance(answer, Accepted)
    return answer.task_id


async def test_a_restyle_from_the_photo_to_the_picture(room: Room) -> None:
    task = await submitted(room)
    assert await room.model.query(task) == Underway(Stage.PENDING)
    room.clock.advance(SECONDS / 2)
    assert await room.model.query(task) == Underway(Stage.RUNNING)
    room.clock.advance(SECONDS)
    report = await room.model.query(task)
    assert isinstance(report, Succeeded)
    (url,) = report.urls
    assert isinstance(await room.model.collect(url), Collected)
    assert await room.twin.paid() == [task]


async def test_the_style_of_a_picture(room: Room) -> None:
    portrait, example = await room.publish(noise(320, 400)), await room.publish(noise(300, 300))
    answer = await room.model.submit(RestyleRequest(portrait, Style.OF_PICTURE, example))
    assert isinstance(answer, Accepted)
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.query(answer.task_id), Succeeded)


async def test_a_second_task_in_progress_is_throttled_and_nothing_is_lost(room: Room) -> None:
    first = await submitted(room)
    second = await request(room)
    room.clock.advance(1)
    assert await cause_of(room.model.submit(second)) is Cause.THROTTLED
    assert room.twin.accepted() == [first]
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.submit(second), Accepted)


async def test_a_third_submit_within_a_second_is_throttled(room: Room) -> None:
    orders = [await request(room) for _ in range(3)]
    for order in orders[:2]:
        answer = await room.model.submit(order)
        assert isinstance(answer, Accepted)
        assert await room.model.cancel(answer.task_id) == Withdrawn()
    assert await cause_of(room.model.submit(orders[2])) is Cause.THROTTLED


@pytest.mark.parametrize(
    ("size", "cause"),
    [((255, 300), Cause.PHOTO_UNFIT), ((256, 600), Cause.PHOTO_UNFIT)],
)
async def test_a_photo_of_the_wrong_size_or_shape_fails(
    room: Room, size: tuple[int, int], cause: Cause
) -> None:
    task = await submitted(room, noise(*size))
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(task)) is cause
    assert await room.twin.paid() == []


async def test_a_photo_that_is_too_long_is_taken_once_our_rule_has_cropped_it(room: Room) -> None:
    ratio = room.model.spec.photos.max_ratio
    photo = io.BytesIO()
    cropped(Image.open(io.BytesIO(noise(300, 900))), ratio).save(photo, "JPEG")
    task = await submitted(room, photo.getvalue())
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.query(task), Succeeded)


async def test_something_that_is_no_picture_is_an_invalid_url(room: Room) -> None:
    task = await submitted(room, b"not a picture" * 900)
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(task)) is Cause.PHOTO_UNREACHABLE


async def test_a_lost_answer_is_not_repeated_and_the_list_finds_the_task(room: Room) -> None:
    order = await request(room)
    room.fault("submit", "apply_then_drop")
    assert isinstance(await room.model.submit(order), Unclear)
    (task,) = room.twin.accepted()
    listing = await room.model.list_tasks(NOON - 1, NOON + 60)
    assert isinstance(listing, Listing)
    assert [known.task_id for known in listing.tasks] == [task]


async def test_both_sides_know_the_same_styles(room: Room) -> None:
    assert set(ASKED.values()) == INDEXES
    assert {style: number for number, style in BY_NUMBER.items()} == {
        style: number for style, number in ASKED.items() if style is not Style.OF_PICTURE
    }
    assert room.twin.accepted() == []
