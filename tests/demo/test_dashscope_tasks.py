"""The life of a task at the local DashScope: states, times, list, cancelling, results."""

import io
from collections.abc import AsyncIterator
from datetime import datetime

import httpx
import pytest
from PIL import Image

from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.clocks import BEIJING, compact
from tests.demo.dashscope_rig import START, Rig, order, refusal

DAY = 24 * 3600


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig()
    yield rig
    await rig.close()


def stamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, tz=BEIJING).strftime("%Y%m%d%H%M%S")


async def test_a_task_goes_through_its_states_by_the_clock(rig: Rig) -> None:
    task = await rig.begin()
    seen = []
    for _ in range(21):
        seen.append((await rig.output(task))["task_status"])
        rig.clock.advance(1)

    assert list(dict.fromkeys(seen)) == [
        "PENDING",
        "PRE-PROCESSING",
        "RUNNING",
        "POST-PROCESSING",
        "SUCCEEDED",
    ]
    assert seen.index("SUCCEEDED") == 20


async def test_times_are_written_in_beijing_to_the_millisecond(rig: Rig) -> None:
    task = await rig.begin()
    pending = await rig.output(task)
    rig.clock.advance(20)
    done = await rig.output(task)

    assert pending["submit_time"] == "2027-01-15 16:00:00.000"
    assert set(pending) == {"task_id", "task_status", "submit_time"}
    assert done["scheduled_time"] == "2027-01-15 16:00:02.000"
    assert done["end_time"] == "2027-01-15 16:00:20.000"


async def test_a_success_has_a_picture_and_says_what_is_charged(rig: Rig) -> None:
    task = await rig.begin()
    rig.clock.advance(20)
    answer = (await rig.get(f"/tasks/{task}")).json()
    picture = await rig.client.get(answer["output"]["image_url"])

    assert answer["usage"] == {"image_count": 1}
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"
    assert picture.headers["content-type"] == "image/jpeg"


async def test_the_result_url_stays_the_same_and_expires_after_a_day(rig: Rig) -> None:
    task = await rig.begin()
    rig.clock.advance(20)
    url = (await rig.output(task))["image_url"]
    rig.clock.advance(DAY - 20)
    again = (await rig.output(task))["image_url"]
    still = await rig.client.get(url)
    rig.clock.advance(20)
    gone = await rig.client.get(url)

    assert url == again
    assert url.startswith("http://demo.test/dashscope/results/")
    assert still.status_code == 200
    assert gone.status_code == 403
    assert "<Code>AccessDenied</Code><Message>Request has expired.</Message>" in gone.text


async def test_a_result_url_cannot_be_changed(rig: Rig) -> None:
    task = await rig.begin()
    rig.clock.advance(20)
    url = httpx.URL((await rig.output(task))["image_url"])
    later = await rig.client.get(url.copy_set_param("Expires", "9999999999"))
    bare = await rig.client.get(url.copy_with(query=None))

    assert [later.status_code, bare.status_code] == [403, 403]
    assert "SignatureDoesNotMatch" in later.text


@pytest.mark.parametrize(
    ("model", "low", "high"), [("aitryon", 7.0, 15.0), ("aitryon-plus", 15.0, 30.0)]
)
async def test_each_model_takes_its_documented_time(model: str, low: float, high: float) -> None:
    rig = Rig()
    rig.service.set_runtime(model, *AiTryOn.models[model].seconds)
    runtimes = []
    for _ in range(30):
        await rig.begin({**order(), "model": model})
        runtimes.append(rig.service.tasks.of("1001", rig.clock.now())[0].seconds)
        rig.clock.advance(30)
    await rig.close()

    assert all(low <= seconds <= high for seconds in runtimes)
    assert max(runtimes) - min(runtimes) > (high - low) / 2


async def test_an_unknown_task_is_unknown_and_so_is_anothers(rig: Rig) -> None:
    task = await rig.begin()

    assert await rig.output("nothing") == {"task_id": "nothing", "task_status": "UNKNOWN"}
    assert (await rig.output(task, "sk-ben"))["task_status"] == "UNKNOWN"
    assert (await rig.output(task, "sk-anna-too"))["task_status"] == "PENDING"


async def test_a_task_is_forgotten_a_day_after_its_end_but_stays_paid(rig: Rig) -> None:
    task = await rig.begin()
    rig.clock.advance(20 + DAY - 1)
    before = await rig.output(task)
    rig.clock.advance(1)
    after = await rig.output(task)
    await rig.begin()

    assert before["task_status"] == "SUCCEEDED"
    assert after["task_status"] == "UNKNOWN"
    assert await rig.service.paid("1001") == [task]


async def test_queries_are_limited_to_twenty_a_second_for_the_account(rig: Rig) -> None:
    task = await rig.begin()
    answers = [await rig.get(f"/tasks/{task}", key) for key in ("sk-anna", "sk-anna-too") * 10]
    late = await rig.get(f"/tasks/{task}")
    listed, other = await rig.get("/tasks/"), await rig.get(f"/tasks/{task}", "sk-ben")
    rig.clock.advance(1.01)
    later = await rig.get(f"/tasks/{task}")

    assert {answer.status_code for answer in answers} == {200}
    assert refusal(late) == (429, "Throttling.RateQuota")
    assert [listed.status_code, other.status_code, later.status_code] == [200, 200, 200]


