"""The contract with a strict local twin: refusals, failures, lost answers and nonsense."""

from collections.abc import Awaitable, Callable

import pytest

from bot.demo.services.catalogue import Standing
from providers.base import (
    Accepted,
    Collected,
    KnownTask,
    Listing,
    NoAnswer,
    Published,
    Stage,
    Succeeded,
    Unclear,
    Underway,
)
from providers.causes import Cause
from providers.wishes import TryOnRequest, Wear
from tests.providers.room import PHOTO, SECONDS, Room, cause_of, noise
from tests.providers.support import NOON

pytestmark = pytest.mark.parametrize("room", ["aitryon", "wan2.7-image-pro"], indirect=True)


@pytest.mark.parametrize(
    ("photo", "elsewhere", "cause"),
    [
        (noise(140, 600), False, Cause.PHOTO_UNFIT),
        (b"no picture" * 600, False, Cause.PHOTO_UNREACHABLE),
        (PHOTO, True, Cause.PHOTO_UNREACHABLE),  # uploads belong to one model
    ],
)
async def test_photos_the_service_cannot_use_fail_the_task_for_their_own_reason(
    room: Room, photo: bytes, cause: Cause, *, elsewhere: bool
) -> None:
    person = await room.publish(photo, room.sister if elsewhere else room.name)
    submission = await room.model.submit(TryOnRequest(person, await room.publish(), None, Wear.TOP))
    assert isinstance(submission, Accepted)
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(submission.task_id)) is cause


async def test_a_wrong_key_is_refused_by_every_call(room: Room) -> None:
    order = await room.order()
    stranger = room.models("sk-wrong-wrong-wrong")[room.name]
    calls: list[Awaitable[object]] = [
        stranger.host.publish(PHOTO, model=room.name),
        stranger.submit(order),
        stranger.query("t-1"),
        stranger.cancel("t-1"),
        stranger.list_tasks(NOON, NOON + 1),
    ]
    for call in calls:
        assert await cause_of(call) is Cause.KEY_REFUSED


async def test_a_workspace_the_key_does_not_belong_to_is_refused(room: Room) -> None:
    elsewhere = room.models(workspace="ws-elsewhere")[room.name]
    assert await cause_of(elsewhere.submit(await room.order())) is Cause.KEY_REFUSED


@pytest.mark.parametrize(
    ("standing", "cause"),
    [
        (Standing.NOT_FOUND, Cause.MODEL_GONE),
        (Standing.NOT_EXIST, Cause.MODEL_GONE),
        (Standing.ENDPOINT_DENIED, Cause.MODEL_GONE),
        (Standing.DENIED, Cause.NOT_ALLOWED),
        (Standing.UNPURCHASED, Cause.NOT_ALLOWED),
    ],
)
async def test_a_model_that_is_gone_or_not_ours_says_so_to_photos_and_orders(
    room: Room, standing: Standing, cause: Cause
) -> None:
    order = await room.order()
    room.twin.catalogue.put(room.name, standing)
    assert await cause_of(room.model.submit(order)) is cause
    room.clock.advance(300)
    assert await cause_of(room.model.host.publish(PHOTO, model=room.name)) is cause


@pytest.mark.parametrize(
    ("kind", "params", "cause"),
    [
        ("arrears", {}, Cause.ARREARS),
        ("429", {"code": "PostpaidBillOverdue", "message": ""}, Cause.ARREARS),
        ("429", {"message": "Free allocated quota exceeded."}, Cause.ARREARS),
        ("429", {}, Cause.THROTTLED),
        ("400", {}, Cause.REQUEST_REFUSED),
        ("401", {}, Cause.KEY_REFUSED),
        ("403", {}, Cause.NOT_ALLOWED),
        ("404", {}, Cause.MODEL_GONE),
    ],
)
async def test_a_refused_submit_leaves_no_task(
    room: Room, kind: str, params: dict[str, object], cause: Cause
) -> None:
    order = await room.order()
    room.fault("submit", kind, 1, **params)
    assert await cause_of(room.model.submit(order)) is cause
    assert room.twin.accepted() == []
    assert await room.model.list_tasks(NOON - 60, NOON + 60) == Listing(())


