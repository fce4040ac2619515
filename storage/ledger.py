"""Credits and money, append-only: every balance is the sum of its rows.

An account is "person:ID" or "group:ID", the latter with the id the group was first met
under. Its credits are today's allowance (`daily`, gone at midnight) and extra ones (`extra`,
kept until used). An order holds its price; the hold ends exactly once, by a commit or by a
refund. The table itself refuses a second hold, a second end, and any change of a row. Which
day it is, and what things cost, is the callers' business. Money is in thousandths of a CNY.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account can spend."""

    daily: int
    extra: int

    @property
    def total(self) -> int:
        """All credits together."""
        return self.daily + self.extra


def of_person(person_id: int) -> str:
    """Return the account of somebody's own credits."""
    return f"person:{person_id}"


def of_group(group_id: int) -> str:
    """Return the account of a group's pool."""
    return f"group:{group_id}"


_ALLOWANCE = """
INSERT INTO ledger (account, kind, day, daily, extra, at)
VALUES (:account, 'allowance', :day, :allowance, 0, :now)
ON CONFLICT (account, day) WHERE kind = 'allowance' DO NOTHING
"""
# What was given that day is to be the allowance; what is spent of it cannot be taken back.
_LEVEL = """
INSERT INTO ledger (account, kind, day, daily, extra, at, reason)
SELECT :account, 'grant', :day, max(:allowance - given, -left), 0, :now, 'allowance changed'
FROM (
    SELECT sum(daily) FILTER (WHERE kind IN ('allowance', 'grant')) AS given, sum(daily) AS left
    FROM ledger WHERE account = :account AND day = :day)
WHERE max(:allowance - given, -left) <> 0
"""


async def open_day(tx: Tx, account: str, day: str, allowance: int, now: float) -> None:
    """See to it that the day's allowance was given, and is this much.

    If it was another one, the difference is granted or taken for that day, as far as it is
    not spent; what comes back of an order later is levelled when the day is opened again.
    """
    values = {"account": account, "day": day, "allowance": allowance, "now": now}
    tx.later(_ALLOWANCE, values)
    tx.later(_LEVEL, values)


_BALANCE = """
SELECT coalesce(sum(daily) FILTER (WHERE day = :day), 0) AS daily, coalesce(sum(extra), 0) AS extra
FROM ledger WHERE account = :account
"""


async def balance(tx: Tx, account: str, day: str) -> Balance:
    """Return what an account can spend on a day."""
    rows = await tx.rows(_BALANCE, {"account": account, "day": day})
    return Balance(*rows[0])


_HOLD = f"""
INSERT INTO ledger (account, kind, day, daily, extra, cost, job_id, at)
SELECT :account, 'hold', :day, -min(daily, :credits), min(daily, :credits) - :credits, :cost,
    :job_id, :now
FROM ({_BALANCE}) WHERE daily + extra >= :credits
"""  # noqa: S608 - put together from the constant above


async def hold(
    tx: Tx,
    account: str,
    day: str,
    job_id: int,
    credits: int,  # noqa: A002 - the product's word
    cost: int,
    now: float,
) -> bool:
    """Reserve a job's price, today's allowance first. False: too little is left.

    A second hold for the same job breaks the table's rule and raises IntegrityError.
    """
    written = await tx.run(
        _HOLD,
        {
            "account": account,
            "day": day,
            "job_id": job_id,
            "credits": credits,
            "cost": cost,
            "now": now,
        },
    )
    return written == 1


_COMMIT = """
INSERT INTO ledger (account, kind, day, daily, extra, job_id, at)
SELECT account, 'commit', day, 0, 0, job_id, :now
FROM ledger WHERE job_id = :job_id AND kind = 'hold'
ON CONFLICT (job_id) WHERE kind IN ('commit', 'refund') DO NOTHING
"""


async def commit(tx: Tx, job_id: int, now: float) -> bool:
    """End a job's hold: it is paid. False: it had ended before, nothing changes."""
    return await tx.run(_COMMIT, {"job_id": job_id, "now": now}) == 1


_REFUND = """
INSERT INTO ledger (account, kind, day, daily, extra, cost, job_id, at, reason)
SELECT account, 'refund', day, -daily, -extra, -cost, job_id, :now, :reason
FROM ledger WHERE job_id = :job_id AND kind = 'hold'
ON CONFLICT (job_id) WHERE kind IN ('commit', 'refund') DO NOTHING
"""


