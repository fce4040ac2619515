"""Photos at the local DashScope: uploads, fetching, what is looked at before drawing."""

import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image
from pillow_heif import from_pillow
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.demo.drawing.canvas import jpeg
from bot.demo.samples import SAMPLES
from bot.demo.services.aitryon import AiTryOn
from bot.demo.services.photos import LocalFetcher, is_local
from bot.demo.services.refusals import Refusal
from tests.demo.dashscope_rig import Rig, order, padded, picture, quick, refusal
from tests.serving import serving

PERSON = "https://photos.test/person.jpg"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    rig = Rig()
    yield rig
    await rig.close()


async def outcome(rig: Rig, body: dict[str, Any] | None = None, key: str = "sk-anna") -> str:
    """Run a task to its end; return its error code, or its state if it has none."""
    task = await rig.begin(body, key)
    rig.clock.advance(20)
    output = await rig.output(task, key)
    return str(output.get("code", output["task_status"]))


def heic() -> bytes:
    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture())).convert("RGB")
    from_pillow(image).save(out, quality=60)
    return out.getvalue()


# --- fetched from the web --------------------------------------------------------------


async def test_a_photo_that_is_not_there_fails_the_task(rig: Rig) -> None:
    assert await outcome(rig, order(person_image_url="https://photos.test/0")) == "InvalidURL"
    assert await outcome(rig, order(top_garment_url="https://photos.test/0")) == "InvalidURL"


async def test_a_failure_shows_once_the_photos_were_looked_at(rig: Rig) -> None:
    task = await rig.begin(order(person_image_url="https://photos.test/0"))
    rig.clock.advance(4.9)
    before = await rig.output(task)
    rig.clock.advance(0.1)
    after = await rig.output(task)

    assert before["task_status"] == "PRE-PROCESSING"
    assert after["task_status"] == "FAILED"
    assert after["message"].startswith("The request URL is invalid")
    assert after["end_time"] == "2027-01-15 16:00:05.000"
    assert await rig.service.paid("1001") == []


@pytest.mark.parametrize(
    "data",
    [
        padded(b"<html>"),
        padded(b"GIF89a"),
        picture(format="TIFF"),
        padded(picture()[:3000], 9000),
        padded(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ids=["web page", "broken gif", "tiff", "truncated", "svg"],
)
async def test_what_is_no_picture_of_an_accepted_format_fails(rig: Rig, data: bytes) -> None:
    rig.web[PERSON] = data

    assert await outcome(rig) == "InvalidURL"


@pytest.mark.parametrize(
    "data",
    [
        picture(format="PNG"),
        picture(format="BMP"),
        picture(format="WEBP"),
        picture(format="JPEG"),
        heic(),
    ],
    ids=["png", "bmp", "webp", "jpeg", "heic"],
)
async def test_the_accepted_formats_are_accepted(rig: Rig, data: bytes) -> None:
    rig.web[PERSON] = padded(data)

    assert await outcome(rig) == "SUCCEEDED"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (picture()[:2000].ljust(5 * 1024 - 1, b"\0"), "InvalidInputLength"),
        (picture().ljust(5 * 1024 * 1024 + 1, b"\0"), "InvalidInputLength"),
        (picture().ljust(5 * 1024 * 1024, b"\0"), "SUCCEEDED"),
        (picture(149, 400), "InvalidInputLength"),
        (picture(150, 400), "SUCCEEDED"),
        (picture(4097, 151, format="JPEG"), "InvalidInputLength"),
    ],
    ids=["too few bytes", "too many bytes", "5 MB", "149 px", "150 px", "4097 px"],
)
async def test_photos_are_measured(rig: Rig, data: bytes, expected: str) -> None:
    rig.web[PERSON] = data

    assert await outcome(rig) == expected


async def test_garments_are_measured_too(rig: Rig) -> None:
    rig.web["https://photos.test/top.jpg"] = picture(149, 400)

    assert await outcome(rig) == "InvalidInputLength"


async def test_a_photo_of_one_colour_shows_nobody(rig: Rig) -> None:
    rig.web[PERSON] = padded(jpeg(Image.new("RGB", (300, 400), "beige")))

    assert await outcome(rig) == "InvalidPerson"


async def test_who_is_on_a_photo_can_be_judged_otherwise() -> None:
    rig = Rig([AiTryOn(judge=lambda _photo: False, draw=quick)])
    told = await outcome(rig)
    await rig.close()

    assert told == "InvalidPerson"


