"""The local editors by instruction: how strictly they read, and what they understand."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from PIL import Image

from bot.demo.drawing.canvas import jpeg
from bot.demo.services.calls import LONGEST
from bot.demo.services.editing import Brush, Message, Roles, understood
from bot.demo.services.qwen import QwenImage
from bot.demo.services.wan import WanImage
from providers import prompts
from providers.wishes import Face, Wear
from tests.demo.dashscope_rig import BASE, Rig, picture, refusal

WAN = "/services/aigc/image-generation/generation"
QWEN = "/services/aigc/multimodal-generation/generation"
PERSON, TOP, BOTTOM = (f"https://photos.test/{name}.jpg" for name in ("person", "top", "bottom"))
SECONDS = 20.0


class Recorder:
    """Stands in for the drawing and remembers which photo was taken for what, by its width."""

    def __init__(self) -> None:
        self.person = 0
        self.top: int | None = None
        self.bottom: int | None = None
        self.keep_face = True

    def __call__(
        self,
        person: Image.Image,
        top: Image.Image | None,
        bottom: Image.Image | None,
        *,
        resolution: int,
        keep_face: bool,
    ) -> bytes:
        assert resolution in {-1, 1024, 1280}
        self.person, self.keep_face = person.width, keep_face
        self.top = top.width if top else None
        self.bottom = bottom.width if bottom else None
        return jpeg(person.resize((60, 80)))


@pytest.fixture
def drawn() -> Recorder:
    return Recorder()


@pytest.fixture
async def rig(drawn: Recorder) -> AsyncIterator[Rig]:
    rig = Rig([WanImage(Brush(drawn)), QwenImage(Brush(drawn))])
    for url, width in ((PERSON, 600), (TOP, 500), (BOTTOM, 400)):
        rig.web[url] = picture(width, 800)
    for model in ("wan2.7-image-pro", "wan2.7-image", "qwen-image-3.0", "qwen-image-2.0"):
        rig.service.set_runtime(model, SECONDS)
    yield rig
    await rig.close()


def edit(
    model: str = "wan2.7-image-pro",
    images: tuple[object, ...] = (TOP, PERSON),
    text: object = "Image 1: a top. Image 2: the person.",
    **parameters: object,
) -> dict[str, Any]:
    """The body of a right order."""
    content = [*({"image": url} for url in images), {"text": text}]
    return {
        "model": model,
        "input": {"messages": [{"role": "user", "content": content}]},
        "parameters": {"n": 1, **parameters},
    }


async def ordered(rig: Rig, body: dict[str, Any]) -> httpx.Response:
    """Order from the model's own path, in its own way."""
    if body["model"].startswith("wan"):
        return await rig.submit(body, path=WAN)
    return await rig.submit(body, path=QWEN, headers={"X-DashScope-Async": None})


async def called(rig: Rig, body: dict[str, Any], seconds: float = SECONDS) -> httpx.Response:
    """Make a synchronous call and let its time pass."""
    call = asyncio.ensure_future(ordered(rig, body))
    while not rig.service.calls.in_progress("1001", body["model"]) and not call.done():  # noqa: ASYNC110  no event tells of it
        await asyncio.sleep(0)
    rig.clock.advance(seconds)
    return await call


async def finished(rig: Rig, body: dict[str, Any]) -> dict[str, Any]:
    """Order from wan and return the task's whole answer once it has succeeded."""
    answer = await ordered(rig, body)
    assert answer.status_code == 200, answer.text
    task = answer.json()["output"]["task_id"]
    rig.clock.advance(SECONDS)
    document: dict[str, Any] = (await rig.get(f"/tasks/{task}")).json()
    assert document["output"]["task_status"] == "SUCCEEDED", document
    return document


async def size_of(rig: Rig, url: str) -> tuple[int, int]:
    assert url.startswith(BASE)
    answer = await rig.client.get(url)
    assert answer.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(answer.content)) as made:
        assert made.format == "PNG"
        return made.size


async def test_a_task_shows_its_picture_in_a_message(rig: Rig) -> None:
    document = await finished(rig, edit())

    (choice,) = document["output"]["choices"]
    (part,) = choice["message"]["content"]
    assert (choice["finish_reason"], choice["message"]["role"]) == ("stop", "assistant")
    assert part["type"] == "image"
    assert "image_url" not in document["output"]
    assert await size_of(rig, part["image"]) == (1774, 2365)  # 2048*2048 px in all, 3:4
    assert document["usage"] == {"image_count": 1, "size": "1774*2365"}


