"""DashScope's temporary storage: one policy for many photos, and how uploads fail."""

import asyncio
import re
from email.parser import BytesParser
from email.policy import HTTP

import httpx
import pytest

from providers.base import NoAnswer, Published, Refused
from providers.causes import Cause, Problem
from tests.providers.support import KEY, Service

PHOTO = b"\xff\xd8\xff jpeg bytes \r\n--\r\n with awkward parts"
DIRECTORY = "dashscope-instant/a1/2026-08-01/b2"
POLICY = {
    "policy": "eyJjYW5hcnkiOjF9",
    "signature": "canary+signature=",
    "upload_dir": DIRECTORY,
    "upload_host": "https://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
    "expire_in_seconds": 300,
    "max_file_size_mb": 100,
    "oss_access_key_id": "LTAI5tCanary",
    "x_oss_object_acl": "private",
    "x_oss_forbid_overwrite": "true",
}
EXPIRED = b"""<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>AccessDenied</Code>
  <Message>Invalid according to Policy: Policy expired.</Message>
  <RequestId>66</RequestId>
</Error>"""


class Storage(Service):
    """The two servers of an upload; `uploads` are the answers to come, then 200s."""

    def __init__(self, *uploads: httpx.Response, policy: object = POLICY) -> None:
        super().__init__(self._answer)
        self.uploads = list(uploads)
        self.policy = policy

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"request_id": "r", "data": self.policy})
        return self.uploads.pop(0) if self.uploads else httpx.Response(200)

    @property
    def policies(self) -> list[httpx.Request]:
        return [request for request in self.requests if request.method == "GET"]

    @property
    def posts(self) -> list[httpx.Request]:
        return [request for request in self.requests if request.method == "POST"]


