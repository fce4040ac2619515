"""What each kind of fault makes of a call to the local DashScope.

Order them with `POST /control/faults {"target": "dashscope", "call": …, "kind": …}`; calls
are submit, query, list, cancel, policy, upload, models, result. `model` narrows a fault of
submit or policy down to one model.

error            answer `status`, `code`, `message` (and `retry_after`) instead of acting
401 403 … 503    the usual answers of that status; `code` and `message` may be given
arrears          400 Arrearage, the account has no money left
apply_then_drop  act, then close the connection without an answer
drop             close the connection without acting
delay            act after `seconds` of the clock
truncated html empty types list big
                 act, then answer nonsense: half of the answer, a proxy's page, nothing, parts
                 of the wrong type, the answer in a list, the answer and 10 MB of blanks
fail_task        submit: accept, but let the task fail with `code` and `message`
stuck            submit: accept, but let the task run for ever
stuck_pending    submit: accept, but never begin the task
not_a_picture    result: send a web page in place of the picture
too_large        result: send `size` bytes (30 MB unless told)
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.demo.faults import Fault
from bot.demo.services import refusals
from bot.demo.services.refusals import Wording
from bot.demo.services.tasks import Fate, State

TARGET = "dashscope"
JSON_TYPE = "application/json"
HTML = b"<html><head><title>504 Gateway Time-out</title></head><body></body></html>"
LARGE = 30_000_000  # bytes
BIG = 10_000_000  # bytes of an answer that should have a few hundred

ERRORS: Mapping[str, Wording] = MappingProxyType(
    {
        "error": refusals.INTERNAL,
        "400": refusals.INVALID_PARAMETER,
        "401": refusals.INVALID_KEY,
        "403": refusals.MODEL_DENIED,
        "404": refusals.MODEL_NOT_FOUND,
        "429": refusals.RATE,
        "500": refusals.INTERNAL,
        "503": refusals.UNAVAILABLE,
        "arrears": refusals.ARREARAGE,
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `status` None: close the connection without an answer."""

    status: int | None
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


DROPPED = Answer(None)


def _wrong_types(answer: Answer) -> Answer:
    """Turn every part of a JSON answer into a list; leave any other answer as it is."""
    try:
        document = json.loads(answer.body)
    except ValueError:
        return answer
    return replace(answer, body=json.dumps({name: [4242] for name in document}).encode())


GARBAGE: Mapping[str, Callable[[Answer], Answer]] = MappingProxyType(
    {
        "truncated": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
        "html": lambda answer: replace(answer, body=HTML, media_type="text/html"),
        "empty": lambda answer: replace(answer, body=b""),
        "types": _wrong_types,
        "list": lambda answer: replace(answer, body=b"[" + answer.body + b"]"),
        "big": lambda answer: replace(answer, body=answer.body + b" " * BIG),
    }
)
STUCK: Mapping[str, State] = MappingProxyType(
    {"stuck": State.RUNNING, "stuck_pending": State.PENDING}
)
DROPS = ("apply_then_drop", "drop")
FAULT_KINDS = frozenset(
    {*ERRORS, *DROPS, *GARBAGE, *STUCK, "delay", "fail_task", "not_a_picture", "too_large"}
)


def refusal_of(fault: Fault) -> Wording | None:
    """Return what a fault answers instead of acting, None if it does something else."""
    usual = ERRORS.get(fault.kind)
    return None if usual is None else worded(fault, usual)


def fate_of(fault: Fault | None) -> Fate:
    """Return what a fault decides for the task that a submit begins."""
    if fault is None:
        return Fate()
    if fault.kind == "fail_task":
        return Fate(failure=worded(fault, refusals.INTERNAL))
    return Fate(stuck=STUCK.get(fault.kind))


def spoiled(fault: Fault, answer: Answer) -> Answer:
    """Return what becomes of an answer on its way back."""
    match fault.kind:
        case "apply_then_drop":
            return DROPPED
        case "not_a_picture":
            return replace(answer, body=HTML, media_type="text/html")
        case "too_large":
            size = int(fault.number("size", LARGE))
            return replace(answer, body=answer.body.ljust(size, b"\0"))
        case kind:
            return GARBAGE[kind](answer) if kind in GARBAGE else answer


def worded(fault: Fault, usual: Wording) -> Wording:
    """Return what a fault says, as the usual wording unless it was told otherwise."""
    return Wording(
        int(fault.number("status", usual.status)),
        fault.text("code", usual.code),
        fault.text("message", usual.message),
    )
