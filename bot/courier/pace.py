"""Pure: when a chat may be written to again. Times are Unix seconds and always given.

Telegram's figures (Bots FAQ, "My bot is hitting limits"): about one message a second in
one chat, 20 messages a minute in one group, 30 messages a second over all. In groups an
edit counts like a message; in private chats only new messages are spaced. Whatever
Telegram asks for in a 429 is added on top.
"""

from collections import defaultdict, deque
from collections.abc import Iterable

BETWEEN_MESSAGES = 1.0  # seconds, in one chat
GROUP_WINDOW, GROUP_MESSAGES = 60.0, 20  # seconds, messages and edits in one group
ALL_WINDOW, ALL_MESSAGES = 1.0, 30  # seconds, over all chats
FORGET_ABOVE = 10_000  # chats remembered before idle ones are dropped


class Pace:
    """What was sent lately, and until when Telegram wants silence."""

    def __init__(self) -> None:
        self._last: dict[int, float] = {}  # the last new message of each chat
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._all: deque[float] = deque()
        self._silent: dict[int, float] = {}
        self._all_silent = 0.0

    def free_at(self, chat_id: int, now: float, *, new: bool) -> float:
        """Return from when on a message (`new`) or an edit may go to a chat."""
        times = [
            self._all_silent,
            self._silent.get(chat_id, 0.0),
            _room(self._all, ALL_WINDOW, ALL_MESSAGES),
        ]
        if new or chat_id < 0:
            times.append(self._last.get(chat_id, 0.0) + BETWEEN_MESSAGES)
        if chat_id < 0:
            times.append(_room(self._groups[chat_id], GROUP_WINDOW, GROUP_MESSAGES))
        return max(now, *times)

    def sent(self, chat_id: int, now: float, *, new: bool) -> None:
        """Remember that something goes to a chat now."""
        _note(self._all, now, ALL_MESSAGES)
        if new or chat_id < 0:
            self._last[chat_id] = now
        if chat_id < 0:
            _note(self._groups[chat_id], now, GROUP_MESSAGES)
        if len(self._last) > FORGET_ABOVE:
            self._forget(now - GROUP_WINDOW)

    def resume(self, sent: Iterable[tuple[int, float]]) -> None:
        """Take over what the last process sent: chats and times, oldest first."""
        for chat_id, at in sent:
            self.sent(chat_id, at, new=True)

    def silence(self, chat_id: int, until: float) -> None:
        """Write nothing to a chat until a time."""
        self._silent[chat_id] = max(until, self._silent.get(chat_id, 0.0))

    def silence_all(self, until: float) -> None:
        """Write nothing to anybody until a time."""
        self._all_silent = max(until, self._all_silent)

    def _forget(self, before: float) -> None:
        self._last = {chat: at for chat, at in self._last.items() if at >= before}
        self._silent = {chat: at for chat, at in self._silent.items() if at >= before}
        for chat in [chat for chat in self._groups if chat not in self._last]:
            del self._groups[chat]


def _room(times: deque[float], window: float, most: int) -> float:
    """Return when there is room for one more within a sliding window."""
    return times[0] + window if len(times) >= most else 0.0


def _note(times: deque[float], now: float, most: int) -> None:
    times.append(now)
    while len(times) > most:
        times.popleft()
