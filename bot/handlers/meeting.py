"""Whom the bot meets: what Telegram says about them, and whether it can write to them."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update, User

from bot.handlers.desk import Desk
from storage import notices, outbox, people
from storage.database import Tx
from storage.people import Person


async def met(tx: Tx, user: User, now: float, *, in_private: bool = True) -> Person:
    """Remember somebody who writes, and return what is known about them."""
    person = await people.seen(tx, user.id, user.username, user.first_name, user.language_code, now)
    if person.blocked_at is not None and in_private:  # who writes can be written to
        await _opened(tx, person.id, now)
    return person


async def _opened(tx: Tx, person_id: int, now: float) -> None:
    """Let all that waits for somebody go on: they can be written to."""
    await people.set_blocked(tx, person_id, None)
    await outbox.unpark(tx, person_id, now)
    await notices.forget_everywhere(tx, notices.to_begin(person_id))


async def block_changed(
    updates: Sequence[Update], desk: Desk
) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan what follows when somebody blocks the bot in their private chat, or lets it in again."""
    changed = updates[0].my_chat_member
    if changed is None:
        return None
    user, gone = changed.from_user, changed.new_chat_member.status in {"kicked", "left"}

    async def deed(tx: Tx) -> None:
        now = desk.clock.now()
        person = await people.seen(
            tx, user.id, user.username, user.first_name, user.language_code, now
        )
        if gone:
            await people.set_blocked(tx, person.id, now)
            await outbox.park(tx, person.id, "blocked by the person")
        else:
            await _opened(tx, person.id, now)

    return deed
