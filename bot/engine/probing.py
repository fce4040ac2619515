"""Trying gently whether a model takes jobs again after a pause.

A pause that is over is not forgotten before a job was taken: until then one job at a time
is let through, and the others wait for what becomes of it. Taken: everything flows. Refused
for the same cause: the next pause is longer, and the job that tried it has lost nothing. It is
always an order that tries, never a call of its own: a list of models tells what a service has,
not what an account may use. Where nobody waits, that is the next order for the model.
"""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from bot.engine.pausing import remedy_of
from providers.causes import Remedy
from providers.spec import ModelSpec
from storage import pauses, worklists
from storage.database import Tx
from storage.jobs import Job
from storage.worklists import Load

Trials: TypeAlias = Mapping[str, frozenset[str]]
"""The models on trial, each with all the models that are on trial together with it."""


async def on_trial(tx: Tx, specs: Mapping[str, ModelSpec], now: float) -> Trials:
    """Return the models whose pause is over and that have taken no job since.

    Being throttled is left out: it is the everyday of a busy service, and its limits count.
    """
    over = {
        scope
        for scope, pause in (await pauses.over(tx, now)).items()
        if remedy_of(pause) not in {None, Remedy.WAIT}
    }
    found: dict[str, frozenset[str]] = {}
    for model, spec in specs.items():
        if pauses.of_account(spec.account) in over:
            found[model] = frozenset(m for m, s in specs.items() if s.account == spec.account)
        elif pauses.of_model(model) in over:
            found[model] = frozenset({model})
    return found


def being_tried(group: frozenset[str], loads: Mapping[str, Load], at_work: Collection[Job]) -> bool:
    """Tell whether a job is trying a group of models just now."""
    sent = any(loads[model].submitting for model in group if model in loads)
    return sent or any(job.model in group for job in at_work)


async def one_is_ready(tx: Tx, group: frozenset[str]) -> bool:
    """Tell whether a job is prepared that can try a group of models."""
    return any([await worklists.ready(tx, model) is not None for model in sorted(group)])
