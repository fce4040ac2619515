"""The segmentation model against its local twin over HTTP."""

import pytest

from providers.aitryon import AiTryon
from providers.base import Accepted, CutOut, NoAnswer, NotWorn, Succeeded
from providers.causes import Cause
from providers.parsing import MODEL
from providers.wishes import TryOnRequest, Wear
from tests.providers.room import SECONDS, Room, cause_of, noise


@pytest.fixture
def room(room: Room) -> Room:
    room.twin.set_runtime(MODEL, 0)
    return room


async def photo(room: Room, data: bytes | None = None, model: str = MODEL) -> str:
    return await room.publish(data or noise(420, 560), model)


def tryon(room: Room) -> AiTryon:
    assert isinstance(room.model, AiTryon)
    return room.model


async def test_what_is_cut_out_goes_to_the_try_on_as_it_is(room: Room) -> None:
    found = await tryon(room).segmenter.cut_out(await photo(room), Wear.BOTTOM)
    assert isinstance(found, CutOut)
    order = TryOnRequest(await room.publish(), await room.publish(), found.url, Wear.TOP)
    answer = await room.model.submit(order)
    assert isinstance(answer, Accepted)
    room.clock.advance(SECONDS)
    assert isinstance(await room.model.query(answer.task_id), Succeeded)
    assert len(await room.twin.paid()) == 2


async def test_what_is_not_on_the_photo_is_null(room: Room) -> None:
    room.nothing_worn = True
    found = await tryon(room).segmenter.cut_out(await photo(room), Wear.BOTTOM)
    assert found == NotWorn()


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (noise(400, 560), Cause.PHOTO_UNFIT),
        (noise(401, 401), None),
        (b"not a picture" * 900, Cause.PHOTO_UNREACHABLE),
    ],
)
async def test_photos_are_looked_at_while_it_is_asked(
    room: Room, data: bytes, cause: Cause | None
) -> None:
    asked = tryon(room).segmenter.cut_out(await photo(room, data), Wear.TOP)
    if cause is None:
        assert isinstance(await asked, CutOut)
    else:
        assert await cause_of(asked) is cause


async def test_a_photo_published_for_the_try_on_is_not_the_helpers(room: Room) -> None:
    url = await photo(room, model="aitryon")
    asked = tryon(room).segmenter.cut_out(url, Wear.TOP)
    assert await cause_of(asked) is Cause.PHOTO_UNREACHABLE


async def test_an_eleventh_call_within_a_second_is_throttled(room: Room) -> None:
    url = await photo(room)
    for _ in range(10):
        assert isinstance(await tryon(room).segmenter.cut_out(url, Wear.TOP), CutOut)
    assert await cause_of(tryon(room).segmenter.cut_out(url, Wear.TOP)) is Cause.THROTTLED
    room.clock.advance(1)
    assert isinstance(await tryon(room).segmenter.cut_out(url, Wear.TOP), CutOut)


@pytest.mark.parametrize(
    "kind", ["truncated", "html", "empty", "types", "list", "big", "drop", "apply_then_drop"]
)
async def test_a_spoiled_answer_can_simply_be_asked_for_again(room: Room, kind: str) -> None:
    url = await photo(room)
    room.fault("submit", kind, model=MODEL)
    assert isinstance(await tryon(room).segmenter.cut_out(url, Wear.TOP), NoAnswer)
    assert isinstance(await tryon(room).segmenter.cut_out(url, Wear.TOP), CutOut)


async def test_a_wrong_key_is_refused(room: Room) -> None:
    url = await photo(room)
    stranger = room.models("sk-wrong")["aitryon"]
    assert isinstance(stranger, AiTryon)
    assert await cause_of(stranger.segmenter.cut_out(url, Wear.TOP)) is Cause.KEY_REFUSED
    assert await room.twin.paid() == []


@pytest.mark.parametrize(
    ("code", "status", "cause"),
    [
        ("InvalidPerson", 400, Cause.PERSON_UNCLEAR),
        ("DataInspectionFailed", 400, Cause.CONTENT_REFUSED),
        ("ModelNotFound", 404, Cause.MODEL_GONE),
        ("Throttling.RateQuota", 429, Cause.THROTTLED),
        ("InternalError", 500, Cause.SERVICE_FAILED),
        ("NeverHeardOf", 400, Cause.REQUEST_REFUSED),
    ],
)
async def test_a_refusal_has_its_cause_and_costs_nothing(
    room: Room, code: str, status: int, cause: Cause
) -> None:
    url = await photo(room)
    room.fault("submit", "error", model=MODEL, code=code, status=status)
    assert await cause_of(tryon(room).segmenter.cut_out(url, Wear.TOP)) is cause
    assert await room.twin.paid() == []
