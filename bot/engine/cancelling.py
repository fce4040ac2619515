"""When a person changes their mind: what can still be stopped, and what cannot.

Before the submit a job is simply ended. After it, the service is asked, and only agrees
as long as it has not begun; until its answer is known the job goes on.
"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.engine import ending, progress
from bot.views import progress as words
from providers.base import Stage
from storage import batches, jobs
from storage.database import Tx
from storage.jobs import JobState


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The job is ended, its credits are back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The service will be asked to stop."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """The picture is being drawn or finished: it will come."""


Outcome: TypeAlias = Cancelled | Asked | TooLate

_WAITING = {JobState.QUEUED, JobState.OFFERED, JobState.PREPARING}
_SUBMITTED = {JobState.SUBMITTING, JobState.RUNNING}


async def ask(tx: Tx, job_id: int, now: float) -> Outcome:
    """Cancel a job as far as that is possible, and tell its progress message so."""
    job = await jobs.get(tx, job_id)
    if job is None:
        return TooLate()
    if job.state in _WAITING:  # its card has one button for all of its order
        others = await batches.others_of_card(tx, job, _WAITING)
        if await ending.cancel(tx, job, now, others):
            return Cancelled()
    if job.state not in _SUBMITTED or job.stage == Stage.RUNNING:
        return TooLate()
    if not job.cancel_asked:
        await jobs.change(tx, job.id, job.state, cancel_asked=1, due_at=now, shown="cancelling")
        await progress.say(tx, job, words.cancelling(job.language), now)
    return Asked()
