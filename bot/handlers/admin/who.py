"""Who is meant: by id for certain, by username as far as it is certain.

Usernames are learned from what people send. One that several people were seen with, or that
was last seen long ago, may have passed to somebody else: then the operator chooses.
"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.handlers.admin.arguments import Handle, PersonId, Wanted
from bot.handlers.admin.office import Subject
from storage import handles, people
from storage.database import Tx
from storage.handles import Holder

FRESH = 30 * 86400.0  # seconds for which nobody doubts a username
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody was ever seen with this username."""

    handle: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One of these may be meant, the likeliest first."""

    handle: str
    holders: tuple[Holder, ...]


Found: TypeAlias = Subject | Nobody | Doubtful


async def find(tx: Tx, wanted: Wanted, now: float) -> Found:
    """Return who is meant, as far as that is certain."""
    match wanted:
        case PersonId(person_id):
            return Subject(person_id, await people.get(tx, person_id))
        case Handle(name):
            return await _by_handle(tx, name, now)


async def _by_handle(tx: Tx, name: str, now: float) -> Found:
    holders = await handles.holders(tx, name)
    match holders:
        case []:
            return Nobody(name)
        case [Holder(current=True) as only] if now - only.seen_at <= FRESH:
            return Subject(only.person_id, await people.get(tx, only.person_id))
        case _:
            return Doubtful(name, tuple(holders[:MOST_CHOICES]))
