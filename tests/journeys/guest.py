"""Somebody on a journey: a person who knows the bot's buttons and lines by their keys."""

import asyncio

from tests.journeys.reading import has_line, named, reads
from tests.people import Json, Message, Person, from_bot, words


class Guest(Person):
    """A person who remembers which buttons they pressed."""

    def __init__(self, base_url: str, person_id: int, language: str = "en") -> None:
        super().__init__(base_url, person_id)
        self.language = language
        self.presses: list[str] = []

    # --- acting -------------------------------------------------------------------------

    async def press(self, message: Message, button: str, *, stale: bool = False) -> str:
        """Press a button and remember it."""
        callback_id = await super().press(message, button, stale=stale)
        self.presses.append(callback_id)
        return callback_id

    async def tap(self, message: Message, key: str, *, stale: bool = False) -> str:
        """Press the button with the text `key`."""
        return await self.press(message, named(message, key, self.language), stale=stale)

    # --- on the way to a picture --------------------------------------------------------

    async def agree(self) -> Message:
        """Begin with /tryon, agree to how photos are used, and be asked for the person."""
        await self.say("/tryon")
        await self.tap(await self.shown("ask.consent"), "button.agree")
        return await self.shown("ask.person")

    async def card(self, *photos: bytes, wear: str = "top") -> Message:
        """Send an album, say what it is where that is asked, and be shown the card."""
        await self.send_photos(*photos)
        step = await self.shown("ask.consent", "ask.wear_unnamed", "card.outfit")
        if self.reads(step, "ask.consent"):
            await self.tap(step, "button.agree")
            step = await self.shown("ask.wear_unnamed", "card.outfit")
        if self.reads(step, "ask.wear_unnamed"):
            await self.tap(step, f"wear.{wear}")
            step = await self.shown(f"card.{wear}")
        return step

    async def result(self) -> Message:
        """Return the finished picture."""
        return await self.shown("result", "result.new_face", seconds=20)

    # --- looking ------------------------------------------------------------------------

    def reads(self, message: Message, key: str) -> bool:
        """Tell whether a message has this line, in their language."""
        return has_line(words(message), key, language=self.language)

    async def shown(self, *keys: str, seconds: float = 10) -> Message:
        """Return the message with one of these lines that came after the last act."""
        return await self.wait_for(reads(*keys, language=self.language), seconds)

    async def told(self, callback_id: str, key: str, *, alert: bool = False) -> None:
        """Check how a press was answered."""
        answer = await self.wait_for_answer(callback_id)
        assert has_line(answer["text"] or "", key, language=self.language), answer
        assert answer["show_alert"] is alert

    async def now(self, message: Message, *, chat: int | None = None) -> Message:
        """Return a message as it is now."""
        said, number = await self.messages(chat), message["message_id"]
        return next(one for one in said if one["message_id"] == number)

    async def heard(self, after: int = 0) -> list[Message]:
        """Return what the bot has written since the message with this id."""
        written = [one for one in await self.messages() if from_bot(one)]
        return [one for one in written if one["message_id"] > after]

    async def all_answered(self, seconds: float = 10) -> None:
        """Return once every press has its answer."""
        waiting, seq = set(self.presses), 0
        try:
            async with asyncio.timeout(seconds):
                while waiting:
                    events, _ = await self.events(seq)
                    seq = max((event["seq"] for event in events), default=seq)
                    waiting -= {_answered(event) for event in events}
        except TimeoutError:
            msg = f"{len(waiting)} of {len(self.presses)} presses were never answered"
            raise AssertionError(msg) from None


def _answered(event: Json) -> str:
    return str(event["data"].get("callback_id", ""))
