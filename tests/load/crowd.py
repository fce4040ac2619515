"""People who order at once: each sends two photos and presses what the bot shows them."""

import io
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from PIL import Image

from bot.demo.samples import SAMPLES
from bot.demo.telegram import BotAccount, GroupChat, PersonAccount, World
from bot.demo.telegram.files import Upload
from bot.demo.telegram.people import Somebody
from bot.demo.world import BOT
from tests.journeys.reading import has_line, pattern
from tests.load.town import Town
from tests.people import buttons, words

FIRST_PERSON, FIRST_GROUP = 2001, -3001
# What is pressed where: the first of these that a message offers.
WAY = ("button.agree", "wear.top", "button.go")
SIDE = 800  # px of the photos' longer side

Json = dict[str, Any]


def world(people: int, groups: int) -> World:
    """Return people, each in one of the groups, in which the bot sees all that is said."""
    ids = range(FIRST_PERSON, FIRST_PERSON + people)
    return World(
        bot=BotAccount(BOT.id, BOT.first_name, BOT.username, BOT.token, privacy_mode=False),
        people=tuple(PersonAccount(one, f"Person {one}", f"person_{one}") for one in ids),
        groups=tuple(
            GroupChat(FIRST_GROUP - number, f"Group {number}", tuple(ids[number::groups]))
            for number in range(groups)
        ),
    )


@cache
def photo(name: str) -> Upload:
    """Return a sample photo, small enough for hundreds of them."""
    with Image.open(io.BytesIO(SAMPLES[name].draw())) as image:
        image.thumbnail((SIDE, SIDE))
        out = io.BytesIO()
        image.save(out, "JPEG", quality=90)
    return Upload(f"{name}.jpg", "image/jpeg", out.getvalue())


@dataclass
class Crowd:
    """Everybody in a town, and what they have seen and pressed."""

    town: Town
    pictures: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    heard: dict[tuple[int, int], list[tuple[float, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    held: list[int] = field(default_factory=list)  # objects of the bot's, now and then
    _seen: dict[int, int] = field(default_factory=dict)
    _pressed: set[tuple[int, int, str]] = field(default_factory=set)

    def somebody(self, person: int, chat: int | None = None) -> Somebody:
        """Return a person in their private chat, or in a group."""
        return Somebody(self.town.telegram, person, chat or person)

    async def order(self, person: int, chat: int | None = None) -> None:
        """Begin an order with an album."""
        uploads = [photo("woman"), photo("tee")]
        await self.somebody(person, chat).send_photos(uploads, caption="/tryon" if chat else "")

    def react(self) -> None:
        """Let everybody press what they were shown since the last time."""
        for person in self.town.telegram.people:
            seen = self._seen.get(person, 0)
            for event in self.town.telegram.feed.after(person, seen):
                self._seen[person] = event["seq"]
                if event["event"] in {"message", "edited"}:
                    self._look(person, event["event"], event["data"]["message"])

    def _look(self, person: int, event: str, message: Json) -> None:
        chat = message["chat"]["id"]
        mine = (
            chat == person
            or message.get("reply_to_message", {}).get("author") == person
            or self._answers(message, chat) == person
        )
        if message.get("from", {}).get("id") != self.town.telegram.bot.id or not mine:
            return
        if event == "message":
            self.heard[person, chat].append((self.town.clock.now(), words(message)))
            if has_line(words(message), "result"):
                self.pictures[person].append(self.town.clock.now())
        shown = buttons(message)
        for key in WAY:
            for name, data in shown.items():
                press = (chat, message["message_id"], data)
                if pattern(key).fullmatch(name) and press not in self._pressed:
                    self._pressed.add(press)
                    self.somebody(person, chat).press(message["message_id"], data)
                    return

    def _answers(self, message: Json, chat: int) -> int | None:
        """Return who wrote what a message answers."""
        replied = message.get("reply_to_message")
        if replied is None:
            return None
        found = self.somebody(self._anybody(chat), chat).chat.messages.get(replied["message_id"])
        return found.author if found else None

    def _anybody(self, chat: int) -> int:
        known = self.town.telegram.chats.get(chat)
        assert known is not None
        return known.audience()[0]