def form(request: httpx.Request) -> list[tuple[str, str | None, bytes]]:
    """Return the fields of a multipart form in their order: name, file name, content."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + request.content)
    fields = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(content, bytes)
        fields.append((name, part.get_filename(), content))
    return fields


async def test_a_photo_goes_up_with_the_documented_form_and_the_file_last() -> None:
    storage = Storage()
    published = await storage.host.publish(PHOTO, model="aitryon")
    assert isinstance(published, Published)

    (asked,), (upload,) = storage.policies, storage.posts
    assert asked.url.path == "/api/v1/uploads"
    assert dict(asked.url.params) == {"action": "getPolicy", "model": "aitryon"}
    fields = form(upload)
    key = next(content for name, _, content in fields if name == "key").decode()
    assert fields == [
        ("OSSAccessKeyId", None, b"LTAI5tCanary"),
        ("Signature", None, b"canary+signature="),
        ("policy", None, b"eyJjYW5hcnkiOjF9"),
        ("x-oss-object-acl", None, b"private"),
        ("x-oss-forbid-overwrite", None, b"true"),
        ("key", None, key.encode()),
        ("success_action_status", None, b"200"),
        ("file", key.rpartition("/")[2], PHOTO),
    ]
    assert published == Published(url=f"oss://{key}", ref=key)
    assert re.fullmatch(rf"{DIRECTORY}/[0-9a-f]{{32}}\.jpg", key)


async def test_the_key_never_travels_with_a_photo() -> None:
    storage = Storage()
    await storage.host.publish(PHOTO, model="aitryon")
    (upload,) = storage.posts
    assert upload.headers["host"] == "dashscope-file-mgr.oss-cn-beijing.aliyuncs.com"
    assert "authorization" not in upload.headers
    assert KEY not in repr(upload.headers)
    assert KEY.encode() not in upload.content


async def test_every_photo_gets_a_name_of_its_own() -> None:
    storage = Storage()
    published = [await storage.host.publish(PHOTO, model="aitryon") for _ in range(3)]
    assert len(set(published)) == 3
    assert len(storage.policies) == 1


async def test_many_photos_at_once_share_one_policy() -> None:
    storage = Storage()
    await asyncio.gather(*(storage.host.publish(PHOTO, model="aitryon") for _ in range(20)))
    assert (len(storage.policies), len(storage.posts)) == (1, 20)


async def test_each_model_has_a_policy_of_its_own() -> None:
    storage = Storage()
    for model in ("aitryon", "aitryon-plus", "aitryon"):
        await storage.host.publish(PHOTO, model=model)
    assert [r.url.params["model"] for r in storage.policies] == ["aitryon", "aitryon-plus"]


async def test_a_policy_is_renewed_shortly_before_it_ends() -> None:
    storage = Storage()
    for pause, fetched in ((0, 1), (269, 1), (2, 2)):
        storage.moments.time += pause
        await storage.host.publish(PHOTO, model="aitryon")
        assert len(storage.policies) == fetched


@pytest.mark.parametrize("life", [None, 0, -1, 1e9, float("nan"), "300", []])
async def test_a_policy_that_does_not_say_how_long_it_lasts_is_used_once(life: object) -> None:
    policy = dict(POLICY)
    policy["expire_in_seconds"] = life if life == life else None  # noqa: PLR0124  NaN is no JSON
    storage = Storage(policy=policy)
    for _ in range(2):
        assert isinstance(await storage.host.publish(PHOTO, model="aitryon"), Published)
    assert len(storage.policies) == 2


async def test_a_policy_that_expired_early_is_renewed_once() -> None:
    storage = Storage(httpx.Response(403, content=EXPIRED))
    assert isinstance(await storage.host.publish(PHOTO, model="aitryon"), Published)
    assert (len(storage.policies), len(storage.posts)) == (2, 2)


async def test_a_store_that_denies_a_fresh_policy_too_is_left_for_later() -> None:
    storage = Storage(*(httpx.Response(403, content=EXPIRED) for _ in range(9)))
    outcome = await storage.host.publish(PHOTO, model="aitryon")
    message = "Invalid according to Policy: Policy expired."
    assert outcome == NoAnswer(Problem(Cause.SERVICE_FAILED, "AccessDenied", message))
    assert (len(storage.policies), len(storage.posts)) == (2, 2)


def xml(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>because</Message></Error>".encode()


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (
            400,
            xml("EntityTooLarge"),
            Refused(Problem(Cause.PHOTO_UNFIT, "EntityTooLarge", "because")),
        ),
        (
            400,
            xml("MalformedPOSTRequest"),
            Refused(Problem(Cause.REQUEST_REFUSED, "MalformedPOSTRequest", "because")),
        ),
        (404, b"", Refused(Problem(Cause.REQUEST_REFUSED, "http_404", "no reason given"))),
        (
            409,
            xml("FileAlreadyExists"),
            Refused(Problem(Cause.REQUEST_REFUSED, "FileAlreadyExists", "because")),
        ),
        (429, b"", NoAnswer(Problem(Cause.THROTTLED, "http_429", "no reason given"))),
        (
            503,
            xml("ServiceBusy"),
            NoAnswer(Problem(Cause.SERVICE_FAILED, "ServiceBusy", "because")),
        ),
        (302, b"", NoAnswer(Problem(Cause.SERVICE_FAILED, "http_302", "no reason given"))),
        (
            500,
            b"<Code>" + b"<" * 10_000,
            NoAnswer(Problem(Cause.SERVICE_FAILED, "http_500", "no reason given")),
        ),
    ],
)
async def test_what_the_object_store_says_is_understood(
    status: int, body: bytes, expected: object
) -> None:
    storage = Storage(httpx.Response(status, content=body))
    assert await storage.host.publish(PHOTO, model="aitryon") == expected


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, "InvalidApiKey", Refused(Problem(Cause.KEY_REFUSED, "InvalidApiKey"))),
        (404, "ModelNotFound", Refused(Problem(Cause.MODEL_GONE, "ModelNotFound"))),
        (400, "Arrearage", Refused(Problem(Cause.ARREARS, "Arrearage"))),
        (429, "Throttling.RateQuota", NoAnswer(Problem(Cause.THROTTLED, "Throttling.RateQuota"))),
        (500, "InternalError", NoAnswer(Problem(Cause.SERVICE_FAILED, "InternalError"))),
    ],
)
async def test_without_a_policy_nothing_is_uploaded(
    status: int, code: str, expected: object
) -> None:
    service = Service(lambda _: httpx.Response(status, json={"code": code}))
    assert await service.host.publish(PHOTO, model="aitryon") == expected
    assert {request.method for request in service.requests} == {"GET"}


@pytest.mark.parametrize(
    "change",
    [
        {"upload_host": None},
        {"upload_dir": None},
        {"upload_dir": ""},
        {"upload_dir": "../other"},
        {"upload_dir": "a b"},
        {"upload_dir": "фото"},
        {"signature": ""},
        {"policy": 5},
        {"oss_access_key_id": None},
    ],
)
async def test_half_a_policy_is_none(change: dict[str, object]) -> None:
    storage = Storage(policy={**POLICY, **change})
    assert isinstance(await storage.host.publish(PHOTO, model="aitryon"), NoAnswer)
    assert storage.posts == []


@pytest.mark.parametrize(
    "host",
    [
        "http://dashscope-file-mgr.oss-cn-beijing.aliyuncs.com",
        "https://127.0.0.1",
        "https://evil.example",
        "https://key@r.aliyuncs.com",
        "nonsense",
        "",
    ],
)
async def test_photos_are_not_sent_to_strangers(host: str) -> None:
    storage = Storage(policy={**POLICY, "upload_host": host})
    outcome = await storage.host.publish(PHOTO, model="aitryon")
    assert isinstance(outcome, Refused)
    assert outcome.problem.cause is Cause.REQUEST_REFUSED
    assert storage.posts == []


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout])
async def test_an_upload_that_broke_may_be_repeated(error: type[Exception]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"data": POLICY})
        raise error(str(request.url))

    assert isinstance(await Service(answer).host.publish(PHOTO, model="aitryon"), NoAnswer)


async def test_a_forbid_overwrite_that_came_as_a_truth_value_is_sent_as_text() -> None:
    storage = Storage(policy={**POLICY, "x_oss_forbid_overwrite": True})
    await storage.host.publish(PHOTO, model="aitryon")
    assert ("x-oss-forbid-overwrite", None, b"true") in form(storage.posts[0])


async def test_withdrawing_asks_for_nothing() -> None:
    storage = Storage()
    await storage.host.withdraw("dir/name.jpg")
    assert storage.requests == []


async def test_no_outcome_repeats_the_policy() -> None:
    secret = b"<Error><Code>AccessDenied</Code><Message>Signature=canary+signature= is wrong"
    secret += b"</Message></Error>"
    storage = Storage(*(httpx.Response(403, content=secret) for _ in range(2)))
    assert "canary" not in repr(await storage.host.publish(PHOTO, model="aitryon")).lower()
