"""The contract with a strict local twin: the way of an order, its limits and its times."""

import asyncio
import io

import pytest
from PIL import Image

from bot.demo.services.dashscope import DEMO_KEY
from providers.base import (
    Accepted,
    Collected,
    KnownTask,
    Listing,
    NoAnswer,
    Published,
    Stage,
    Succeeded,
    TooLate,
    Underway,
    Withdrawn,
)
from providers.causes import Cause
from providers.wishes import TryOnRequest, Wear
from tests.providers.room import PHOTO, SECONDS, Room, cause_of
from tests.providers.support import NOON

pytestmark = pytest.mark.parametrize("room", ["aitryon", "wan2.7-image-pro"], indirect=True)

# Of a photo of 320x420 px: the same, or as much as 2048x2048 px in its proportions.
DRAWN = {"aitryon": (320, 420), "wan2.7-image-pro": (1788, 2346)}


async def test_a_try_on_from_the_photos_to_the_picture(room: Room) -> None:
    task = await room.submitted()
    seen = []
    for _ in range(10):
        seen.append(await room.model.query(task))
        room.clock.advance(SECONDS / 9)
    stages = [report.stage for report in seen if isinstance(report, Underway)]
    assert stages == [Stage.PENDING] + [Stage.RUNNING] * 8
    success = seen[-1]
    assert isinstance(success, Succeeded)

    (url,) = success.urls
    collected = await room.model.collect(url)
    assert isinstance(collected, Collected)
    with Image.open(io.BytesIO(collected.data)) as picture:
        assert picture.size == DRAWN[room.name]
    assert await room.twin.paid() == [task]


async def test_the_key_is_sent_to_the_service_only_and_only_as_its_header(room: Room) -> None:
    task = await room.submitted()
    room.clock.advance(SECONDS)
    report = await room.model.query(task)
    assert isinstance(report, Succeeded)
    await room.model.collect(report.urls[0])
    for request in room.twin.requests.of():
        details = repr(request.details).replace(f"Bearer {DEMO_KEY}", "")
        assert DEMO_KEY not in details
        if request.call in {"upload", "result"}:
            assert "authorization" not in request.details["headers"]


async def test_the_list_shows_one_model_and_one_stretch_of_time(room: Room) -> None:
    first = await room.submitted()
    room.clock.advance(100)
    sister = room.models()[room.sister]
    person, top = [await room.publish(model=room.sister) for _ in range(2)]
    assert isinstance(await sister.submit(TryOnRequest(person, top, None, Wear.TOP)), Accepted)
    second = await room.submitted()
    assert await room.model.list_tasks(NOON, NOON + 200) == Listing(
        (KnownTask(first, NOON), KnownTask(second, NOON + 100))
    )
    assert await room.model.list_tasks(NOON + 50, NOON + 200) == Listing(
        (KnownTask(second, NOON + 100),)
    )
    assert await room.model.list_tasks(0, NOON + 200) == Listing(
        (KnownTask(first, NOON), KnownTask(second, NOON + 100))
    )


async def test_a_long_list_is_read_page_by_page(room: Room) -> None:
    order = await room.order()
    for _ in range(60):
        submission = await room.model.submit(order)
        assert isinstance(submission, Accepted)
        assert await room.model.cancel(submission.task_id) == Withdrawn()
        room.clock.advance(1)
    listing = await room.model.list_tasks(NOON - 1, room.clock.now())
    assert isinstance(listing, Listing)
    assert [known.task_id for known in listing.tasks] == room.twin.accepted()


async def test_a_task_can_be_cancelled_before_it_begins_and_not_after(room: Room) -> None:
    early, late = await room.submitted(), await room.submitted()
    assert await room.model.cancel(early) == Withdrawn()
    assert await room.model.query(early) == Withdrawn()
    assert await room.model.cancel(early) == TooLate()
    room.clock.advance(SECONDS / 2)
    assert await room.model.cancel(late) == TooLate()
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.query(late), Succeeded)
    assert await room.model.cancel(late) == TooLate()
    assert await room.twin.paid() == [late]


async def test_tasks_in_progress_are_limited_and_a_finished_one_makes_room(room: Room) -> None:
    order = await room.order()
    for _ in range(room.model.spec.in_progress):
        assert isinstance(await room.model.submit(order), Accepted)
        room.clock.advance(0.2)
    assert await cause_of(room.model.submit(order)) is Cause.THROTTLED
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.submit(order), Accepted)


async def test_submits_in_one_second_are_limited(room: Room) -> None:
    order = TryOnRequest("ftp://a/1.jpg", "ftp://a/2.jpg", None, Wear.TOP)  # refused after the pace
    allowed = int(room.model.spec.submits_per_second)
    causes = [await cause_of(room.model.submit(order)) for _ in range(allowed + 1)]
    assert causes == [Cause.PHOTO_UNREACHABLE] * allowed + [Cause.THROTTLED]


async def test_queries_in_one_second_are_limited_for_the_whole_account(room: Room) -> None:
    task = await room.submitted()
    answers = [await room.model.query(task) for _ in range(21)]
    assert [type(answer) for answer in answers] == [Underway] * 20 + [NoAnswer]
    assert await cause_of(room.models()[room.sister].query(task)) is Cause.THROTTLED
    room.clock.advance(1)
    assert isinstance(await room.model.query(task), Underway)


async def test_a_throttled_answer_says_when_to_come_back(room: Room) -> None:
    room.fault("query", "429", retry_after=7)
    answer = await room.model.query("t-1")
    assert isinstance(answer, NoAnswer)
    assert answer.retry_after == 7.0


async def test_a_task_is_lost_after_a_day_and_so_is_one_that_never_was(room: Room) -> None:
    task = await room.submitted()
    assert await cause_of(room.model.query("never-was")) is Cause.TASK_LOST
    room.clock.advance(25 * 3600)
    assert await cause_of(room.model.query(task)) is Cause.TASK_LOST
    assert await room.model.list_tasks(room.clock.now() - 3600, room.clock.now()) == Listing(())


async def test_a_picture_whose_link_ran_out_is_unusable(room: Room) -> None:
    task = await room.submitted()
    room.clock.advance(SECONDS)
    report = await room.model.query(task)
    assert isinstance(report, Succeeded)
    room.clock.advance(25 * 3600)
    assert await cause_of(room.model.collect(report.urls[0])) is Cause.RESULT_UNUSABLE
    spoiled = report.urls[0].replace("Signature=", "Signature=x")
    assert await cause_of(room.model.collect(spoiled)) is Cause.RESULT_UNUSABLE


async def test_photos_go_on_being_published_when_a_policy_ran_out(room: Room) -> None:
    await room.publish()
    room.clock.advance(301)
    await room.publish()
    assert [upload.status for upload in room.twin.requests.of(call="upload")] == [200, 200]


async def test_a_policy_the_store_holds_for_expired_is_renewed_at_once(room: Room) -> None:
    host = room.models(now=lambda: NOON)[room.name].host  # a clock that stands still
    assert isinstance(await host.publish(PHOTO, model=room.name), Published)
    room.clock.advance(301)
    assert isinstance(await host.publish(PHOTO, model=room.name), Published)
    assert [upload.status for upload in room.twin.requests.of(call="upload")] == [200, 403, 200]


async def test_many_orders_at_once_do_not_disturb_each_other(room: Room) -> None:
    tasks = await asyncio.gather(*(room.submitted() for _ in range(5)))
    room.clock.advance(SECONDS)
    reports = await asyncio.gather(*(room.model.query(task) for task in tasks))
    assert len({report.urls for report in reports if isinstance(report, Succeeded)}) == 5
