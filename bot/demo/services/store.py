"""The object store: temporary uploads under signed policies, and results under signed URLs.

Uploads belong to the account and the model they were made for and cannot be read from
outside. Refusals come as XML, as from the real store. Sources: the vendor's page on
temporary URLs (policy 300 s, files 48 h, no overwriting), provider docs 000 (results 24 h).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from bot.demo.services.clocks import BEIJING

POLICY_SECONDS = 300  # "expire_in_seconds"
UPLOAD_SECONDS = 48 * 3600
RESULT_SECONDS = 24 * 3600  # provider docs 000, "image_url有效期"
LARGEST_UPLOAD_MB = 100  # "max_file_size_mb"
CAPACITY_MB = 999_999_999  # "capacity_limit_mb"
MEGABYTE = 1024 * 1024
ACCESS_KEY = "LTAI5tFittingRoomDemo"


class StoreRefusal(Exception):  # noqa: N818  an answer like others
    """The store refuses a request: HTTP status, code and message of its XML answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Stored:
    """One object. `account` and `model` are empty for results."""

    data: bytes
    media_type: str
    kept_until: float  # Unix seconds
    account: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an upload form; `filename` is None for fields that are no file."""

    name: str
    value: bytes
    filename: str | None = None
    media_type: str = "application/octet-stream"

    @property
    def text(self) -> str:
        """The value as text."""
        return self.value.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class _Grant:
    """Whose files go into a directory."""

    account: str
    model: str
    kept_until: float


class Store:
    """Everything that is kept for a while. `url` is where this server is reached."""

    def __init__(self, url: str, secret: bytes) -> None:
        self._url = url.rstrip("/")
        self._secret = secret
        self._grants: dict[str, _Grant] = {}  # by directory
        self._uploads: dict[str, Stored] = {}
        self._results: dict[str, Stored] = {}

    # --- uploads -----------------------------------------------------------------------

    def policy(self, account: str, model: str, unique: str, now: float) -> dict[str, Any]:
        """Permit an account to upload files for a model, for the next five minutes."""
        owner = hashlib.md5(account.encode(), usedforsecurity=False).hexdigest()
        day = datetime.fromtimestamp(now, tz=BEIJING).date().isoformat()
        directory = f"dashscope-instant/{owner}/{day}/{unique}"
        self._forget(now)
        self._grants[directory] = _Grant(account, model, now + 2 * POLICY_SECONDS)
        ends = datetime.fromtimestamp(now + POLICY_SECONDS, tz=UTC)
        conditions: list[list[Any]] = [
            ["content-length-range", 0, LARGEST_UPLOAD_MB * MEGABYTE],
            ["starts-with", "$key", directory],
            ["eq", "$x-oss-object-acl", "private"],
            ["eq", "$x-oss-forbid-overwrite", "true"],
        ]
        written = {"expiration": ends.isoformat(timespec="milliseconds"), "conditions": conditions}
        text = base64.b64encode(json.dumps(written).encode()).decode()
        return {
            "policy": text,
            "signature": self._signed(text),
            "upload_dir": directory,
            "upload_host": f"{self._url}/oss",
            "expire_in_seconds": POLICY_SECONDS,
            "max_file_size_mb": LARGEST_UPLOAD_MB,
            "capacity_limit_mb": CAPACITY_MB,
            "oss_access_key_id": ACCESS_KEY,
            "x_oss_object_acl": "private",
            "x_oss_forbid_overwrite": "true",
        }

    def upload(self, fields: Sequence[Field], now: float) -> str:
        """Keep the file of an upload form and return its key.

        Raises:
            StoreRefusal: if the form, its signature, its policy or the key is not right.

        """
        form = _form(fields)
        file = fields[-1]
        if form.get("OSSAccessKeyId") != ACCESS_KEY:
            raise StoreRefusal(
                403,
                "InvalidAccessKeyId",
                "The OSS Access Key Id you provided does not exist in our records.",
            )
        policy, key = form.get("policy", ""), form.get("key", "")
        if not hmac.compare_digest(self._signed(policy), form.get("Signature", "")):
            raise StoreRefusal(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. "
                "Check your key and signing method.",
            )
        directory = _obey(json.loads(base64.b64decode(policy)), form, len(file.value), now)
        if self._alive(self._uploads, key, now):
            raise StoreRefusal(
                409,
                "FileAlreadyExists",
                "The object you specified already exists and can not be overwritten.",
            )
        grant = self._grants[directory]
        self._uploads[key] = Stored(
            file.value, file.media_type, now + UPLOAD_SECONDS, grant.account, grant.model
        )
        return key

    def resolve(self, url: str, account: str, model: str, now: float) -> bytes | None:
        """Return the upload behind an `oss://` URL, if it is this account's for this model."""
        stored = self._alive(self._uploads, url.removeprefix("oss://"), now)
        if stored is None or (stored.account, stored.model) != (account, model):
            return None
        return stored.data

    def uploads(self) -> Mapping[str, Stored]:
        """Return everything uploaded so far, by key, for tests that look for secrets."""
        return dict(self._uploads)

    # --- results -----------------------------------------------------------------------

    def publish(self, name: str, data: bytes, media_type: str, now: float) -> str:
        """Keep a result for a day and return its signed URL."""
        self._forget(now)
        until = now + RESULT_SECONDS
        self._results[name] = Stored(data, media_type, until)
        ends = str(int(until))
        query = {
            "Expires": ends,
            "OSSAccessKeyId": ACCESS_KEY,
            "Signature": self._signed(f"{name}\n{ends}"),
        }
        return f"{self._url}/results/{name}?{urlencode(query)}"

    def result(self, name: str, query: Mapping[str, str], now: float) -> Stored:
        """Return a result to somebody who has its whole URL.

        Raises:
            StoreRefusal: if the URL has expired, was changed, or names nothing.

        """
        ends = query.get("Expires", "")
        if not hmac.compare_digest(self._signed(f"{name}\n{ends}"), query.get("Signature", "")):
            raise StoreRefusal(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. "
                "Check your key and signing method.",
            )
        if now >= int(ends):
            raise StoreRefusal(403, "AccessDenied", "Request has expired.")
        stored = self._alive(self._results, name, now)
        if stored is None:
            raise StoreRefusal(404, "NoSuchKey", "The specified key does not exist.")
        return stored

    def _signed(self, text: str) -> str:
        return base64.b64encode(hmac.digest(self._secret, text.encode(), "sha1")).decode()

    def _forget(self, now: float) -> None:
        """Drop what has expired, so that a demo can run for days."""
        for kept in (self._grants, self._uploads, self._results):
            for key in [key for key, item in kept.items() if now >= item.kept_until]:
                del kept[key]

    @staticmethod
    def _alive(objects: dict[str, Stored], key: str, now: float) -> Stored | None:
        stored = objects.get(key)
        return stored if stored is not None and now < stored.kept_until else None


