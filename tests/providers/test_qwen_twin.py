"""The contract with a strict local twin whose call lasts until the picture is there."""

import asyncio
import io

import pytest
from PIL import Image

from bot.demo.services.catalogue import Standing
from bot.demo.services.dashscope import DEMO_ACCOUNT
from providers.base import Collected, Finished, Provider, Refused, Submission, Unclear
from providers.causes import Cause
from providers.qwen import PATH, QwenImage
from providers.wishes import Face, Size, TryOnRequest, Wear
from tests.providers.room import PHOTO, SECONDS, Room, cause_of, noise

MODEL = "qwen-image-3.0"
LARGE = noise(480, 640)


@pytest.fixture
def qwen(room: Room) -> Provider:
    room.twin.set_runtime(MODEL, SECONDS)
    return room.providers()[MODEL]


async def order(room: Room, photo: bytes = LARGE, model: str = MODEL) -> TryOnRequest:
    person, top = await room.publish(photo, model), await room.publish(LARGE, model)
    return TryOnRequest(person, top, None, Wear.TOP, person_size=(480, 640))


async def begun(room: Room, model: Provider, request: TryOnRequest) -> asyncio.Task[Submission]:
    """Submit, and return once the service has taken the call on, or answered it."""
    open_before = room.twin.calls.in_progress(DEMO_ACCOUNT, MODEL)
    call = asyncio.ensure_future(model.submit(request))
    taken_on = room.twin.calls.in_progress
    while taken_on(DEMO_ACCOUNT, MODEL) == open_before and not call.done():  # noqa: ASYNC110  no event tells of it
        await asyncio.sleep(0)
    return call


async def answered(room: Room, model: Provider, request: TryOnRequest) -> Submission:
    call = await begun(room, model, request)
    room.clock.advance(SECONDS)
    return await call


