"""Several outfits, and several pictures of each, in one submit: what goes in, what comes back.

The leader of a batch is prepared and submitted like any job; here is what its followers add
to that: their garments among its published photos, their outfits in its submit, and a part of
its task for each of them. Each part is then told its own report. How a batch waits and ends
stands in `storage.batches` and `ending`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.codec import load_order
from bot.engine.inputs import Inputs
from bot.orders import Photo, Slot, photos_of
from providers.base import (
    Failed,
    NoAnswer,
    Provider,
    Report,
    Reports,
    Submission,
    Succeeded,
    TakesSeveral,
)
from providers.causes import Cause, Problem
from storage.batches import PART
from storage.jobs import Job

Outfits: TypeAlias = Mapping[int, Mapping[Slot, Photo]]
ReportOf: TypeAlias = Callable[[str], Report]  # by a job's task id

_FEWER = Failed(Problem(Cause.FEWER_DRAWN, "fewer", "fewer pictures than ordered"))
_MISSING = NoAnswer(Problem(Cause.SERVICE_FAILED, "unreadable", "no answer about this part"))


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a task a job has: which of the outfits sent, and which picture of it."""

    task: str
    outfit: int
    sample: int

    def __str__(self) -> str:
        return f"{self.task}{PART}{self.outfit}{PART}{self.sample}"


def part_of(task_id: str) -> Part | None:
    """Return what part a task id names, None if it names a whole task."""
    if PART not in task_id:
        return None
    task, outfit, sample = task_id.rsplit(PART, 2)
    return Part(task, int(outfit), int(sample))


def task_of(job: Job) -> str:
    """Return the name of the task that a job has, or has a part of."""
    return (job.task_id or "").partition(PART)[0]


def one_of_each(running: Iterable[Job]) -> list[Job]:
    """Return one job for each task: an answer about it says how all its parts are doing."""
    found: dict[str, Job] = {}
    for job in running:
        first = found.setdefault(task_of(job), job)
        if job.cancel_asked and not first.cancel_asked:
            found[task_of(job)] = job
    return list(found.values())


# --- what goes in --------------------------------------------------------------------


def garments_of(leader: Job, followers: Sequence[Job]) -> Outfits:
    """Return the photos of the outfits that are not the leader's own, by outfit."""
    return {
        job.outfit: {
            slot: photo
            for slot, photo in photos_of(load_order(job.ordered)).items()
            if slot is not Slot.PERSON
        }
        for job in followers
        if job.outfit is not None and job.outfit != leader.outfit
    }


async def submit(
    provider: Provider, leader: Job, followers: Sequence[Job], inputs: Inputs
) -> Submission:
    """Order everything a batch wants, in one call; of a job alone, what it wants."""
    if not followers or not isinstance(provider, TakesSeveral):
        return await provider.submit(inputs.request(load_order(leader.ordered)))
    first = {job.outfit: job for job in reversed((leader, *followers))}
    requests = [
        inputs.of_outfit(outfit).request(load_order(first[outfit].ordered))
        for outfit in _outfits(leader, followers)
    ]
    samples = 1 + max(job.sample or 0 for job in (leader, *followers))
    return await provider.submit_all(requests, samples)


def parts_of(task: str, leader: Job, followers: Sequence[Job]) -> dict[int, str]:
    """Return the task id of each job, by its id: the whole task where nobody follows."""
    if not followers:
        return {leader.id: task}
    places = {outfit: place for place, outfit in enumerate(_outfits(leader, followers))}
    return {
        job.id: str(Part(task, places[job.outfit], job.sample or 0)) for job in (leader, *followers)
    }


def _outfits(leader: Job, followers: Sequence[Job]) -> list[int | None]:
    return sorted({job.outfit for job in (leader, *followers)}, key=lambda outfit: outfit or 0)


# --- what comes back -----------------------------------------------------------------


async def asked(provider: TakesSeveral, task: str) -> ReportOf:
    """Ask about a task once; return what the answer says of each of its parts."""
    found = await provider.query_all(task)

    def report(task_id: str) -> Report:
        part = part_of(task_id)
        if not isinstance(found, Reports):
            return found
        if part is None or part.outfit >= len(found.parts):
            return _MISSING
        return _of_sample(found.parts[part.outfit], part.sample)

    return report


def _of_sample(report: Report, sample: int) -> Report:
    if not isinstance(report, Succeeded):
        return report
    urls = report.urls[sample : sample + 1]
    return Succeeded(urls) if urls else _FEWER