async def refund(tx: Tx, job_id: int, now: float, reason: str) -> bool:
    """End a job's hold: everything goes back where it came from. False: it had ended before."""
    written = await tx.run(_REFUND, {"job_id": job_id, "reason": reason, "now": now})
    return written == 1


@dataclass(frozen=True, slots=True)
class Held:
    """What a job's hold took, and from where. Credits and money as positive numbers."""

    account: str
    day: str
    daily: int
    extra: int
    cost: int


async def held(tx: Tx, job_id: int) -> Held | None:
    """Return a job's hold, also if it has ended; None if there never was one."""
    row = await tx.row(
        "SELECT account, day, -daily, -extra, cost FROM ledger WHERE job_id = ? AND kind = 'hold'",
        (job_id,),
    )
    return None if row is None else Held(*row)


async def carry_over(
    tx: Tx,
    from_job: int,
    to_job: int,
    credits: int,  # noqa: A002 - the product's word
    cost: int,
    now: float,
    *,
    day: str | None = None,
) -> bool:
    """End one job's hold and begin the hold of the job that goes on in its place.

    On the day of the first hold, unless another is given: so what costs no more is always
    there. False: too little is left, and only the first hold has ended.
    """
    before = await held(tx, from_job)
    if before is None:
        return False
    await refund(tx, from_job, now, "moved")
    return await hold(tx, before.account, day or before.day, to_job, credits, cost, now)


_GRANT = f"""
INSERT INTO ledger (account, kind, day, daily, extra, at, reason)
SELECT :account, 'grant', :day, 0, :granted, :now, :reason
FROM ({_BALANCE}) WHERE extra + :granted >= 0
"""  # noqa: S608 - put together from the constant above


async def grant(tx: Tx, account: str, day: str, extra: int, now: float, reason: str) -> bool:
    """Give credits that do not expire, or take them (below 0). False: so many are not there."""
    written = await tx.run(
        _GRANT, {"account": account, "day": day, "granted": extra, "now": now, "reason": reason}
    )
    return written == 1


@dataclass(frozen=True, slots=True)
class Booked:
    """A row of the ledger about a job."""

    kind: str
    account: str
    credits: int


async def booked(tx: Tx, job_id: int) -> list[Booked]:
    """Return what was booked for a job, in its order."""
    rows = await tx.rows(
        "SELECT kind, account, daily + extra FROM ledger WHERE job_id = ? ORDER BY id", (job_id,)
    )
    return [Booked(*row) for row in rows]


_MAKE_GOOD = """
INSERT INTO ledger (account, kind, day, daily, extra, at, reason)
SELECT account, 'grant', max(day), 0, -sum(daily + extra), :now, :reason
FROM ledger WHERE job_id = :job_id GROUP BY account HAVING sum(daily + extra) < 0
"""


async def make_good(tx: Tx, job_id: int, now: float, reason: str) -> int:
    """Grant what a job has cost after all, and return how many credits that is.

    For a job that was paid and cannot be delivered. Unlike a refund it can be repeated:
    the caller sees to it that it is not.
    """
    await tx.run(_MAKE_GOOD, {"job_id": job_id, "now": now, "reason": reason})
    found = await tx.value("SELECT -sum(daily + extra) FROM ledger WHERE job_id = ?", (job_id,))
    return int(found or 0)


_USED_IN_GROUP = """
SELECT coalesce(-sum(ledger.daily + ledger.extra), 0)
FROM ledger JOIN jobs ON jobs.id = ledger.job_id
WHERE ledger.account IN (:pool, :own) AND ledger.day = :day
    AND jobs.group_id = :group AND jobs.person_id = :person
"""


async def used_in_group(tx: Tx, group_id: int, person_id: int, day: str) -> int:
    """Return the credits a member's orders in a group have cost or hold on a day, whoever pays."""
    found = await tx.value(
        _USED_IN_GROUP,
        {
            "pool": of_group(group_id),
            "own": of_person(person_id),
            "day": day,
            "group": group_id,
            "person": person_id,
        },
    )
    return int(found)


async def spent(tx: Tx, day: str) -> int:
    """Return the money held and not given back on a day, in thousandths of a CNY."""
    return await spent_since(tx, day, day)


async def spent_since(tx: Tx, first: str, last: str) -> int:
    """Return the same for all days from the first to the last, both included."""
    found = await tx.value(
        "SELECT coalesce(sum(cost), 0) FROM ledger WHERE day BETWEEN ? AND ? AND cost <> 0",
        (first, last),
    )
    return int(found)