async def test_a_call_is_answered_with_the_picture_and_stands_in_no_list(rig: Rig) -> None:
    answer = await called(rig, edit("qwen-image-3.0", size="960*1280"))

    assert answer.status_code == 200
    document = answer.json()
    url = document["output"]["choices"][0]["message"]["content"][0]["image"]
    assert await size_of(rig, url) == (960, 1280)
    assert document["usage"] == {"image_count": 1, "width": 960, "height": 1280}
    assert "task_id" not in document["output"]
    assert (await rig.get("/tasks/")).json()["total"] == 0
    assert len(rig.service.accepted("1001")) == 1
    assert await rig.service.paid("1001") == rig.service.accepted("1001")


async def test_the_way_of_asking_must_be_the_models_own(rig: Rig) -> None:
    waiting = await rig.submit(edit(), path=WAN, headers={"X-DashScope-Async": None})
    queued = await rig.submit(edit("qwen-image-3.0"), path=QWEN)

    assert refusal(waiting) == (403, "AccessDenied")
    assert "does not support synchronous calls" in waiting.json()["message"]
    assert refusal(queued) == (403, "AccessDenied")
    assert "does not support asynchronous calls" in queued.json()["message"]
    assert refusal(await rig.submit(edit(), path=QWEN)) == (400, "InvalidParameter")


@pytest.mark.parametrize("model", ["wan2.7-image", "qwen-image-2.0"])
@pytest.mark.parametrize(
    "changes",
    [
        {"images": ()},
        {"images": (TOP,) * 10},
        {"images": (7, PERSON)},
        {"text": ""},
        {"text": 7},
        {"text": "x" * 5001},
        {"n": 0},
        {"n": 7},
        {"n": True},
        {"n": "1"},
        {"size": "3K"},
        {"size": "1024x1024"},
        {"size": "400*400"},
        {"size": "4096*4096"},
        {"size": "8192*512"},
        {"size": 1024},
        {"watermark": "false"},
        {"seed": -1},
        {"seed": 2**31},
        {"quality": "high"},
    ],
)
async def test_what_the_documents_do_not_allow_is_refused(
    rig: Rig, model: str, changes: dict[str, Any]
) -> None:
    answer = await ordered(rig, edit(model, **changes))

    assert refusal(answer) == (400, "InvalidParameter")
    assert rig.service.accepted("1001") == []


@pytest.mark.parametrize(
    "messages",
    [
        None,
        [],
        {},
        ["hello"],
        [{"role": "system", "content": [{"image": PERSON}, {"text": "x"}]}],
        [{"role": "user", "content": "x"}],
        [{"role": "user", "content": [{"image": PERSON}]}],
        [{"role": "user", "content": [{"image": PERSON}, {"text": "x"}, {"text": "y"}]}],
        [{"role": "user", "content": [{"image": PERSON, "text": "x"}]}],
        [{"role": "user", "content": [{"picture": PERSON}, {"text": "x"}]}],
        [{"role": "user", "content": [{"image": PERSON}, {"text": "x"}]}] * 2,
    ],
)
async def test_a_message_must_be_one_and_written_as_documented(rig: Rig, messages: object) -> None:
    body = {**edit(), "input": {"messages": messages}}

    assert refusal(await rig.submit(body, path=WAN)) == (400, "InvalidParameter")


@pytest.mark.parametrize(
    ("model", "images", "text"), [("qwen-image-3.0", 4, 10), ("qwen-image-3.0", 2, 801)]
)
async def test_qwen_reads_fewer_photos_and_shorter_texts(
    rig: Rig, model: str, images: int, text: int
) -> None:
    body = edit(model, images=(PERSON,) * images, text="x" * text)

    assert refusal(await ordered(rig, body)) == (400, "InvalidParameter")
    assert (await ordered(rig, edit(images=(PERSON,) * images, text="x" * text))).is_success


@pytest.mark.parametrize("changes", [{"negative_prompt": "x" * 501}, {"prompt_extend": 0}])
async def test_what_only_qwen_can_be_told_is_checked_too(rig: Rig, changes: dict[str, Any]) -> None:
    assert refusal(await ordered(rig, edit("qwen-image-2.0", **changes))) == (
        400,
        "InvalidParameter",
    )


