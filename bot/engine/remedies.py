"""What to do about a refusal or a failure: the remedies of `providers.base`, carried out.

Whether something was paid decides: a refused submit cost nothing and may simply come
again, a failed task has had its one chance and gets at most one more.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.engine import ending, pausing
from bot.engine.inputs import Inputs
from bot.engine.tools import Tools
from providers.base import NoAnswer, Provider
from providers.causes import REMEDIES, Problem, Remedy
from storage import jobs, tasks
from storage.database import Tx
from storage.jobs import Job, JobState

FINAL = {Remedy.REFUND, Remedy.REPORT}
"""Nothing else can be done: the job fails."""

NOTHING: Mapping[str, object] = MappingProxyType({})
SECOND_SUBMIT = 2  # the last one that a failed task is answered with


async def refused(
    tx: Tx, job: Job, problem: Problem, tools: Tools, retry_after: float | None = None
) -> None:
    """Deal with a job that was refused before it had a task: nothing was charged."""
    now = tools.clock.now()
    remedy = REMEDIES[problem.cause]
    tries = job.retries + (remedy is Remedy.RESUBMIT)
    publish = remedy is Remedy.REPUBLISH and not job.republished
    hopeless = (
        remedy in FINAL
        or tries >= tools.rules.tries
        or (remedy is Remedy.REPUBLISH and not publish)
    )
    if job.cancel_asked:
        await ending.cancel(tx, job, now)
    elif hopeless:
        await ending.fail(tx, job, problem.cause, now, tools.alerts, problem)
    else:
        if not publish:
            await pausing.pause(tx, job, problem, now, tools.alerts, retry_after)
        changes = _published_anew(job, publish=publish) | {"retries": tries}
        if job.state is JobState.SUBMITTING:  # it reached the service now, and cost nothing
            changes |= {"intended_at": now, "attempts": job.attempts - 1}
        await back(tx, job, now, changes)


async def task_failed(
    tx: Tx, job: Job, problem: Problem, tools: Tools, along: Sequence[Job] = ()
) -> None:
    """Deal with a job whose task ended without a picture, and with others `along` with it."""
    now = tools.clock.now()
    remedy = REMEDIES[problem.cause]
    once_more = {
        Remedy.REPUBLISH: not job.republished,
        Remedy.RESUBMIT: job.attempts < SECOND_SUBMIT,
        Remedy.WAIT: job.attempts < tools.rules.lost_submits,
        Remedy.HOLD_ACCOUNT: True,
        Remedy.DROP_MODEL: True,
    }
    if job.cancel_asked:
        await ending.cancel(tx, job, now)
    elif not once_more.get(remedy, False):
        await ending.fail(tx, job, problem.cause, now, tools.alerts, problem, along=along)
        return
    else:
        if remedy not in {Remedy.REPUBLISH, Remedy.RESUBMIT}:
            await pausing.pause(tx, job, problem, now, tools.alerts)
        await tasks.retire(tx, job, now)
        await back(tx, job, now, _published_anew(job, publish=remedy is Remedy.REPUBLISH))
    for other in along:
        await task_failed(tx, other, problem, tools)


async def back(tx: Tx, job: Job, now: float, changes: Mapping[str, object] = NOTHING) -> None:
    """Let a job be submitted again."""
    fresh = {"due_at": now, "retries": 0, "task_id": None, "stage": None} | dict(changes)
    if job.state is JobState.PREPARING:
        await jobs.change(tx, job.id, JobState.PREPARING, **fresh)
    else:
        await jobs.move(tx, job.id, job.state, JobState.PREPARING, **fresh)


def _published_anew(job: Job, *, publish: bool) -> dict[str, object]:
    """Return what makes a job's photos be withdrawn and published again before it goes on."""
    if not publish:
        return {}
    worn = None if job.inputs is None else Inputs.load(job.inputs).worn().dump()
    return {"inputs": worn, "republished": 1}


async def withdraw(provider: Provider | None, inputs: Inputs | str | None) -> NoAnswer | None:
    """Take published photos away that are of no more use. Safe to repeat.

    Returns what was said about one that is still there and has to be tried again.
    """
    if provider is None or inputs is None:
        return None
    found = Inputs.load(inputs) if isinstance(inputs, str) else inputs
    trouble = None
    for published in found.published:
        trouble = await provider.host.withdraw(published.ref) or trouble
    return trouble
