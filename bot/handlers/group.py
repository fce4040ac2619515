"""From updates in groups to the dialogue's events, for what is meant for the bot.

What the bot is called with is the photo of the message itself, or of the message that it
replies to, whoever sent that. What a press or an answer may do is known only in the
transaction: `theirs` leaves out what concerns somebody else.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Message, Update

from bot.codec import dump_outgoing
from bot.dialogue.events import (
    BadButton,
    Command,
    Event,
    JobPressed,
    OthersButton,
    Pressed,
    Said,
    Unusable,
)
from bot.dialogue.places import Group
from bot.dialogue.states import Idle, Session
from bot.dialogue.world import Feature
from bot.handlers import incoming
from bot.handlers.addressing import (
    Answered,
    Called,
    Meant,
    Mentioned,
    answers,
    by_name,
    meant_for,
)
from bot.handlers.desk import Desk
from bot.handlers.latecomers import of_taken_album
from bot.handlers.spots import Spot, prompt_anchor, topic_of
from bot.messages import Content, Send
from bot.views.callbacks import decode_in_group
from bot.views.texts import text
from storage import groups, jobs, outbox
from storage.database import Tx
from storage.outbox import NewRow
from storage.sessions import SessionKey

QUIET = 60.0  # seconds between two hints in one group: nobody wants noise


# --- reading ---------------------------------------------------------------------------


async def pressed(updates: Sequence[Update], desk: Desk) -> tuple[Event, ...]:
    """Read a pressed button, and whether it belongs to whoever pressed it."""
    query = updates[0].callback_query
    if query is None:
        return ()
    await desk.identity.learn()
    return (decode_in_group(query.data or "", query.from_user.id),)


async def heard(updates: Sequence[Update], desk: Desk) -> tuple[Event, ...]:
    """Read a message or an album, if it is meant for the bot."""
    await desk.identity.learn()
    messages = [update.message for update in updates if update.message is not None]
    match _meant(messages, desk):
        case None:
            late = await of_taken_album(messages, desk)
            return (await incoming.photos(messages, desk),) if late else ()
        case Called(command):
            return await _called(command, messages, desk)
        case Mentioned():
            events = await _called(Command(incoming.TRYON), messages, desk)
            return events if len(events) > 1 else (Command("help"),)
        case Answered():
            return await _answered(updates, messages, desk)


def _meant(messages: Sequence[Message], desk: Desk) -> Meant | None:
    """Return how the bot is called; of an album, the item with the caption tells."""
    found = [meant_for(message, desk.identity.username) for message in messages]
    calls = [meant for meant in found if isinstance(meant, Called | Mentioned)]
    answers_us = [meant for meant in found if meant is not None]
    return next(iter([*calls, *answers_us]), None)


async def _called(command: Command, messages: Sequence[Message], desk: Desk) -> tuple[Event, ...]:
    if command.name not in incoming.FOR_PHOTOS:
        return (command,)
    handed = Command(command.name, command.args, hands_over=True)
    if any(map(incoming.holds_photo, messages)):
        return (handed, await incoming.photos(messages, desk))
    replied = messages[0].reply_to_message
    if replied is None or not incoming.holds_photo(replied):
        return (command,)
    return (handed, await incoming.single_photo(replied, desk))


async def _answered(
    updates: Sequence[Update], messages: Sequence[Message], desk: Desk
) -> tuple[Event, ...]:
    if any(map(incoming.holds_photo, messages)):
        return (await incoming.photos(messages, desk),)
    if messages[0].text:
        return (Said(messages[0].text),)
    return await incoming.sent_otherwise(updates, desk)


# --- in the transaction ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Owner:
    """One person in one place, and where their dialogue stands."""

    key: SessionKey
    session: Session

    async def was_asked(self, tx: Tx, spot: Spot) -> bool:
        """Tell whether an answer is one to the prompt of this very person."""
        if isinstance(self.session.state, Idle):
            return False
        prompt = await outbox.anchor(tx, prompt_anchor(self.key, self.session.card))
        return prompt is not None and prompt.message_id == spot.answered

    async def can_cancel(self, tx: Tx, update: Update, spot: Spot) -> bool:
        """Tell whether a /cancel is for us: by our name, or there is something to stop."""
        message = update.message
        bot = spot.place.bot if isinstance(spot.place, Group) else ""
        if message is not None and (by_name(message, bot) or answers(message, bot)):
            return True
        if not isinstance(self.session.state, Idle):
            return True
        open_jobs = await jobs.open_jobs_of(tx, self.key.person_id)
        return any(job.chat_id == self.key.chat_id for job in open_jobs)

    async def ordered(self, tx: Tx, job_id: int) -> bool:
        """Tell whether a job is theirs."""
        job = await jobs.get(tx, job_id)
        return job is None or job.person_id == self.key.person_id


def presses(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return what has to be answered even where the group has turned the bot off."""
    buttons = Pressed | JobPressed | BadButton | OthersButton
    return tuple(event for event in events if isinstance(event, buttons))


def possible(events: Sequence[Event], features: frozenset[Feature]) -> tuple[Event, ...]:
    """Return the events without photos for what is turned off here: the command alone says so."""
    match events:
        case (Command("tryon" | "restyle" as name, hands_over=True) as command, *_):
            feature = Feature.TRY_ON if name == "tryon" else Feature.RESTYLE
            if feature not in features:
                return (replace(command, hands_over=False),)
    return tuple(events)


async def theirs(
    tx: Tx, events: Sequence[Event], update: Update, spot: Spot, owner: Owner
) -> tuple[Event, ...]:
    """Return what of the events is about this person's own dialogue."""
    kept: list[Event] = []
    for event in events:
        match event:
            case Said() | Unusable() if not await owner.was_asked(tx, spot):
                continue  # people talk about what the bot sent, to each other
            case Command("cancel") if not await owner.can_cancel(tx, update, spot):
                continue  # another bot is meant
            case JobPressed(job_id) if not await owner.ordered(tx, job_id):
                kept.append(OthersButton())
            case _:
                kept.append(event)
    return tuple(kept)


# --- who cannot order ------------------------------------------------------------------


async def nameless(updates: Sequence[Update], desk: Desk) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan a word to those who write as the group itself; channels are left alone."""
    message = updates[0].message
    if message is None or message.sender_chat is None or message.sender_chat.id != message.chat.id:
        return None
    await desk.identity.learn()
    if not isinstance(meant_for(message, desk.identity.username), Called):
        return None

    async def deed(tx: Tx) -> None:
        now, chat_id = desk.clock.now(), message.chat.id
        here = await groups.get(tx, chat_id)
        off = here is not None and not here.choices.enabled
        if off or await outbox.spoke_lately(tx, chat_id, now - QUIET):
            return
        said = Send(
            Content(text(desk.rules.default_language, "group.nameless")),
            topic_id=topic_of(message),
            reply_to=message.message_id,
        )
        await outbox.add(tx, [NewRow(chat_id, dump_outgoing(said))], now)

    return deed
