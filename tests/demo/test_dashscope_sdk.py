"""The vendor's own client at the local service: what it sends is taken, and it reads the answers.

The client blocks, so it works in a thread; between its questions it pauses for moments only,
as the service's clock is quick.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dashscope
import httpx
import pytest
from dashscope.client import base_api
from dashscope.utils.oss_utils import OssUtils
from starlette.applications import Starlette

from bot.clock import Clock
from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.dashscope import LocalDashScope
from bot.demo.services.editing import Brush
from bot.demo.services.qwen import QwenImage
from bot.demo.services.routes import API, routes
from bot.demo.services.wan import WanImage
from tests.demo.dashscope_rig import picture, quick
from tests.serving import serving

MODEL = "aitryon"
KEY, OTHER_KEY = "sk-anna", "sk-wrong"
START = 1_800_000_000.0
SPEED = 100.0  # times real time
SECONDS = 20.0  # a task takes, of the quick clock
RESOLVE = {"X-DashScope-OssResourceResolve": "enable"}

Answer = Any  # the client's answers are dictionaries with attributes


class TryOn(base_api.BaseAsyncApi):
    """The client has no class for try-ons: its generic asynchronous call is used for them."""


@dataclass
class Sdk:
    """The client, bound to the local service."""

    service: LocalDashScope
    base: str
    folder: Path

    async def ask(self, call: Callable[..., Answer], *args: object, **more: object) -> Answer:
        """Do one blocking call in a thread, with the key and the address of the service."""
        given = {"api_key": KEY, "base_address": self.base, **more}
        return await asyncio.to_thread(call, *args, **given)

    async def upload(self, name: str = "person", model: str = MODEL) -> str:
        file = self.folder / f"{name}.jpg"
        file.write_bytes(picture(500, 600))
        url, _certificate = await self.ask(OssUtils.upload, model, str(file))
        return str(url)

    async def submit(self, *, headers: dict[str, str] | None = None, **given: object) -> Answer:
        person = await self.upload()
        inputs = {"person_image_url": person, "top_garment_url": person, **given}
        return await self.ask(
            TryOn.async_call,
            model=MODEL,
            input=inputs,
            task_group="aigc",
            task="image2image",
            function="image-synthesis",
            resolution=-1,
            restore_face=True,
            headers=dict(RESOLVE if headers is None else headers),
        )


@pytest.fixture
async def sdk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sdk]:
    monkeypatch.setenv("NO_PROXY", "*")
    briefly = SimpleNamespace(time=time.time, sleep=lambda _seconds: time.sleep(0.02))
    monkeypatch.setattr(base_api, "time", briefly)
    app = Starlette()
    async with serving(app) as url:
        brush = Brush(quick, quick)
        service = LocalDashScope(
            Clock(start=START, speed=SPEED),
            url,
            keys={KEY: "1001"},
            twins=[AiTryOn(draw=quick), WanImage(brush), QwenImage(brush)],
        )
        app.router.routes.extend(routes(service))
        for model in (MODEL, "wan2.7-image", "qwen-image-3.0"):
            service.set_runtime(model, SECONDS)
        yield Sdk(service, url + API, tmp_path)
        await service.close()
    dashscope.close_shared_sync_session()


async def test_an_upload_is_taken_and_can_be_used_in_an_order(sdk: Sdk) -> None:
    task = await sdk.submit()

    assert task.status_code == 200
    assert task.output["task_status"] == "PENDING"
    assert task.output["task_id"] in sdk.service.accepted("1001")


async def test_waiting_ends_with_the_picture(sdk: Sdk) -> None:
    done = await sdk.ask(TryOn.wait, await sdk.submit())

    assert done.output["task_status"] == "SUCCEEDED"
    assert done.usage["image_count"] == 1
    async with httpx.AsyncClient(trust_env=False) as client:
        found = await client.get(done.output["image_url"])
    assert found.headers["content-type"] == "image/jpeg"
    assert found.content.startswith(b"\xff\xd8")


async def test_a_task_is_fetched_and_listed(sdk: Sdk) -> None:
    sdk.service.set_runtime(MODEL, 4000)
    task = await sdk.submit()

    fetched = await sdk.ask(TryOn.fetch, task)
    listed = await sdk.ask(TryOn.list, model_name=MODEL, page_size=5)

    assert fetched.output["task_id"] == task.output["task_id"]
    assert fetched.output["task_status"] in {"PENDING", "PRE-PROCESSING"}
    assert [row["task_id"] for row in listed.output["data"]] == [task.output["task_id"]]
    assert listed.output["total"] == 1


async def test_a_pending_task_is_cancelled_and_another_is_not(sdk: Sdk) -> None:
    sdk.service.set_runtime(MODEL, 40_000)
    task = await sdk.submit()

    assert (await sdk.ask(TryOn.cancel, task)).status_code == 200
    assert (await sdk.ask(TryOn.wait, task)).output["task_status"] == "CANCELED"
    refused = await sdk.ask(TryOn.cancel, task)
    assert (refused.status_code, refused.code) == (400, "UnsupportedOperation")


async def test_what_is_unknown_and_what_is_wrong_is_told(sdk: Sdk) -> None:
    unknown = await sdk.ask(TryOn.fetch, "0f0f0f0f-0000-4000-8000-000000000000")
    no_key = await sdk.ask(TryOn.fetch, "any", api_key=OTHER_KEY)
    no_garment = await sdk.submit(top_garment_url="")
    not_resolved = await sdk.submit(headers={})

    assert unknown.output["task_status"] == "UNKNOWN"
    assert (no_key.status_code, no_key.code) == (401, "InvalidApiKey")
    assert (no_garment.status_code, no_garment.code) == (400, "InvalidGarment")
    assert not_resolved.code == "InvalidParameter.DataInspection"


async def test_a_failed_task_carries_its_code(sdk: Sdk) -> None:
    sdk.service.faults.add("dashscope", "submit", "fail_task", code="InvalidPerson")

    failed = await sdk.ask(TryOn.wait, await sdk.submit())

    assert failed.output["task_status"] == "FAILED"
    assert failed.output["code"] == "InvalidPerson"


async def test_an_editor_answers_the_clients_own_conversation_call(sdk: Sdk) -> None:
    person = await sdk.upload(model="qwen-image-3.0")
    content = [{"image": person}, {"text": 'Repaint image 1 in the style "anime".'}]

    answer = await sdk.ask(
        dashscope.MultiModalConversation.call,
        model="qwen-image-3.0",
        messages=[{"role": "user", "content": content}],
        headers=dict(RESOLVE),
        size="512*688",
        n=1,
        prompt_extend=False,
        watermark=False,
    )

    assert answer.status_code == 200, answer
    shown = answer.output.choices[0].message.content[0]["image"]
    assert shown.startswith(f"{sdk.base.removesuffix('/api/v1')}/results/")


async def test_an_editor_that_keeps_tasks_is_waited_for_by_image_synthesis(sdk: Sdk) -> None:
    person = await sdk.upload(model="wan2.7-image")
    content = [{"image": person}, {"text": 'Repaint image 1 in the style "anime".'}]
    task = await sdk.ask(
        TryOn.async_call,
        model="wan2.7-image",
        input={"messages": [{"role": "user", "content": content}]},
        task_group="aigc",
        task="image-generation",
        function="generation",
        headers=dict(RESOLVE),
        size="1K",
        n=1,
    )

    done = await sdk.ask(dashscope.ImageSynthesis.wait, task)

    assert done.output["task_status"] == "SUCCEEDED"
    assert done.output["choices"][0]["message"]["content"][0]["type"] == "image"
