"""FASHN's errors by name: what each of them means for an order.

There are two kinds: those of a call, as `{"error": name, "message"}` with an HTTP status,
and those of a prediction that failed, as `{"error": {"name", "message"}}`. Names nobody
knows yet are judged by the status, if there is one. (Vendor's page "Error Handling".)
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from providers.causes import Cause

_OF_CALLS: Mapping[str, Cause] = MappingProxyType(
    {
        "badrequest": Cause.REQUEST_REFUSED,
        "unauthorizedaccess": Cause.KEY_REFUSED,
        "notfound": Cause.MODEL_GONE,  # of a submit: there is nothing where it always was
        "ratelimitexceeded": Cause.THROTTLED,
        "concurrencylimitexceeded": Cause.THROTTLED,
        "outofcredits": Cause.ARREARS,
        "internalservererror": Cause.SERVICE_FAILED,
    }
)
_OF_PREDICTIONS: Mapping[str, Cause] = MappingProxyType(
    {
        "imageloaderror": Cause.PHOTO_UNREACHABLE,
        "contentmoderationerror": Cause.CONTENT_REFUSED,
        "poseerror": Cause.PERSON_UNCLEAR,
        "inputvalidationerror": Cause.REQUEST_REFUSED,
        # "Most likely caused by content restrictions" of services behind it: asked again, it
        # would be refused again.
        "thirdpartyerror": Cause.CONTENT_REFUSED,
        "unavailableerror": Cause.SERVICE_FAILED,
        "pipelineerror": Cause.SERVICE_FAILED,
    }
)
NAMES: Mapping[str, Cause] = MappingProxyType({**_OF_CALLS, **_OF_PREDICTIONS})
"""Every documented error, in small letters."""

NEVER_ENTERED = frozenset(_OF_CALLS)
"""Errors of calls whose request was never worked on, whatever their status."""

_STATUSES: Mapping[int, Cause] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: Cause.KEY_REFUSED,
        HTTPStatus.PAYMENT_REQUIRED: Cause.ARREARS,
        # Turned away without a known reason: keep the jobs and let the operator look.
        HTTPStatus.FORBIDDEN: Cause.KEY_REFUSED,
        HTTPStatus.NOT_FOUND: Cause.MODEL_GONE,
        HTTPStatus.REQUEST_TIMEOUT: Cause.SERVICE_FAILED,
        HTTPStatus.TOO_MANY_REQUESTS: Cause.THROTTLED,
    }
)


def cause_of(name: str, message: str, status: int | None = None) -> Cause:
    """Return what an error means; `status` is None inside a failed prediction."""
    known = NAMES.get(name.strip().lower())
    if known is Cause.REQUEST_REFUSED and "model_name" in message.lower():
        return Cause.MODEL_GONE  # we always send the same
    if known is not None:
        return known
    if status is None or status in _STATUSES:
        return Cause.SERVICE_FAILED if status is None else _STATUSES[status]
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Cause.REQUEST_REFUSED if refused else Cause.SERVICE_FAILED


def complaint(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name and message of an error; both are empty if there is none."""
    error = document.get("error")
    if isinstance(error, Mapping):
        return _text(error.get("name")), _text(error.get("message"))
    return _text(error), _text(document.get("message"))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
