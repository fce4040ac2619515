"""Photos in a bucket, shown against a real S3 endpoint on this machine."""

import hashlib
import hmac
import socket
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from providers.base import NoAnswer, Published, Refused
from providers.bucket import FOLDER, LIFETIME, Bucket, BucketAccess
from providers.causes import Cause
from tests.s3 import BUCKET, LocalS3
from tests.serving import serving

PHOTO = b"\xff\xd8\xff jpeg bytes"
ACCESS_KEY, SECRET_KEY = "AKIACANARY0000", "canary/secret+0123456789"
FAR_FUTURE = 4_000_000_000.0
THIS_YEAR = 1_500_000_000.0  # before anything that the endpoint dates by the real clock


def access(url: str, **changes: str) -> BucketAccess:
    given = BucketAccess(url, BUCKET, "eu-central-1", ACCESS_KEY, SECRET_KEY)
    return replace(given, **changes)


def bucket(url: str, *, now: float = THIS_YEAR, **changes: str) -> Bucket:
    return Bucket(access(url, **changes), now=lambda: now)


async def published(host: Bucket) -> Published:
    found = await host.publish(PHOTO, model="aitryon")
    assert isinstance(found, Published), found
    return found


def signature(url: str) -> str:
    """Return what the signature of a presigned address has to be (AWS Signature Version 4)."""
    parts = urlsplit(url)
    query, _, _ = parts.query.partition("&X-Amz-Signature=")
    fields = {name: values[0] for name, values in parse_qs(query).items()}
    scope = fields["X-Amz-Credential"].partition("/")[2]
    asked = "\n".join(
        ["GET", parts.path, query, f"host:{parts.netloc}", "", "host", "UNSIGNED-PAYLOAD"]
    )
    digest = hashlib.sha256(asked.encode()).hexdigest()
    to_sign = "\n".join(["AWS4-HMAC-SHA256", fields["X-Amz-Date"], scope, digest])
    key = f"AWS4{SECRET_KEY}".encode()
    for part in [*scope.split("/"), to_sign]:
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()


async def test_a_photo_can_be_fetched_by_whoever_is_told_its_address(s3: LocalS3) -> None:
    photo = await published(bucket(s3.url))

    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(photo.url)

    assert (answer.status_code, answer.content) == (200, PHOTO)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"


async def test_without_the_signature_nobody_gets_it(s3: LocalS3) -> None:
    photo = await published(bucket(s3.url))

    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(photo.url.partition("?")[0])

    assert answer.status_code == 403


async def test_the_address_is_plain_ascii_signed_and_good_for_an_hour(s3: LocalS3) -> None:
    photo = await published(bucket(s3.url))

    fields = parse_qs(urlsplit(photo.url).query)
    assert photo.url.isascii()
    assert fields["X-Amz-Expires"] == [str(int(LIFETIME))]
    assert fields["X-Amz-Credential"][0].startswith(f"{ACCESS_KEY}/")
    assert "/eu-central-1/s3/" in fields["X-Amz-Credential"][0]
    assert fields["X-Amz-Signature"] == [signature(photo.url)]


async def test_each_photo_has_a_name_nobody_can_guess(s3: LocalS3) -> None:
    host = bucket(s3.url)

    first, second = await published(host), await published(host)

    assert first.ref != second.ref
    names = [key.removeprefix(f"{FOLDER}/").removesuffix(".jpg") for key in s3.objects()]
    assert [len(name) for name in names] == [43, 43]  # 32 bytes in base64


async def test_a_withdrawn_photo_is_gone_and_may_be_withdrawn_again(s3: LocalS3) -> None:
    host = bucket(s3.url)
    photo, other = await published(host), await published(host)

    assert await host.withdraw(photo.ref) is None
    assert await host.withdraw(photo.ref) is None

    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(photo.url)).status_code == 404
        assert (await client.get(other.url)).status_code == 200


async def test_a_photo_of_another_host_or_bucket_is_left_alone(s3: LocalS3) -> None:
    host = bucket(s3.url)
    await published(host)
    (key,) = s3.objects()

    for ref in (key, f"self:{key}", f"s3:another/{key}", "dashscope-instant/a/b.jpg"):
        assert await host.withdraw(ref) is None

    assert s3.objects() == [key]


