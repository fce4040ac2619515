"""One step: what came in, the dialogue's answer, and everything that follows, at once.

The inbox row, the person, the session, the order with its hold, and what is to be said
change in one transaction or not at all. The network is only touched before it begins.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from telegram import Update

from bot.codec import Unreadable, dump_session, load_session
from bot.dialogue import step
from bot.dialogue.effects import Effect, Retire, Show
from bot.dialogue.events import Event
from bot.dialogue.states import Session
from bot.dialogue.world import World
from bot.handlers import effects, facts, flood, group, lost_messages, shut_out
from bot.handlers.desk import Desk
from bot.handlers.meeting import met
from bot.handlers.patience import Verdict
from bot.handlers.spots import spot_of
from bot.routes import Deed, Errand, Route, Way, route
from storage import groups, inbox, sessions
from storage.database import Tx
from storage.inbox import Batch
from storage.sessions import SessionKey


async def handle(batch: Batch, desk: Desk) -> None:
    """Handle one batch of the inbox: one update, or the items of one album.

    Raises `Again` where Telegram must be asked later, anything else where the update
    cannot be handled at all.
    """
    updates = [_parsed(row.payload) for row in batch.updates]
    ids = [row.update_id for row in batch.updates]
    deed = await _planned(updates, desk)

    async def taken(tx: Tx) -> None:
        if await inbox.take(tx, ids):
            if deed is not None:
                await deed(tx)
            await inbox.done(tx, ids, desk.clock.now())

    await desk.db.atomically("step", taken)
    desk.wake()


def _parsed(payload: str) -> Update:
    update = Update.de_json(json.loads(payload), None)
    if update is None:
        msg = "the update is empty"
        raise ValueError(msg)
    return update


async def _planned(updates: Sequence[Update], desk: Desk) -> Deed | None:
    """Do what needs the network; return what is left to do in the transaction."""
    way = route(updates, desk.rules.operators)
    if way is None:
        return None
    match await flood.judged(updates, desk):
        case Verdict.WARNED:
            return flood.warning(updates[0], desk)
        case Verdict.DROPPED:
            return None
        case Verdict.HEARD:
            return await _heard(way, updates, desk)


async def _heard(way: Way, updates: Sequence[Update], desk: Desk) -> Deed | None:
    match way:
        case Errand():
            return await way.plan(updates, desk)
        case Route():
            events = await way.read(updates, desk)
            return partial(_answer, update=updates[0], events=events, desk=desk)


async def _answer(tx: Tx, update: Update, events: Sequence[Event], desk: Desk) -> None:
    user, spot = update.effective_user, spot_of(update, desk.identity.username)
    if user is None or spot is None or not events:
        return
    if spot.lost:
        spot, events = await lost_messages.found(tx, events, spot, user.id)
    now, key = desk.clock.now(), spot.key(user.id)
    before = await _session(tx, key, now)
    here = None
    if spot.in_group:
        here = await groups.met(tx, spot.chat_id, spot.title, now)
        said = events if here.choices.enabled else group.presses(events)
        events = await group.theirs(tx, said, update, spot, group.Owner(key, before))
    if not events:
        return
    person = await met(tx, user, now, in_private=not spot.in_group)
    if await shut_out.turned_away(tx, person, update, desk.rules, now):
        return
    world = await facts.world(tx, person, events, desk.rules, now, spot, here)
    events = group.possible(events, world.features)
    after, wanted = _walk(before, events, world)
    query = update.callback_query
    callback_id = query.id if query else None
    scene = effects.Scene(
        key, before, after, world, callback_id, desk.rules, now, here, spot.message_id
    )
    await effects.perform(tx, wanted, scene)
    await sessions.save(tx, key, dump_session(after), now)


async def _session(tx: Tx, key: SessionKey, now: float) -> Session:
    stored = await sessions.load(tx, key)
    if stored is None:
        return Session()
    try:
        return load_session(stored)
    except Unreadable:  # another version's: a fresh start, with serials never used before
        return Session(serial=int(now), card=int(now))


def _walk(
    session: Session, events: Sequence[Event], world: World
) -> tuple[Session, tuple[Effect, ...]]:
    """Take one step per event; of several prompts only the last is shown, below the last note."""
    first = session.serial
    wanted: list[Effect] = []
    for event in events:
        session, more = step(session, event, world)
        wanted.extend(more)
    last = max((i for i, e in enumerate(wanted) if isinstance(e, Show)), default=None)
    note = next((e.note for e in reversed(wanted) if isinstance(e, Show) and e.note), None)
    return session, tuple(
        replace(effect, note=note) if isinstance(effect, Show) else effect
        for i, effect in enumerate(wanted)
        if not (isinstance(effect, Show) and i != last)
        and not (isinstance(effect, Retire) and effect.serial > first)
    )
