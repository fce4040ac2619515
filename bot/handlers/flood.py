"""Floods: what is more than anybody means is not read, and whoever sends it is told once.

Without this one member of a group could keep everybody else's pictures waiting: a group
is told 20 messages a minute, whatever it asks for. What people say to each other does not
count, and neither does what operators say.
"""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Chat, Message, Update, User

from bot.codec import dump_outgoing
from bot.handlers import incoming
from bot.handlers.addressing import Answered, meant_for
from bot.handlers.desk import Desk
from bot.handlers.patience import Verdict, Voice
from bot.handlers.spots import topic_of
from bot.messages import Content, Send
from bot.views.texts import pick_language, text
from storage import groups, outbox, people
from storage.database import Tx
from storage.outbox import NewRow

# Heard in a minute. An order takes up to four messages and as many presses; more of them
# than these are no orders.
IN_PRIVATE = 60  # messages of one person
IN_GROUP = 8  # calls and answers of one member
OF_GROUP = 40  # those of all members
PRESSES = 90  # of one person in one chat

Deed = Callable[[Tx], Awaitable[None]]


async def judged(updates: Sequence[Update], desk: Desk) -> Verdict:
    """Tell whether an update or an album is to be read at all."""
    voice = await _voice(updates, desk)
    if voice is None or voice.person_id in desk.rules.operators:
        return Verdict.HEARD
    return desk.patience.hears(voice, desk.clock.now())


def warning(update: Update, desk: Desk) -> Deed | None:
    """Plan the word to whoever is too fast; too many presses are passed over in silence."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        return None

    async def deed(tx: Tx) -> None:
        group = await groups.get(tx, message.chat.id)
        if group is not None and not group.choices.enabled:
            return
        language = await _language(tx, user, desk)
        said = Send(
            Content(text(language, "too_fast")),
            topic_id=topic_of(message),
            reply_to=message.message_id,
        )
        await outbox.add(tx, [NewRow(message.chat.id, dump_outgoing(said))], desk.clock.now())

    return deed


async def _voice(updates: Sequence[Update], desk: Desk) -> Voice | None:
    update, user = updates[0], updates[0].effective_user
    if user is None:
        return None
    if (query := update.callback_query) is not None:
        chat_id = query.message.chat.id if query.message else user.id
        return Voice(user.id, chat_id, "press", PRESSES)
    message = update.message
    if message is None:
        return None
    if message.chat.type == Chat.PRIVATE:
        return Voice(user.id, message.chat.id, "message", IN_PRIVATE)
    await desk.identity.learn()
    messages = [update.message for update in updates if update.message is not None]
    if any(_asks_something(one, desk.identity.username) for one in messages):
        return Voice(user.id, message.chat.id, "message", IN_GROUP, OF_GROUP)
    return None


def _asks_something(message: Message, bot: str) -> bool:
    """Tell whether a group's message is more than talk about what the bot has sent."""
    match meant_for(message, bot):
        case None:
            return False
        case Answered():
            return incoming.holds_photo(message)
        case _:
            return True


async def _language(tx: Tx, user: User, desk: Desk) -> str:
    person = await people.get(tx, user.id)
    chosen = person.language if person else None
    return pick_language(chosen, user.language_code, desk.rules.default_language)