async def test_what_a_crash_left_behind_is_swept_away_by_its_age(s3: LocalS3) -> None:
    await published(bucket(s3.url))
    s3.put("somebody/elses.jpg", PHOTO)

    assert await bucket(s3.url).sweep() is None
    assert len(s3.objects()) == 2

    assert await bucket(s3.url, now=FAR_FUTURE).sweep() is None
    assert s3.objects() == ["somebody/elses.jpg"]


async def test_a_refused_key_is_for_the_operator_to_mend(s3: LocalS3) -> None:
    s3.ask_for_keys(wanted=True)

    found = await bucket(s3.url).publish(PHOTO, model="aitryon")

    assert isinstance(found, Refused)
    assert (found.problem.cause, found.problem.code) == (Cause.PHOTO_UNREACHABLE, "denied")
    _shows_no_secret(found.problem.message)


async def test_a_bucket_that_is_not_there_is_for_the_operator_to_mend(s3: LocalS3) -> None:
    found = await bucket(s3.url, bucket="nowhere").publish(PHOTO, model="aitryon")

    assert isinstance(found, Refused)
    assert found.problem.code == "no_bucket"


async def test_an_endpoint_that_cannot_be_reached_is_worth_another_try() -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        host = bucket(f"http://127.0.0.1:{taken.getsockname()[1]}")

        for found in (
            await host.publish(PHOTO, model="aitryon"),
            await host.withdraw(f"s3:{BUCKET}/{FOLDER}/x.jpg"),
            await host.sweep(),
        ):
            assert isinstance(found, NoAnswer)
            assert found.problem.cause is Cause.PHOTO_UNREACHABLE
            _shows_no_secret(found.problem.message)


@pytest.mark.parametrize("body", [b"", b"<html>Sorry</html>", b"<Error><Code>SlowDown</Code>"])
async def test_an_endpoint_in_trouble_is_worth_another_try(body: bytes) -> None:
    async def sorry(_request: Request) -> Response:
        return Response(body, 503)

    every = ["GET", "PUT", "DELETE"]
    async with serving(Starlette(routes=[Route("/{path:path}", sorry, methods=every)])) as url:
        host = bucket(url)

        assert isinstance(await host.publish(PHOTO, model="aitryon"), NoAnswer)
        assert isinstance(await host.sweep(), NoAnswer)


async def test_the_environment_does_not_count(s3: LocalS3, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1",
        "AWS_SESSION_TOKEN": "canary-session",
        "AWS_ACCESS_KEY_ID": "canary-id",
        "AWS_SECRET_ACCESS_KEY": "canary-secret",
        "AWS_SKIP_SIGNATURE": "true",
        "AWS_REGION": "mars-1",
        "AWS_BUCKET": "another",
    }.items():
        monkeypatch.setenv(name, text)

    photo = await published(bucket(s3.url))

    assert "canary-" not in photo.url
    assert parse_qs(urlsplit(photo.url).query)["X-Amz-Signature"] == [signature(photo.url)]


@pytest.mark.parametrize(
    ("url", "name", "begins"),
    [
        (
            "https://oss-cn-beijing.aliyuncs.com",
            "photos",
            "https://photos.oss-cn-beijing.aliyuncs.com/fitting-room/",
        ),
        (
            "https://s3.eu-central-1.amazonaws.com",
            "photos",
            "https://photos.s3.eu-central-1.amazonaws.com/fitting-room/",
        ),
        (
            "https://s3.eu-central-1.amazonaws.com",
            "my.photos",
            "https://s3.eu-central-1.amazonaws.com/my.photos/fitting-room/",
        ),
        (
            "https://photos.fra1.example.com",
            "photos",
            "https://photos.fra1.example.com/fitting-room/",
        ),
        (
            "https://minio.example.com:9000",
            "photos",
            "https://minio.example.com:9000/photos/fitting-room/",
        ),
    ],
)
async def test_the_bucket_stands_where_the_service_wants_it(
    url: str, name: str, begins: str
) -> None:
    host = bucket(url, bucket=name)

    assert (await host._address(f"{FOLDER}/x.jpg")).startswith(begins)


def test_what_is_printed_shows_no_key() -> None:
    _shows_no_secret(repr(access("https://s3.example.com")))


def _shows_no_secret(text: str) -> None:
    assert ACCESS_KEY not in text
    assert SECRET_KEY not in text
