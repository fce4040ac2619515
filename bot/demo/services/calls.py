"""Synchronous calls: the answer is the picture, and nothing of them can be asked for later.

A call takes its time by the clock while its pictures are really made; it is paid for when
they are there, whether or not anybody still waits for the answer. The service gives a
call up after five minutes. They stand in no list of tasks.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.demo.services import refusals
from bot.demo.services.refusals import Refusal, Wording
from bot.demo.services.tasks import Fate, Outcome
from bot.demo.services.twin import Product

LONGEST = 300.0  # seconds, the service's own limit
JUDGED = 0.25  # share of a call's time after which it shows whether the photos can be used


@dataclass(frozen=True, slots=True)
class Call:
    """One call that the service took on."""

    id: str
    account: str
    model: str


@dataclass(slots=True)
class CallBook:
    """The calls of all accounts: those being worked on, and what all ever were."""

    clock: Clock
    _open: list[Call] = field(default_factory=list)
    _accepted: list[Call] = field(default_factory=list)
    _paid: list[Call] = field(default_factory=list)

    async def made(
        self, call: Call, work: Awaitable[Outcome], seconds: float, fate: Fate
    ) -> Product:
        """Return what comes out of a call, once its time is over.

        Raises:
            Refusal: if nothing does.

        """
        self._open.append(call)
        self._accepted.append(call)
        begun = self.clock.now()
        making = asyncio.ensure_future(work)
        try:
            if fate.stuck is not None:
                await self.clock.wait_until(begun + LONGEST)
                raise Refusal(refusals.TIMED_OUT)
            await self.clock.wait_until(begun + JUDGED * seconds)
            outcome = fate.failure or await making
            if isinstance(outcome, Wording):
                raise Refusal(outcome)
            await self.clock.wait_until(begun + seconds)
        finally:
            making.cancel()
            self._open.remove(call)
        self._paid.append(call)
        return outcome

    def in_progress(self, account: str, model: str) -> int:
        """Count an account's unfinished calls of a model."""
        return sum((call.account, call.model) == (account, model) for call in self._open)

    def accepted(self, account: str) -> list[str]:
        """Return the ids of all calls an account ever made, oldest first."""
        return [call.id for call in self._accepted if call.account == account]

    def paid(self, account: str) -> list[str]:
        """Return the ids of the calls an account pays for, oldest first."""
        return [call.id for call in self._paid if call.account == account]
