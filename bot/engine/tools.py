"""What every room of the engine works with, and the numbers it goes by."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

from bot.alerts import Alerts
from bot.clock import Clock
from bot.dialogue.events import Refusal
from bot.photos import Normalised, PictureInfo
from bot.schedule import Runtimes
from providers.base import Provider
from providers.spec import ModelSpec, PhotoRules
from storage.database import Database, Tx


class Files(Protocol):
    """Photos people sent; see `bot.files.Files`."""

    async def fetch(self, file_id: str) -> bytes:
        """Return a file's bytes. Raises `FileGone`, `FileTooLarge`, `TelegramAway`."""


class Studio(Protocol):
    """The photo functions in worker threads; see `bot.photos.Studio`."""

    async def normalise(self, data: bytes, rules: PhotoRules) -> Normalised | Refusal:
        """Make a photo fit for a model."""

    async def normalise_like(
        self, data: bytes, like: bytes, rules: PhotoRules
    ) -> Normalised | Refusal:
        """Make a picture fit for a model, in the very size that a photo has there."""

    async def check_picture(self, data: bytes) -> PictureInfo | None:
        """Tell what picture this is, None if it is none."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The engine's numbers. Times in seconds."""

    deadline: float = 600.0  # from a task's submit to its end; ten times the longest seen
    result_lifetime: float = 23 * 3600.0  # the services keep results for 24 h
    grace: float = 20.0  # a lost submit may show up in the service's list this much later
    look_again: float = 2.0  # between two looks at that list
    clock_skew: float = 15.0  # our clock and the service's may disagree by this much
    lost_submits: int = 3  # submits of one job that may get lost before it is given up
    tries: int = 8  # of preparing or collecting, with growing pauses: some minutes
    photos_fresh: float = 1800.0  # published photos are used this long; hosts keep them 1 h


@dataclass(frozen=True, slots=True)
class Tools:
    """The engine's parts, shared by its rooms."""

    db: Database
    providers: Mapping[str, Provider]  # by model, in the order of preference
    files: Files
    studio: Studio
    clock: Clock
    alerts: Alerts
    rules: Rules
    on_point: Callable[[str], None]
    stir: Callable[[], None]  # wakes all rooms and the courier
    runtimes: dict[str, Runtimes] = field(default_factory=dict)  # by model

    @property
    def specs(self) -> dict[str, ModelSpec]:
        """What each model offers, costs and allows, in the order of preference."""
        return {model: provider.spec for model, provider in self.providers.items()}

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[Tx]:
        """Begin a transaction; if it changes anything, there may be something to do for others."""
        async with self.db.transaction(f"engine.{name}") as tx:
            yield tx
        if tx.changes:
            self.stir()
