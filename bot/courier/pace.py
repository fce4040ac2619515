"""Pure: when a chat may be written to again. Times are Unix seconds and always given.

Telegram's figures (Bots FAQ, "My bot is hitting limits"): about one message a second in
one chat, 20 messages a minute in one group, 30 messages a second over all. In groups an
edit counts like a message; in private chats edits are only kept far enough apart that of
a burst just the last is shown. Whatever Telegram asks for in a 429 comes on top.
"""

from collections import defaultdict, deque
from collections.abc import Iterable

BETWEEN_MESSAGES = 1.0  # seconds, in one chat
BETWEEN_EDITS = 0.25  # seconds, in one private chat
GROUP_WINDOW, GROUP_MESSAGES = 60.0, 20  # seconds, messages and edits in one group
ALL_WINDOW, ALL_MESSAGES = 1.0, 30  # seconds, over all chats
FLOOD_ALONE = 1.0  # seconds of silence everywhere when one chat was too much
FLOOD_TOGETHER = 10.0  # seconds within which two chats being too much mean the common limit
FORGET_ABOVE = 10_000  # chats remembered before idle ones are dropped


class Pace:
    """What was sent lately, and until when Telegram wants silence."""

    def __init__(self) -> None:
        self._messages: dict[int, float] = {}  # the last new message of each chat
        self._edits: dict[int, float] = {}
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()
        self._silent: dict[int, float] = {}
        self._all_silent = 0.0
        self._flooded: tuple[int, float] | None = None  # the last chat that was too much, and when

    def anything_free_at(self, now: float) -> float:
        """Return from when on anything may be sent to anybody."""
        return max(now, self._all_silent, _room(self._all, ALL_WINDOW, ALL_MESSAGES))

    def free_at(self, chat_id: int, now: float, *, new: bool, share: int = GROUP_MESSAGES) -> float:
        """Return from when on a message (`new`) or an edit may go to a chat.

        `share`: in a group, with how many messages a minute this may be one of them.
        """
        times = [self.anything_free_at(now), self._silent.get(chat_id, 0.0)]
        if new or chat_id < 0:
            times.append(self._messages.get(chat_id, 0.0) + BETWEEN_MESSAGES)
        else:
            times.append(self._edits.get(chat_id, 0.0) + BETWEEN_EDITS)
        if chat_id < 0:
            times.append(_room(self._groups[chat_id], GROUP_WINDOW, share))
        return max(times)

    def sent(self, chat_id: int, now: float, *, new: bool) -> None:
        """Remember that something goes to a chat now."""
        self.called(now)
        if new or chat_id < 0:
            self._messages[chat_id] = now
        else:
            self._edits[chat_id] = now
        if chat_id < 0:
            _note(self._groups[chat_id], now, GROUP_MESSAGES)
        if len(self._messages) + len(self._edits) > FORGET_ABOVE:
            self._forget(now - GROUP_WINDOW)

    def called(self, now: float) -> None:
        """Remember that something was sent that belongs to no chat's limits."""
        _note(self._all, now, ALL_MESSAGES)

    def resume(self, sent: Iterable[tuple[int, float]]) -> None:
        """Take over what the last process sent: chats and times, oldest first."""
        for chat_id, at in sent:
            self.sent(chat_id, at, new=True)

    def flood(self, chat_id: int, now: float, seconds: float) -> None:
        """Keep the silence Telegram asked for after a message to a chat.

        It does not say which limit was exceeded. If another chat was too much just before,
        it was the common one; otherwise a moment of silence everywhere is enough.
        """
        self._silent[chat_id] = max(now + seconds, self._silent.get(chat_id, 0.0))
        other = self._flooded is not None and self._flooded[0] != chat_id
        common = other and self._flooded is not None and now - self._flooded[1] <= FLOOD_TOGETHER
        everywhere = seconds if common else min(seconds, FLOOD_ALONE)
        self._all_silent = max(now + everywhere, self._all_silent)
        self._flooded = (chat_id, now)

    def _forget(self, before: float) -> None:
        for known in (self._messages, self._edits, self._silent):
            for chat in [chat for chat, at in known.items() if at < before]:
                del known[chat]
        for chat in [chat for chat in self._groups if chat not in self._messages]:
            del self._groups[chat]


def _room(times: deque[float], window: float, most: int) -> float:
    """Return when there is room for one more within a sliding window."""
    return times[-most] + window if len(times) >= most else 0.0


def _note(times: deque[float], now: float, most: int) -> None:
    times.append(now)
    while len(times) > most:
        times.popleft()
