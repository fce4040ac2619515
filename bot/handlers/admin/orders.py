"""`/queue`, `/job`, `/refund` and `/canceljob`: what is happening to orders, and mending it."""

from dataclasses import dataclass

from bot.engine import cancelling
from bot.engine.cancelling import Asked, Cancelled, Outcome, TooLate
from bot.engine.progress import order_of
from bot.handlers.admin.arguments import Words
from bot.handlers.admin.office import Answer, Confirm, Office, told
from bot.views import admin_orders as words
from storage import audit, jobs, ledger, people, worklists
from storage.audit import Change
from storage.jobs import CLOSED, Job, JobState

SHOWN = 15  # orders: more would be too much for one message


@dataclass(frozen=True, slots=True)
class Order:
    """An order by its number, and why something is done about it."""

    job_id: int
    reason: str | None


def read_job(said: Words) -> int:
    """Read the number of an order and nothing else. Raises `Misread`."""
    job_id = said.job()
    said.end()
    return job_id


def read_order(said: Words) -> Order:
    """Read the number of an order, and why. Raises `Misread`."""
    return Order(said.job(), said.rest())


# --- looking ---------------------------------------------------------------------------


async def queue(office: Office, _: None) -> Answer:
    """Tell which orders are open, the oldest first."""
    found = await worklists.open_jobs(office.tx, SHOWN)
    lines = [words.line(office.language, await _about(office, job)) for job in found]
    loads = await worklists.loads(office.tx)
    return told(words.queue(office.language, lines, loads))


async def show(office: Office, job_id: int) -> Answer:
    """Tell everything about one order."""
    job = await jobs.get(office.tx, job_id)
    if job is None:
        return told(words.unknown(office.language, job_id))
    about = await _about(office, job)
    booked = await ledger.booked(office.tx, job.id)
    made_good = await audit.refunded(office.tx, job.id)
    zone = office.rules.timezone
    return told(words.whole(office.language, about, booked, zone, made_good=made_good))


async def _about(office: Office, job: Job) -> words.About:
    return words.About(
        job,
        order_of(job),
        await people.get(office.tx, job.person_id),
        await jobs.position(office.tx, job.id),
        office.now,
    )


# --- mending ---------------------------------------------------------------------------


async def refund(office: Office, wanted: Order) -> Answer:
    """Give back what a delivered order has cost, once."""
    job = await jobs.get(office.tx, wanted.job_id)
    if job is None:
        return told(words.unknown(office.language, wanted.job_id))
    if job.state not in CLOSED:
        return told(words.still_open(office.language, job))
    if job.state is not JobState.DONE or await audit.refunded(office.tx, job.id):
        return told(words.refunded_before(office.language, job))
    if not office.confirmed:
        return Confirm(words.refund_(office.language, await _about(office, job)))
    back = await ledger.make_good(office.tx, job.id, office.now, wanted.reason or "operator")
    await office.note(
        Change(
            office.operator,
            "refund",
            "0",
            str(back),
            wanted.reason,
            person_id=job.person_id,
            job_id=job.id,
        )
    )
    return told(words.refunded(office.language, await _about(office, job), back))


async def cancel(office: Office, wanted: Order) -> Answer:
    """Cancel an order as far as that is possible; its person reads it in their chat."""
    job = await jobs.get(office.tx, wanted.job_id)
    if job is None:
        return told(words.unknown(office.language, wanted.job_id))
    if job.state in CLOSED:
        return told(words.over(office.language, job))
    if not office.confirmed:
        return Confirm(words.cancel_(office.language, await _about(office, job)))
    outcome = await cancelling.ask(office.tx, job.id, office.now)
    if not isinstance(outcome, TooLate):
        after = "cancelled" if isinstance(outcome, Cancelled) else "cancelling"
        await office.note(
            Change(
                office.operator,
                "canceljob",
                job.state,
                after,
                wanted.reason,
                person_id=job.person_id,
                job_id=job.id,
            )
        )
    return told(words.cancelled(office.language, job, _key(outcome)))


def _key(outcome: Outcome) -> str:
    match outcome:
        case Cancelled():
            return "admin.canceljob"
        case Asked():
            return "admin.canceljob.asked"
        case TooLate():
            return "admin.canceljob.late"
