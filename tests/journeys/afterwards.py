"""What must hold after every journey, whatever happened on it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.demo.requests_log import RequestLog
from tests.journeys.guest import Guest

Look = Callable[[str], Awaitable[list[tuple[Any, ...]]]]

CUT_OFF = "getUpdates"  # refused where a bot that has stopped still seems to wait
_BOOKS = """
SELECT state, credits,
    (SELECT group_concat(kind || ':' || (daily + extra), ' ')
     FROM (SELECT kind, daily, extra FROM ledger WHERE job_id = jobs.id ORDER BY id))
FROM jobs
"""
_REFUSED_MESSAGES = "SELECT chat_id, reason, payload FROM outbox WHERE state = 'failed'"
_SET_ASIDE = "SELECT update_id, reason FROM inbox WHERE state = 'set_aside'"


async def presses_answered(guests: Iterable[Guest]) -> None:
    """Check that no button was left spinning."""
    await asyncio.gather(*(guest.all_answered() for guest in guests))


async def books_right(look: Look) -> None:
    """Check that each order has one hold, and one end that suits how it ended."""
    for state, price, rows in await look(_BOOKS):
        hold = f"hold:-{price}"
        paid = rf"{hold} commit:\d"  # a cheaper model than ordered gives something back
        right = {
            "done": paid,
            "delivering": paid,
            "failed": f"{hold} refund:{price}",
            "cancelled": f"{hold} refund:{price}",
        }
        assert re.fullmatch(right.get(state, hold), rows), (state, rows)


async def nothing_refused(look: Look, requests: RequestLog) -> None:
    """Check that the bot asked nothing of anybody that was refused, and understood everything."""
    answers = [(one.target, one.call, one.status) for one in requests.of()]
    assert [answer for answer in answers if answer[2] != 200 and answer[1] != CUT_OFF] == []
    assert await look(_REFUSED_MESSAGES) == []
    assert await look(_SET_ASIDE) == []
