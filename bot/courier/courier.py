"""The courier's loop: takes what is due, sends it, writes down what became of it.

A row is sent before it is marked as sent, so a crash in between sends it twice rather
than never; that window is one await wide. Rows of one chat leave one by one, in their
order; answers to pressed buttons wait for nobody.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.alerts import Alerts
from bot.clock import Clock
from bot.codec import Unreadable, load_outgoing
from bot.courier import settling
from bot.courier.calls import Letter, deliver
from bot.courier.indicator import Indicator
from bot.courier.outcomes import Away, Broken, Closed, Flood, Outcome, Pointless, Refused
from bot.courier.pace import GROUP_MESSAGES, GROUP_WINDOW, Pace
from bot.courier.pictures import Darkroom
from bot.files import Files, TelegramAway
from bot.messages import Answer, Edit, Outgoing, Send, StripButtons
from bot.photos import Studio
from bot.reasons import reason
from storage import outbox
from storage.database import Database, DatabaseUnusable, ignore
from storage.outbox import Busy, Rank, Row

POINTS = (
    "courier.send.before",
    "courier.send.after",
    "courier.settle.before_commit",
    "courier.settle.after_commit",
)

# Messages a minute in one group: talk leaves room for pictures, and progress for both.
SHARES = {Rank.PICTURE: GROUP_MESSAGES, Rank.TALK: 17, Rank.PROGRESS: 12}
WIDTH = 8  # messages that are on their way at the same time
LOOK_AHEAD = 64  # rows looked at in one round
ANSWER_LIFETIME = 120.0  # seconds; Telegram forgets a press after some 150
BREATHER = 5.0  # seconds before a database that could not be used is tried again

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Delivery:
    row: Row
    task: "asyncio.Task[None] | None" = None


class Courier:
    """Sends what the outbox holds."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        files: Files,
        studio: Studio,
        clock: Clock,
        *,
        alerts: Alerts,
        on_point: Callable[[str], None] = ignore,
    ) -> None:
        self.woken = asyncio.Event()
        self._db = db
        self._bot = bot
        self._darkroom = Darkroom(db, files, studio)
        self._clock = clock
        self._alerts = alerts
        self._on_point = on_point
        self._pace = Pace()
        self._indicator = Indicator(db, bot, clock, self._pace)
        self._resumed = False
        self._under_way: dict[int, _Delivery] = {}  # by row
        self._later: dict[tuple[int, Rank], float] = {}  # when a chat takes this rank again
        self._resting: dict[int, float] = {}  # rows in trouble, until they may be tried again
        self._stopping = False
        self._name = ""

    def wake(self) -> None:
        """Look at the outbox now: something is to be said."""
        self.woken.set()

    async def run(self) -> None:
        """Send until `stop` is called or this is cancelled. Never raises."""
        indicating = asyncio.create_task(self._indicator.run())
        try:
            while not self._stopping:
                self.woken.clear()
                due = await self.round()
                await self._clock.wait_until(due, self.woken)
        finally:
            indicating.cancel()
            if not self._stopping:
                await self.stop(0)

    async def stop(self, seconds: float) -> None:
        """Begin nothing new and give what is under way some real seconds."""
        self._stopping = True
        self.woken.set()
        tasks = [one.task for one in self._under_way.values() if one.task is not None]
        if tasks and seconds > 0:
            await asyncio.wait(tasks, timeout=seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def idle(self) -> None:
        """Return when nothing is on its way."""
        while self._under_way:
            await asyncio.wait(
                [one.task for one in self._under_way.values() if one.task is not None]
            )

    # --- whose turn it is ---------------------------------------------------------------

    async def round(self) -> float | None:
        """Send what may be sent now; return when to look again, None: when woken."""
        try:
            if not self._resumed:
                await self._resume()
            return await self._round()
        except Exception as error:  # noqa: BLE001  this loop never dies
            return self._breathe(error)

    def _breathe(self, error: Exception) -> float:
        log.error("outbox unusable, trying again", seconds=BREATHER, reason=reason(error))
        return self._clock.now() + BREATHER

    async def _resume(self) -> None:
        """Count what the last process sent just before it ended: the limits know no restarts."""
        async with self._db.reading() as tx:
            self._pace.resume(await outbox.sent_since(tx, self._clock.now() - GROUP_WINDOW))
        self._resumed = True

    async def _round(self) -> float | None:
        now = self._clock.now()
        self._later = {which: at for which, at in self._later.items() if at > now}
        self._resting = {row_id: at for row_id, at in self._resting.items() if at > now}
        if len(self._under_way) >= WIDTH:
            return None  # the end of a delivery wakes us
        if (free := self._pace.anything_free_at(now)) > now:
            return free
        async with self._db.reading() as tx:
            taken = [*self._under_way, *self._resting]
            found = await outbox.ready(tx, now, self._busy(), LOOK_AHEAD, taken)
            if not found:
                due = await outbox.next_due(tx, self._busy(), taken)
                times = [*self._later.values(), *self._resting.values()]
                return min([*times, *([] if due is None else [due])], default=None)
        for row in found:
            if len(self._under_way) >= WIDTH:
                return None
            self._begin(row, now)
        return now  # there may be more

    def _busy(self) -> Busy:
        sending = {one.row.chat_id for one in self._under_way.values() if not one.row.urgent}
        return Busy(
            sending | self._waits(Rank.PICTURE), *map(self._waits, (Rank.TALK, Rank.PROGRESS))
        )

    def _waits(self, rank: Rank) -> set[int]:
        return {chat for chat, known in self._later if known is rank}

    def _begin(self, row: Row, now: float) -> None:
        """Send a row, unless its chat has to wait."""
        try:
            message = load_outgoing(row.payload)
        except Unreadable as error:
            self._start(row, self._settled(row, None, Refused(str(error))))
            return
        if isinstance(message, Answer):
            self._begin_answer(row, message, now)
            return
        new = isinstance(message, Send)
        rank = row.rank if row.chat_id < 0 else Rank.PICTURE
        free = self._pace.free_at(row.chat_id, now, new=new, share=SHARES[rank])
        if free > now:
            self._later[row.chat_id, rank] = free
            return
        self._pace.sent(row.chat_id, now, new=new)
        self._start(row, self._send(row, message))

    def _begin_answer(self, row: Row, message: Answer, now: float) -> None:
        """Answer a press, if it can still be answered. It waits for the common limit only."""
        if now - row.created_at > ANSWER_LIFETIME:
            self._start(row, self._settled(row, message, Pointless("the press is too old")))
        elif self._pace.anything_free_at(now) <= now:
            self._pace.called(now)
            self._start(row, self._send(row, message))

    def _start(self, row: Row, work: Coroutine[Any, Any, None]) -> None:
        delivery = _Delivery(row)
        self._under_way[row.id] = delivery
        delivery.task = asyncio.create_task(self._safely(row, work))
        delivery.task.add_done_callback(lambda _: self._over(row.id))

    def _over(self, row_id: int) -> None:
        del self._under_way[row_id]
        self.woken.set()

    async def _safely(self, row: Row, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001  the row is still there: later again
            until = self._breathe(error)
            self._resting[row.id] = until  # answers to presses do not care for their chat
            if not row.urgent:
                self._later[row.chat_id, Rank.PICTURE] = until

    # --- one message --------------------------------------------------------------------

    async def _send(self, row: Row, message: Outgoing) -> None:
        letter = await self._letter(row, message)
        self._on_point("courier.send.before")
        outcome = await self._delivered(letter)
        self._on_point("courier.send.after")
        if isinstance(outcome, Closed) and row.chat_id > 0 and row.job_id is not None:
            outcome = replace(outcome, bot=await self._own_name())
        await self._settled(row, message, outcome)

    async def _letter(self, row: Row, message: Outgoing) -> Letter:
        async with self._db.reading() as tx:
            match message:
                case Edit(anchor=name) | StripButtons(anchor=name):
                    return Letter(row.chat_id, message, target=await outbox.anchor(tx, name))
                case Send(reply_to=str(name)):
                    found = await outbox.anchor(tx, name)
                    here = found is not None and found.chat_id == row.chat_id
                    reply_to = found.message_id if found and here else None
                    return Letter(row.chat_id, message, reply_to=reply_to)
                case Send(reply_to=int(message_id)):
                    return Letter(row.chat_id, message, reply_to=message_id)
                case _:
                    return Letter(row.chat_id, message)

    async def _delivered(self, letter: Letter) -> Outcome:
        try:
            return await deliver(self._bot, self._darkroom, letter)
        except TelegramAway as away:
            return Away(str(away))
        except DatabaseUnusable:
            raise
        except Exception as error:  # noqa: BLE001  one message must not hold up its chat forever
            return Broken(reason(error))

    async def _own_name(self) -> str:
        """Return the bot's user name; empty if Telegram does not tell it now."""
        if not self._name:
            try:
                self._name = (await self._bot.get_me()).username or ""
            except TelegramError as error:
                log.warning("own name not told", reason=type(error).__name__)
        return self._name

    async def _settled(self, row: Row, message: Outgoing | None, outcome: Outcome) -> None:
        now = self._clock.now()
        if isinstance(outcome, Flood):
            self._pace.flood(row.chat_id, now, outcome.seconds)
        async with self._db.transaction("courier.settle") as tx:
            await settling.settle(tx, row, message, outcome, now, self._alerts)
