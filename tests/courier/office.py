"""A courier between a real outbox and a local Telegram, on a clock that stands still."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from telegram import Bot

from bot.alerts import Alerts
from bot.clock import Clock
from bot.codec import dump_order, dump_outgoing
from bot.courier import Courier
from bot.demo.requests_log import Request
from bot.demo.telegram.core import LocalTelegram
from bot.demo.telegram.direct import BASE_FILE_URL, BASE_URL, DirectRequest
from bot.demo.telegram.files import Upload
from bot.demo.telegram.limits import LimitRules
from bot.demo.telegram.people import Somebody
from bot.demo.world import ANNA, BEN, BOT, MEI, OLGA, STYLE_CLUB, WORLD
from bot.files import Files
from bot.messages import Answer, Content, Delivery, Edit, Outgoing, Send, StoredPicture
from bot.photos import Studio
from storage import jobs, ledger, outbox, pictures
from storage.database import Database, ignore
from storage.jobs import Job, JobState, NewJob
from storage.outbox import NewRow
from tests.engine.world import ORDER

START = 1_700_000_000.0
DAY = "2023-11-14"
PEOPLE = (ANNA.id, BEN.id, MEI.id, OLGA.id)
CLUB = STYLE_CLUB.id
STRICT = LimitRules(chat_burst=1, overall_burst=30)  # not one message sooner than documented

Json = dict[str, Any]


def said(words: str, anchor: str | None = None) -> Send:
    return Send(Content(words), anchor=anchor)


def edit(anchor: str, words: str) -> Edit:
    return Edit(anchor, Content(words))


class Office:
    """What a test needs: say things, let time pass, look at what people see."""

    def __init__(
        self, db: Database, *, on_point: Callable[[str], None] = ignore, strict: bool = True
    ) -> None:
        self.db = db
        self.clock = Clock(start=START, speed=0)
        self.telegram = LocalTelegram(self.clock, WORLD, limits=STRICT, enforce_limits=strict)
        for person in PEOPLE:
            Somebody(self.telegram, person, person).say("/start")
        request = DirectRequest(self.telegram)
        self.bot = Bot(
            BOT.token,
            base_url=BASE_URL,
            base_file_url=BASE_FILE_URL,
            request=request,
            get_updates_request=request,
        )
        self.studio = Studio()
        self.files = Files(self.bot)
        self.on_point = on_point
        self.due: float | None = None
        self.dead: Callable[[], bool] = lambda: False
        self.courier = self.restarted()

    def restarted(self) -> Courier:
        self.courier = Courier(
            self.db,
            self.bot,
            self.files,
            self.studio,
            self.clock,
            alerts=Alerts([OLGA.id], "en"),
            on_point=self.on_point,
        )
        self.courier.wake()
        return self.courier

    async def close(self) -> None:
        await self.courier.stop(0)
        await self.telegram.close()
        self.studio.close()
        await self.db.close()

    # --- saying ---------------------------------------------------------------------------

    async def say(self, chat: int, *messages: Outgoing, job_id: int | None = None) -> None:
        async with self.db.transaction("say") as tx:
            await outbox.add(tx, [_row(chat, each, job_id) for each in messages], self.clock.now())
        self.courier.wake()

    async def settle(self) -> None:
        """Let the courier work until there is nothing to do at this moment."""
        while self.courier.woken.is_set() or (
            self.due is not None and self.due <= self.clock.now()
        ):
            self.courier.woken.clear()
            self.due = await self.courier.round()
            await self.courier.idle()
            if self.dead():
                return
            await asyncio.sleep(0)

    async def advance(self, seconds: float) -> None:
        """Let time pass, from one due time to the next."""
        until = self.clock.now() + seconds
        await self.settle()
        while (now := self.clock.now()) < until - 1e-6 and not self.dead():
            then = until if self.due is None else min(max(self.due, now + 1e-3), until)
            self.clock.advance(then - now)
            await self.settle()

    # --- looking --------------------------------------------------------------------------

    def messages(self, chat: int, person: int | None = None) -> list[Json]:
        """Return what the bot sent to a chat, oldest first."""
        somebody = Somebody(self.telegram, person or chat, chat)
        return [each for each in somebody.messages() if each["from"]["id"] == BOT.id]

    def texts(self, chat: int, person: int | None = None) -> list[str]:
        found = self.messages(chat, person)
        return [str(each.get("text", each.get("caption", ""))) for each in found]

    def calls(self, method: str | None = None) -> list[Request]:
        """Return the Bot API requests so far, of this method or all."""
        return self.telegram.requests.of("telegram", method)

    def fault(self, method: str, kind: str, times: int = 1, **params: object) -> None:
        self.telegram.faults.add("telegram", method, kind, times, **params)

    async def rows(self) -> list[tuple[str, str | None]]:
        """Return every row's state and reason, oldest first."""
        async with self.db.reading() as tx:
            found = await tx.rows("SELECT state, reason FROM outbox ORDER BY id")
        return [(state, reason) for state, reason in found]

    # --- jobs -----------------------------------------------------------------------------

    async def delivering(self, person: int = ANNA.id, picture: bytes | None = None) -> Job:
        """Put a job's finished picture into the outbox, as the engine does."""
        data = picture if picture is not None else png(600, 800)
        now = self.clock.now()
        async with self.db.transaction("deliver") as tx:
            new = NewJob(
                order_key=f"k{now}:{person}",
                person_id=person,
                chat_id=person,
                topic_id=0,
                language="en",
                anchor=f"p:{person}:0:{person}:1",
                ordered=dump_order(ORDER),
                model="plus",
                account="acme",
                credits=2,
                cost=500,
            )
            job_id = await jobs.create(tx, new, now)
            assert job_id is not None
            await ledger.open_day(tx, f"person:{person}", DAY, 5, now)
            await ledger.hold(tx, f"person:{person}", DAY, job_id, 2, 500, now)
            await ledger.commit(tx, job_id, now)
            width, height = _size(data)
            picture_id = await pictures.put(tx, data, "image/png", width, height, now)
            await tx.run(
                "UPDATE jobs SET state = 'delivering', picture_id = ? WHERE id = ?",
                (picture_id, job_id),
            )
        content = Content("Here it is", picture=StoredPicture(picture_id))
        message = Send(content, reply_to=new.anchor, delivers=Delivery.RESULT, job_id=job_id)
        await self.say(person, message, job_id=job_id)
        return await self.job(job_id)

    async def job(self, job_id: int) -> Job:
        async with self.db.reading() as tx:
            found = await jobs.get(tx, job_id)
        assert found is not None
        return found

    async def state(self, job_id: int) -> JobState:
        return (await self.job(job_id)).state

    def upload(self, width: int = 600, height: int = 800) -> Upload:
        return Upload("photo.png", "image/png", png(width, height))


def _row(chat: int, message: Outgoing, job_id: int | None) -> NewRow:
    return NewRow(
        chat,
        dump_outgoing(message),
        edits=message.anchor if isinstance(message, Edit) else None,
        urgent=isinstance(message, Answer),
        job_id=job_id,
    )


def png(width: int, height: int) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (width, height), (180, 90, 60)).save(kept, "PNG")
    return kept.getvalue()


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size


async def opened(path: Path, **more: Any) -> Office:  # noqa: ANN401  handed through
    return Office(await Database.open(path / "courier.db"), **more)
