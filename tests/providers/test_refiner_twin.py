"""The refining model against its local twin over HTTP."""

from dataclasses import replace

import pytest

from providers.base import Accepted, Collected, Listing, Stage, Succeeded, Unclear, Underway
from providers.causes import Cause
from providers.wishes import Gender, RefineRequest
from tests.providers.room import PHOTO, SECONDS, Room, cause_of, noise
from tests.providers.support import NOON

pytestmark = pytest.mark.parametrize("room", ["aitryon-refiner"], indirect=True)


async def request(room: Room, coarse: bytes = PHOTO) -> RefineRequest:
    person, top, bottom = [await room.publish() for _ in range(3)]
    return RefineRequest(person, top, bottom, await room.publish(coarse), Gender.MAN)


async def submitted(room: Room, coarse: bytes = PHOTO) -> str:
    answer = await room.model.submit(await request(room, coarse))
    assert isinstance(answer, Accepted)
    return answer.task_id


async def test_a_refinement_from_the_photos_to_the_picture(room: Room) -> None:
    task = await submitted(room)
    assert await room.model.query(task) == Underway(Stage.PENDING)
    room.clock.advance(SECONDS)
    report = await room.model.query(task)
    assert isinstance(report, Succeeded)
    (url,) = report.urls
    assert isinstance(await room.model.collect(url), Collected)
    assert await room.twin.paid() == [task]


async def test_a_bottom_is_optional(room: Room) -> None:
    asked = replace(await request(room), bottom_url=None)
    answer = await room.model.submit(asked)
    assert isinstance(answer, Accepted)
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.query(answer.task_id), Succeeded)


async def test_a_picture_of_another_size_than_the_person_fails(room: Room) -> None:
    task = await submitted(room, noise(320, 421))
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(task)) is Cause.REQUEST_REFUSED
    assert await room.twin.paid() == []


async def test_photos_published_for_the_first_stage_are_not_its_own(room: Room) -> None:
    asked = replace(await request(room), person_url=await room.publish(model=room.sister))
    answer = await room.model.submit(asked)
    assert isinstance(answer, Accepted)
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(answer.task_id)) is Cause.PHOTO_UNREACHABLE


async def test_a_sixth_task_in_progress_is_throttled(room: Room) -> None:
    asked = await request(room)
    for _ in range(5):
        assert isinstance(await room.model.submit(asked), Accepted)
    assert await cause_of(room.model.submit(asked)) is Cause.THROTTLED


async def test_a_lost_answer_is_found_in_the_list(room: Room) -> None:
    asked = await request(room)
    room.fault("submit", "apply_then_drop")
    assert isinstance(await room.model.submit(asked), Unclear)
    listing = await room.model.list_tasks(NOON - 1, NOON + 60)
    assert isinstance(listing, Listing)
    assert [known.task_id for known in listing.tasks] == room.twin.accepted()


@pytest.mark.parametrize("kind", ["truncated", "html", "empty", "types", "list", "big"])
async def test_a_spoiled_answer_to_a_submit_is_unclear(room: Room, kind: str) -> None:
    asked = await request(room)
    room.fault("submit", kind)
    assert isinstance(await room.model.submit(asked), Unclear)
