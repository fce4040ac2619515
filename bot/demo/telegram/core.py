"""The local Telegram itself: its state, and the few verbs everything else is made of.

Post, change or remove a message: each of them shows people what happened and tells the bot
what it may know. What bots may do is decided in `methods`, what people do in `people`, how
requests come in by `gateway`.
"""

from typing import Any

import httpx

from bot.clock import Clock
from bot.demo.faults import Faults
from bot.demo.requests_log import RequestLog
from bot.demo.telegram import wire
from bot.demo.telegram.callbacks import Callbacks
from bot.demo.telegram.chats import Chat, Chats, Stored
from bot.demo.telegram.errors import impossible
from bot.demo.telegram.faulty import FAULT_KINDS, TARGET
from bot.demo.telegram.feed import Feed
from bot.demo.telegram.files import Files
from bot.demo.telegram.limits import LimitRules, Limits
from bot.demo.telegram.model import PersonAccount, World
from bot.demo.telegram.pictures import Darkroom
from bot.demo.telegram.privacy import bot_sees
from bot.demo.telegram.profile import Profile
from bot.demo.telegram.updates import MESSAGE_LIFETIME, Updates
from bot.demo.telegram.webhook import Webhook

Json = dict[str, Any]
_TOPIC_COLOUR = 7322096  # RGB; Bot API, createForumTopic, icon_color


class LocalTelegram:
    """A Telegram with one bot, for tests and the demo. Everything is in memory.

    `faults` and `requests` can be shared with other local services. `enforce_limits` makes
    it answer 429 like the real one when the bot sends too fast.

    All ids count on from `life`. A bot that keeps its database remembers ids: where it is to
    meet a Telegram that was started anew, that one needs a higher `life` than the last.
    """

    def __init__(  # noqa: PLR0913  every part can be replaced
        self,
        clock: Clock,
        world: World,
        *,
        faults: Faults | None = None,
        requests: RequestLog | None = None,
        limits: LimitRules | None = None,
        enforce_limits: bool = False,
        life: int = 0,
        webhook_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.clock = clock
        self.bot = world.bot
        self.people = {person.id: person for person in world.people}
        self.chats = Chats(world, life)
        self.files = Files(Darkroom(), life)
        self.feed = Feed()
        self.updates = Updates(clock, life)
        self.callbacks = Callbacks(clock, life)
        self.profile = Profile(world.bot.first_name)
        self.limits = Limits(clock, limits, enforced=enforce_limits)
        self.faults = faults or Faults()
        self.faults.declare(TARGET, FAULT_KINDS)
        self.requests = requests or RequestLog(clock.now)
        self.requests.hide(world.bot.token)
        self.webhook = Webhook(clock, self.updates, self.requests, webhook_transport)
        self._albums = life
        for chat in self.chats:
            self._open_topics(chat)

    async def close(self) -> None:
        """Stop delivering and let everybody who waits go."""
        self.updates.close()
        self.feed.close()
        await self.webhook.stop()

    def now(self) -> int:
        """Return the time as messages show it."""
        return int(self.clock.now())

    def person(self, person_id: int) -> PersonAccount:
        """Return a person, or tell the caller that there is no such one."""
        person = self.people.get(person_id)
        if person is None:
            impossible(f"there is no person {person_id}", 404)
        return person

    def user(self, user_id: int) -> Json | None:
        """Return a person or the bot as a User."""
        if user_id == self.bot.id:
            return wire.bot_user(self.bot)
        person = self.people.get(user_id)
        return wire.person_user(person) if person else None

    def next_album(self) -> str:
        """Return the media_group_id of a new album."""
        self._albums += 1
        return str(13_000_000_000_000_000 + self._albums)

    # --- messages --------------------------------------------------------------------

    def post(  # noqa: PLR0913  each is part of a message
        self,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        outgoing: bool = False,
        reply_to: int | None = None,
        topic: int | None = None,
        force_reply: Json | None = None,
        author: int | None = None,
    ) -> Stored:
        """Put a message into a chat; people see it, and the bot if it may and did not send it."""
        fields = {
            "message_id": self.chats.next_message_id(chat),
            **sender,
            "date": self.now(),
            "chat": wire.chat(chat),
            **_thread(chat, reply_to, topic),
            **content,
        }
        if reply_to is None and fields.get("is_topic_message"):
            # In a topic everything without another target replies to what opened the topic.
            reply_to = fields["message_thread_id"]
        stored = Stored(chat, fields, outgoing, reply_to, force_reply, author=author)
        chat.messages[stored.id] = stored
        self._show(stored, "message")
        if not outgoing:
            self._tell(stored, "message")
        return stored

    def change(self, stored: Stored, content: Json, removed: tuple[str, ...] = ()) -> None:
        """Replace parts of a message, without the fields in `removed`."""
        for name in removed:
            stored.fields.pop(name, None)
        stored.fields |= content
        stored.fields["edit_date"] = self.now()
        self._show(stored, "edited")
        if not stored.outgoing:
            self._tell(stored, "edited_message")

    def remove(self, stored: Stored) -> None:
        """Take a message away. Bots are not told about deletions."""
        del stored.chat.messages[stored.id]
        data = {"chat_id": stored.chat.id, "message_id": stored.id}
        self.feed.emit(self.feed.next_seq(), stored.chat.audience(), "deleted", data)

    def view(self, stored: Stored) -> Json:
        """Return a message as the Bot API shows it, with the one it replies to."""
        replied = stored.chat.messages.get(stored.reply_to or 0)
        if replied is None:
            return dict(stored.fields)
        return {**stored.fields, "reply_to_message": dict(replied.fields)}

    def people_view(self, stored: Stored) -> Json:
        """Return a message as people's clients show it."""
        shown = {**self.view(stored), "seen_seq": stored.seen_seq}
        if stored.force_reply:
            shown["force_reply"] = stored.force_reply
        if stored.author:
            shown["author"] = stored.author
        return shown

    # --- telling ---------------------------------------------------------------------

    def _show(self, stored: Stored, event: str) -> None:
        stored.seen_seq = self.feed.next_seq()
        data = {"chat_id": stored.chat.id, "message": self.people_view(stored)}
        self.feed.emit(stored.seen_seq, stored.chat.audience(), event, data)

    def _tell(self, stored: Stored, kind: str) -> None:
        if bot_sees(self.bot, stored.chat, stored):
            body = self.view(stored)
            self.updates.push(kind, body, queue=stored.chat.id, lifetime=MESSAGE_LIFETIME)

    def _open_topics(self, chat: Chat) -> None:
        for topic, name in chat.topics.items():
            # The message that opened a topic has the topic's number.
            owner = next(iter(chat.members), None)
            user = self.user(owner) if owner else None
            fields: Json = {
                "message_id": topic,
                "from": user or wire.ANONYMOUS,
                "date": self.now(),
                "chat": wire.chat(chat),
                "message_thread_id": topic,
                "is_topic_message": True,
                "forum_topic_created": {"name": name, "icon_color": _TOPIC_COLOUR},
            }
            chat.messages[topic] = Stored(chat, fields, outgoing=False)


def _thread(chat: Chat, reply_to: int | None, topic: int | None) -> Json:
    """Return the thread fields of a new message.

    A reply follows its target into the target's topic. In supergroups without topics,
    replies have a thread, too, but one that nobody can send to.
    """
    replied = chat.messages.get(reply_to or 0)
    thread = topic or (replied.fields.get("message_thread_id") if replied else None)
    if chat.forum:
        return {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    if chat.kind == "supergroup" and replied is not None:
        return {"message_thread_id": thread or replied.id}
    return {}
