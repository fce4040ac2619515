"""What operators read about orders: who ordered what, where it stands, what was booked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.orders import Order
from bot.views import phrases
from bot.views.admin import someone
from bot.views.admin_money import cny
from bot.views.texts import has, plain, text
from storage.jobs import Job
from storage.ledger import Booked
from storage.people import Person
from storage.worklists import Load


@dataclass(frozen=True, slots=True)
class About:
    """An order, and what is known around it. `place` is its place in the queue, 1 = next."""

    job: Job
    order: Order | None
    person: Person | None
    place: int | None
    now: float


def unknown(language: str, job_id: int) -> str:
    """Say that there is no such order."""
    return text(language, "admin.job.unknown", id=job_id)


# --- looking ---------------------------------------------------------------------------


def queue(language: str, lines: Sequence[str], loads: Mapping[str, Load]) -> str:
    """Return the load of each model, and the open orders."""
    if not lines:
        return text(language, "admin.queue.empty")
    models = [
        text(
            language,
            "admin.queue.model",
            model=model,
            waiting=load.waiting,
            drawn=load.in_progress,
        )
        for model, load in loads.items()
    ]
    return "\n\n".join(
        [text(language, "admin.queue"), "\n".join(models), "\n".join(lines)],
    )


def line(language: str, about: About) -> str:
    """Return an order in one line."""
    return text(
        language,
        "admin.queue.line",
        id=about.job.id,
        name=_first_name(about),
        what=_what(language, about),
        state=_state(language, about),
        age=phrases.duration(language, max(0.0, about.now - about.job.created_at)),
    )


def whole(
    language: str, about: About, booked: Sequence[Booked], zone: ZoneInfo, *, made_good: bool
) -> str:
    """Return everything about an order."""
    job = about.job
    lines = [
        text(language, "admin.job", id=job.id, what=_what(language, about)),
        text(language, "admin.job.who", who=someone(language, job.person_id, about.person)),
        text(language, "admin.job.where", chat=job.chat_id, topic=job.topic_id),
        text(language, "admin.job.state", state=_state(language, about), model=job.model),
        *_times(language, job, zone),
        text(
            language,
            "admin.job.price",
            price=phrases.credits_(language, job.credits),
            cost=cny(job.cost),
        ),
        *(_booked(language, each) for each in booked),
    ]
    if job.cause is not None:
        lines.append(text(language, "admin.job.cause", cause=cause(language, job.cause)))
    if job.task_id is not None:
        lines.append(text(language, "admin.job.task", task=job.task_id, tries=job.attempts))
    if job.moved_to is not None:
        lines.append(text(language, "admin.job.moved", id=job.moved_to))
    if made_good:
        lines.append(text(language, "admin.job.made_good"))
    return "\n".join(lines)


def cause(language: str, name: str) -> str:
    """Return why an order failed, in few words."""
    key = f"admin.cause.{name}"
    return plain(language, key) if has(key) else name


def _times(language: str, job: Job, zone: ZoneInfo) -> list[str]:
    times = {
        "ordered": job.created_at,
        "submitted": job.submitted_at,
        "finished": job.ended_at,
        "closed": job.closed_at,
    }
    return [
        text(
            language,
            f"admin.job.{name}",
            at=datetime.fromtimestamp(at, zone).strftime("%Y-%m-%d %H:%M:%S"),
        )
        for name, at in times.items()
        if at is not None
    ]


def _booked(language: str, row: Booked) -> str:
    return text(
        language,
        "admin.job.booked",
        kind=row.kind,
        account=row.account,
        credits=f"{row.credits:+d}",
    )


def _first_name(about: About) -> str:
    return about.person.first_name if about.person is not None else str(about.job.person_id)


def _what(language: str, about: About) -> str:
    return phrases.order(language, about.order) if about.order is not None else "?"


def _state(language: str, about: About) -> str:
    said = plain(language, f"admin.state.{about.job.state}")
    return said if about.place is None else f"{said} ({about.place})"


# --- mending ---------------------------------------------------------------------------


def still_open(language: str, job: Job) -> str:
    """Say that an order is not over yet."""
    return text(language, "admin.refund.open", id=job.id)


def refunded_before(language: str, job: Job) -> str:
    """Say that an order has cost nothing, or nothing any more."""
    return text(language, "admin.refund.before", id=job.id)


def refund_(language: str, about: About) -> str:
    """Ask whether what an order has cost shall really be given back."""
    who = someone(language, about.job.person_id, about.person)
    price = phrases.credits_(language, about.job.credits)
    return text(language, "admin.refund.ask", id=about.job.id, who=who, price=price)


def refunded(language: str, about: About, back: int) -> str:
    """Tell what was given back."""
    who = someone(language, about.job.person_id, about.person)
    return text(language, "admin.refund", id=about.job.id, who=who, back=back)


def over(language: str, job: Job) -> str:
    """Say that an order is over and cannot be cancelled."""
    state = plain(language, f"admin.state.{job.state}")
    return text(language, "admin.canceljob.over", id=job.id, state=state)


def cancel_(language: str, about: About) -> str:
    """Ask whether an order shall really be cancelled."""
    who = someone(language, about.job.person_id, about.person)
    state = _state(language, about)
    return text(language, "admin.canceljob.ask", id=about.job.id, who=who, state=state)


def cancelled(language: str, job: Job, key: str) -> str:
    """Tell what came of cancelling an order."""
    return text(language, key, id=job.id, before=plain(language, f"admin.state.{job.state}"))
