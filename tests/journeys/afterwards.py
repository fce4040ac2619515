"""What must hold after every journey, whatever happened on it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.demo.requests_log import RequestLog
from tests.journeys.guest import Guest

LookFor = Callable[..., Awaitable[list[list[tuple[Any, ...]]]]]

CUT_OFF = "getUpdates"  # refused where a bot that has stopped still seems to wait
_BOOKS = """
SELECT state, credits,
    (SELECT group_concat(kind || ':' || (daily + extra), ' ')
     FROM (SELECT kind, daily, extra FROM ledger WHERE job_id = jobs.id ORDER BY id))
FROM jobs
"""
_UNSENT = "SELECT chat_id, reason, payload FROM outbox WHERE state = 'failed'"
_SET_ASIDE = "SELECT update_id, reason FROM inbox WHERE state = 'set_aside'"


async def presses_answered(guests: Iterable[Guest]) -> None:
    """Check that no button was left spinning."""
    await asyncio.gather(*(guest.all_answered() for guest in guests))


async def all_is_well(look_for: LookFor, requests: RequestLog | None) -> None:
    """Check the books, and unless there was trouble (`requests` None) that nothing was refused."""
    books, unsent, set_aside = await look_for(_BOOKS, _UNSENT, _SET_ASIDE)
    for state, price, rows in books:
        _is_right(state, price, rows)
    if requests is None:
        return
    answers = [(one.target, one.call, one.status) for one in requests.of()]
    assert [answer for answer in answers if answer[2] != 200 and answer[1] != CUT_OFF] == []
    assert unsent == []
    assert set_aside == []


def _is_right(state: str, price: int, rows: str) -> None:
    """Check that an order has one hold, and one end that suits how it ended."""
    hold = f"hold:-{price}"
    paid = rf"{hold} commit:\d"  # a cheaper model than ordered gives something back
    right = {
        "done": paid,
        "delivering": paid,
        "failed": f"{hold} refund:{price}",
        "cancelled": f"{hold} refund:{price}",
        "moved": f"{hold} refund:{price}",  # another job goes on in its place
    }
    assert re.fullmatch(right.get(state, hold), rows), (state, rows)
