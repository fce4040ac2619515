"""Who pays for an order, what they have, and the hold that reserves its price.

In private it is the person. In a group it is the group's pool or whoever orders, as its
administrators chose, and they may limit what each member uses there per day. The hold checks
all of it once more, and the money cap (`bot.caps`), whatever the dialogue has concluded from
`Means`.
"""

from dataclasses import dataclass

from bot.caps import Bill, Price, obstacle
from bot.handlers.desk import Rules
from storage import allowances, ledger
from storage.database import Tx
from storage.groups import Group, Payer


@dataclass(frozen=True, slots=True)
class Means:
    """What can be spent, in credits, and by whom."""

    daily: int
    extra: int
    pool: bool = False  # the group's
    limit: int | None = None  # what a member may use in the group per day
    used_here: int = 0  # what this member has used there today


def account(person_id: int, group: Group | None) -> str:
    """Return the ledger account that pays what somebody orders in a group, or in private."""
    if group is not None and group.choices.payer is Payer.POOL:
        return group.account
    return ledger.of_person(person_id)


async def means(tx: Tx, person_id: int, group: Group | None, rules: Rules, now: float) -> Means:
    """Return what somebody's orders may cost here, after giving today's allowance."""
    day, paying = rules.day(now), account(person_id, group)
    pool = group is not None and paying == group.account
    house = rules.group_daily_credits if pool else rules.daily_credits
    balance = await allowances.open_day(tx, paying, day, house, now)
    if group is None:
        return Means(balance.daily, balance.extra)
    used = await ledger.used_in_group(tx, group.id, person_id, day)
    return Means(balance.daily, balance.extra, pool, group.choices.member_limit, used)


async def hold(
    tx: Tx, person_id: int, group: Group | None, job_id: int, price: Price, rules: Rules, now: float
) -> bool:
    """Reserve an order's price. False: the credits, the member's limit or the cap forbid it."""
    day, paying = rules.day(now), account(person_id, group)
    bill = Bill(paying, person_id, group, day, price)
    if await obstacle(tx, bill, rules.daily_budget) is not None:
        return False
    return await ledger.hold(tx, paying, day, job_id, price.credits, price.cost, now)
