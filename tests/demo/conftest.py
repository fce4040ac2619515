"""A local Telegram for tests: its people at hand, its bot as python-telegram-bot sees it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.request import RequestData

from bot.clock import Clock
from bot.demo.telegram import BotAccount, GroupChat, LocalTelegram, PersonAccount, Topic, World
from bot.demo.telegram.direct import BASE_FILE_URL, BASE_URL, DirectRequest
from bot.demo.telegram.gateway import JSON_TYPE, Answer, answer
from bot.demo.telegram.model import Channel
from bot.demo.telegram.people import Somebody
from tests.demo.bot_api import problems_of, problems_of_result

TOKEN = "4242:a-token-for-tests"
ANNA, BEN, MEI, OLGA = 1001, 1002, 1003, 1004
CLUB, FORUM, BASIC, NEWS = -1001, -1002, -5, -1003
DRESSES, SHOES = 2, 3  # topics of the forum
NOON = 1_800_000_000.0

WORLD = World(
    BotAccount(4242, "Fitting Room", "fitting_room_demo_bot", TOKEN),
    (
        PersonAccount(ANNA, "Anna", "anna", "en"),
        PersonAccount(BEN, "Ben", None, "en"),
        PersonAccount(MEI, "Mei", "mei", "zh-hans"),
        PersonAccount(OLGA, "Olga", "olga", None, operator=True),
    ),
    (
        GroupChat(
            CLUB,
            "Style Club",
            (ANNA, BEN, MEI),
            username="style_club",
            channel=Channel(NEWS, "Style News", "style_news"),
        ),
        GroupChat(FORUM, "Wardrobe", (ANNA, BEN), topics=(Topic(2, "Dresses"), Topic(3, "Shoes"))),
        GroupChat(BASIC, "Small group", (ANNA, BEN), supergroup=False),
    ),
)

Json = dict[str, Any]


class CheckedRequest(DirectRequest):
    """Checks every answer of the local Telegram against the Bot API's description."""

    def __init__(self, telegram: LocalTelegram) -> None:
        super().__init__(telegram)
        self.problems: list[str] = []

    async def _answer(self, url: str, data: RequestData | None) -> Answer:
        made = await super()._answer(url, data)
        if "/file/" not in url and made.status is not None and made.media_type == JSON_TYPE:
            shown = json.loads(made.body)
            if shown["ok"]:
                self.problems += problems_of_result(
                    url.partition("?")[0].rpartition("/")[2], shown["result"]
                )
            else:
                self.problems += problems_of("ResponseParameters", shown.get("parameters", {}))
        return made


class Local:
    """A local Telegram whose clock stands still, with its bot and its people."""

    def __init__(self, world: World = WORLD, *, enforce_limits: bool = False) -> None:
        self.clock = Clock(start=NOON, speed=0)
        self.telegram = LocalTelegram(self.clock, world, enforce_limits=enforce_limits)
        self.request = CheckedRequest(self.telegram)
        self.bot: Bot = Bot(
            TOKEN,
            base_url=BASE_URL,
            base_file_url=BASE_FILE_URL,
            request=self.request,
            get_updates_request=self.request,
        )
        self._offset = 0

    def person(self, person: int, chat: int | None = None) -> Somebody:
        return Somebody(self.telegram, person, chat or person)

    def start(self, *people: int) -> None:
        """Let people begin a private chat, and let the bot have seen it."""
        for person in people:
            self.person(person).say("/start")
        self.telegram.updates.forget_all()

    async def updates(self, allowed: list[str] | None = None) -> tuple[Update, ...]:
        """Return the updates that came since the last time, and confirm them the next time."""
        updates = await self.bot.get_updates(offset=self._offset, allowed_updates=allowed)
        if updates:
            self._offset = updates[-1].update_id + 1
        return updates

    async def call(self, method: str, **params: object) -> Json:
        """Call a method with exactly these parameters and return the answer as it is."""
        made = await answer(self.telegram, TOKEN, method, params, {})
        shown: Json = json.loads(made.body)
        return shown

    async def refused(self, method: str, **params: object) -> str:
        """Call a method that is to fail, and return the description."""
        shown = await self.call(method, **params)
        assert not shown["ok"], shown
        description: str = shown["description"]
        return description

    def events(self, person: int, after: int = 0) -> list[Json]:
        return self.telegram.feed.after(person, after)


@pytest.fixture(autouse=True)
def _durations_as_durations(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without it python-telegram-bot warns whenever it is told to wait.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def local() -> AsyncIterator[Local]:
    made = Local()
    await made.bot.initialize()
    yield made
    await made.telegram.close()
    assert made.request.problems == []
