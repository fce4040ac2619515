"""What those who wait for a model that takes no jobs can hope for.

Throttled: it goes on within the minute. An account that somebody has to top up or whose key
has to be mended: its jobs are kept, and nobody is moved or asked for a quarter of an hour, in
which an operator who reads the alert can mend it. After that, waiting on would be waiting for
nobody knows what: who can be drawn at another account is, and who can only be for more is
asked; all others are kept for as long as it takes. A model that an operator holds back is the
same. A service that fails again and again: jobs
that cost no more elsewhere move after the second pause in a row, people are asked from the
fourth, some half a minute later. Gone, or not ours to use: everybody goes elsewhere at once,
and what nobody else can draw is given back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.engine import pausing, probing
from bot.engine.probing import Trials
from providers.causes import Remedy
from providers.spec import ModelSpec
from storage.database import Tx
from storage.pauses import BY_OPERATOR, Pause

ACCOUNT_PATIENCE = 900.0  # seconds for which jobs of a held account only wait
ASKS_FROM = 4  # pauses in a row of a failing service


class Outlook(StrEnum):
    """What happens to the waiting jobs of a model; each includes the ones before."""

    SOON = "soon"  # who costs no more elsewhere moves
    LATER = "later"  # who costs more elsewhere is asked
    NEVER = "never"  # who cannot go elsewhere gets the credits back


_WORSE = (Outlook.SOON, Outlook.LATER, Outlook.NEVER)


@dataclass(frozen=True, slots=True)
class Survey:
    """Which models' jobs need another way, and which models could take them."""

    stranded: Mapping[str, Outlook]
    able: tuple[ModelSpec, ...]  # those that certainly take jobs first
    trials: Trials
    due: float | None  # when this changes by itself

    @property
    def seen(self) -> tuple[object, ...]:
        """What decides about everybody's way: whoever was looked at stays where they are."""
        models = tuple(spec.model for spec in self.able)
        return (tuple(sorted(self.stranded.items())), models, frozenset(self.trials))


async def survey(
    tx: Tx, specs: Mapping[str, ModelSpec], models: Iterable[str], now: float
) -> Survey:
    """Look at all pauses. `models` are those that have jobs; some may be known no longer."""
    held = await pausing.held_models(tx, specs, now)
    trials = await probing.on_trial(tx, specs, now)
    stranded: dict[str, Outlook] = {model: Outlook.NEVER for model in models if model not in specs}
    ends: list[float] = []
    for model, pauses in (await pausing.pauses_of(tx, specs, now)).items():
        hopes = [hope for pause in pauses if (hope := _outlook(pause, now)) is not None]
        if hopes:
            stranded[model] = max(hopes, key=_WORSE.index)
        ends += [end for pause in pauses for end in _changes(pause) if end > now]
    open_to_all = [spec for model, spec in specs.items() if model not in held]
    able = sorted(open_to_all, key=lambda spec: spec.model in trials)
    return Survey(stranded, tuple(able), trials, min(ends, default=None))


def _outlook(pause: Pause, now: float) -> Outlook | None:
    if _awaits_somebody(pause):
        return Outlook.LATER if now >= pause.since + ACCOUNT_PATIENCE else None
    match pausing.remedy_of(pause):
        case Remedy.DROP_MODEL:
            return Outlook.NEVER
        case Remedy.RESUBMIT if pause.count >= ASKS_FROM:
            return Outlook.LATER
        case Remedy.RESUBMIT if pause.count >= pausing.FAILS_AGAIN:
            return Outlook.SOON
        case _:
            return None


def _changes(pause: Pause) -> tuple[float, ...]:
    ends = () if pause.until is None else (pause.until,)
    return (*ends, pause.since + ACCOUNT_PATIENCE) if _awaits_somebody(pause) else ends


def _awaits_somebody(pause: Pause) -> bool:
    """Tell whether it takes a person to end a pause for good."""
    remedy = pausing.remedy_of(pause)
    return remedy is Remedy.HOLD_ACCOUNT or pause.reason == BY_OPERATOR
