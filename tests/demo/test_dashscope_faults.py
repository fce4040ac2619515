"""Faults to order at the local DashScope, and its control API."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bot.clock import Clock
from bot.demo.services.faulty import BIG, FAULT_KINDS, LARGE
from tests.demo.dashscope_rig import BASE, START, Rig, order, refusal
from tests.serving import serving


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig()
    yield rig
    await rig.close()


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("400", 400, "InvalidParameter"),
        ("401", 401, "InvalidApiKey"),
        ("403", 403, "Model.AccessDenied"),
        ("404", 404, "ModelNotFound"),
        ("429", 429, "Throttling.RateQuota"),
        ("500", 500, "InternalError"),
        ("503", 503, "ModelUnavailable"),
        ("arrears", 400, "Arrearage"),
    ],
)
async def test_an_error_is_answered_as_often_as_ordered_and_nothing_done(
    rig: Rig, kind: str, status: int, code: str
) -> None:
    rig.service.faults.add("dashscope", "submit", kind, times=2)
    answers = [await rig.submit() for _ in range(3)]

    assert [refusal(answer) for answer in answers[:2]] == [(status, code)] * 2
    assert answers[2].status_code == 200
    assert len(rig.service.accepted("1001")) == 1


async def test_any_error_can_be_worded(rig: Rig) -> None:
    rig.service.faults.add(
        "dashscope",
        "query",
        "error",
        status=418,
        code="Teapot",
        message="short and stout",
        retry_after=7,
    )
    answer = await rig.get("/tasks/1")

    assert refusal(answer) == (418, "Teapot")
    assert answer.json()["message"] == "short and stout"
    assert answer.headers["retry-after"] == "7"


async def test_a_fault_can_be_meant_for_one_model(rig: Rig) -> None:
    rig.service.faults.add("dashscope", "submit", "500", model="aitryon-plus")
    first = await rig.submit()
    second = await rig.submit({**order(), "model": "aitryon-plus"})

    assert [first.status_code, second.status_code] == [200, 500]


async def test_a_task_can_be_made_to_fail_with_any_code(rig: Rig) -> None:
    rig.service.faults.add("dashscope", "submit", "fail_task", code="DataInspectionFailed")
    task = await rig.begin()
    rig.clock.advance(5)
    output = await rig.output(task)

    assert (output["task_status"], output["code"]) == ("FAILED", "DataInspectionFailed")
    assert await rig.service.paid("1001") == []


@pytest.mark.parametrize(("kind", "state"), [("stuck", "RUNNING"), ("stuck_pending", "PENDING")])
async def test_a_task_can_be_stuck(rig: Rig, kind: str, state: str) -> None:
    rig.service.faults.add("dashscope", "submit", kind)
    task = await rig.begin()
    rig.clock.advance(3600)

    assert (await rig.output(task))["task_status"] == state
    assert await rig.service.paid("1001") == []


@pytest.mark.parametrize(
    ("kind", "start", "size"),
    [
        ("truncated", b'{"request_id', None),
        ("html", b"<html>", None),
        ("empty", b"", 0),
        ("list", b"[{", None),
        ("types", b'{"request_id": [4242]', None),
        ("big", b"{", BIG),
    ],
)
async def test_an_answer_can_be_garbage(
    rig: Rig, kind: str, start: bytes, size: int | None
) -> None:
    task = await rig.begin()
    rig.service.faults.add("dashscope", "query", kind)
    answer = await rig.get(f"/tasks/{task}")

    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert size is None or len(answer.content) >= size


@pytest.mark.parametrize("kind", sorted(FAULT_KINDS - {"drop", "apply_then_drop", "delay"}))
async def test_every_kind_of_fault_can_happen_to_every_call(rig: Rig, kind: str) -> None:
    rig.service.faults.add("dashscope", "*", kind, times=99)
    policy_url = "/uploads?action=getPolicy&model=aitryon"
    answers = [
        await rig.submit(),
        await rig.cancel("1"),
        *[await rig.get(path) for path in ("/tasks/1", "/tasks/", "/models", policy_url)],
        await rig.client.post(f"{BASE}/dashscope/oss", files={"file": b"x"}),
        await rig.client.get(f"{BASE}/dashscope/results/1.jpg"),
    ]

    assert all(isinstance(answer.status_code, int) for answer in answers)
    assert len(rig.service.requests.of("dashscope")) == len(answers)


@pytest.mark.parametrize(
    ("kind", "kept"), [("apply_then_drop", 1), ("drop", 0)], ids=["after acting", "before acting"]
)
async def test_the_connection_can_be_dropped(rig: Rig, kind: str, kept: int) -> None:
    rig.service.faults.add("dashscope", "submit", kind)
    async with serving(rig.app) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.post(
                "/dashscope/api/v1/services/aigc/image2image/image-synthesis",
                json=order(),
                headers={"Authorization": "Bearer sk-anna", "X-DashScope-Async": "enable"},
            )

    assert len(rig.service.accepted("1001")) == kept
    assert rig.service.requests.of("dashscope", "submit")[0].status is None


class Patient(Clock):
    """Stands still, and passes over every wait at once."""

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)


async def test_a_delay_is_waited_for_by_the_clock(rig: Rig) -> None:
    rig.service.clock = Patient(start=START, speed=0)
    rig.service.faults.add("dashscope", "submit", "delay", seconds=30)
    task = await rig.begin()

    assert rig.service.clock.now() == START + 30
    assert (await rig.output(task))["submit_time"] == "2027-01-15 16:00:30.000"


async def test_a_result_can_be_no_picture_or_too_large(rig: Rig) -> None:
    task = await rig.begin()
    rig.clock.advance(20)
    url = (await rig.output(task))["image_url"]
    rig.service.faults.add("dashscope", "result", "not_a_picture")
    rig.service.faults.add("dashscope", "result", "too_large")
    page, large, right = [await rig.client.get(url) for _ in range(3)]

    assert page.content.startswith(b"<html>")
    assert len(large.content) == LARGE
    assert right.content.startswith(b"\xff\xd8")


def test_a_misspelt_fault_is_refused_when_it_is_ordered() -> None:
    rig = Rig()

    with pytest.raises(ValueError, match="dashscope has no fault 'stuk'"):
        rig.service.faults.add("dashscope", "submit", "stuk")


async def test_the_control_api_sets_runtimes_standings_and_the_lists_delay(rig: Rig) -> None:
    control = f"{BASE}/control/dashscope"
    await rig.client.post(control, json={"model": "aitryon", "seconds": [3, 3]})
    await rig.client.post(control, json={"list_delay": 4})
    body = {"model": "aitryon-plus", "standing": "not_found"}
    answer = await rig.client.post(control, json=body)
    task = await rig.begin()
    rig.clock.advance(3)
    output = await rig.output(task)
    shown = (await rig.client.get(control)).json()

    assert answer.json()["models"] == {"aitryon": "alive", "aitryon-plus": "not_found"}
    assert output["task_status"] == "SUCCEEDED"
    assert rig.service.list_delay == 4
    assert shown["accepted"]["1001"] == shown["paid"]["1001"] == [task]


@pytest.mark.parametrize(
    "body", [{"seconds": [1, 2]}, {"model": "gpt", "standing": "alive"}, {"list_delay": "soon"}]
)
async def test_the_control_api_says_what_cannot_be_set(rig: Rig, body: dict[str, object]) -> None:
    answer = await rig.client.post(f"{BASE}/control/dashscope", json=body)

    assert answer.status_code == 400
    assert "cannot be set" in answer.json()["error"]
