"""The words every image service is spoken to with: what it can do, what it answers.

A `Provider` wraps one model of one service. Its methods never raise for anything the
service does: each returns one member of a small sum type, so a caller that matches on
all of them has handled everything. Why something went wrong is one `Cause` of a closed
list, and `REMEDIES` says what each cause asks of the caller. Transport lives in
`providers.http`; waiting, retrying and paying are the caller's business.

What a service cannot do, its type does not have: `Provider` is what all of them can, a
`KeepsTasks` can be asked about what it accepted, a `CancelsTasks` may still be stopped, a
`ListsTasks` finds a task again whose submit was not answered.

Standard library only: the pure parts of the bot build on these types.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol, TypeAlias, runtime_checkable

from providers.styles import Style

# --- what can be ordered -------------------------------------------------------------


class Wear(StrEnum):
    """What is put on: decides which garment photos an order needs."""

    TOP = "top"
    BOTTOM = "bottom"
    OUTFIT = "outfit"  # a top and a bottom, two photos
    DRESS = "dress"  # or a jumpsuit: one photo, sent where a top goes


class Face(StrEnum):
    """Whose face the finished picture shows."""

    KEEP = "keep"
    NEW = "new"


class Size(StrEnum):
    """The size of the finished picture, width x height in px."""

    ORIGINAL = "original"
    W576 = "576x1024"
    W720 = "720x1280"


PORTRAIT = (768, 1024)  # px: an upright photo that nobody measured


@dataclass(frozen=True, slots=True)
class TryOnRequest:
    """One try-on, its photos already published under URLs the service can fetch.

    `person_size` is the width and height of the person's photo in px, for services that
    have to be told which size "as the photo" is.
    """

    person_url: str
    top_url: str | None
    bottom_url: str | None
    wear: Wear
    face: Face = Face.KEEP
    size: Size = Size.ORIGINAL
    person_size: tuple[int, int] = PORTRAIT


@dataclass(frozen=True, slots=True)
class RestyleRequest:
    """One portrait painted anew, its photo already published where the service can fetch it.

    `style_url` is the picture whose style is meant, for `Style.OF_PICTURE`. `person_size` is
    as in a `TryOnRequest`.
    """

    person_url: str
    style: Style
    style_url: str | None = None
    person_size: tuple[int, int] = PORTRAIT


Request: TypeAlias = TryOnRequest | RestyleRequest

# --- what a model is -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PhotoRules:
    """What a model accepts as an input photo. Bytes and px, both ends allowed.

    `max_ratio` is the longer side by the shorter; a photo beyond it is cropped to the
    person's upper part. None: photos stay whole.
    """

    min_bytes: int
    max_bytes: int
    min_side: int
    max_side: int
    max_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Everything a caller needs to know to offer, price and queue a model.

    A model takes try-ons of its `wears` and restyles in its `styles`; either may be empty.
    `credits` is our price, `cost` the service's in thousandths of a CNY, to which come
    `cost_per_input` for each photo that is sent. `submits_per_second` and `in_progress` hold
    for the whole account, `queries_per_second` is the share of the account's query rate that
    we allow ourselves. `typical_seconds` is the range in which a task usually ends, the prior
    until real runtimes are known.
    """

    model: str
    account: str
    wears: frozenset[Wear]
    faces: tuple[Face, ...]
    sizes: tuple[Size, ...]
    photos: PhotoRules
    credits: int
    cost: int
    submits_per_second: float
    in_progress: int
    queries_per_second: float
    typical_seconds: tuple[float, float]
    cost_per_input: int = 0
    styles: tuple[Style, ...] = ()

    def cost_of(self, inputs: int) -> int:
        """Return what a picture made from so many photos costs, in thousandths of a CNY."""
        return self.cost + inputs * self.cost_per_input


