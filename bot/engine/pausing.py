"""Holding a model or a whole account back, and letting it go again.

Every pause but an operator's ends by itself: the next job is then the probe, and if it is
refused for the same reason the next pause is longer. An accepted task shows that all is well.
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
        if _remedy(pause_) is Remedy.HOLD_ACCOUNT:
            await pauses.lift(tx, scope)


async def paused_models(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> dict[str, Pause]:
    """Return the models that take no jobs now, each with the pause that ends last."""
    active = await pauses.active(tx, now)
    found: dict[str, Pause] = {}
    for model, spec in specs.items():
        scopes = (
            pauses.of_model(model),
            pauses.of_account(spec.account),
            pauses.by_operator(model),
            pauses.by_operator(),
        )
        both = [active[scope] for scope in scopes if scope in active]
        if both:
            found[model] = max(both, key=lambda each: each.until or float("inf"))
    return found


async def held_models(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> set[str]:
    """Return the models that are held back for longer than people would notice by themselves."""
    paused = await paused_models(tx, specs, now)
    return {
        model
        for model, pause_ in paused.items()
        if pause_.reason == pauses.BY_OPERATOR or _remedy(pause_) in TOLD
    }


async def closed(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> bool:
    """Tell whether an operator holds back all there is."""
    paused = await paused_models(tx, specs, now)
    return bool(specs) and all(
        model in paused and paused[model].reason == pauses.BY_OPERATOR for model in specs
    )


async def dropped_models(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> set[str]:
    """Return the models that are gone, as far as is known: their jobs go elsewhere."""
    active = await pauses.active(tx, now)
    return {
        model
        for model in specs
        if (held := active.get(pauses.of_model(model))) is not None
        and _remedy(held) is Remedy.DROP_MODEL
    }


def _remedy(pause_: Pause) -> Remedy | None:
    return REMEDIES[Cause(pause_.reason)] if pause_.reason in set(Cause) else None
