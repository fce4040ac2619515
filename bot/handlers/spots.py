"""Where something happened: in which chat and topic, below which message.

In a group several people talk to the bot at once, so what it says is an answer to the
message of the one it speaks with. That message has an anchor of its own, for all that is
said later on.
"""

from dataclasses import dataclass, replace

from telegram import Chat, Message, Update

from bot.dialogue.places import PRIVATE, Group, Place
from storage.sessions import SessionKey


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an update happened.

    `title` is what the group is called; `message_id` what the person wrote, None if they
    pressed a button; `answered` the message that theirs is a reply to. `lost`: they pressed
    a button of a message that Telegram no longer hands out, and the topic is not known.
    """

    chat_id: int
    topic_id: int = 0
    place: Place = PRIVATE
    message_id: int | None = None
    answered: int | None = None
    title: str = ""
    lost: bool = False

    @property
    def in_group(self) -> bool:
        """Whether others read along."""
        return isinstance(self.place, Group)

    def key(self, person_id: int) -> SessionKey:
        """Return whose dialogue this is about."""
        return SessionKey(self.chat_id, self.topic_id, person_id)


def spot_of(update: Update, bot: str) -> Spot | None:
    """Return where an update happened; `bot` is the bot's user name."""
    query, message, chat = update.callback_query, update.message, update.effective_chat
    if chat is None:
        return None
    if chat.type == Chat.PRIVATE:
        return Spot(chat.id)
    if message is not None:
        replied = message.reply_to_message
        answered = replied.message_id if replied else None
        return Spot(
            chat.id, topic_of(message), Group(bot), message.message_id, answered, chat.title or ""
        )
    under = query.message if query else None
    here = Spot(chat.id, place=Group(bot), title=chat.title or "")
    if (
        isinstance(under, Message) and under.date.timestamp() > 0
    ):  # Bot API, InaccessibleMessage.date
        return replace(here, topic_id=topic_of(under))
    return replace(here, lost=True)


def topic_of(message: Message) -> int:
    """Return a message's topic; 0 where there are none, whatever thread its replies are."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def prompt_anchor(key: SessionKey, card: int) -> str:
    """Return the anchor of the message that shows somebody's prompt, sent as number `card`."""
    return f"p:{key.chat_id}:{key.topic_id}:{key.person_id}:{card}"


def own_message(key: SessionKey) -> str:
    """Return the anchor of the last message that somebody wrote to the bot in a group."""
    return f"by:{key.chat_id}:{key.topic_id}:{key.person_id}"
