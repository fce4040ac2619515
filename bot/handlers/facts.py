"""The facts a step may use, read in the transaction in which the step is taken."""

from collections.abc import Sequence
from dataclasses import replace

from bot import budget
from bot.codec import load_order
from bot.dialogue.events import Command, Event, JobPressed
from bot.dialogue.looks import named_styles
from bot.dialogue.world import Feature, JobFacts, World
from bot.engine.answering import question_of
from bot.engine.offering import offers
from bot.engine.pausing import closed
from bot.handlers import payers
from bot.handlers.desk import Rules
from bot.handlers.spots import Spot
from bot.orders import Order, Photo, TryOn, cost_at_most, refinable
from bot.views.style_names import styles_named
from bot.views.texts import pick_language
from providers.base import Stage
from providers.styles import Style
from providers.wishes import Gender, Size
from storage import detours, halves, jobs, ledger
from storage.database import Tx
from storage.groups import Choices, Group
from storage.halves import Outcome
from storage.jobs import Job
from storage.people import Person

OPEN_JOBS_PER_PERSON = 5


async def world(  # the transaction, who, what, the rules, when and where
    tx: Tx,
    person: Person,
    events: Sequence[Event],
    rules: Rules,
    now: float,
    spot: Spot,
    group: Group | None,
) -> World:
    """Gather what the dialogue may know about this person at this moment."""
    means = await payers.means(tx, person.id, group, rules, now)
    cap = await budget.cap(tx, rules.daily_budget)
    affordable = cap - await ledger.spent(tx, rules.day(now))
    open_to_all = await offers(tx, rules.models.values(), now)
    within = tuple(offer for offer in open_to_all if cost_at_most(offer.spec) <= affordable)
    facts = World(
        first_name=person.first_name,
        language=_language(person, group, rules),
        consented=person.consented_at is not None,
        daily=means.daily,
        extra=means.extra,
        renews_in=rules.renews_in(now),
        offers=within,
        budget=affordable,
        jobs=await _orders(tx, await jobs.open_jobs_of(tx, person.id), rules, spot),
        max_open_jobs=OPEN_JOBS_PER_PERSON,
        short=len(within) < len(open_to_all),
        closed=await closed(tx, rules.models, now),
        budget_left=not open_to_all or bool(within),
        pool=means.pool,
        limit=means.limit,
        used_here=means.used_here,
        features=frozenset(Feature) if group is None else _features(group.choices),
        gender=None if person.gender is None else Gender(person.gender),
        place=spot.place,
    )
    job = await _pressed_job(tx, person.id, events, rules, spot)
    if job is not None:
        question = await question_of(
            tx, job.job_id, rules.models, rules.day(now), rules.daily_budget
        )
        job = replace(job, question=question)
    return replace(facts, wished=_wished(events, facts), job=job)


def _language(person: Person, group: Group | None, rules: Rules) -> str:
    """Return what to speak: in a group its language, if one was chosen, else the person's."""
    wish = person.language if group is None else group.choices.language or person.language
    return pick_language(wish, person.client_language, rules.default_language)


def _features(choices: Choices) -> frozenset[Feature]:
    wanted = {Feature.TRY_ON: choices.try_on, Feature.RESTYLE: choices.restyle}
    return frozenset(feature for feature, on in wanted.items() if on and choices.enabled)


def _wished(events: Sequence[Event], facts: World) -> tuple[Style, ...]:
    """Return the styles that were named behind /restyle."""
    words = [event.args for event in events if isinstance(event, Command)]
    return styles_named(words[0], named_styles(facts)) if words else ()


async def _pressed_job(
    tx: Tx, person_id: int, events: Sequence[Event], rules: Rules, spot: Spot
) -> JobFacts | None:
    """Return the job that goes on in place of the one whose button was pressed, if it moved."""
    for event in events:
        if isinstance(event, JobPressed):
            job = await detours.latest(tx, event.job_id)
            if job is not None and job.person_id == person_id:
                return await _facts(tx, job, rules, spot)
    return None


async def _orders(
    tx: Tx, open_jobs: Sequence[Job], rules: Rules, spot: Spot
) -> tuple[JobFacts, ...]:
    """Return the open orders: several pictures on one card are one."""
    by_card: dict[str, list[Job]] = {}
    for job in open_jobs:
        by_card.setdefault(job.anchor, []).append(job)
    return tuple(
        [
            replace(await _facts(tx, first, rules, spot), pictures=1 + len(others))
            for first, *others in by_card.values()
        ]
    )


async def _facts(tx: Tx, job: Job, rules: Rules, spot: Spot) -> JobFacts:
    order, spec = load_order(job.ordered), rules.models.get(job.model)
    refines = spec is not None and refinable(order, spec)
    half = await halves.get(tx, job.id) if refines else None
    return JobFacts(
        job_id=job.id,
        order=order,
        state=job.state,
        position=await jobs.position(tx, job.id),
        has_original=job.picture_id is not None or job.document_id is not None,
        begun=job.stage == Stage.RUNNING,
        picture=_picture(job, order),
        stored=job.picture_id,
        refines_with=spec.refines_with if spec is not None and refines else None,
        kept_half=half is not None and half.outcome is Outcome.FOUND,
        here=job.chat_id == spot.chat_id,
    )


def _picture(job: Job, order: Order) -> Photo | None:
    """Return the picture in the chat, as large as the photo unless another size was ordered."""
    if job.file_id is None:
        return None
    width, height = order.person.width, order.person.height
    if isinstance(order, TryOn) and order.size is not Size.ORIGINAL:
        width, height = (int(side) for side in order.size.split("x"))
    return Photo(job.file_id, f"result-{job.id}", width, height)
