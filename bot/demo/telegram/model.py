"""Who lives in a local Telegram: its bot, its people, its groups. Data only.

A `World` is given to `LocalTelegram` when it is made; what happens afterwards (messages,
members coming and going, blocking) is the state of the chats, not of these records.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class BotAccount:
    """The one bot of a local Telegram, as BotFather would know it."""

    id: int
    first_name: str
    username: str
    token: str
    privacy_mode: bool = True  # in groups: sees only what is meant for it


@dataclass(frozen=True, slots=True)
class PersonAccount:
    """A person with a Telegram client set to `language_code` (IETF tag, may be empty)."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    operator: bool = False  # steers the bot; only for display


class Status(StrEnum):
    """What somebody is in a group, in the Bot API's words."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(frozen=True, slots=True)
class Topic:
    """A forum topic. Its id is also the id of the message that created it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel whose posts Telegram forwards to the group it is linked to."""

    id: int
    title: str
    username: str | None = None


@dataclass(frozen=True, slots=True)
class GroupChat:
    """A group as it is at the beginning. The first member is its creator."""

    id: int
    title: str
    members: tuple[int, ...]
    administrators: tuple[int, ...] = ()
    bot: Status = Status.MEMBER
    supergroup: bool = True
    username: str | None = None
    topics: tuple[Topic, ...] = ()  # any topic makes it a forum
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everybody and every group there is at the beginning."""

    bot: BotAccount
    people: tuple[PersonAccount, ...]
    groups: tuple[GroupChat, ...] = ()
