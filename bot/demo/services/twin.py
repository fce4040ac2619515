"""What a twin of one of the service's offers must say about itself.

A twin is one file: which models it serves under which path, how it reads an order, and
how it carries one out with what the `Desk` lends it. A `Twin` makes tasks of its orders, a
`CallTwin` answers with the pictures. Keys, limits, states, billing, storage and faults are
the same for all and live in the files around it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, runtime_checkable

from PIL import Image

from bot.demo.services.photos import Rules

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Traits:
    """A model's account-wide limits, and how long a task takes, seconds from-to."""

    submits_per_second: int
    in_progress: int
    seconds: tuple[float, float]


class Desk(Protocol):
    """What an order can use while it is carried out."""

    async def photo(self, url: str, rules: Rules) -> Image.Image:
        """Return the photo behind a URL. Raises Refusal."""

    async def compute(self, work: Callable[[], Result]) -> Result:
        """Run CPU work in a worker thread."""


@dataclass(frozen=True, slots=True)
class Product:
    """Finished pictures, and what else was found out on the way."""

    pictures: tuple[bytes, ...]
    media_type: str = "image/jpeg"
    notes: Mapping[str, Any] = field(default_factory=dict)


class Order(Protocol):
    """A request that was read and found right."""

    @property
    def urls(self) -> tuple[str, ...]:
        """All URLs the request names."""

    async def carry_out(self, desk: Desk) -> Product:
        """Make the pictures. Raises Refusal where the task fails."""


class Offer(Protocol):
    """One offer of the service, whichever way it answers."""

    @property
    def path(self) -> str:
        """Where it is called, below the base URL, as "services/…"."""

    @property
    def models(self) -> Mapping[str, Traits]:
        """The models it serves."""

    def read(self, body: Mapping[str, Any]) -> Order:
        """Read a request body. Raises Refusal."""

    def usage(self, product: Product) -> Mapping[str, Any]:
        """Return what a finished order is charged by."""


class Twin(Offer, Protocol):
    """An offer whose orders become tasks."""

    def output(self, urls: tuple[str, ...]) -> Mapping[str, Any]:
        """Return what a succeeded task shows besides id, state and times."""


@runtime_checkable
class CallTwin(Offer, Protocol):
    """An offer that answers a call with the pictures."""

    def answer(self, urls: tuple[str, ...], product: Product) -> Mapping[str, Any]:
        """Return what the call answers, besides the request's id and the usage."""
