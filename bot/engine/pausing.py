"""Holding a model or a whole account back, and letting it go again.

Every pause but an operator's ends by itself; then one job tries (`bot.engine.probing`), and if
it is refused for the same reason the next pause is longer. An accepted task shows that all is
well. What becomes of those who wait meanwhile is said in `bot.engine.outlook`.
"""

from collections.abc import Mapping

import structlog

from bot import schedule
from bot.alerts import Alerts
from bot.engine.ending import described
from providers.causes import REMEDIES, Cause, Problem, Remedy
from providers.spec import ModelSpec
from storage import pauses
from storage.database import Tx
from storage.jobs import Job
from storage.pauses import Pause

FAILS_AGAIN = 2
"""Pauses in a row after which a failing service is no passing trouble any more."""

TOLD = {Remedy.HOLD_ACCOUNT, Remedy.DROP_MODEL}
"""Pauses that somebody has to know of; the others are the everyday of a busy service."""

log = structlog.get_logger(__name__)


async def pause(
    tx: Tx,
    job: Job,
    problem: Problem,
    now: float,
    alerts: Alerts,
    retry_after: float | None = None,
) -> float:
    """Hold back what refused a job, unless it is held for that already; return until when."""
    remedy = REMEDIES[problem.cause]
    scope = (
        pauses.of_account(job.account)
        if remedy is Remedy.HOLD_ACCOUNT
        else pauses.of_model(job.model)
    )
    before = await pauses.get(tx, scope)
    known = before is not None and before.reason == problem.cause
    if before is not None and known and before.until is not None and before.until > now:
        return before.until
    times = before.count + 1 if before is not None and known else 1
    until = now + schedule.pause(remedy, times, retry_after)
    await pauses.pause(tx, scope, problem.cause, until, now)
    if remedy in TOLD:
        await alerts.tell(tx, problem.cause, now, described(job, problem))
    log.warning("paused", scope=scope, cause=problem.cause, seconds=until - now, times=times)
    return until


async def all_is_well(tx: Tx, job: Job) -> None:
    """Forget what was held against a model and its account: it has just taken a job."""
    await pauses.lift(tx, pauses.of_model(job.model))
    await pauses.lift(tx, pauses.of_account(job.account))


async def begin_afresh(tx: Tx, now: float) -> None:
    """Let accounts go that somebody had to mend: a restart is how they say it is mended."""
    for scope, pause_ in (await pauses.active(tx, now)).items():
        if remedy_of(pause_) is Remedy.HOLD_ACCOUNT:
            await pauses.lift(tx, scope)


async def pauses_of(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> dict[str, list[Pause]]:
    """Return what holds each model back now: its own pause, its account's, an operator's."""
    active = await pauses.active(tx, now)
    found = {
        model: [
            active[scope]
            for scope in (
                pauses.of_model(model),
                pauses.of_account(spec.account),
                pauses.by_operator(model),
                pauses.by_operator(),
            )
            if scope in active
        ]
        for model, spec in specs.items()
    }
    return {model: each for model, each in found.items() if each}


async def paused_models(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> dict[str, Pause]:
    """Return the models that take no jobs now, each with the pause that ends last."""
    return {
        model: max(each, key=lambda pause_: pause_.until or float("inf"))
        for model, each in (await pauses_of(tx, specs, now)).items()
    }


async def held_models(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> set[str]:
    """Return the models that are held back for longer than people would notice by themselves."""
    found = await pauses_of(tx, specs, now)
    return {model for model, each in found.items() if any(_is_long(pause_) for pause_ in each)}


async def closed(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> bool:
    """Tell whether an operator holds back all there is."""
    paused = await paused_models(tx, specs, now)
    return bool(specs) and all(
        model in paused and paused[model].reason == pauses.BY_OPERATOR for model in specs
    )


def _is_long(pause_: Pause) -> bool:
    remedy = remedy_of(pause_)
    fails_again = remedy is Remedy.RESUBMIT and pause_.count >= FAILS_AGAIN
    return fails_again or remedy in TOLD or pause_.reason == pauses.BY_OPERATOR


def remedy_of(pause_: Pause) -> Remedy | None:
    """Return what the cause of a pause asks for; None if no cause of ours is its reason."""
    return REMEDIES[Cause(pause_.reason)] if pause_.reason in set(Cause) else None
