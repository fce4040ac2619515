"""Where photos are put so that a service can fetch them. So far: DashScope's own storage.

The vendor's temporary storage needs nothing but the key. A policy (a signed permission
for one model, a few minutes long) is fetched and kept; each photo then goes straight to
the object store under a name nobody can guess, and is known as `oss://…` from then on,
to that account and that model only. Normalising photos is left to the caller.
"""

import asyncio
import re
import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from providers.base import NoAnswer, Published, Refused
from providers.causes import Cause, Problem
from providers.dashscope import DashScope
from providers.gate import Barred, Gate
from providers.http import Answered, Lost, NotSent, Now, Reply, said

UPLOAD_SECONDS = 120.0  # for a whole photo, however slowly it drips
RENEW_BEFORE = 30.0  # seconds before a policy ends; it lasts 300 (vendor's upload page)
LONGEST_POLICY = 3600.0  # seconds; a longer life is not believed
NAME_BYTES = 16  # of randomness in a photo's name

_FIELDS = (  # of the upload form, and the policy's own names for them; the order is kept
    ("OSSAccessKeyId", "oss_access_key_id"),
    ("Signature", "signature"),
    ("policy", "policy"),
    ("x-oss-object-acl", "x_oss_object_acl"),
    ("x-oss-forbid-overwrite", "x_oss_forbid_overwrite"),
)
_DIRECTORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=/-]{0,500}", re.ASCII)
_XML_CODE = re.compile(rb"<Code>([^<]{1,100})</Code>")
_XML_MESSAGE = re.compile(rb"<Message>([^<]{1,500})</Message>")

# Trouble that passes by itself or with time; anything else needs somebody to mend it.
_PASSING = frozenset({Cause.THROTTLED, Cause.SERVICE_FAILED})


@dataclass(frozen=True, slots=True)
class _Policy:
    """A permission to put files of one model into one directory for a while."""

    host: str
    directory: str
    form: tuple[tuple[str, str], ...]
    renew_at: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class _Denied:
    """The object store does not accept the policy (any more)."""

    problem: Problem


class TemporaryStorage:
    """A `PhotoHost` on DashScope's temporary storage, for DashScope's models."""

    def __init__(self, transport: DashScope, gate: Gate, *, now: Now) -> None:
        self._transport = transport
        self._gate = gate
        self._now = now
        self._policies: dict[str, _Policy] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def publish(self, photo: bytes, *, model: str) -> Published | Refused | NoAnswer:
        """Put a JPEG where `model` can fetch it, under a new name each time."""
        policy = await self._policy(model, refused=None)
        if not isinstance(policy, _Policy):
            return policy
        outcome = await self._upload(policy, photo)
        if isinstance(outcome, _Denied):  # expired early, or our clock is off: once more
            policy = await self._policy(model, refused=policy)
            if not isinstance(policy, _Policy):
                return policy
            outcome = await self._upload(policy, photo)
        return NoAnswer(outcome.problem) if isinstance(outcome, _Denied) else outcome

    async def withdraw(self, ref: str) -> None:
        """Do nothing: the storage has no delete, the vendor removes files after 48 hours."""

    async def _policy(self, model: str, *, refused: _Policy | None) -> _Policy | Refused | NoAnswer:
        """Return a policy for the model that is good for a while and is not `refused`."""
        async with self._locks.setdefault(model, asyncio.Lock()):  # many photos, one fetch
            kept = self._policies.get(model)
            if kept is not None and kept is not refused and self._now() < kept.renew_at:
                return kept
            self._policies.pop(model, None)
            answer = await self._transport.read("/uploads", {"action": "getPolicy", "model": model})
            if isinstance(answer, NoAnswer):
                passing = answer.problem.cause in _PASSING
                return answer if passing else Refused(answer.problem, answer.retry_after)
            policy = _read_policy(answer.get("data"), self._now())
            if policy is None:
                return _no_answer("unreadable", "the upload policy")
            self._policies[model] = policy
            return policy

    async def _upload(
        self, policy: _Policy, photo: bytes
    ) -> Published | Refused | NoAnswer | _Denied:
        name = f"{secrets.token_hex(NAME_BYTES)}.jpg"
        key = f"{policy.directory}/{name}"
        form = dict(policy.form) | {"key": key, "success_action_status": "200"}
        reply = await self._gate.exchange(
            "POST",
            policy.host,
            data=form,
            files={"file": (name, photo, "image/jpeg")},  # httpx sends files after all fields
            seconds=UPLOAD_SECONDS,
        )
        if isinstance(reply, Answered) and reply.ok:
            return Published(url=f"oss://{key}", ref=key)
        return _upload_trouble(reply)


def _read_policy(data: Any, now: float) -> _Policy | None:  # noqa: ANN401  JSON from outside
    if not isinstance(data, dict):
        return None
    host, directory, life = (
        data.get("upload_host"),
        data.get("upload_dir"),
        data.get("expire_in_seconds"),
    )
    form = tuple((field, _text(data.get(name))) for field, name in _FIELDS)
    readable = isinstance(directory, str) and _DIRECTORY.fullmatch(directory)
    if not readable or not isinstance(host, str) or not all(text for _, text in form):
        return None
    life = life if isinstance(life, int | float) and 0 < life < LONGEST_POLICY else 0.0
    return _Policy(host, str(directory).rstrip("/"), form, now + life - RENEW_BEFORE)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else ""


def _upload_trouble(reply: Reply | Barred) -> Refused | NoAnswer | _Denied:
    match reply:
        case Barred(reason):
            return Refused(Problem(Cause.REQUEST_REFUSED, "barred", f"upload to {reason}"))
        case NotSent(reason):
            return _no_answer("not_sent", reason)
        case Lost(reason):
            return _no_answer("answer_lost", reason)
        case Answered() as answer:
            return _object_store_trouble(answer)


def _object_store_trouble(answer: Answered) -> Refused | NoAnswer | _Denied:
    """Read what the object store says, in XML, about an upload it did not take."""
    code = _XML_CODE.search(answer.body)
    message = _XML_MESSAGE.search(answer.body)
    word = said(code[1].decode(errors="replace")) if code else f"http_{answer.status}"
    text = said(message[1].decode(errors="replace")) if message else "no reason given"
    if answer.status == HTTPStatus.FORBIDDEN:
        return _Denied(Problem(Cause.SERVICE_FAILED, word, text))
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return NoAnswer(Problem(Cause.THROTTLED, word, text), answer.retry_after)
    if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        large = word == "EntityTooLarge"
        return Refused(Problem(Cause.PHOTO_UNFIT if large else Cause.REQUEST_REFUSED, word, text))
    return NoAnswer(Problem(Cause.SERVICE_FAILED, word, text), answer.retry_after)


def _no_answer(code: str, message: str) -> NoAnswer:
    return NoAnswer(Problem(Cause.SERVICE_FAILED, code, message))
