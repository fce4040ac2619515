"""What each kind of fault makes of a Bot API call. Pure: a fault in, an answer out."""

from bot.demo.faults import Fault
from bot.demo.telegram.errors import ApiError, too_many_requests

TARGET = "telegram"
DROP = "apply_then_drop"  # do it, then close the connection without an answer
DELAY = "delay"  # do it after `seconds` of the clock
BAD_GATEWAY = "502"  # what a proxy says: not even JSON
_ERRORS = {
    "400": "Bad Request: injected fault",
    "403": "Forbidden: bot was blocked by the user",
    "409": "Conflict: injected fault",
    "500": "Internal Server Error",
}
FAULT_KINDS = frozenset({DROP, DELAY, BAD_GATEWAY, "429", *_ERRORS})

BAD_GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body></body></html>"
_RETRY_AFTER = 3.0  # seconds, unless the order says otherwise


def error_of(fault: Fault) -> ApiError | None:
    """Return the error a fault answers with, None if it does something else.

    A `description` in the order replaces the usual one.
    """
    if fault.kind == "429":
        return too_many_requests(int(fault.number("retry_after", _RETRY_AFTER)))
    if fault.kind not in _ERRORS:
        return None
    return ApiError(int(fault.kind), fault.text("description", _ERRORS[fault.kind]))
