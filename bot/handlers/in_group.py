"""How the dialogue's messages reach one person among others in a group.

They are answers to that person's message, in its topic. Their buttons are for that person
only, and a step that waits for a photo opens an answer instead of showing buttons.
"""

from dataclasses import dataclass, replace

from bot.dialogue.states import State
from bot.dialogue.world import World
from bot.handlers.spots import own_message
from bot.messages import Content, Edit, Outgoing, Send, StripButtons, orderers_message
from bot.views.callbacks import owned
from bot.views.group_prompts import awaits_photo, placeholder
from storage import outbox
from storage.database import Tx
from storage.sessions import SessionKey


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks to one person in a group. `message_id` is what they wrote just now, if anything."""

    key: SessionKey
    message_id: int | None
    before: State
    after: State
    world: World

    def spoken(self, message: Outgoing) -> tuple[Outgoing, ...]:
        """Return what is said in the group for a message of a private chat."""
        match message:
            case StripButtons() if awaits_photo(self.before):
                return ()  # it has none
            case Edit(anchor, content) if awaits_photo(self.after):  # an edit opens no answer
                return (StripButtons(anchor), self._answer(Send(content, anchor=anchor)))
            case Edit(content=content):
                topic = self.key.topic_id
                mine = self._mine(content)
                return (replace(message, content=mine, or_anew=True, topic_id=topic),)
            case Send():
                return (self._answer(message),)
            case _:
                return (message,)

    def _answer(self, message: Send) -> Send:
        asks = message.anchor is not None and awaits_photo(self.after)
        return replace(
            message,
            content=self._mine(message.content),
            topic_id=self.key.topic_id,
            reply_to=self.message_id or message.reply_to or own_message(self.key),
            asks=placeholder(self.world) if asks else None,
        )

    def _mine(self, content: Content) -> Content:
        return replace(content, keyboard=owned(content.keyboard, self.key.person_id))


async def remember(tx: Tx, key: SessionKey, message_id: int, now: float) -> None:
    """Remember what somebody wrote last, for all that answers it."""
    await outbox.bind(tx, own_message(key), key.chat_id, message_id, None, now)


async def remember_order(tx: Tx, key: SessionKey, job_anchor: str, now: float) -> None:
    """Remember with which message an order began: its picture answers that one."""
    wrote = await outbox.anchor(tx, own_message(key))
    if wrote is not None:
        name = orderers_message(job_anchor)
        await outbox.bind(tx, name, wrote.chat_id, wrote.message_id, None, now)
