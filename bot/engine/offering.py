"""Which models can be ordered now, and how long each would take."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot import schedule
from bot.dialogue.world import Offer
from bot.engine.pausing import held_models
from providers.spec import ModelSpec
from providers.wishes import OtherHalf
from storage import jobs, pauses, worklists
from storage.database import Tx

LOOKED_BACK = 50  # tasks: what a model takes at this time of day


async def offers(tx: Tx, specs: Iterable[ModelSpec], now: float) -> tuple[Offer, ...]:
    """Return the models that take orders now, in the order given.

    A model that is only throttled is offered: it will go on within the minute.
    """
    listed = {spec.model: spec for spec in specs}
    held = await held_models(tx, listed, now)
    away = await pauses.active(tx, now)
    offered = [_as_it_is(spec, away) for spec in listed.values() if spec.model not in held]
    return tuple([await _offer(tx, spec) for spec in offered])


def _as_it_is(spec: ModelSpec, away: Collection[str]) -> ModelSpec:
    """Return what a model offers now: without its helper's part if that one is away."""
    helper = spec.keeps_with
    if helper is None or pauses.of_model(helper.model) not in away:
        return spec
    halves = tuple(half for half in spec.halves if half is not OtherHalf.KEEP)
    return replace(spec, halves=halves, keeps_with=None)


async def _offer(tx: Tx, spec: ModelSpec) -> Offer:
    runtime = schedule.mean(await worklists.runtimes(tx, spec.model, LOOKED_BACK))
    wait = schedule.expected_wait(spec, await jobs.ahead(tx, spec.model), runtime)
    return Offer(spec, wait, schedule.further_wait(spec, runtime))