async def test_a_pending_task_can_be_cancelled_and_is_not_paid(rig: Rig) -> None:
    task = await rig.begin()
    answer = await rig.cancel(task)
    rig.clock.advance(20)

    assert set(answer.json()) == {"request_id"}
    assert (await rig.output(task))["task_status"] == "CANCELED"
    assert await rig.service.paid("1001") == []


async def test_a_cancelled_task_makes_room_for_another(rig: Rig) -> None:
    tasks = [await rig.begin() for _ in range(5)]
    await rig.cancel(tasks[0])

    assert (await rig.submit()).status_code == 200


@pytest.mark.parametrize("seconds", [2, 10, 20, DAY + 20])
async def test_what_has_begun_cannot_be_cancelled(rig: Rig, seconds: float) -> None:
    task = await rig.begin()
    rig.clock.advance(seconds)

    assert refusal(await rig.cancel(task)) == (400, "UnsupportedOperation")


async def test_nobody_cancels_the_task_of_another_account(rig: Rig) -> None:
    task = await rig.begin()

    assert refusal(await rig.cancel(task, "sk-ben")) == (400, "UnsupportedOperation")
    assert (await rig.output(task))["task_status"] == "PENDING"


async def test_the_list_shows_the_accounts_tasks_newest_first(rig: Rig) -> None:
    first = await rig.begin()
    rig.clock.advance(3)
    second = await rig.begin(key="sk-anna-too")
    await rig.begin(key="sk-ben")
    rig.clock.advance(18)
    document = (await rig.get("/tasks/")).json()
    rows = document["data"]

    assert [row["task_id"] for row in rows] == [second, first]
    assert [row["status"] for row in rows] == ["RUNNING", "SUCCEEDED"]
    assert rows[1]["gmt_create"] == START * 1000
    assert rows[1]["end_time"] == (START + 20) * 1000
    assert "end_time" not in rows[0]
    assert rows[0]["model_name"] == "aitryon"
    assert rows[0]["user_api_unique_key"] == ("apikey:v1:aigc:image2image:image-synthesis:aitryon")
    assert {name: document[name] for name in ("total", "total_page", "page_no", "page_size")} == {
        "total": 2,
        "total_page": 1,
        "page_no": 1,
        "page_size": 10,
    }


async def test_the_list_can_be_narrowed_down(rig: Rig) -> None:
    tasks = [await rig.begin()]
    tasks.append(await rig.begin({**order(), "model": "aitryon-plus"}))
    rig.clock.advance(25)
    tasks.append(await rig.begin())

    async def found(**params: str) -> list[str]:
        rows = (await rig.get("/tasks/", **params)).json()["data"]
        return [row["task_id"] for row in rows]

    assert await found(model_name="aitryon") == [tasks[2], tasks[0]]
    assert await found(status="PENDING") == [tasks[2]]
    assert await found(task_id=tasks[1]) == [tasks[1]]
    assert await found(start_time=stamp(START + 10)) == [tasks[2]]
    assert await found(end_time=stamp(START + 10)) == [tasks[1], tasks[0]]
    assert await found(start_time=stamp(START), end_time=stamp(START)) == [tasks[1], tasks[0]]


async def test_the_list_comes_in_pages(rig: Rig) -> None:
    tasks = [await rig.begin() for _ in range(5)]
    pages = [(await rig.get("/tasks/", page_no=n, page_size=2)).json() for n in (1, 2, 3, 4)]

    assert [row["task_id"] for page in pages for row in page["data"]] == tasks[::-1]
    assert {page["total_page"] for page in pages} == {3}
    assert pages[3]["data"] == []


@pytest.mark.parametrize(
    "params",
    [
        {"page_no": "0"},
        {"page_no": "x"},
        {"page_size": "-1"},
        {"page_size": "101"},
        {"status": "DONE"},
        {"status": "PRE-PROCESSING"},
        {"start_time": "2027-01-15"},
        {"end_time": "20271301000000"},
        {"start_time": "20270115000000", "end_time": "20270114000000"},
        {"start_time": "20270113000000", "end_time": "20270115000000"},
    ],
)
async def test_a_list_call_that_makes_no_sense_is_refused(rig: Rig, params: dict[str, str]) -> None:
    assert refusal(await rig.get("/tasks/", **params)) == (400, "InvalidParameter")


async def test_a_new_task_may_stay_out_of_the_list_for_a_while() -> None:
    rig = Rig(list_delay=5)
    task = await rig.begin()
    before = (await rig.get("/tasks/")).json()["data"]
    rig.clock.advance(5)
    after = (await rig.get("/tasks/")).json()["data"]
    await rig.close()

    assert before == []
    assert [row["task_id"] for row in after] == [task]


def test_times_in_filters_are_beijing_time() -> None:
    assert compact("20270115160000") == START
    assert compact("20270115") is None
    assert compact("20270230160000") is None
