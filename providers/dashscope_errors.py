"""DashScope's error codes: what each of them means for an order.

The same codes come as answers to calls and inside tasks that failed, in three places of
a JSON document. The table is read from the top, the first row that fits is the answer;
rows stand before others where a code is split by its message. Codes nobody knows yet are
judged by the HTTP status they came with. What to do about a cause stands in `providers.base`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from providers.causes import Cause


@dataclass(frozen=True, slots=True)
class Rule:
    """Codes that fit `code` (lower case, `*` for any text) and whose message has `words`."""

    code: str
    cause: Cause
    words: str = ""


# Vendor's error pages ("错误信息") and the tables of provider docs 000, 001 and 003.
RULES: tuple[Rule, ...] = (
    # Who pays.
    Rule("arrearage", Cause.ARREARS),
    Rule("*", Cause.ARREARS, "account is in good standing"),
    Rule("*", Cause.ARREARS, "free allocated quota exceeded"),
    Rule("allocationquota.freetieronly", Cause.ARREARS),
    Rule("*billoverdue", Cause.ARREARS),
    Rule("commoditynotpurchased", Cause.ARREARS),
    # Who asks.
    Rule("invalidapikey", Cause.KEY_REFUSED),
    Rule("invalid_api_key", Cause.KEY_REFUSED),
    Rule("workspace.accessdenied", Cause.KEY_REFUSED),
    # Which model. A retired one answers in any of the first three ways.
    Rule("modelnotfound", Cause.MODEL_GONE),
    Rule("model_not_found", Cause.MODEL_GONE),
    Rule("invalidparameter*", Cause.MODEL_GONE, "model not exist"),
    Rule("endpoint.accessdenied", Cause.MODEL_GONE),
    Rule("model.accessdenied", Cause.NOT_ALLOWED),
    Rule("accessdenied.unpurchased", Cause.NOT_ALLOWED),
    # "…does not support synchronous calls" and "…asynchronous calls": our header is wrong.
    Rule("accessdenied", Cause.REQUEST_REFUSED, "synchronous calls"),
    Rule("accessdenied*", Cause.NOT_ALLOWED),
    # How often.
    Rule("throttling*", Cause.THROTTLED),
    Rule("limitrequests*", Cause.THROTTLED),
    # What was sent.
    Rule("invalidperson", Cause.PERSON_UNCLEAR),
    Rule("invalidgarment", Cause.REQUEST_REFUSED),
    Rule("invalidinputlength", Cause.PHOTO_UNFIT),
    Rule("invalidimageresolution", Cause.PHOTO_UNFIT),
    Rule("invalidimageformat", Cause.PHOTO_UNFIT),
    Rule("invalidfile.downloadfailed", Cause.PHOTO_UNREACHABLE),
    Rule("invalidfile*", Cause.PHOTO_UNFIT),
    Rule("invalidurl*", Cause.PHOTO_UNREACHABLE),
    Rule("invalidparameter.datainspection", Cause.PHOTO_UNREACHABLE),
    Rule("invalidparameter*", Cause.PHOTO_UNREACHABLE, "download the media resource"),
    Rule("datainspectionfailed", Cause.CONTENT_REFUSED),
    Rule("ipinfringementsuspect", Cause.CONTENT_REFUSED),
    Rule("invalidparameter*", Cause.REQUEST_REFUSED),
    Rule("badrequest*", Cause.REQUEST_REFUSED),
    Rule("unsupportedoperation", Cause.REQUEST_REFUSED),
    # The service itself.
    Rule("internalerror*", Cause.SERVICE_FAILED),
    Rule("systemerror", Cause.SERVICE_FAILED),
    Rule("modelservicefailed", Cause.SERVICE_FAILED),
    Rule("modelunavailable", Cause.SERVICE_FAILED),
    Rule("requesttimeout", Cause.SERVICE_FAILED),
    Rule("serviceunavailable", Cause.SERVICE_FAILED),
)

# For codes that are in no row, and for answers without one (a gateway's page, say).
STATUSES: Mapping[int, Cause] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: Cause.KEY_REFUSED,
        HTTPStatus.PAYMENT_REQUIRED: Cause.ARREARS,
        # Turned away without a known reason: keep the jobs and let the operator look.
        HTTPStatus.FORBIDDEN: Cause.KEY_REFUSED,
        HTTPStatus.REQUEST_TIMEOUT: Cause.SERVICE_FAILED,
        HTTPStatus.TOO_MANY_REQUESTS: Cause.THROTTLED,
    }
)

_TIMED_OUT = frozenset({"requesttimeout", "internalerror.timeout"})
_TIMEOUTS = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT})

# How answers say that nothing is wrong in the place where a code could stand.
_ALL_IS_WELL = frozenset({"", "0", "200", "ok", "success"})


def cause_of(code: str, message: str, status: int | None = None) -> Cause:
    """Return what a code and its message mean; `status` is None inside a failed task."""
    folded, words = code.strip().lower(), message.lower()
    for rule in RULES:
        if fnmatchcase(folded, rule.code) and rule.words in words:
            return rule.cause
    if status is None or status in STATUSES:
        return Cause.SERVICE_FAILED if status is None else STATUSES[status]
    refused = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Cause.REQUEST_REFUSED if refused else Cause.SERVICE_FAILED


def ran_out_of_time(code: str, status: int) -> bool:
    """Tell whether a call was given up while its work may have gone on, and been charged."""
    return status in _TIMEOUTS or code.strip().lower() in _TIMED_OUT


def complaint(document: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the code and message with which an answer says no, None if it does not."""
    for place in (document, document.get("output"), document.get("error")):
        if not isinstance(place, Mapping):
            continue
        code = place.get("code")
        if isinstance(code, int | str) and str(code).strip().lower() not in _ALL_IS_WELL:
            message = place.get("message")
            return str(code).strip(), message if isinstance(message, str) else ""
    return None
