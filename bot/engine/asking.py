"""Which of an account's tasks to ask about next, and when: `bot.schedule` applied to jobs.

What somebody waits for comes first: a cancellation, then a task past its deadline. After
those it is the task whose end is most likely to have been missed. A job whose `due_at` is
in the future has just not been answered and rests until then.
"""

from collections.abc import Mapping, Sequence

from bot import schedule
from bot.schedule import Runtimes, Watched
from storage.jobs import Job


def watched(job: Job, runtimes: Mapping[str, Runtimes]) -> Watched:
    """Return a running job as the schedule sees it."""
    since = started(job)
    asked = since if job.queried_at is None else job.queried_at
    return Watched(job.id, since, asked, runtimes[job.model])


def started(job: Job) -> float:
    """Return since when a job's task is at the service."""
    return job.created_at if job.submitted_at is None else job.submitted_at


class Asking:
    """Chooses among running jobs. `deadline` is in seconds from a task's start."""

    def __init__(self, runtimes: Mapping[str, Runtimes], deadline: float) -> None:
        self._runtimes = runtimes
        self._deadline = deadline

    def next_of(self, running: Sequence[Job], now: float) -> Job | None:
        """Return the job to ask about now, if any is worth a question."""
        due = [job for job in running if job.due_at <= now]
        asked_to_stop = (job for job in due if job.cancel_asked)
        late = (job for job in due if now >= started(job) + self._deadline)
        urgent = next(asked_to_stop, None) or next(late, None)
        if urgent is not None:
            return urgent
        chosen = schedule.whom_to_ask((watched(job, self._runtimes) for job in due), now)
        return next((job for job in due if chosen and job.id == chosen.job_id), None)

    def look_again(self, running: Sequence[Job], now: float) -> float | None:
        """Return when one of the jobs becomes worth a question; None: there are none."""
        resting = [job.due_at for job in running if job.due_at > now]
        due = [job for job in running if job.due_at <= now]
        deadlines = [started(job) + self._deadline for job in due]
        asking = schedule.when_to_ask((watched(job, self._runtimes) for job in due), now)
        return min([*resting, *deadlines, *([] if asking is None else [asking])], default=None)