async def test_a_picture_from_elsewhere_is_refused(rig: Rig) -> None:
    answer = await ordered(rig, edit(images=("file:///etc/passwd", PERSON)))

    assert refusal(answer) == (400, "InvalidURL")


async def test_without_n_four_pictures_are_made_and_charged(rig: Rig) -> None:
    body = edit()
    del body["parameters"]["n"]
    document = await finished(rig, body)

    assert len(document["output"]["choices"]) == 4
    assert document["usage"]["image_count"] == 4


@pytest.mark.parametrize(
    ("size", "made"), [("1K", (887, 1182)), ("1024*1024", (1024, 1024)), ("2K", (1774, 2365))]
)
async def test_wan_draws_in_the_size_that_is_asked_for(
    rig: Rig, size: str, made: tuple[int, int]
) -> None:
    document = await finished(rig, edit(size=size))

    assert document["usage"]["size"] == "{}*{}".format(*made)


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [(239, 400, "InvalidInputLength"), (300, 2500, "InvalidInputLength"), (240, 1900, None)],
)
async def test_photos_must_keep_the_editors_rules(
    rig: Rig, width: int, height: int, code: str | None
) -> None:
    rig.web[PERSON] = picture(width, height)
    task = await rig.begin_at(WAN, edit())
    rig.clock.advance(SECONDS)

    assert (await rig.output(task)).get("code") == code


async def test_a_call_about_a_photo_that_cannot_be_used_is_refused_early(rig: Rig) -> None:
    rig.web[PERSON] = picture(380, 500)
    answer = await called(rig, edit("qwen-image-3.0"), SECONDS / 2)

    assert refusal(answer) == (400, "InvalidInputLength")
    assert await rig.service.paid("1001") == []
    assert rig.service.calls.in_progress("1001", "qwen-image-3.0") == 0


async def test_a_call_that_gets_nowhere_is_given_up(rig: Rig) -> None:
    rig.service.faults.add("dashscope", "submit", "stuck")
    answer = await called(rig, edit("qwen-image-3.0"), LONGEST)

    assert refusal(answer) == (500, "RequestTimeOut")
    assert await rig.service.paid("1001") == []


async def test_a_call_goes_on_and_is_paid_when_nobody_waits_any_more(rig: Rig) -> None:
    rig.service.faults.add("dashscope", "submit", "apply_then_drop")
    call = asyncio.ensure_future(called(rig, edit("qwen-image-3.0")))
    await asyncio.wait([call])

    assert len(await rig.service.paid("1001")) == 1


# --- what is understood -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "images", "roles"),
    [
        ("Put the shirt of image 1 on image 2.", 2, Roles(1, 0, None, new_face=False)),
        ("Image 1: a skirt. Image 2: the person.", 2, Roles(1, None, 0, new_face=False)),
        ("image 1 is a woman, image 2 her new coat", 2, Roles(0, 1, None, new_face=False)),
        ("图1是裤子，图2是上衣，图3是人", 3, Roles(2, 1, 0, new_face=False)),  # noqa: RUF001  Chinese commas
        ("Dress the person. Give her another face.", 1, Roles(0, None, None, new_face=True)),
    ],
)
def test_the_text_says_what_each_photo_shows(text: str, images: int, roles: Roles) -> None:
    assert understood(Message(("https://h",) * images, text)) == roles


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize(
    ("wear", "images", "top", "bottom"),
    [
        (Wear.TOP, (TOP, PERSON), 500, None),
        (Wear.BOTTOM, (BOTTOM, PERSON), None, 400),
        (Wear.OUTFIT, (TOP, BOTTOM, PERSON), 500, 400),
        (Wear.DRESS, (TOP, PERSON), 500, None),
    ],
)
async def test_the_bots_own_instructions_are_understood(
    rig: Rig,
    drawn: Recorder,
    wear: Wear,
    face: Face,
    images: tuple[str, ...],
    top: int | None,
    bottom: int | None,
) -> None:
    body = edit("qwen-image-3.0", images, prompts.try_on(wear, face), size="768*1024")
    assert (await called(rig, body)).is_success

    assert (drawn.person, drawn.top, drawn.bottom) == (600, top, bottom)
    assert drawn.keep_face is (face is Face.KEEP)