async def test_a_drawing_that_breaks_fails_the_task() -> None:
    def broken(*_photos: object, **_how: object) -> bytes:
        raise ZeroDivisionError

    rig = Rig([AiTryOn(draw=broken)])
    told = await outcome(rig)
    await rig.close()

    assert told == "InternalError"


async def test_the_drawing_gets_what_was_ordered() -> None:
    seen: list[dict[str, Any]] = []

    def draw(person: Image.Image, *garments: Image.Image | None, **how: Any) -> bytes:  # noqa: ANN401  recorded
        seen.append({"garments": [g is not None for g in garments], **how})
        return quick(person)

    rig = Rig([AiTryOn(draw=draw)])
    body = order(top_garment_url=None, bottom_garment_url="https://photos.test/bottom.jpg")
    body["parameters"] = {"resolution": 1024, "restore_face": False}
    await outcome(rig, body)
    await rig.close()

    assert seen == [{"garments": [False, True], "resolution": 1024, "keep_face": False}]


async def test_the_real_drawing_comes_out_as_a_picture_of_the_size_ordered() -> None:
    rig = Rig([AiTryOn()])
    rig.web |= {
        PERSON: SAMPLES["woman"].draw(),
        "https://photos.test/top.jpg": SAMPLES["tee"].draw(),
    }
    task = await rig.begin({**order(), "parameters": {"resolution": 1280}})
    rig.clock.advance(20)
    result = await rig.client.get((await rig.output(task))["image_url"])
    await rig.close()

    assert Image.open(io.BytesIO(result.content)).size == (720, 1280)


# --- from this machine -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/p/1.jpg", True),
        ("http://localhost/1.jpg", True),
        ("http://[::1]:9/1.jpg", True),
        ("https://example.com/1.jpg", False),
        ("http://169.254.169.254/", False),
        ("http://127.0.0.1.example.com/", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_addresses_of_this_machine_are_local(url: str, local: bool) -> None:  # noqa: FBT001  expected value
    assert is_local(url) is local


async def photo_server(request: Request) -> Response:
    match request.path_params["name"]:
        case "person":
            return Response(picture(), media_type="image/jpeg")
        case "moved":
            return RedirectResponse("/person")
        case "endless":
            return Response(b"x" * 9_000_000)
        case _:
            return Response(status_code=404)


async def test_photos_are_really_fetched_over_http() -> None:
    fetch = LocalFetcher()
    try:
        async with serving(Starlette(routes=[Route("/{name}", photo_server)])) as url:
            whole = await fetch(f"{url}/person", 100_000)
            cut = await fetch(f"{url}/endless", 5_000)
            for name in ("moved", "missing"):
                with pytest.raises(Refusal, match="InvalidURL"):
                    await fetch(f"{url}/{name}", 100_000)
        with pytest.raises(Refusal, match="InvalidURL"):
            await fetch(f"{url}/person", 100_000)
        with pytest.raises(Refusal, match="InvalidURL"):
            await fetch("https://example.com/person", 100_000)
    finally:
        await fetch.close()

    assert whole == picture()
    assert len(cut) == 5_001


# --- uploaded --------------------------------------------------------------------------


async def uploaded(rig: Rig, model: str = "aitryon", key: str = "sk-anna") -> str:
    policy = await rig.policy(model, key)
    answer = await rig.upload(policy, picture())
    assert (answer.status_code, answer.content) == (200, b"")
    return f"oss://{policy['upload_dir']}/a.jpg"


async def test_a_policy_has_all_the_documented_parts(rig: Rig) -> None:
    policy = await rig.policy()

    assert policy["upload_host"] == "http://demo.test/dashscope/oss"
    assert policy["upload_dir"].startswith("dashscope-instant/")
    assert "/2027-01-15/" in policy["upload_dir"]
    assert policy["expire_in_seconds"] == 300
    assert policy["max_file_size_mb"] == 100
    assert policy["x_oss_object_acl"] == "private"
    assert policy["x_oss_forbid_overwrite"] == "true"


async def test_a_policy_is_for_a_model_that_works(rig: Rig) -> None:
    unknown = await rig.get("/uploads", action="getPolicy", model="gpt")
    odd = await rig.get("/uploads", action="putPolicy", model="aitryon")

    assert refusal(unknown) == (400, "InvalidParameter")
    assert refusal(odd) == (400, "InvalidParameter")


async def test_policies_are_limited_to_a_hundred_a_second(rig: Rig) -> None:
    for _ in range(100):
        await rig.policy()
    late = await rig.get("/uploads", action="getPolicy", model="aitryon")

    assert refusal(late) == (429, "Throttling.RateQuota")
    assert await rig.policy("aitryon-plus")


async def test_an_uploaded_photo_can_be_used_by_its_account_and_model(rig: Rig) -> None:
    url = await uploaded(rig)

    assert await outcome(rig, order(person_image_url=url)) == "SUCCEEDED"
    assert await outcome(rig, order(person_image_url=url), "sk-anna-too") == "SUCCEEDED"


async def test_an_uploaded_photo_is_of_no_use_to_others(rig: Rig) -> None:
    url = await uploaded(rig)
    other_model = {**order(person_image_url=url), "model": "aitryon-plus"}

    assert await outcome(rig, other_model) == "InvalidURL"
    assert await outcome(rig, order(person_image_url=url), "sk-ben") == "InvalidURL"


async def test_an_uploaded_photo_is_gone_after_two_days(rig: Rig) -> None:
    url = await uploaded(rig)
    rig.clock.advance(48 * 3600)

    assert await outcome(rig, order(person_image_url=url)) == "InvalidURL"


async def test_an_uploaded_photo_cannot_be_read_from_outside(rig: Rig) -> None:
    url = await uploaded(rig)
    answer = await rig.client.get(url.replace("oss://", "http://demo.test/dashscope/oss/"))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"OSSAccessKeyId": "other"}, 403, "InvalidAccessKeyId"),
        ({"Signature": "AAAA"}, 403, "SignatureDoesNotMatch"),
        ({"policy": "e30="}, 403, "SignatureDoesNotMatch"),
        ({"key": "elsewhere/a.jpg"}, 403, "AccessDenied"),
        ({"x_oss_object_acl": "public-read"}, 403, "AccessDenied"),
        ({"x_oss_forbid_overwrite": "false"}, 403, "AccessDenied"),
    ],
)
async def test_a_form_that_does_not_obey_its_policy_is_refused_in_xml(
    rig: Rig, changed: dict[str, str], status: int, code: str
) -> None:
    answer = await rig.upload(await rig.policy(), picture(), **changed)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/xml")
    assert f"<Error><Code>{code}</Code><Message>" in answer.text