@pytest.mark.parametrize("kind", ["apply_then_drop", "truncated", "html", "empty", "types", "big"])
async def test_a_lost_answer_is_found_again_in_the_list_and_paid_once(
    room: Room, kind: str
) -> None:
    room.clock.advance(0.25)
    order = await room.order()
    room.fault("submit", kind)
    assert isinstance(await room.model.submit(order), Unclear)
    (task,) = room.twin.accepted()

    listing = await room.model.list_tasks(room.clock.now(), room.clock.now() + 5)
    assert listing == Listing((KnownTask(task, NOON + 0.25),))
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.query(task), Succeeded)
    assert await room.twin.paid() == [task]


@pytest.mark.parametrize("kind", ["drop", "500", "503"])
async def test_a_submit_that_came_to_nothing_is_as_unclear_until_the_list_is_seen(
    room: Room, kind: str
) -> None:
    order = await room.order()
    room.fault("submit", kind)
    assert isinstance(await room.model.submit(order), Unclear)
    assert await room.model.list_tasks(NOON - 60, NOON + 60) == Listing(())


async def test_an_upload_the_store_refuses_is_reported_with_its_own_words(room: Room) -> None:
    room.fault("upload", "403", times=2, code="AccessDenied", message="Policy expired.")
    outcome = await room.model.host.publish(PHOTO, model=room.name)
    assert isinstance(outcome, NoAnswer)
    await room.publish()


@pytest.mark.parametrize(
    ("failure", "cause"),
    [
        ({}, Cause.SERVICE_FAILED),
        ({"code": "InvalidPerson"}, Cause.PERSON_UNCLEAR),
        ({"code": "DataInspectionFailed"}, Cause.CONTENT_REFUSED),
        ({"code": "InvalidURL"}, Cause.PHOTO_UNREACHABLE),
        ({"code": "Brand.New"}, Cause.SERVICE_FAILED),
    ],
)
async def test_a_task_that_fails_says_why_and_costs_nothing(
    room: Room, failure: dict[str, object], cause: Cause
) -> None:
    order = await room.order()
    room.fault("submit", "fail_task", 1, **failure)
    submission = await room.model.submit(order)
    assert isinstance(submission, Accepted)
    room.clock.advance(SECONDS)
    assert await cause_of(room.model.query(submission.task_id)) is cause
    assert await room.twin.paid() == []


async def test_a_task_that_hangs_stays_underway(room: Room) -> None:
    order = await room.order()
    room.fault("submit", "stuck")
    submission = await room.model.submit(order)
    assert isinstance(submission, Accepted)
    room.clock.advance(3600)
    assert await room.model.query(submission.task_id) == Underway(Stage.RUNNING)


async def test_a_page_in_place_of_a_picture_is_handed_on_and_a_flood_is_not(room: Room) -> None:
    task = await room.submitted()
    room.clock.advance(SECONDS)
    report = await room.model.query(task)
    assert isinstance(report, Succeeded)
    (url,) = report.urls
    room.fault("result", "not_a_picture")
    assert isinstance(await room.model.collect(url), Collected)
    room.fault("result", "too_large")
    assert await cause_of(room.model.collect(url)) is Cause.RESULT_UNUSABLE
    room.fault("result", "503", retry_after=2)
    assert await cause_of(room.model.collect(url)) is Cause.SERVICE_FAILED
    room.fault("result", "drop")
    assert isinstance(await room.model.collect(url), NoAnswer)
    assert isinstance(await room.model.collect(url), Collected)


NONSENSE = ("truncated", "html", "empty", "types", "list", "big", "500", "503", "drop")
CALLS: dict[str, Callable[[Room, str], Awaitable[object]]] = {
    "query": lambda room, task: room.model.query(task),
    "cancel": lambda room, task: room.model.cancel(task),
    "list": lambda room, _: room.model.list_tasks(NOON - 1, NOON + 1),
    "policy": lambda room, _: room.models()[room.name].host.publish(PHOTO, model=room.name),
    "upload": lambda room, _: room.model.host.publish(PHOTO, model=room.name),
}


@pytest.mark.parametrize("call", CALLS)
async def test_nonsense_is_no_answer_and_the_next_answer_is_believed(room: Room, call: str) -> None:
    task = await room.submitted()
    for kind in NONSENSE:
        room.twin.faults.clear()
        room.fault(call, kind, times=5)
        outcome = await CALLS[call](room, task)
        if call == "upload" and kind not in {"500", "503", "drop"}:
            assert isinstance(outcome, Published)  # an upload's answer is its status alone
        else:
            assert isinstance(outcome, NoAnswer), kind
        room.clock.advance(1)
    room.twin.faults.clear()
    assert not isinstance(await CALLS[call](room, task), NoAnswer)
