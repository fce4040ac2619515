"""People of a local Telegram, for tests: act as one, and wait for what the bot does.

A `Person` is a Telegram client over the people's API. Waiting is driven by events, never by
sleeping, and bounded in real seconds so that a broken bot fails a test instead of hanging it.
`Control` holds the strings behind the scenes: clock, faults, groups, the record of requests.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

Message = dict[str, Any]
Json = dict[str, Any]
Predicate = Callable[[Message], bool]
_ONE_WAIT = 5.0  # real seconds a single long poll lasts


class _Client:
    """One HTTP client; `transport` is for apps that are called without a network."""

    def __init__(self, base_url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.http = httpx.AsyncClient(base_url=base_url, transport=transport, timeout=30)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.http.aclose()

    async def _call(self, method: str, path: str, **how: Any) -> Json:  # noqa: ANN401  httpx's own keyword arguments
        answer = await self.http.request(method, path, **how)
        body: Json = answer.json()
        if answer.is_error:
            raise NotAllowedError(answer.status_code, body.get("error", ""))
        return body


class NotAllowedError(Exception):
    """The local Telegram would not let this person do that."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{status}: {why}")
        self.status = status
        self.why = why


class Person(_Client):
    """Somebody with a Telegram client. Without `chat`, acts happen in their private chat.

    Each act moves a mark: `wait_for` looks at what was posted or edited after the last act.
    """

    def __init__(
        self,
        base_url: str,
        person_id: int,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(base_url, transport)
        self.id = person_id
        self.mark = 0

    # --- acting ------------------------------------------------------------------------

    async def _act(self, act: str, chat: int | None, **how: Any) -> Json:  # noqa: ANN401  httpx's own keyword arguments
        done = await self._call("POST", f"/people/{self.id}/chats/{chat or self.id}/{act}", **how)
        self.mark = done["seq"]
        return done

    async def say(
        self,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> int:
        """Write a text and return its message id."""
        body = {"text": text, "reply_to": reply_to, "topic": topic}
        message_id: int = (await self._act("text", chat, json=body))["message_id"]
        return message_id

    async def send_photos(
        self,
        *pictures: bytes,
        chat: int | None = None,
        caption: str = "",
        as_files: bool = False,
        reply_to: int | None = None,
        topic: int | None = None,
        names: tuple[str, ...] = (),
    ) -> list[int]:
        """Send pictures, several as an album, and return the message ids."""
        known = names or tuple(f"picture-{number}.jpg" for number in range(len(pictures)))
        fields = {
            "caption": caption,
            "as": "document" if as_files else "photo",
            "reply_to": "" if reply_to is None else str(reply_to),
            "topic": "" if topic is None else str(topic),
        }
        files = [("file", (name, data)) for name, data in zip(known, pictures, strict=True)]
        done = await self._act("photos", chat, data=fields, files=files)
        message_ids: list[int] = done["message_ids"]
        return message_ids

    async def send_other(self, kind: str, *, chat: int | None = None) -> int:
        """Send a sticker, a voice note or the like."""
        message_id: int = (await self._act("other", chat, json={"kind": kind}))["message_id"]
        return message_id

    async def edit(self, message_id: int, chat: int | None = None, **content: str) -> None:
        """Change the `text` or `caption` of a message of theirs."""
        await self._act("edit", chat, json={"message_id": message_id, **content})

    async def delete(self, message_id: int, chat: int | None = None) -> None:
        """Delete a message."""
        await self._act("delete", chat, json={"message_id": message_id})

    async def forward(self, from_chat: int, message_id: int, *, chat: int | None = None) -> int:
        """Forward a message."""
        body = {"from_chat": from_chat, "message_id": message_id}
        forwarded: int = (await self._act("forward", chat, json=body))["message_id"]
        return forwarded

    async def press(self, message: Message, button: str, *, stale: bool = False) -> str:
        """Press a button, named by its text or data, and return the press's id.

        `stale`: press it even if the message does not show it any more.
        """
        data = buttons(message).get(button, button)
        body = {"message_id": message["message_id"], "data": data, "stale": stale}
        callback_id: str = (await self._act("press", message["chat"]["id"], json=body))[
            "callback_id"
        ]
        return callback_id

    async def block(self) -> None:
        """Block the bot."""
        await self._call("POST", f"/people/{self.id}/block")

    async def unblock(self) -> None:
        """Unblock the bot."""
        await self._call("POST", f"/people/{self.id}/unblock")

    # --- looking -----------------------------------------------------------------------

    async def messages(self, chat: int | None = None) -> list[Message]:
        """Return all messages of a chat, oldest first."""
        path = f"/people/{self.id}/chats/{chat or self.id}/messages"
        messages: list[Message] = (await self._call("GET", path))["messages"]
        return messages

    async def last(self, chat: int | None = None) -> Message:
        """Return the newest message of a chat."""
        return (await self.messages(chat))[-1]

    async def commands(self, chat: int | None = None) -> list[str]:
        """Return the names of the bot commands offered in a chat."""
        path = f"/people/{self.id}/chats/{chat or self.id}/commands"
        return [one["command"] for one in (await self._call("GET", path))["commands"]]

    async def picture(self, message: Message) -> bytes:
        """Return the bytes of a message's photo (its largest size) or file."""
        shown = message["photo"][-1] if "photo" in message else message["document"]
        answer = await self.http.get(f"/people/files/{shown['file_unique_id']}")
        answer.raise_for_status()
        return answer.content

    # --- waiting -----------------------------------------------------------------------

    async def events(self, after: int, seconds: float = _ONE_WAIT) -> tuple[list[Json], int]:
        """Return what happened after the event `after`, waiting if it was nothing yet."""
        query = {"after": after, "seconds": seconds}
        news = await self._call("GET", f"/people/{self.id}/wait", params=query)
        return news["events"], news["seq"]

    async def wait_for(
        self,
        predicate: Predicate,
        seconds: float = 10,
        *,
        chat: int | None = None,
        since: int | None = None,
    ) -> Message:
        """Return the first message, posted or edited after the last act, that is as wanted.

        It is returned as it was then; it may have been edited since. `since`: count from
        another event; 0 looks at everything that ever happened.
        """
        seq = self.mark if since is None else since
        here = chat or self.id
        try:
            async with asyncio.timeout(seconds):
                while True:
                    events, _ = await self.events(seq)
                    for event in events:
                        seq = event["seq"]
                        message: Message | None = event["data"].get("message")
                        if message and message["chat"]["id"] == here and predicate(message):
                            return message
        except TimeoutError:
            said = await self.messages(chat)
            raise AssertionError(_transcript(self.id, seconds, said)) from None

    async def wait_for_answer(self, callback_id: str, seconds: float = 10) -> Json:
        """Return the bot's answer to a press: its text and whether it is an alert."""
        seq = 0
        async with asyncio.timeout(seconds):
            while True:
                events, _ = await self.events(seq)
                for event in events:
                    seq = event["seq"]
                    data: Json = event["data"]
                    if event["event"] == "answer" and data["callback_id"] == callback_id:
                        return data


class Control(_Client):
    """The strings behind the scenes."""

    async def now(self) -> float:
        """Return the time of the local world."""
        moment: float = (await self._call("GET", "/control/clock"))["now"]
        return moment

    async def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        await self._call("POST", "/control/clock", json={"advance": seconds})

    async def fault(
        self, target: str, call: str, kind: str, times: int = 1, **params: object
    ) -> None:
        """Order a fault; see `bot.demo.faults`."""
        body = {"target": target, "call": call, "kind": kind, "times": times, **params}
        await self._call("POST", "/control/faults", json=body)

    async def clear_faults(self) -> None:
        """Forget the faults that have not happened."""
        await self._call("DELETE", "/control/faults")

    async def requests(self, target: str | None = None, call: str | None = None) -> list[Json]:
        """Return the requests received by the local services."""
        query = {"target": target} if target else {}
        entries: list[Json] = (await self._call("GET", "/control/requests", params=query))[
            "requests"
        ]
        return [one for one in entries if call in {None, one["call"]}]

    async def enforce_limits(self, *, enforce: bool = True) -> None:
        """Let the local Telegram answer 429 like the real one."""
        await self._call("POST", "/control/limits", json={"enforce": enforce})

    async def inject(self, update: Json) -> int:
        """Hand the bot any update at all and return its id."""
        body = {"update": update}
        update_id: int = (await self._call("POST", "/control/updates", json=body))["update_id"]
        return update_id

    async def set_bot(self, chat: int, status: str, **how: object) -> None:
        """Add, promote, restrict or remove the bot in a group."""
        await self._call("POST", f"/control/chats/{chat}/bot", json={"status": status, **how})

    async def set_member(self, chat: int, person: int, status: str, **how: object) -> None:
        """Add, promote or remove a person in a group."""
        body = {"person": person, "status": status, **how}
        await self._call("POST", f"/control/chats/{chat}/members", json=body)

    async def set_privacy(self, *, on: bool) -> None:
        """Let the bot see everything in groups, or only what is meant for it."""
        await self._call("POST", "/control/privacy", json={"on": on})

    async def post_in_channel(self, chat: int, caption: str, picture: bytes) -> int:
        """Post in a group's channel; return the number of what arrives in the group."""
        files = {"file": ("post.jpg", picture, "image/jpeg")}
        form = {"caption": caption}
        done = await self._call("POST", f"/control/chats/{chat}/post", data=form, files=files)
        message_id: int = done["message_id"]
        return message_id

    async def migrate(self, chat: int) -> int:
        """Make a basic group a supergroup and return its new id."""
        done = await self._call("POST", f"/control/chats/{chat}/migrate", json={})
        new_id: int = done["chat_id"]
        return new_id


# --- describing messages -----------------------------------------------------------------


def buttons(message: Message) -> dict[str, str]:
    """Return a message's inline buttons, text to data, in reading order."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


def words(message: Message) -> str:
    """Return a message's text or caption."""
    said: str = message.get("text") or message.get("caption") or ""
    return said


def from_bot(message: Message) -> bool:
    """Tell whether the bot wrote a message."""
    sender: Mapping[str, Any] = message.get("from", {})
    return bool(sender.get("is_bot"))


def says(part: str) -> Predicate:
    """Return a predicate: a message of the bot's that contains this."""
    return lambda message: from_bot(message) and part in words(message)


def has_button(name: str) -> Predicate:
    """Return a predicate: a message with a button of this text or data."""
    return lambda message: name in {*buttons(message), *buttons(message).values()}


def has_picture(message: Message) -> bool:
    """Tell whether the bot sent a photo."""
    return from_bot(message) and "photo" in message


def _transcript(person: int, seconds: float, messages: list[Message]) -> str:
    lines = [
        json.dumps(
            {
                "id": message["message_id"],
                "from": message.get("from", {}).get("first_name"),
                "says": words(message),
                "photo": "photo" in message,
                "buttons": buttons(message),
            },
            ensure_ascii=False,
        )
        for message in messages[-10:]
    ]
    shown = "\n".join(lines) or "(nothing)"
    return f"Person {person} waited {seconds} s in vain. The end of the chat:\n{shown}"
