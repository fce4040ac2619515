"""Pure: where a dialogue takes place."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Private:
    """The person's own chat with the bot: whatever they send is meant for it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group: others read along, and only what is meant for the bot may be answered.

    `bot` is the bot's user name, for the way to its private chat.
    """

    bot: str


Place: TypeAlias = Private | Group
PRIVATE = Private()
