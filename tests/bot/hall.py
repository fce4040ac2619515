"""What the tests of the bot's coming and going share: the news of it, and who hears it."""

from collections.abc import Collection
from types import SimpleNamespace
from typing import Any, cast

from telegram import Update

from bot.clock import Clock
from bot.codec import dump_outgoing, load_outgoing
from bot.demo.telegram import wire
from bot.demo.telegram.chats import Member
from bot.demo.telegram.model import Status
from bot.handlers import membership
from bot.handlers.desk import Desk
from bot.messages import Outgoing
from storage import outbox
from storage.database import Database
from storage.outbox import NewRow

NOW = 1_000.0
OLD, NEW = -5, -1_000_000_000_005
BOT = {"id": 4242, "is_bot": True, "first_name": "Fitting Room", "username": "a_bot"}
MEI = {"id": 7, "is_bot": False, "first_name": "Mei"}


def chat(id_: int) -> dict[str, Any]:
    return {"id": id_, "type": "group" if id_ == OLD else "supergroup", "title": "Friends"}


def came(
    chat_id: int,
    before: Status = Status.LEFT,
    after: Status = Status.MEMBER,
    denied: Collection[str] = (),
) -> Update:
    """Return the news of the bot's new place in a group. `denied`: the rights it lacks there."""
    change = {"chat": chat(chat_id), "from": MEI, "date": int(NOW)}
    change |= {
        "old_chat_member": wire.member(BOT, Member(before)),
        "new_chat_member": wire.member(BOT, Member(after, denied=frozenset(denied))),
    }
    return _update({"my_chat_member": change})


def told(chat_id: int, field: str, other: int) -> Update:
    sender = {"from": MEI, "date": int(NOW), "message_id": 1}
    return _update({"message": {"chat": chat(chat_id), field: other, **sender}})


def _update(body: dict[str, Any]) -> Update:
    update = Update.de_json({"update_id": 1, **body}, None)
    assert update is not None
    return update


class Hall:
    """Hears of groups as the bot does."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self.db, self.clock = db, clock
        rules = SimpleNamespace(default_language="en")
        self._desk = cast("Desk", SimpleNamespace(clock=clock, rules=rules))

    async def hear(self, update: Update) -> None:
        plan = membership.changed if update.my_chat_member else membership.migrated
        deed = await plan([update], self._desk)
        assert deed is not None
        async with self.db.transaction("t") as tx:
            await deed(tx)

    async def say(self, *messages: Outgoing, due_at: float | None = None) -> None:
        rows = [NewRow(OLD, dump_outgoing(message), due_at=due_at) for message in messages]
        async with self.db.transaction("t") as tx:
            await outbox.add(tx, rows, self.clock.now())

    async def waiting(self) -> list[tuple[int, Outgoing]]:
        async with self.db.reading() as tx:
            rows = [row for id_ in (OLD, NEW) for row in await outbox.waiting_for(tx, id_)]
        return [(row.chat_id, load_outgoing(row.payload)) for row in rows]
