"""Models and accounts that are held back, why, and until when.

A pause that is over stays in the table with its count until it is lifted, so that the
next one for the same reason can be longer. How long is the engine's business.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Pause:
    """Why something is held back. `until` None: until somebody lifts it."""

    scope: str  # 'model:NAME', 'account:NAME', 'operator:NAME' or 'operator:*'
    reason: str  # a cause from the closed list, or 'operator'
    until: float | None
    count: int  # how often in a row for this reason
    since: float


def of_model(model: str) -> str:
    """Return the scope of a model's pause."""
    return f"model:{model}"


def of_account(account: str) -> str:
    """Return the scope of an account's pause."""
    return f"account:{account}"


BY_OPERATOR = "operator"
"""The reason of a pause that an operator made: it never ends by itself."""


def by_operator(model: str | None = None) -> str:
    """Return the scope of an operator's pause: of a model, or (None) of all of them."""
    return f"operator:{model or '*'}"


async def get(tx: Tx, scope: str) -> Pause | None:
    """Return the latest pause of a model or account, also if it is over; None if lifted."""
    row = await tx.row(
        "SELECT scope, reason, until, count, since FROM pauses WHERE scope = ?", (scope,)
    )
    return None if row is None else Pause(*row)


async def pause(tx: Tx, scope: str, reason: str, until: float | None, now: float) -> None:
    """Hold a model or account back. For the same reason again: counted, and still since then."""
    await tx.run(
        "INSERT INTO pauses (scope, reason, until, since) VALUES (:scope, :reason, :until, :now)"
        " ON CONFLICT (scope) DO UPDATE SET reason = excluded.reason, until = excluded.until,"
        " count = iif(reason = excluded.reason, count + 1, 1),"
        " since = iif(reason = excluded.reason, since, excluded.since)",
        {"scope": scope, "reason": reason, "until": until, "now": now},
    )


async def lift(tx: Tx, scope: str) -> bool:
    """End a pause and forget it; False if there was none."""
    return await tx.run("DELETE FROM pauses WHERE scope = ?", (scope,)) == 1


async def over(tx: Tx, now: float) -> dict[str, Pause]:
    """Return the pauses that hold nothing back any more and were not lifted yet, by scope."""
    rows = await tx.rows(
        "SELECT scope, reason, until, count, since FROM pauses WHERE until <= ?", (now,)
    )
    return {row[0]: Pause(*row) for row in rows}


async def active(tx: Tx, now: float) -> dict[str, Pause]:
    """Return the pauses that hold something back now, by scope."""
    rows = await tx.rows(
        "SELECT scope, reason, until, count, since FROM pauses WHERE until IS NULL OR until > ?",
        (now,),
    )
    return {row[0]: Pause(*row) for row in rows}