async def test_a_policy_expires_after_five_minutes(rig: Rig) -> None:
    policy = await rig.policy()
    rig.clock.advance(299)
    in_time = await rig.upload(policy, picture())
    rig.clock.advance(1)
    late = await rig.upload(policy, picture(), "b.jpg")

    assert in_time.status_code == 200
    assert late.status_code == 403
    assert "Policy expired." in late.text


async def test_nothing_is_overwritten(rig: Rig) -> None:
    policy = await rig.policy()
    await rig.upload(policy, picture())
    again = await rig.upload(policy, picture())

    assert again.status_code == 409
    assert "FileAlreadyExists" in again.text


async def test_the_file_must_be_the_last_field(rig: Rig) -> None:
    policy = await rig.policy()
    key = f"{policy['upload_dir']}/a.jpg"
    files: list[tuple[str, Any]] = [
        ("OSSAccessKeyId", (None, policy["oss_access_key_id"])),
        ("Signature", (None, policy["signature"])),
        ("policy", (None, policy["policy"])),
        ("file", ("a.jpg", picture())),
        ("key", (None, key)),
    ]
    early = await rig.client.post(policy["upload_host"], files=files)
    missing = await rig.client.post(policy["upload_host"], files=files[:3])

    assert (early.status_code, missing.status_code) == (400, 400)
    assert "InvalidArgument" in early.text
    assert "IncorrectNumberOfFilesInPOSTRequest" in missing.text


async def test_the_record_keeps_uploads_by_name_and_size(rig: Rig) -> None:
    await uploaded(rig)
    entry = rig.service.requests.of("dashscope", "upload")[0]
    kept = list(rig.service.store.uploads().values())

    assert entry.details["form"]["file"] == {"filename": "upload", "bytes": len(picture())}
    assert [(item.account, item.model, item.data) for item in kept] == [
        ("1001", "aitryon", picture())
    ]
