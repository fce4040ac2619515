"""The one list: which update goes where. Order matters, the first match takes it.

A `Route` turns updates into the dialogue's events; an `Errand` is what is no step of a
dialogue. Updates without either are no business of ours and are dropped without a word.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from telegram import Chat, Update
from telegram.ext import filters

from bot.dialogue.events import Event
from bot.handlers import group, groupsettings, incoming, meeting, membership
from bot.handlers.admin import errand, pressing, reading
from bot.handlers.desk import Desk
from storage.database import Tx

Reader: TypeAlias = Callable[[Sequence[Update], Desk], Awaitable[tuple[Event, ...]]]
Deed: TypeAlias = Callable[[Tx], Awaitable[None]]
Planner: TypeAlias = Callable[[Sequence[Update], Desk], Awaitable[Deed | None]]

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL

MIGRATION = filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE


@dataclass(frozen=True, slots=True)
class Route:
    """Updates for which `matches` holds are read by `read`, for the dialogue to step on."""

    matches: Callable[[Update], object]
    read: Reader


@dataclass(frozen=True, slots=True)
class Errand:
    """Updates for which `matches` holds are done with by what `plan` returns.

    `plan` may ask Telegram; the deed it returns runs in the transaction in which the update
    is taken. None: nothing is to be done.
    """

    matches: Callable[[Update], object]
    plan: Planner


Way: TypeAlias = Route | Errand


def _private_button(update: Update) -> bool:
    query = update.callback_query
    message = query.message if query else None
    return message is not None and message.chat.type == message.chat.PRIVATE


def _group_button(update: Update) -> bool:
    query = update.callback_query
    message = query.message if query else None
    return message is not None and message.chat.type in {Chat.GROUP, Chat.SUPERGROUP}


def _by_nobody(update: Update) -> bool:
    """Tell whether a group or a channel is the author, as with anonymous administrators."""
    return update.message is not None and update.message.sender_chat is not None


def _private_membership(update: Update) -> bool:
    changed = update.my_chat_member
    return changed is not None and changed.chat.type == changed.chat.PRIVATE


def _group_membership(update: Update) -> bool:
    changed = update.my_chat_member
    return changed is not None and changed.chat.type in {Chat.GROUP, Chat.SUPERGROUP}


# Only for what certainly comes from an operator: for everybody else these do not exist.
OPERATORS: tuple[Way, ...] = (
    Errand(reading.is_choice, pressing.chosen),
    Errand(reading.is_command, errand.commanded),
)

ROUTES: tuple[Way, ...] = (
    Errand(_private_membership, meeting.block_changed),
    Route(_private_button, incoming.pressed),
    Route((PRIVATE & filters.COMMAND).check_update, incoming.commanded),
    Route(lambda u: PRIVATE.check_update(u) and incoming.is_photo(u), incoming.photographed),
    Route((PRIVATE & filters.TEXT).check_update, incoming.spoke),
    Route((PRIVATE & ~filters.StatusUpdate.ALL).check_update, incoming.sent_otherwise),
    Errand(_group_membership, membership.changed),
    Errand(MIGRATION.check_update, membership.migrated),
    Errand(lambda u: _group_button(u) and groupsettings.is_press(u), groupsettings.pressed),
    Errand(lambda u: GROUP.check_update(u) and groupsettings.is_command(u), groupsettings.asked),
    Route(_group_button, group.pressed),
    Errand(lambda u: GROUP.check_update(u) and _by_nobody(u), group.nameless),
    Route(GROUP.check_update, group.heard),
)


def route(updates: Sequence[Update], operators: Collection[int]) -> Way | None:
    """Return the way of an update or an album, or None if it is not ours.

    For an album it is the first way that any of its items has: photos count, even if the
    album begins with a video.
    """
    ways = (*OPERATORS, *ROUTES) if reading.by_operator(updates, operators) else ROUTES
    return next((way for way in ways if any(map(way.matches, updates))), None)
