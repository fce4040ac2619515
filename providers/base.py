"""The words every image service is spoken to with: what a call can answer.

A `Provider` wraps one model of one service. Its methods never raise for anything the
service does: each returns one member of a small sum type, so a caller that matches on
all of them has handled everything. Why something went wrong is one `Cause` of a closed
list (`providers.causes`). Transport lives in `providers.http`; waiting, retrying and
paying are the caller's business.

What a service cannot do, its type does not have: `Provider` is what all of them can, a
`KeepsTasks` can be asked about what it accepted, a `CancelsTasks` may still be stopped, a
`ListsTasks` finds a task again whose submit was not answered, a `TakesSeveral` draws several
outfits, and several pictures of each, for one submit.

Standard library only: the pure parts of the bot build on these types.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from providers.causes import Cause, Problem
from providers.spec import HelperSpec, ModelSpec
from providers.wishes import Request, Wear

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


@dataclass(frozen=True, slots=True)
class Reports:
    """How the outfits of one submit are doing, each for itself, in the order they were sent."""

    parts: tuple[Report, ...]


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


# --- stages before an order ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CutOut:
    """A garment cut out of the photo of somebody wearing it, where the service can fetch it."""

    url: str


@dataclass(frozen=True, slots=True)
class NotWorn:
    """There is no such garment on the photo."""


Cut: TypeAlias = CutOut | NotWorn | Refused | NoAnswer


class Segmenter(Protocol):
    """A model that cuts a garment out of a person's photo. Never raises for what it does."""

    @property
    def spec(self) -> HelperSpec:
        """What it costs and allows."""

    async def cut_out(self, person_url: str, garment: Wear) -> Cut:
        """Cut out the top, the bottom or the dress somebody wears. Each call is charged."""


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
class KeepsHalves(Provider, Protocol):
    """A provider that is sent what the person keeps on as a garment, cut out by a helper."""

    @property
    def segmenter(self) -> Segmenter:
        """The helper, the one that its spec names."""


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


@runtime_checkable
class TakesSeveral(KeepsTasks, Protocol):
    """A provider that takes several outfits in one submit, each drawn one or several times."""

    async def submit_all(self, requests: Sequence[Request], samples: int) -> Submission:
        """Order so many pictures of each request. Charged when accepted, never repeated blindly.

        What its spec does not allow in one submit is refused without a call.
        """

    async def query_all(self, task_id: str) -> Reports | Failed | NoAnswer:
        """Ask how all outfits of a submit are doing. Safe to repeat. `Failed`: all of them."""
