"""Members of a group on a journey: what each writes there, and what they read."""

from dataclasses import dataclass

from tests.journeys.guest import Guest
from tests.people import Json, Message, Predicate, from_bot

CLUB = -1001
NAME = "@fitting_room_demo_bot"


@dataclass
class Member:
    """One person in one group, and in one of its topics if it has some."""

    guest: Guest
    chat: int = CLUB
    topic: int | None = None

    # --- acting -------------------------------------------------------------------------

    async def say(self, text: str, reply_to: Message | int | None = None) -> int:
        """Write a text, perhaps as a reply."""
        return await self.guest.say(text, chat=self.chat, reply_to=_id(reply_to), topic=self.topic)

    async def send(
        self, *photos: bytes, caption: str = "", reply_to: Message | int | None = None
    ) -> int:
        """Send a photo or an album and return the id of its first message."""
        sent = await self.guest.send_photos(
            *photos, chat=self.chat, caption=caption, reply_to=_id(reply_to), topic=self.topic
        )
        return sent[0]

    async def tap(self, message: Message, key: str, *, stale: bool = False) -> str:
        """Press the button with the text `key`."""
        return await self.guest.tap(message, key, stale=stale)

    # --- on the way to a picture --------------------------------------------------------

    async def agree(self, message: Message) -> None:
        """Agree to how photos are used, if that is what a message asks."""
        if self.guest.reads(message, "ask.consent"):
            await self.tap(message, "button.agree")

    async def asked(self, *keys: str) -> Message:
        """Return the next step, after agreeing where that is asked first."""
        step = await self.shown("ask.consent", *keys)
        if not self.guest.reads(step, "ask.consent"):
            return step
        await self.agree(step)
        return await self.shown(*keys)

    async def card(self, person: bytes, garment: bytes, wear: str = "top") -> Message:
        """Put an order together and be shown its card."""
        await self.send(person, caption="/tryon")
        await self.tap(await self.asked("ask.role"), "role.person")
        await self.tap(await self.shown("ask.wear"), f"wear.{wear}")
        await self.send(garment, reply_to=await self.shown(f"ask.garment.{wear}"))
        return await self.shown(f"card.{wear}")

    async def result(self, to: int | None = None) -> Message:
        """Return the finished picture; `to`: the one that answers this message, ever."""
        if to is None:
            return await self.shown("result", "result.restyle", seconds=20)
        return await self.guest.wait_for(
            lambda one: self.guest.reads(one, "result") and replied(one) == to,
            seconds=20,
            chat=self.chat,
            since=0,
        )

    # --- looking ------------------------------------------------------------------------

    async def shown(self, *keys: str, seconds: float = 10) -> Message:
        """Return the message with one of these lines that came after the last act."""
        return await self.seen(lambda one: any(self.guest.reads(one, key) for key in keys), seconds)

    async def seen(self, predicate: Predicate, seconds: float = 10) -> Message:
        """Return the message of the group that came after the last act and is as wanted."""
        return await self.guest.wait_for(
            lambda one: from_bot(one) and predicate(one), seconds, chat=self.chat
        )

    async def heard(self) -> list[Message]:
        """Return all that the bot has written in the group."""
        said = await self.guest.messages(self.chat)
        return [one for one in said if from_bot(one) and "sender_chat" not in one]

    async def in_private(self) -> None:
        """Return once the bot has handled all that this person did."""
        await self.guest.say("/help")
        await self.guest.shown("help")


def replied(message: Message) -> int:
    """Return the id of the message that a message replies to."""
    found: Json = message["reply_to_message"]
    return int(found["message_id"])


def _id(message: Message | int | None) -> int | None:
    return message if message is None or isinstance(message, int) else int(message["message_id"])
