"""What an account is given each day: the house's amount, unless an operator set another.

The ledger holds what was given; here is only how much it should be. A change counts from
the same day on, as far as the day's credits are not spent. Who may set one, and why they
did, is the callers' business.
"""

from storage import ledger
from storage.database import Tx
from storage.ledger import Balance


async def get(tx: Tx, account: str) -> int | None:
    """Return the credits per day that were set for an account; None: the house's amount."""
    found = await tx.value("SELECT credits FROM allowances WHERE account = ?", (account,))
    return None if found is None else int(found)


async def put(tx: Tx, account: str, per_day: int | None, now: float) -> None:
    """Set an account's credits per day; None: as the house gives everybody."""
    if per_day is None:
        tx.later("DELETE FROM allowances WHERE account = ?", (account,))
        return
    tx.later(
        "INSERT INTO allowances (account, credits, set_at) VALUES (?, ?, ?)"
        " ON CONFLICT (account) DO UPDATE"
        " SET credits = excluded.credits, set_at = excluded.set_at",
        (account, per_day, now),
    )


async def open_day(tx: Tx, account: str, day: str, default: int, now: float) -> Balance:
    """See to it that an account was given the day's credits, and return what it can spend."""
    own = await get(tx, account)
    await ledger.open_day(tx, account, day, default if own is None else own, now)
    return await ledger.balance(tx, account, day)
