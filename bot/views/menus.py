"""How the bot presents itself: its commands and its profile, per language."""

from collections.abc import Sequence

from bot.views.phrases import COMMANDS
from bot.views.texts import plain

GROUP_COMMANDS = ("tryon", "restyle", "quota", "cancel", "help")
"""The commands every member of a group has, in the order in which they are shown."""

ADMINISTRATORS_COMMANDS = (*GROUP_COMMANDS, "groupsettings")
"""The commands of a group's administrators."""

MAX_DESCRIPTION, MAX_SHORT_DESCRIPTION = 512, 120  # characters, Bot API


def commands(language: str) -> tuple[tuple[str, str], ...]:
    """Return the commands everybody has, with what they do."""
    return tuple((name, plain(language, f"command.{name}")) for name in COMMANDS)


def operators_commands(language: str, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what an operator has: everybody's commands, and these that nobody else has."""
    own = (name for name in names if name not in COMMANDS)
    more = tuple((name, plain(language, f"admin.command.{name}")) for name in own)
    return (*commands(language), *more)


def group_commands(language: str) -> tuple[tuple[str, str], ...]:
    """Return the commands every member of a group has, with what they do."""
    return tuple((name, plain(language, f"command.{name}")) for name in GROUP_COMMANDS)


def administrators_commands(language: str) -> tuple[tuple[str, str], ...]:
    """Return the commands the administrators of a group have, with what they do."""
    return tuple((name, plain(language, f"command.{name}")) for name in ADMINISTRATORS_COMMANDS)


def description(language: str) -> str:
    """Return what stands in an empty chat with the bot."""
    return plain(language, "profile.description")


def short_description(language: str) -> str:
    """Return what stands in the bot's profile and is shared with it."""
    return plain(language, "profile.short")
