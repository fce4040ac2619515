"""Commands about one person: their credits, and whether they may order at all."""

from dataclasses import dataclass

from bot.codec import dump_outgoing
from bot.engine import cancelling
from bot.handlers.admin.arguments import Fault, Misread, Words
from bot.handlers.admin.office import Answer, Confirm, Office, Subject, told
from bot.messages import Content, Send
from bot.views import admin_people as words
from bot.views.speaking import language_of
from storage import allowances, bans, jobs, ledger, outbox, sessions
from storage.audit import Change
from storage.jobs import JobState
from storage.ledger import Balance
from storage.outbox import NewRow


@dataclass(frozen=True, slots=True)
class Grant:
    """So many credits, and why."""

    credits: int
    reason: str | None


def read_grant(said: Words) -> Grant:
    """Read what is given, or with a minus taken. Raises `Misread`."""
    number = said.number()
    if number == 0:
        raise Misread(Fault.ZERO)
    return Grant(number, said.rest())


def read_reason(said: Words) -> str | None:
    """Read why, if that is said. Raises `Misread`."""
    return said.rest()


# --- credits -------------------------------------------------------------------------


async def balance(office: Office, person_id: int) -> Balance:
    """Return what somebody can spend today."""
    account, day = ledger.of_person(person_id), office.rules.day(office.now)
    default = office.rules.daily_credits
    return await allowances.open_day(office.tx, account, day, default, office.now)


async def quota(office: Office, subject: Subject, _: None) -> Answer:
    """Tell how somebody stands."""
    if subject.person is None:
        return told(words.stranger(office.language, subject.id))
    has = await balance(office, subject.id)
    ban = await bans.get(office.tx, subject.id)
    running = await jobs.open_jobs_of(office.tx, subject.id)
    own = await allowances.get(office.tx, ledger.of_person(subject.id))
    return told(
        words.standing(
            office.language,
            subject.person,
            has,
            per_day=_per_day(office, own),
            running=len(running),
            banned=None if ban is None else ban.reason or "",
        )
    )


async def grant(office: Office, subject: Subject, given: Grant) -> Answer:
    """Give somebody extra credits, or take some."""
    if subject.person is None:
        return told(words.stranger(office.language, subject.id))
    before = await balance(office, subject.id)
    after = before.extra + given.credits
    if after < 0:
        return told(words.too_few(office.language, subject.person, before))
    if given.credits < 0 and not office.confirmed:
        return Confirm(words.take_(office.language, subject.person, before.extra, after))
    account, day = ledger.of_person(subject.id), office.rules.day(office.now)
    reason = given.reason or "operator"
    await ledger.grant(office.tx, account, day, given.credits, office.now, reason)
    await office.note(
        Change(
            office.operator,
            "grant",
            str(before.extra),
            str(after),
            given.reason,
            person_id=subject.id,
        )
    )
    if given.credits > 0 and subject.id != office.operator:
        await _tell(office, subject, words.given(_language(office, subject), given.credits))
    now = await balance(office, subject.id)
    return told(words.granted(office.language, subject.person, before, now))


async def _tell(office: Office, subject: Subject, content: Content) -> None:
    """Tell somebody in their private chat, if they have one with the bot."""
    if subject.person is None or subject.person.blocked_at is not None:
        return
    if await sessions.in_private(office.tx, subject.id):
        row = NewRow(subject.id, dump_outgoing(Send(content)))
        await outbox.add(office.tx, [row], office.now)


def _language(office: Office, subject: Subject) -> str:
    return language_of(subject.person, office.rules.default_language)


@dataclass(frozen=True, slots=True)
class PerDay:
    """So many credits a day, or (None) what the house gives everybody; and why."""

    credits: int | None
    reason: str | None


def read_per_day(said: Words) -> PerDay:
    """Read a daily allowance. Raises `Misread`."""
    return PerDay(said.amount_or_default(), said.rest())


async def set_quota(office: Office, subject: Subject, wanted: PerDay) -> Answer:
    """Set what somebody is given each day."""
    if subject.person is None:
        return told(words.stranger(office.language, subject.id))
    account = ledger.of_person(subject.id)
    own = await allowances.get(office.tx, account)
    before, after = _per_day(office, own), _per_day(office, wanted.credits)
    if wanted.credits == 0 and not office.confirmed:
        return Confirm(words.no_quota(office.language, subject.person, before))
    await allowances.put(office.tx, account, wanted.credits, office.now)
    await office.note(
        Change(
            office.operator,
            "setquota",
            "default" if own is None else str(own),
            "default" if wanted.credits is None else str(wanted.credits),
            wanted.reason,
            person_id=subject.id,
        )
    )
    now = await balance(office, subject.id)
    return told(words.quota_set(office.language, subject.person, before, after, now))


def _per_day(office: Office, own: int | None) -> str:
    return words.per_day(office.language, own, office.rules.daily_credits)


# --- who may order -------------------------------------------------------------------


async def ban(office: Office, subject: Subject, reason: str | None) -> Answer:
    """Shut somebody out: what they have waiting is cancelled, and costs nothing."""
    if subject.id in office.rules.operators:
        return told(words.operator(office.language))
    if await bans.get(office.tx, subject.id) is not None:
        return told(words.is_banned(office.language, subject.id, subject.person))
    waiting = await jobs.open_jobs_of(office.tx, subject.id)
    if not office.confirmed:
        return Confirm(words.ban_(office.language, subject.id, subject.person, len(waiting)))
    await bans.add(office.tx, subject.id, reason, office.now)
    stopped = 0
    for job in waiting:
        await cancelling.ask(office.tx, job.id, office.now)
        fresh = await jobs.get(office.tx, job.id)
        stopped += fresh is not None and fresh.state is JobState.CANCELLED
    await office.note(
        Change(office.operator, "ban", "open", "banned", reason, person_id=subject.id)
    )
    said = words.banned(office.language, subject.id, subject.person, stopped)
    return told(said)


async def unban(office: Office, subject: Subject, reason: str | None) -> Answer:
    """Let somebody in again."""
    if not await bans.lift(office.tx, subject.id):
        return told(words.not_banned(office.language, subject.id, subject.person))
    await office.note(
        Change(office.operator, "unban", "banned", "open", reason, person_id=subject.id)
    )
    return told(words.unbanned(office.language, subject.id, subject.person))
