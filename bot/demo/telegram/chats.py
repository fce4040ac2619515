"""The chats of a local Telegram: who is in them, their topics and their messages.

State and look-ups only. What people and bots may do there is decided elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.demo.telegram.model import Channel, GroupChat, PersonAccount, Status, World

Json = dict[str, Any]

# ChatPermissions and ChatMemberRestricted share these.
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_ABSENT = {Status.LEFT, Status.KICKED}
_IN_CHARGE = {Status.CREATOR, Status.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's place in a group. `denied` are the rights they do not have."""

    status: Status
    anonymous: bool = False
    denied: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        """Whether they are in the group now."""
        return self.status not in _ABSENT

    @property
    def in_charge(self) -> bool:
        """Whether they administer the group."""
        return self.present and self.status in _IN_CHARGE

    def may(self, right: str) -> bool:
        """Tell whether they have a right of MEMBER_RIGHTS or ADMIN_RIGHTS."""
        return self.present and right not in self.denied


@dataclass(slots=True)
class Stored:
    """A message. `fields` are the Bot API's, without the message it replies to.

    Values inside `fields` are never changed in place, only replaced: copies are shallow.
    """

    chat: "Chat"
    fields: Json
    outgoing: bool  # sent by the bot
    reply_to: int | None = None
    force_reply: Json | None = None  # shown to people only
    seen_seq: int = 0  # number of the last event about it
    author: int | None = None  # the person behind it, even one who writes anonymously

    @property
    def id(self) -> int:
        """Its number in the chat."""
        number: int = self.fields["message_id"]
        return number


@dataclass(slots=True)
class Chat:
    """One chat. `person` is set in private chats, where its id is theirs."""

    id: int
    kind: str  # private, group, supergroup
    title: str = ""
    username: str | None = None
    person: PersonAccount | None = None
    members: dict[int, Member] = field(default_factory=dict)
    bot: Member = field(default_factory=lambda: Member(Status.MEMBER))
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Stored] = field(default_factory=dict)
    last_id: int = 0
    started: bool = False  # private: the person has written at least once
    blocked: bool = False  # private: the person has blocked the bot
    migrated_to: int | None = None
    channel: Channel | None = None  # whose posts are forwarded here
    posts: int = 0  # of the channel so far

    @property
    def forum(self) -> bool:
        """Whether messages live in topics."""
        return bool(self.topics)

    def audience(self) -> list[int]:
        """Return the people who see what happens here."""
        if self.person is not None:
            return [self.person.id]
        return [person for person, member in self.members.items() if member.present]


class Chats:
    """All chats by id. Private chats come into being when they are asked for."""

    def __init__(self, world: World, life: int = 0) -> None:
        self._chats: dict[int, Chat] = {}
        self._life = life
        self._shared_id = life  # private chats and basic groups number their messages together
        for person in world.people:
            self._chats[person.id] = Chat(person.id, "private", person=person)
        for group in world.groups:
            self.add_group(group)

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

    def get(self, chat_id: int | str) -> Chat | None:
        """Return a chat by its id, or a public group by its @name."""
        if isinstance(chat_id, int):
            return self._chats.get(chat_id)
        name = chat_id.removeprefix("@").lower()
        return next(
            (chat for chat in self if chat.username and chat.username.lower() == name), None
        )

    def add_group(self, group: GroupChat) -> Chat:
        """Open a group as the world describes it."""
        members = {person: Member(Status.MEMBER) for person in group.members}
        members |= {person: Member(Status.ADMINISTRATOR) for person in group.administrators}
        if group.members:
            members[group.members[0]] = Member(Status.CREATOR)
        chat = Chat(
            group.id,
            "supergroup" if group.supergroup else "group",
            title=group.title,
            username=group.username,
            members=members,
            bot=Member(group.bot),
            topics={topic.id: topic.name for topic in group.topics},
            channel=group.channel,
        )
        self._chats[chat.id] = chat
        chat.last_id = max(chat.topics, default=0)
        return chat

    def add(self, chat: Chat) -> None:
        """Add a chat that came into being later."""
        self._chats[chat.id] = chat

    def next_message_id(self, chat: Chat) -> int:
        """Return the number of the next message in a chat."""
        if chat.kind == "supergroup":
            chat.last_id = max(chat.last_id, self._life) + 1
            return chat.last_id
        self._shared_id += 1
        return self._shared_id
