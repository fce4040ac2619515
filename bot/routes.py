"""The one list: which update goes where. Order matters, the first match takes it.

Each route turns updates into the dialogue's events; updates without a route are no
business of ours and are dropped without a word.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from telegram import Update
from telegram.ext import filters

from bot.dialogue.events import Event
from bot.handlers import incoming
from bot.handlers.desk import Desk

Reader: TypeAlias = Callable[[Sequence[Update], Desk], Awaitable[tuple[Event, ...]]]

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
COMMAND = filters.COMMAND | filters.CaptionRegex("^/")


@dataclass(frozen=True, slots=True)
class Route:
    """Updates for which `matches` holds are read by `read`."""

    matches: Callable[[Update], object]
    read: Reader


def _private_button(update: Update) -> bool:
    query = update.callback_query
    message = query.message if query else None
    return message is not None and message.chat.type == message.chat.PRIVATE


ROUTES: tuple[Route, ...] = (
    Route(_private_button, incoming.pressed),
    Route((PRIVATE & filters.COMMAND).check_update, incoming.commanded),
    Route(lambda u: PRIVATE.check_update(u) and incoming.is_photo(u), incoming.photographed),
    Route((PRIVATE & filters.TEXT).check_update, incoming.spoke),
    Route((PRIVATE & ~filters.StatusUpdate.ALL).check_update, incoming.sent_otherwise),
    Route((GROUP & COMMAND).check_update, incoming.addressed),
)


def route(updates: Sequence[Update]) -> Route | None:
    """Return the route of an update or an album, or None if it is not ours.

    For an album it is the first route that any of its items has: photos count, even if the
    album begins with a video.
    """
    return next((route for route in ROUTES if any(map(route.matches, updates))), None)
