"""One contract for every service, kept by every model at its strict local twin over HTTP."""

import ssl
from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

from providers.base import (
    Accepted,
    CancelsTasks,
    Collected,
    Failed,
    Finished,
    KeepsTasks,
    NoAnswer,
    Refused,
    Stage,
    Submission,
    Succeeded,
    TooLate,
    Unclear,
    Underway,
    Withdrawn,
)
from providers.causes import Cause, Problem
from tests.providers.contract import ALL, SECONDS, Street
from tests.serving import serving

NONSENSE = ("truncated", "html", "empty", "types", "list", "big")
TASKS = [model for model in ALL if not model.startswith("qwen")]
CALLS = [model for model in ALL if model.startswith("qwen")]
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG"


@pytest.fixture
async def street(request: pytest.FixtureRequest) -> AsyncIterator[Street]:
    app = Starlette()
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without certificates: nothing leaves here
    async with serving(app) as url, httpx.AsyncClient(verify=bare) as client:
        street = Street(client, url, app, request.param)
        try:
            yield street
        finally:
            await street.close()


every = pytest.mark.parametrize("street", ALL, indirect=True)
keeping = pytest.mark.parametrize("street", TASKS, indirect=True)
calling = pytest.mark.parametrize("street", CALLS, indirect=True)


def problem_of(answer: object) -> Problem:
    assert isinstance(answer, Refused | Failed | NoAnswer), answer
    return answer.problem


@keeping
async def test_an_order_goes_through_its_states_to_the_picture_and_is_paid_once(
    street: Street,
) -> None:
    model, task = await street.submitted()
    seen = [await model.query(task)]
    while isinstance(seen[-1], Underway):
        street.clock.advance(SECONDS / 10)
        seen.append(await model.query(task))
    done = seen[-1]

    assert seen[0] == Underway(Stage.PENDING)
    assert Underway(Stage.RUNNING) in seen
    assert isinstance(done, Succeeded)
    picture = await model.collect(done.urls[0])
    assert isinstance(picture, Collected)
    assert picture.data.startswith((JPEG, PNG))
    assert await model.query(task) == done  # asked again, it says the same
    assert (street.accepted(), await street.paid()) == (1, 1)


@calling
async def test_a_long_call_ends_with_the_picture_and_is_paid_once(street: Street) -> None:
    answer = await street.submit()

    assert isinstance(answer, Finished)
    picture = await street.model.collect(answer.urls[0])
    assert isinstance(picture, Collected)
    assert picture.data.startswith(PNG)
    assert (street.accepted(), await street.paid()) == (1, 1)


@every
async def test_a_failure_has_its_cause_and_costs_nothing(street: Street) -> None:
    kind, params = street.dialect.failing
    street.fault("submit", kind, **params)
    answer: object = await street.submit()
    if isinstance(answer, Accepted) and isinstance(street.model, KeepsTasks):
        street.clock.advance(SECONDS)
        answer = await street.model.query(answer.task_id)

    assert problem_of(answer).cause is street.dialect.fails_with
    assert await street.paid() == 0


@every
async def test_an_answer_that_is_lost_leaves_the_submit_unclear_and_is_not_repeated(
    street: Street,
) -> None:
    street.fault("submit", "apply_then_drop")
    assert isinstance(await street.submit(), Unclear)
    assert street.accepted() == 1

    street.fault("submit", "drop")
    assert isinstance(await street.submit(), Unclear)
    assert street.accepted() == 1


@every
async def test_a_throttled_submit_is_refused_and_leaves_nothing_behind(street: Street) -> None:
    street.fault("submit", "error", **street.dialect.throttled)

    assert problem_of(await street.submit()).cause is Cause.THROTTLED
    assert street.accepted() == 0


@every
async def test_a_wrong_key_is_refused_by_every_call(street: Street) -> None:
    order = await street.order()
    wrong = SecretStr("fa-wrong0wrong0wrong0")
    stranger = street.spoken_to(dashscope_api_key=wrong, damo_appcode=wrong, fashn_api_key=wrong)

    assert problem_of(await street.until(stranger.submit(order))).cause is Cause.KEY_REFUSED
    if isinstance(stranger, KeepsTasks):
        answer = await stranger.query("00000000-0000-4000-8000-000000000000")
        assert problem_of(answer).cause is Cause.KEY_REFUSED
        assert isinstance(answer, NoAnswer)
    assert street.accepted() == 0


@keeping
async def test_a_task_can_be_left_before_it_begins_where_the_service_can_do_that(
    street: Street,
) -> None:
    model, task = await street.submitted()
    if not isinstance(model, CancelsTasks):
        assert street.account != "dashscope"
        return

    assert await model.cancel(task) == Withdrawn()
    assert await model.query(task) == Withdrawn()
    _, other = await street.submitted()
    street.clock.advance(SECONDS / 2)
    assert await model.cancel(other) == TooLate()
    street.clock.advance(SECONDS)
    assert await street.paid() == 1


@keeping
async def test_what_is_long_over_and_what_never_was_is_lost(street: Street) -> None:
    model, task = await street.submitted()
    street.clock.advance(SECONDS)
    done = await model.query(task)
    assert isinstance(done, Succeeded)
    street.clock.advance(street.dialect.forgets)

    unknown = await model.query("00000000-0000-4000-8000-000000000000")
    assert problem_of(unknown).cause is Cause.TASK_LOST
    assert problem_of(await model.collect(done.urls[0])).cause is Cause.RESULT_UNUSABLE
    if street.account != "damo":  # its document names no end
        assert problem_of(await model.query(task)).cause is Cause.TASK_LOST


@every
@pytest.mark.parametrize("kind", NONSENSE)
async def test_nonsense_in_answer_to_a_submit_is_never_taken_for_a_task(
    street: Street, kind: str
) -> None:
    street.fault("submit", kind)
    answer: Submission = await street.submit()

    assert isinstance(answer, Unclear)
    assert street.accepted() == 1


@keeping
@pytest.mark.parametrize("kind", [*NONSENSE, "drop"])
async def test_nonsense_in_answer_to_a_query_says_nothing_and_the_next_answer_counts(
    street: Street, kind: str
) -> None:
    model, task = await street.submitted()
    street.clock.advance(SECONDS)
    street.fault("query", kind)

    assert isinstance(await model.query(task), NoAnswer)
    assert isinstance(await model.query(task), Succeeded)


@keeping
async def test_a_page_in_place_of_a_picture_is_handed_on_and_a_lost_one_asked_for_again(
    street: Street,
) -> None:
    model, task = await street.submitted()
    street.clock.advance(SECONDS)
    done = await model.query(task)
    assert isinstance(done, Succeeded)
    for kind, outcome in (("not_a_picture", Collected), ("drop", NoAnswer)):
        street.fault("result", kind)
        assert isinstance(await model.collect(done.urls[0]), outcome)
    assert isinstance(await model.collect(done.urls[0]), Collected)
