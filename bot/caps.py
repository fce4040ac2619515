"""What may be spent at most: the daily money cap, a group's limit per member, and what is there.

The one check before credits are held, for an order that is new and for one that goes on with
another model. It writes nothing: whoever holds asks in the same transaction. Money is in
thousandths of a CNY.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot import budget
from storage import ledger
from storage.database import Tx
from storage.groups import Group
from storage.ledger import Held


@dataclass(frozen=True, slots=True)
class Price:
    """What an order costs: credits, and thousandths of a CNY."""

    credits: int
    cost: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What somebody's orders are to cost an account on a day.

    What was held before goes back in the same transaction: `instead_of`, on its own day.
    """

    account: str
    person_id: int
    group: Group | None
    day: str
    price: Price
    instead_of: Sequence[Held] = ()


class Obstacle(Enum):
    """Why a price cannot be held."""

    MONEY = auto()  # the daily cap of the house is reached
    LIMIT = auto()  # the member has used what the group allows
    CREDITS = auto()  # too little is left


async def obstacle(tx: Tx, bill: Bill, daily_budget: int) -> Obstacle | None:
    """Return what forbids a hold; None: nothing does.

    What costs no more than what goes back that day stays within every cap: one that was
    lowered meanwhile takes nobody's order away.
    """
    same_day = [held for held in bill.instead_of if held.day == bill.day]
    cost = bill.price.cost - sum(held.cost for held in same_day)
    credits_ = bill.price.credits - sum(held.daily + held.extra for held in same_day)
    if cost > 0:
        spent = await ledger.spent(tx, bill.day)
        if spent + cost > await budget.cap(tx, daily_budget):
            return Obstacle.MONEY
    limit = None if bill.group is None else bill.group.choices.member_limit
    if bill.group is not None and limit is not None and credits_ > 0:
        used = await ledger.used_in_group(tx, bill.group.id, bill.person_id, bill.day)
        if used + credits_ > limit:
            return Obstacle.LIMIT
    left = await ledger.balance(tx, bill.account, bill.day)
    kept = sum(held.extra for held in bill.instead_of if held.day != bill.day)
    return Obstacle.CREDITS if credits_ > left.total + kept else None
