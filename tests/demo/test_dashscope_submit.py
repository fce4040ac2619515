"""What the local DashScope checks before it takes a task on."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo.services.catalogue import Standing
from bot.demo.services.dashscope import LocalDashScope
from tests.demo.dashscope_rig import Rig, order, refusal


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig(workspaces=["ws-1"])
    yield rig
    await rig.close()


async def test_a_right_request_becomes_a_pending_task(rig: Rig) -> None:
    answer = await rig.submit()

    assert answer.status_code == 200
    assert answer.json()["output"]["task_status"] == "PENDING"
    assert set(answer.json()) == {"output", "request_id"}


async def test_a_trailing_slash_is_accepted(rig: Rig) -> None:
    answer = await rig.submit(path="/services/aigc/image2image/image-synthesis/")

    assert answer.status_code == 200


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer sk-nobody", "sk-anna"])
async def test_without_a_known_key_nothing_is_done(rig: Rig, authorization: str | None) -> None:
    answer = await rig.submit(headers={"Authorization": authorization})

    assert refusal(answer) == (401, "InvalidApiKey")
    assert rig.service.accepted("1001") == []


@pytest.mark.parametrize("path", ["/tasks/1", "/tasks/", "/models", "/uploads"])
async def test_every_other_call_needs_a_key_too(rig: Rig, path: str) -> None:
    assert refusal(await rig.get(path, "sk-nobody")) == (401, "InvalidApiKey")
    assert refusal(await rig.cancel("1", "sk-nobody")) == (401, "InvalidApiKey")


async def test_a_workspace_must_be_one_of_the_account(rig: Rig) -> None:
    known = await rig.submit(headers={"X-DashScope-WorkSpace": "ws-1"})
    strange = await rig.submit(headers={"X-DashScope-WorkSpace": "ws-2"})

    assert known.status_code == 200
    assert refusal(strange) == (403, "Workspace.AccessDenied")


@pytest.mark.parametrize("value", [None, "disable"])
async def test_without_the_async_header_the_call_counts_as_synchronous(
    rig: Rig, value: str | None
) -> None:
    answer = await rig.submit(headers={"X-DashScope-Async": value})

    assert refusal(answer) == (403, "AccessDenied")
    assert "does not support synchronous calls" in answer.json()["message"]


async def test_an_unknown_path_is_told(rig: Rig) -> None:
    assert refusal(await rig.submit(path="/services/nowhere")) == (400, "InvalidParameter")
    assert refusal(await rig.get("/services/nowhere")) == (400, "InvalidParameter")


async def test_a_body_must_be_a_json_object_and_say_so(rig: Rig) -> None:
    listed = await rig.submit(body=[1])
    mistyped = await rig.submit(headers={"Content-Type": "text/plain"})

    assert refusal(listed) == (400, "InvalidParameter")
    assert refusal(mistyped) == (400, "InvalidParameter")


@pytest.mark.parametrize(
    ("model", "code"),
    [(None, "BadRequest.EmptyModel"), (7, "BadRequest.EmptyModel"), ("gpt", "InvalidParameter")],
)
async def test_the_model_must_exist(rig: Rig, model: object, code: str) -> None:
    assert refusal(await rig.submit({**order(), "model": model})) == (400, code)


@pytest.mark.parametrize(
    ("standing", "status", "code"),
    [
        (Standing.NOT_FOUND, 404, "ModelNotFound"),
        (Standing.NOT_EXIST, 400, "InvalidParameter"),
        (Standing.ENDPOINT_DENIED, 403, "Endpoint.AccessDenied"),
        (Standing.DENIED, 403, "Model.AccessDenied"),
        (Standing.UNPURCHASED, 403, "AccessDenied.Unpurchased"),
    ],
)
async def test_a_model_that_is_gone_or_not_bought_says_so_as_documented(
    rig: Rig, standing: Standing, status: int, code: str
) -> None:
    rig.service.catalogue.put("aitryon", standing)

    assert refusal(await rig.submit()) == (status, code)
    assert (await rig.submit({**order(), "model": "aitryon-plus"})).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"model": "aitryon"},
        {"model": "aitryon", "input": []},
        {**order(), "parameters": [1]},
        {**order(), "parameters": {"resolution": 512}},
        {**order(), "parameters": {"resolution": "1024"}},
        {**order(), "parameters": {"resolution": True}},
        {**order(), "parameters": {"restore_face": "true"}},
        {**order(), "parameters": {"restore_face": 1}},
        order(person_image_url=None),
        order(person_image_url=""),
        order(person_image_url=7),
        order(top_garment_url=["https://photos.test/top.jpg"]),
    ],
)
async def test_a_wrong_or_missing_field_is_an_invalid_parameter(
    rig: Rig, body: dict[str, Any]
) -> None:
    assert refusal(await rig.submit(body)) == (400, "InvalidParameter")


@pytest.mark.parametrize("parameters", [None, {}, {"resolution": 1024}, {"restore_face": False}])
async def test_parameters_may_be_left_out(rig: Rig, parameters: object) -> None:
    assert (await rig.submit({**order(), "parameters": parameters})).status_code == 200


@pytest.mark.parametrize("left_out", [None, ""])
async def test_at_least_one_garment_is_needed(rig: Rig, left_out: str | None) -> None:
    body = order(top_garment_url=left_out, bottom_garment_url=left_out)

    assert refusal(await rig.submit(body)) == (400, "InvalidGarment")


async def test_a_bottom_alone_is_enough(rig: Rig) -> None:
    body = order(top_garment_url="", bottom_garment_url="https://photos.test/bottom.jpg")

    assert (await rig.submit(body)).status_code == 200


@pytest.mark.parametrize("url", ["/home/me.jpg", "ftp://photos.test/1.jpg", "data:image/jpeg,"])
async def test_a_photo_must_be_named_by_a_web_address(rig: Rig, url: str) -> None:
    assert refusal(await rig.submit(order(person_image_url=url))) == (400, "InvalidURL")


async def test_an_upload_is_only_resolved_on_request(rig: Rig) -> None:
    answer = await rig.submit(
        order(person_image_url="oss://dashscope-instant/x/y.jpg"),
        headers={"X-DashScope-OssResourceResolve": None},
    )

    assert refusal(answer) == (400, "InvalidParameter.DataInspection")


async def test_the_eleventh_submit_of_a_second_is_throttled(rig: Rig) -> None:
    codes = [(await rig.submit(order(top_garment_url=None))).json()["code"] for _ in range(11)]
    rig.clock.advance(1.01)
    later = await rig.submit()

    assert codes == ["InvalidGarment"] * 10 + ["Throttling.RateQuota"]
    assert later.status_code == 200


async def test_a_sixth_task_in_progress_is_throttled_for_the_whole_account(rig: Rig) -> None:
    for key in ("sk-anna", "sk-anna", "sk-anna", "sk-anna-too", "sk-anna-too"):
        await rig.begin(key=key)
    sixth = await rig.submit()
    other_model = await rig.submit({**order(), "model": "aitryon-plus"})
    other_account = await rig.submit(key="sk-ben")
    rig.clock.advance(20)
    after = await rig.submit()

    assert refusal(sixth) == (429, "Throttling")
    assert [other_model.status_code, other_account.status_code] == [200, 200]
    assert after.status_code == 200


async def test_what_is_refused_is_never_accepted_or_paid(rig: Rig) -> None:
    await rig.submit(order(top_garment_url=None))
    task = await rig.begin()
    rig.clock.advance(20)

    assert rig.service.accepted("1001") == [task]
    assert await rig.service.paid("1001") == [task]


async def test_the_record_keeps_what_came_and_shows_no_key(rig: Rig) -> None:
    await rig.submit()
    entry = rig.service.requests.of("dashscope", "submit")[0]
    shown = str(rig.service.requests.displayed("dashscope"))

    assert entry.status == 200
    assert entry.details["body"] == order()
    assert entry.details["headers"]["authorization"] == "Bearer sk-anna"
    assert "sk-anna" not in shown


async def test_the_catalogue_lists_models_page_by_page(rig: Rig) -> None:
    rig.service.catalogue.put("aitryon-plus", Standing.ALIVE, "2026-10-10 00:00:00")
    first = (await rig.get("/models", page_no=1, page_size=1)).json()["output"]
    second = (await rig.get("/models", page_no=2, page_size=1)).json()["output"]

    assert (first["total"], first["page_size"]) == (2, 1)
    assert [m["model"] for m in first["models"]] == ["aitryon"]
    assert first["models"][0]["inference_offline_info"] is None
    assert second["models"][0]["inference_offline_info"] == {"offline_time": "2026-10-10 00:00:00"}


async def test_a_model_that_is_gone_is_no_longer_listed(rig: Rig) -> None:
    rig.service.catalogue.put("aitryon", Standing.NOT_FOUND)
    models = (await rig.get("/models", page_size=100)).json()["output"]["models"]

    assert [m["model"] for m in models] == ["aitryon-plus"]
    assert refusal(await rig.get("/models", page_size=201)) == (400, "InvalidParameter")
    with pytest.raises(KeyError):
        rig.service.catalogue.put("gpt", Standing.ALIVE)


async def test_the_same_seed_gives_the_same_ids() -> None:
    tasks = []
    for _ in range(2):
        rig = Rig(seed=7)
        tasks.append(await rig.begin())
        await rig.close()

    assert tasks[0] == tasks[1]


async def test_without_a_seed_ids_never_repeat() -> None:
    services = [LocalDashScope(Rig().clock, "http://127.0.0.1:1") for _ in range(2)]

    assert services[0].unique() != services[1].unique()


def test_a_service_needs_no_settings_of_its_own() -> None:
    rig = Rig()

    assert LocalDashScope(rig.clock, "http://127.0.0.1:1").accepted() == []