# --- why something failed ------------------------------------------------------------


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
    RESULT_UNUSABLE = "result_unusable"  # no picture, too large, or from a foreign host
    TOO_LATE = "too_late"  # the deadline passed
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
        Cause.RESULT_UNUSABLE: Remedy.REPORT,
        Cause.TOO_LATE: Remedy.REFUND,
        Cause.INTERNAL: Remedy.REPORT,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cause with what the service said about it, for logs and operators only."""

    cause: Cause
    code: str = ""
    message: str = ""


# --- what a submit answers -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Accepted:
    """The service took the task on and will charge for it."""

    task_id: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The call lasted until the pictures were there: paid, and never a task of its own.

    They can be fetched from these URLs for a while.
    """

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was accepted, nothing will be charged."""

    problem: Problem
    retry_after: float | None = None  # seconds, where the service said so


@dataclass(frozen=True, slots=True)
class Unclear:
    """The answer was lost: the task may exist and be paid. Never simply repeat it."""

    reason: str


Submission: TypeAlias = Accepted | Finished | Refused | Unclear

# --- what a query answers ------------------------------------------------------------


class Stage(StrEnum):
    """How far a task is that is still on the way."""

    PENDING = "pending"  # can still be cancelled
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Underway:
    """The task is not finished yet."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The task is finished; its pictures can be fetched from these URLs for a while."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """The task ended without a picture and is not charged."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The task was cancelled at the service before it began."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The call told us nothing: ask again later. Says nothing about the task."""

    problem: Problem
    retry_after: float | None = None  # seconds


Report: TypeAlias = Underway | Succeeded | Failed | Withdrawn | NoAnswer

# --- what the other calls answer -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class TooLate:
    """The task had already begun and cannot be cancelled."""


Cancellation: TypeAlias = Withdrawn | TooLate | NoAnswer


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A task that the service's own list shows for our account."""

    task_id: str
    created_at: float  # Unix seconds, the service's clock


@dataclass(frozen=True, slots=True)
class Listing:
    """The tasks of one model in a stretch of time, oldest first."""

    tasks: tuple[KnownTask, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """A photo that the service can fetch. `ref` is what `withdraw` needs."""

    url: str
    ref: str


@dataclass(frozen=True, slots=True)
class Collected:
    """The bytes of a finished picture as the service sent them. Not decoded yet."""

    data: bytes


class PhotoHost(Protocol):
    """Somewhere a photo can be put so that a service can fetch it."""

    async def publish(self, photo: bytes, *, model: str) -> Published | Refused | NoAnswer:
        """Put a JPEG where `model` can fetch it. Safe to repeat."""

    async def withdraw(self, ref: str) -> NoAnswer | None:
        """Take a published photo away, as far as the host allows. Safe to repeat.

        `NoAnswer`: it is still there, try again later. A ref of another host is left alone.
        """


def not_offered(model: str) -> Refused:
    """Return the answer to an order of a kind that a model's spec does not list."""
    return Refused(Problem(Cause.REQUEST_REFUSED, "not_offered", f"{model} does not draw this"))


class Provider(Protocol):
    """One model of one image service. No method raises for what the service does."""

    @property
    def spec(self) -> ModelSpec:
        """What the model offers, costs and allows."""

    @property
    def host(self) -> PhotoHost:
        """Where photos for this model are published."""

    async def submit(self, request: Request) -> Submission:
        """Order a picture. Charged when accepted, so never repeated blindly.

        What its spec does not list is refused without a call.

        `Accepted` only comes from a `KeepsTasks`; from any other the answer is the picture.
        """

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        """Download a finished picture, refusing foreign hosts and oversized bodies."""


@runtime_checkable
class KeepsTasks(Provider, Protocol):
    """A provider that accepts an order as a task and is asked about it until it ends."""

    async def query(self, task_id: str) -> Report:
        """Ask how a task is doing. Safe to repeat."""


@runtime_checkable
class CancelsTasks(KeepsTasks, Protocol):
    """A provider that can be told to leave a task."""

    async def cancel(self, task_id: str) -> Cancellation:
        """Cancel a task that has not begun. Safe to repeat."""


@runtime_checkable
class ListsTasks(KeepsTasks, Protocol):
    """A provider whose own list of tasks shows what became of a submit without an answer."""

    async def list_tasks(self, since: float, until: float) -> Listing | NoAnswer:
        """List this model's tasks created between two Unix times. Safe to repeat."""