def _form(fields: Sequence[Field]) -> dict[str, str]:
    """Return the fields before the file, which must be there, alone and last."""
    files = [field for field in fields if field.filename is not None or field.name == "file"]
    if len(files) != 1:
        raise StoreRefusal(
            400,
            "IncorrectNumberOfFilesInPOSTRequest",
            "POST requires exactly one file upload per request.",
        )
    if fields[-1] is not files[0] or files[0].name != "file":
        raise StoreRefusal(
            400, "InvalidArgument", "The file must be the last field of the form and named file."
        )
    return {field.name: field.text for field in fields[:-1]}


def _obey(policy: dict[str, Any], form: Mapping[str, str], size: int, now: float) -> str:
    """Check a form against the policy it carries; return the directory that is granted."""
    directory = ""
    if now >= datetime.fromisoformat(policy["expiration"]).timestamp():
        raise StoreRefusal(403, "AccessDenied", "Invalid according to Policy: Policy expired.")
    for operator, subject, *values in policy["conditions"]:
        given = form.get(str(subject).removeprefix("$"), "")
        match operator:
            case "content-length-range":
                if size > values[0]:
                    raise StoreRefusal(
                        400,
                        "EntityTooLarge",
                        "Your proposed upload exceeds the maximum allowed object size.",
                    )
                continue
            case "starts-with":
                directory = values[0]
                holds = given.startswith(f"{values[0]}/") and len(given) > len(values[0]) + 1
            case _:
                holds = given == values[0]
        if not holds:
            condition = json.dumps([operator, subject, *values])
            raise StoreRefusal(
                403,
                "AccessDenied",
                f"Invalid according to Policy: Policy Condition failed: {condition}",
            )
    return directory
