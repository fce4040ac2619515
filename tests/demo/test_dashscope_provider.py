"""The bot's own way to DashScope, walked against the local one over real HTTP."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.demo.samples import SAMPLES
from bot.demo.services.aitryon import AiTryOn
from providers.base import (
    Accepted,
    Collected,
    Failed,
    Listing,
    Published,
    Refused,
    Stage,
    Succeeded,
    TooLate,
    Unclear,
    Underway,
    Withdrawn,
)
from providers.catalogue import dashscope_models
from providers.causes import Cause, Problem
from providers.dashscope_tasks import TaskModel
from providers.wishes import TryOnRequest, Wear
from tests.demo.dashscope_rig import Rig
from tests.serving import serving


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig([AiTryOn()])
    yield rig
    await rig.close()


@pytest.fixture
async def model(rig: Rig) -> AsyncIterator[TaskModel]:
    async with serving(rig.app) as url, httpx.AsyncClient(trust_env=False) as client:
        rig.service.store._url = f"{url}/dashscope"
        models = dashscope_models(
            client,
            "sk-anna",
            f"{url}/dashscope/api/v1",
            now=rig.clock.now,
            sleep=rig.clock.sleep,
        )
        model = models["aitryon"]
        assert isinstance(model, TaskModel)
        yield model


async def published(model: TaskModel, sample: str) -> str:
    outcome = await model.host.publish(SAMPLES[sample].draw(), model="aitryon")
    assert isinstance(outcome, Published)
    return outcome.url


async def request(model: TaskModel) -> TryOnRequest:
    person, tee = await published(model, "man"), await published(model, "tee")
    return TryOnRequest(person_url=person, top_url=tee, bottom_url=None, wear=Wear.TOP)


async def begun(model: TaskModel) -> str:
    accepted = await model.submit(await request(model))
    assert isinstance(accepted, Accepted)
    return accepted.task_id


async def test_an_order_goes_all_the_way(rig: Rig, model: TaskModel) -> None:
    task = await begun(model)
    reports = []
    for _ in range(3):
        reports.append(await model.query(task))
        rig.clock.advance(10)
    done = reports[-1]
    assert isinstance(done, Succeeded)
    picture = await model.collect(done.urls[0])

    assert reports[:2] == [Underway(Stage.PENDING), Underway(Stage.RUNNING)]
    assert isinstance(picture, Collected)
    assert picture.data.startswith(b"\xff\xd8")
    assert await rig.service.paid("1001") == [task]


async def test_a_lost_answer_is_found_again_in_the_list(rig: Rig, model: TaskModel) -> None:
    rig.service.faults.add("dashscope", "submit", "apply_then_drop")
    before = rig.clock.now()
    lost = await model.submit(await request(model))
    found = await model.list_tasks(before, rig.clock.now())

    assert isinstance(lost, Unclear)
    assert isinstance(found, Listing)
    assert [task.task_id for task in found.tasks] == rig.service.accepted("1001")


async def test_a_task_can_be_withdrawn_until_it_begins(rig: Rig, model: TaskModel) -> None:
    first, second = await begun(model), await begun(model)
    withdrawn = await model.cancel(first)
    rig.clock.advance(3)

    assert withdrawn == Withdrawn()
    assert await model.query(first) == Withdrawn()
    assert await model.cancel(second) == TooLate()


async def test_refusals_and_failures_have_the_right_cause(rig: Rig, model: TaskModel) -> None:
    order = await request(model)
    strange = TryOnRequest("oss://dashscope-instant/0/0/0/0.jpg", order.top_url, None, Wear.TOP)
    accepted = await model.submit(strange)
    assert isinstance(accepted, Accepted)
    rig.clock.advance(10)
    failed = await model.query(accepted.task_id)
    rig.service.faults.add("dashscope", "submit", "429", retry_after=3)
    throttled = await model.submit(order)

    assert isinstance(failed, Failed)
    assert failed.problem.cause is Cause.PHOTO_UNREACHABLE
    assert isinstance(throttled, Refused)
    assert (throttled.problem.cause, throttled.retry_after) == (Cause.THROTTLED, 3)


async def test_an_unknown_task_is_lost(model: TaskModel) -> None:
    report = await model.query("a8532587-fa8c-4ef8-82be-0c46b17950d1")

    assert isinstance(report, Failed)
    assert isinstance(report.problem, Problem)
    assert report.problem.cause is Cause.TASK_LOST
