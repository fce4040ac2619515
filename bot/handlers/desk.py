"""What every handler works with: the database, the files, the clock, the house rules.

One frozen object built by the composition root and passed in, so a test can hand over
real parts with a clock of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.files import Files
from bot.handlers.identity import Identity
from bot.handlers.patience import Patience
from bot.photos import Studio
from providers.spec import ModelSpec
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator settled: languages, allowances, caps."""

    timezone: ZoneInfo
    default_language: str
    daily_credits: int  # of a person
    group_daily_credits: int  # of a group's pool
    daily_budget: int  # thousandths of a CNY
    models: Mapping[str, ModelSpec]  # in the order of preference
    operators: frozenset[int] = frozenset()

    def day(self, now: float) -> str:
        """Return the local date of a Unix time, as ISO text."""
        return datetime.fromtimestamp(now, self.timezone).date().isoformat()

    def renews_in(self, now: float) -> float:
        """Return the seconds until the next local midnight, across changes of the clock."""
        local = datetime.fromtimestamp(now, self.timezone)
        tomorrow = local.date() + timedelta(days=1)
        midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=self.timezone)
        return midnight.timestamp() - now


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts a handler may use."""

    db: Database
    files: Files
    identity: Identity
    studio: Studio
    clock: Clock
    rules: Rules
    wake: Callable[[], None]  # the courier and the engine: there is something to do
    patience: Patience = field(default_factory=Patience)
