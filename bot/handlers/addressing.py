"""What in a group is meant for the bot: commands, mentions, and answers to its messages.

Captions count like texts. Everything else is people talking to each other.
"""

from dataclasses import dataclass
from typing import TypeAlias

from telegram import Message, MessageEntity

from bot.dialogue.events import Command

# Understood without the bot's name behind it; others may belong to any bot in the group.
OWN_COMMANDS = frozenset({"tryon", "restyle", "quota", "cancel", "groupsettings"})


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody called the bot by a command."""

    command: Command


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody called the bot by its name, and said nothing it could go by."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody replied to a message of the bot's."""


Meant: TypeAlias = Called | Mentioned | Answered


def meant_for(message: Message, bot: str) -> Meant | None:
    """Tell how a message calls the bot with this user name; None: it does not."""
    if (command := _command(message, bot)) is not None:
        return Called(command)
    if _names(message, bot):
        return Mentioned()
    return Answered() if answers(message, bot) else None


def by_name(message: Message, bot: str) -> bool:
    """Tell whether the bot's name stands in a text or caption, behind a command or alone."""
    return f"@{bot}".lower() in (message.text or message.caption or "").lower()


def answers(message: Message, bot: str) -> bool:
    """Tell whether a message is a reply to one of the bot's."""
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return author is not None and (author.username or "").lower() == bot.lower()


def _command(message: Message, bot: str) -> Command | None:
    """Return the first command that is ours: at the beginning, or anywhere with our name."""
    said = message.text or message.caption or ""
    named = _names(message, bot)
    for offset, written in _entities(message, MessageEntity.BOT_COMMAND):
        name, _, recipient = written.removeprefix("/").lower().partition("@")
        begins = offset == 0 and (name in OWN_COMMANDS or answers(message, bot))
        if recipient == bot.lower() or (not recipient and (named or begins)):
            behind = said.partition(written)[2]
            words = (word for word in behind.split() if word.lower() != f"@{bot}".lower())
            return Command(name, " ".join(words))
    return None


def _names(message: Message, bot: str) -> bool:
    found = _entities(message, MessageEntity.MENTION)
    return any(name.lower() == f"@{bot}".lower() for _, name in found)


def _entities(message: Message, kind: str) -> list[tuple[int, str]]:
    found = message.parse_entities([kind]) or message.parse_caption_entities([kind])
    return sorted((entity.offset, written) for entity, written in found.items())
