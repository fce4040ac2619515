"""A local DashScope with a clock that stands still, spoken to in-process."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from PIL import Image
from starlette.applications import Starlette

from bot.clock import Clock
from bot.demo.drawing.canvas import jpeg
from bot.demo.services.aitryon import AiTryOn, shows_somebody
from bot.demo.services.dashscope import LocalDashScope
from bot.demo.services.refusals import INVALID_URL, Refusal
from bot.demo.services.routes import routes
from bot.demo.services.twin import CallTwin, Twin

BASE = "http://demo.test"
SUBMIT = "/services/aigc/image2image/image-synthesis"
START = 1_800_000_000.0  # 2027-01-15 16:00:00 in Beijing
KEYS = {"sk-anna": "1001", "sk-anna-too": "1001", "sk-ben": "1002"}
FORM_FIELDS = {
    "OSSAccessKeyId": "oss_access_key_id",
    "Signature": "signature",
    "policy": "policy",
    "x-oss-object-acl": "x_oss_object_acl",
    "x-oss-forbid-overwrite": "x_oss_forbid_overwrite",
}


def picture(width: int = 200, height: int = 260, **saving: Any) -> bytes:  # noqa: ANN401  Pillow's
    """A picture with something on it, always more than 5 KB."""
    image = Image.effect_mandelbrot((width, height), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    if not saving:
        return padded(jpeg(image))
    out = io.BytesIO()
    image.save(out, **saving)
    return padded(out.getvalue())


def padded(data: bytes, size: int = 6 * 1024) -> bytes:
    """The same picture, at least `size` bytes long: decoders ignore what follows the end."""
    return data.ljust(size, b"\0")


def quick(person: Image.Image, *_garments: object, **_how: object) -> bytes:
    """Stands in for the drawing where only its coming matters."""
    return jpeg(person.resize((60, 80)))


class Rig:
    """The service, a client for it, and photos on an imaginary web."""

    def __init__(self, twins: Sequence[Twin | CallTwin] | None = None, **more: Any) -> None:  # noqa: ANN401  passed on
        self.clock = Clock(start=START, speed=0)
        self.web: dict[str, bytes] = {
            f"https://photos.test/{name}.jpg": picture() for name in ("person", "top", "bottom")
        }
        self.service = LocalDashScope(
            self.clock,
            BASE,
            keys=KEYS,
            twins=twins or [AiTryOn(judge=shows_somebody, draw=quick)],
            fetch=self.fetch,
            **{"seed": 1, **more},
        )
        self.app = Starlette(routes=routes(self.service))
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=f"{BASE}/dashscope/api/v1"
        )
        for model in ("aitryon", "aitryon-plus"):
            self.service.set_runtime(model, 20)

    async def close(self) -> None:
        await self.client.aclose()
        await self.service.close()

    async def fetch(self, url: str, limit: int) -> bytes:
        if url not in self.web:
            raise Refusal(INVALID_URL)
        return self.web[url][: limit + 1]

    # --- calls -------------------------------------------------------------------------

    async def submit(
        self,
        body: object = None,
        *,
        key: str = "sk-anna",
        headers: Mapping[str, str | None] | None = None,
        path: str = SUBMIT,
    ) -> httpx.Response:
        """Submit a try-on; headers given as None are left out."""
        sent: dict[str, str | None] = {
            "Authorization": f"Bearer {key}",
            "X-DashScope-Async": "enable",
            "X-DashScope-OssResourceResolve": "enable",
            **(headers or {}),
        }
        kept = {name: value for name, value in sent.items() if value is not None}
        body = order() if body is None else body
        return await self.client.post(path, json=body, headers=kept)

    async def begin(self, body: object = None, key: str = "sk-anna") -> str:
        """Submit something that is accepted and return the task."""
        return await self.begin_at(SUBMIT, body, key)

    async def begin_at(self, path: str, body: object = None, key: str = "sk-anna") -> str:
        """Submit something to a path that accepts it and return the task."""
        answer = await self.submit(body, key=key, path=path)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["output"]["task_id"])

    async def get(self, path: str, key: str = "sk-anna", **params: str | int) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"}
        return await self.client.get(path, headers=headers, params=params)

    async def output(self, task: str, key: str = "sk-anna") -> dict[str, Any]:
        """Query a task and return its output."""
        answer = await self.get(f"/tasks/{task}", key)
        assert answer.status_code == 200, answer.text
        output: dict[str, Any] = answer.json()["output"]
        return output

    async def cancel(self, task: str, key: str = "sk-anna") -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"}
        return await self.client.post(f"/tasks/{task}/cancel", headers=headers)

    async def policy(self, model: str = "aitryon", key: str = "sk-anna") -> dict[str, Any]:
        answer = await self.get("/uploads", key, action="getPolicy", model=model)
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    async def upload(
        self, policy: Mapping[str, Any], data: bytes, name: str = "a.jpg", /, **changed: str
    ) -> httpx.Response:
        """Upload a file under a policy; `changed` replaces form fields."""
        form = {field: str(policy[value]) for field, value in FORM_FIELDS.items()}
        form |= {"key": f"{policy['upload_dir']}/{name}", "success_action_status": "200"}
        form |= {field.replace("_", "-"): value for field, value in changed.items()}
        return await self.client.post(policy["upload_host"], data=form, files={"file": data})


def order(**changed: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON
    """The body of a right submit; `changed` replaces (None: drops) fields of the input."""
    given = {
        "person_image_url": "https://photos.test/person.jpg",
        "top_garment_url": "https://photos.test/top.jpg",
    }
    given = {name: value for name, value in (given | changed).items() if value is not None}
    return {"model": "aitryon", "input": given, "parameters": {}}


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of an answer that says no."""
    document = answer.json()
    assert document["message"]
    assert document["request_id"]
    return answer.status_code, document["code"]