async def test_a_try_on_from_the_photos_to_the_picture(room: Room, qwen: Provider) -> None:
    call = await begun(room, qwen, await order(room))
    room.clock.advance(SECONDS - 0.1)
    assert not call.done()
    room.clock.advance(0.1)
    finished = await call
    assert isinstance(finished, Finished)
    (url,) = finished.urls
    collected = await qwen.collect(url)
    assert isinstance(collected, Collected)
    with Image.open(io.BytesIO(collected.data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (512, 688))
    assert len(await room.twin.paid()) == 1


@pytest.mark.parametrize(
    ("wear", "face", "size", "made"),
    [
        (Wear.BOTTOM, Face.NEW, Size.W576, (576, 1024)),
        (Wear.OUTFIT, Face.KEEP, Size.W720, (720, 1280)),
        (Wear.DRESS, Face.KEEP, Size.ORIGINAL, (1536, 2048)),
    ],
)
async def test_sizes_are_understood_by_the_service(
    room: Room, qwen: Provider, wear: Wear, face: Face, size: Size, made: tuple[int, int]
) -> None:
    person, top, bottom = [await room.publish(LARGE, MODEL) for _ in range(3)]
    request = TryOnRequest(
        person,
        None if wear is Wear.BOTTOM else top,
        bottom if wear in {Wear.BOTTOM, Wear.OUTFIT} else None,
        wear,
        face,
        size,
        person_size=(3000, 4000),
    )
    finished = await answered(room, qwen, request)
    assert isinstance(finished, Finished)
    collected = await qwen.collect(finished.urls[0])
    assert isinstance(collected, Collected)
    with Image.open(io.BytesIO(collected.data)) as picture:
        assert picture.size == made


@pytest.mark.parametrize(
    ("photo", "elsewhere", "cause"),
    [
        (noise(380, 600), False, Cause.PHOTO_UNFIT),
        (b"no picture" * 600, False, Cause.PHOTO_UNREACHABLE),
        (LARGE, True, Cause.PHOTO_UNREACHABLE),  # uploads belong to one model
    ],
)
async def test_photos_the_service_cannot_use_are_refused_for_their_own_reason(
    room: Room, qwen: Provider, photo: bytes, cause: Cause, *, elsewhere: bool
) -> None:
    good = await order(room)
    bad = await room.publish(photo, "aitryon" if elsewhere else MODEL)
    request = TryOnRequest(bad, good.top_url, None, Wear.TOP)
    refused = await answered(room, qwen, request)
    assert isinstance(refused, Refused)
    assert refused.problem.cause is cause
    assert await room.twin.paid() == []


@pytest.mark.parametrize(
    ("kind", "params", "cause"),
    [
        ("arrears", {}, Cause.ARREARS),
        ("429", {"message": "Free allocated quota exceeded."}, Cause.ARREARS),
        ("429", {}, Cause.THROTTLED),
        ("400", {}, Cause.REQUEST_REFUSED),
        ("401", {}, Cause.KEY_REFUSED),
        ("403", {}, Cause.NOT_ALLOWED),
        ("404", {}, Cause.MODEL_GONE),
        ("500", {}, Cause.SERVICE_FAILED),
        ("503", {}, Cause.SERVICE_FAILED),
        ("fail_task", {}, Cause.SERVICE_FAILED),
        ("fail_task", {"status": 400, "code": "DataInspectionFailed"}, Cause.CONTENT_REFUSED),
    ],
)
async def test_a_refused_call_costs_nothing(
    room: Room, qwen: Provider, kind: str, params: dict[str, object], cause: Cause
) -> None:
    request = await order(room)
    room.fault("submit", kind, 1, **params)
    refused = await answered(room, qwen, request)
    assert isinstance(refused, Refused)
    assert refused.problem.cause is cause
    assert await room.twin.paid() == []


@pytest.mark.parametrize("standing", [Standing.NOT_FOUND, Standing.NOT_EXIST, Standing.UNPURCHASED])
async def test_a_model_that_is_gone_or_not_ours_says_so_to_photos_and_orders(
    room: Room, qwen: Provider, standing: Standing
) -> None:
    request = await order(room)
    room.twin.catalogue.put(MODEL, standing)
    gone = Cause.NOT_ALLOWED if standing is Standing.UNPURCHASED else Cause.MODEL_GONE
    assert await cause_of(qwen.submit(request)) is gone
    room.clock.advance(300)
    assert await cause_of(qwen.host.publish(PHOTO, model=MODEL)) is gone


@pytest.mark.parametrize("kind", ["apply_then_drop", "truncated", "html", "empty", "types", "big"])
async def test_a_lost_answer_is_unclear_although_the_picture_is_paid(
    room: Room, qwen: Provider, kind: str
) -> None:
    request = await order(room)
    room.fault("submit", kind)
    assert isinstance(await answered(room, qwen, request), Unclear)
    assert len(await room.twin.paid()) == 1


async def test_a_call_the_service_gives_up_is_unclear(room: Room, qwen: Provider) -> None:
    request = await order(room)
    room.fault("submit", "stuck")
    call = await begun(room, qwen, request)
    room.clock.advance(299)
    assert not call.done()
    room.clock.advance(1)
    assert isinstance(await call, Unclear)
    assert await room.twin.paid() == []


async def test_calls_at_once_and_in_one_second_are_limited(room: Room, qwen: Provider) -> None:
    request = await order(room)
    room.clock.advance(1)
    calls = []
    for _ in range(qwen.spec.in_progress):
        calls.append(await begun(room, qwen, request))
        room.clock.advance(1 / qwen.spec.submits_per_second)
    assert await cause_of(qwen.submit(request)) is Cause.THROTTLED  # one too many at once
    room.clock.advance(SECONDS)
    assert all(isinstance(answer, Finished) for answer in await asyncio.gather(*calls))
    too_fast = [await begun(room, qwen, request) for _ in range(3)]
    room.clock.advance(SECONDS)
    answers = await asyncio.gather(*too_fast)
    assert [type(answer) for answer in answers] == [Finished, Finished, Refused]


async def test_what_asks_for_a_task_is_turned_away(qwen: Provider) -> None:
    assert isinstance(qwen, QwenImage)
    answer = await qwen._transport.submit(PATH, {"model": MODEL})
    assert isinstance(answer, Refused)
    assert answer.problem.cause is Cause.REQUEST_REFUSED
    assert "asynchronous calls" in answer.problem.message
