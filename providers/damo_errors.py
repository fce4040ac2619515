"""DAMO's error codes, and those of the API gateway in front of it: what each means for an order.

The service answers with a number, sometimes as text, in the field `code` of a JSON body
(provider docs 002, section 6). The gateway turns a call away before it gets there, with a
code of its own in the header X-Ca-Error-Code and a body that is empty or no JSON. Codes
nobody knows yet are judged by what was said and the HTTP status they came with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from providers.causes import Cause

SUCCESS = "0"
NO_RECORD = "23500008"

# provider docs 002, "状态码说明"
CODES: Mapping[str, Cause] = MappingProxyType(
    {
        "23500000": Cause.SERVICE_FAILED,
        "23500001": Cause.KEY_REFUSED,
        "23500002": Cause.REQUEST_REFUSED,
        "23500003": Cause.ARREARS,
        "23500004": Cause.THROTTLED,  # although it comes with 403
        "23500005": Cause.CONTENT_REFUSED,
        "23500006": Cause.PHOTO_UNREACHABLE,
        "23500007": Cause.PHOTO_UNFIT,
        NO_RECORD: Cause.TASK_LOST,
        "23500009": Cause.REQUEST_REFUSED,
        "23500011": Cause.SERVICE_FAILED,
        "23500012": Cause.REQUEST_REFUSED,
        "23500013": Cause.REQUEST_REFUSED,
        "23500014": Cause.REQUEST_REFUSED,
        "23500015": Cause.PERSON_UNCLEAR,
        "23500016": Cause.PERSON_UNCLEAR,
    }
)

ENDED: frozenset[str] = frozenset(
    {"23500005", "23500006", "23500007", NO_RECORD, "23500011", "23500015", "23500016"}
)
"""The codes that, as the answer to a query, say that the task itself is over."""

# The vendor's page on the API gateway's error codes, X-Ca-Error-Code; read from the top.
_GATEWAY: tuple[tuple[str, Cause], ...] = (
    ("A400*", Cause.KEY_REFUSED),
    ("A401*", Cause.KEY_REFUSED),
    ("A403*", Cause.KEY_REFUSED),
    ("I403*", Cause.KEY_REFUSED),
    ("B403MQ", Cause.ARREARS),  # the package is used up
    ("B403*", Cause.ARREARS),  # the subscription is over, missing or unpaid
    ("T429*", Cause.THROTTLED),
    ("D50*", Cause.SERVICE_FAILED),
    ("X500*", Cause.SERVICE_FAILED),
)

# What the gateway says where its code tells nothing, in lower case.
_WORDS: tuple[tuple[str, Cause], ...] = (
    ("quota exhausted", Cause.ARREARS),
    ("nonce", Cause.REQUEST_REFUSED),  # missing, or used before
    ("throttl", Cause.THROTTLED),
)

_STATUSES: Mapping[int, Cause] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: Cause.KEY_REFUSED,
        HTTPStatus.PAYMENT_REQUIRED: Cause.ARREARS,
        # Turned away without a known reason: keep the jobs and let the operator look.
        HTTPStatus.FORBIDDEN: Cause.KEY_REFUSED,
        HTTPStatus.REQUEST_TIMEOUT: Cause.SERVICE_FAILED,
        HTTPStatus.TOO_MANY_REQUESTS: Cause.THROTTLED,
    }
)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an answer says no with. `gateway`: the service behind it never saw the call."""

    code: str = ""
    message: str = ""
    gateway: bool = False


def code_of(document: Mapping[str, Any]) -> str:
    """Return the code in an answer as text: the documents show both texts and numbers."""
    code = document.get("code")
    return str(code).strip() if isinstance(code, int | str) and not isinstance(code, bool) else ""


def complaint(document: Mapping[str, Any], headers: Mapping[str, str]) -> Complaint | None:
    """Return what an answer complains of, None if it does not."""
    code, message = code_of(document), document.get("message")
    if code not in {"", SUCCESS}:
        return Complaint(code, message if isinstance(message, str) else "")
    code, message = headers.get("x-ca-error-code", "").strip(), headers.get("x-ca-error-message")
    if code or message:
        return Complaint(code, message or "", gateway=True)
    return None


def cause_of(found: Complaint, status: int) -> Cause:
    """Return what a complaint means that came with this HTTP status."""
    if found.code in CODES:
        return CODES[found.code]
    words = found.message.lower()
    said = next((cause for text, cause in _WORDS if text in words), None)
    if said is not None:
        return said
    code = found.code.upper()
    for pattern, cause in _GATEWAY:
        if fnmatchcase(code, pattern):
            return cause
    if status in _STATUSES:
        return _STATUSES[status]
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Cause.REQUEST_REFUSED if refused else Cause.SERVICE_FAILED


def ran_out_of_time(found: Complaint) -> bool:
    """Tell whether the gateway gave the service up while it may have been at work."""
    return found.gateway and found.code.upper().startswith("D504")
