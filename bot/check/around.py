"""What every check is given: the settings, a clock, a way to ask, and a measure of the disk."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.clock import Clock
from bot.settings import Settings
from providers.http import Http

FreeBytes = Callable[[Path], int]


def free_bytes(folder: Path) -> int:
    """Return how much can still be written to the disk of a folder. Raises OSError."""
    return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True)
class Around:
    """A check's surroundings."""

    settings: Settings
    clock: Clock
    client: httpx.AsyncClient
    free: FreeBytes = free_bytes

    @property
    def http(self) -> Http:
        """Exchanges over the client, with outcomes instead of exceptions."""
        return Http(self.client, now=self.clock.now, sleep=self.clock.sleep)
