"""A photo host in an S3-compatible bucket: private objects, addresses that end by themselves.

Each photo is one object under a name nobody can guess. Services are given a presigned
address, good for an hour; the object is deleted when its job is over. What a crash left
behind is found by its age in the bucket's own list. Requests are signed and sent by
obstore; nothing it may find in the environment (AWS_…) counts against the settings.
"""

import asyncio
import contextlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore import sign_async
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from providers.base import NoAnswer, Published, Refused
from providers.causes import Cause, Problem
from providers.http import Now, said

if TYPE_CHECKING:
    from obstore.store import S3Credential  # is there for type checkers only

LIFETIME = 3600.0  # seconds of a presigned address, by the clock of the machine
CALL_SECONDS = 60.0  # for one call and its repetitions
FOLDER = "fitting-room"  # of our objects in the bucket; a rule of the bucket may empty it daily
TOKEN_BYTES = 32  # of randomness in a name

# These take the bucket's name in front of the host: Alibaba's refuses any other way ("OSS
# supports only virtual hosted-style URLs"), Amazon's recommends it. All others know the
# bucket in the path; where one does not, the bucket can be written into S3_URL.
_BUCKET_IN_FRONT = ("aliyuncs.com", "amazonaws.com")
_REF = "s3:"
_BROKEN = (BaseError, OSError, ValueError)  # OSError: FileNotFoundError and time limits

# Trouble that somebody has to mend; anything else may pass.
_LASTING: tuple[tuple[type[Exception], str], ...] = (
    (PermissionDeniedError, "denied"),
    (UnauthenticatedError, "key_refused"),
    (FileNotFoundError, "no_bucket"),
)


@dataclass(frozen=True, slots=True)
class BucketAccess:
    """Where the bucket is, and the key to it. `url` is the service's address."""

    url: str
    bucket: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


class Bucket:
    """A `PhotoHost` in a bucket."""

    def __init__(self, access: BucketAccess, *, now: Now) -> None:
        self._store = _store(access)
        self._now = now
        self._bucket = access.bucket
        self._secrets = (access.secret_key, access.access_key)

    async def publish(self, photo: bytes, *, model: str) -> Published | Refused | NoAnswer:  # noqa: ARG002  any service may fetch it
        """Put a JPEG where whoever is told its address can fetch it."""
        key = f"{FOLDER}/{secrets.token_urlsafe(TOKEN_BYTES)}.jpg"
        try:
            async with asyncio.timeout(CALL_SECONDS):
                await self._store.put_async(
                    key,
                    photo,
                    attributes={"Content-Type": "image/jpeg", "Cache-Control": "no-store"},
                    use_multipart=False,
                )
            url = await self._address(key)
        except _BROKEN as error:
            problem, lasting = self._problem(error)
            return Refused(problem) if lasting else NoAnswer(problem)
        return Published(url=url, ref=f"{_REF}{self._bucket}/{key}")

    async def withdraw(self, ref: str) -> NoAnswer | None:
        """Delete a photo."""
        key = ref.removeprefix(f"{_REF}{self._bucket}/")
        if key == ref:
            return None
        return await self._delete([key])

    async def sweep(self) -> NoAnswer | None:
        """Delete what was published so long ago that nobody can fetch it any more."""
        before = self._now() - LIFETIME
        try:
            async with asyncio.timeout(CALL_SECONDS):
                found = await self._store.list(f"{FOLDER}/").collect_async()
        except _BROKEN as error:
            return NoAnswer(self._problem(error)[0])
        return await self._delete(
            [item["path"] for item in found if item["last_modified"].timestamp() < before]
        )

    async def _delete(self, keys: list[str]) -> NoAnswer | None:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                for key in keys:
                    await self._delete_one(key)
        except _BROKEN as error:
            return NoAnswer(self._problem(error)[0])
        return None

    async def _delete_one(self, key: str) -> None:
        with contextlib.suppress(FileNotFoundError):  # some services say so, others do not
            await self._store.delete_async(key)

    async def _address(self, key: str) -> str:
        return await sign_async(self._store, "GET", key, timedelta(seconds=LIFETIME))

    def _problem(self, error: Exception) -> tuple[Problem, bool]:
        """Return what went wrong, and whether somebody has to mend it."""
        lasting = next((code for kind, code in _LASTING if isinstance(error, kind)), None)
        code = lasting or ("timeout" if isinstance(error, TimeoutError) else "failed")
        first_line = str(error).partition("\n")[0]  # more of it is for the library's authors
        text = said(first_line, *self._secrets) or type(error).__name__
        return Problem(Cause.PHOTO_UNREACHABLE, code, text), lasting is not None


def _store(access: BucketAccess) -> S3Store:
    endpoint, in_front = _endpoint(access.url, access.bucket)
    return S3Store(
        access.bucket,
        region=access.region,
        endpoint=endpoint,
        aws_endpoint_url_s3=endpoint,  # else AWS_ENDPOINT_URL_S3 would outrank the settings
        virtual_hosted_style_request=in_front,
        disable_bulk_delete=True,  # not every service knows it
        skip_signature=False,
        credential_provider=lambda: _credential(access),
        client_options={
            "allow_http": access.url.startswith("http://"),
            "timeout": timedelta(seconds=CALL_SECONDS),
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=CALL_SECONDS / 2)},
    )


def _credential(access: BucketAccess) -> "S3Credential":
    """Return the key as a whole: no session token of the environment may join it."""
    return {
        "access_key_id": access.access_key,
        "secret_access_key": access.secret_key,
        "token": None,
        "expires_at": None,
    }


def _endpoint(url: str, bucket: str) -> tuple[str, bool]:
    """Return the address to call, and whether it has the bucket's name in front of the host."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host.startswith(f"{bucket}."):
        return url, True
    if "." not in bucket and any(host.endswith(f".{suffix}") for suffix in _BUCKET_IN_FRONT):
        return url.replace("://", f"://{bucket}.", 1), True
    return url, False
