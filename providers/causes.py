"""Why an order can fail, from a closed list, and what each reason asks of the caller.

Which code of a service means which cause stands with the service. Standard library only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Cause(StrEnum):
    """The closed list of reasons why an order can fail."""

    PERSON_UNCLEAR = "person_unclear"  # nobody, or several people, on the photo
    PHOTO_UNFIT = "photo_unfit"  # too small, too large, wrong format
    CONTENT_REFUSED = "content_refused"  # content review
    PHOTO_UNREACHABLE = "photo_unreachable"  # the service could not fetch what we published
    PHOTO_GONE = "photo_gone"  # Telegram no longer hands the photo out
    REQUEST_REFUSED = "request_refused"  # our request was wrong: a bug
    THROTTLED = "throttled"
    ARREARS = "arrears"  # the account has no money or no quota left
    KEY_REFUSED = "key_refused"
    NOT_ALLOWED = "not_allowed"  # this account may not use this model
    MODEL_GONE = "model_gone"
    SERVICE_FAILED = "service_failed"  # internal error, overload, gateway trouble
    TASK_LOST = "task_lost"  # the service no longer knows the task
    SUBMIT_UNCLEAR = "submit_unclear"  # could not be found out whether it was accepted
    NOT_DRAWN = "not_drawn"  # the service gave this picture up, and does not say why
    FEWER_DRAWN = "fewer_drawn"  # the service drew fewer pictures than were ordered
    RESULT_UNUSABLE = "result_unusable"  # no picture, too large, or from a foreign host
    TOO_LATE = "too_late"  # the deadline passed
    OVER_BUDGET = "over_budget"  # only drawn for more money than may be spent that day
    INTERNAL = "internal"  # our own fault


class Remedy(StrEnum):
    """What a cause asks of the caller."""

    REFUND = "refund"  # tell the person what to change; nobody else can help
    REPORT = "report"  # refund, and tell the operator: something is wrong with us
    REPUBLISH = "republish"  # publish the photos again and submit once more, then report
    RESUBMIT = "resubmit"  # submit once more, then refund
    WAIT = "wait"  # nothing was accepted; again later
    HOLD_ACCOUNT = "hold_account"  # keep the jobs, stop submitting, tell the operator
    DROP_MODEL = "drop_model"  # this model is gone: others may do it; tell the operator


REMEDIES: Mapping[Cause, Remedy] = MappingProxyType(
    {
        Cause.PERSON_UNCLEAR: Remedy.REFUND,
        Cause.PHOTO_UNFIT: Remedy.REFUND,
        Cause.CONTENT_REFUSED: Remedy.REFUND,
        Cause.PHOTO_UNREACHABLE: Remedy.REPUBLISH,
        Cause.PHOTO_GONE: Remedy.REFUND,
        Cause.REQUEST_REFUSED: Remedy.REPORT,
        Cause.THROTTLED: Remedy.WAIT,
        Cause.ARREARS: Remedy.HOLD_ACCOUNT,
        Cause.KEY_REFUSED: Remedy.HOLD_ACCOUNT,
        Cause.NOT_ALLOWED: Remedy.DROP_MODEL,
        Cause.MODEL_GONE: Remedy.DROP_MODEL,
        Cause.SERVICE_FAILED: Remedy.RESUBMIT,
        Cause.TASK_LOST: Remedy.REPORT,
        Cause.SUBMIT_UNCLEAR: Remedy.REPORT,
        Cause.NOT_DRAWN: Remedy.REFUND,
        Cause.FEWER_DRAWN: Remedy.REPORT,
        Cause.RESULT_UNUSABLE: Remedy.REPORT,
        Cause.TOO_LATE: Remedy.REFUND,
        Cause.OVER_BUDGET: Remedy.REFUND,
        Cause.INTERNAL: Remedy.REPORT,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cause with what the service said about it, for logs and operators only."""

    cause: Cause
    code: str = ""
    message: str = ""
