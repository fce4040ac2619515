"""Telegram's sending limits, for whoever wants them enforced.

The real server publishes only rough numbers and allows short bursts; so does this. Off by
default: most tests want answers, not patience.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from bot.clock import Clock
from bot.demo.telegram.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class LimitRules:
    """Bots FAQ, "My bot is hitting limits"; bursts as observed."""

    chat_interval: float = 1.0  # seconds per message in one chat
    chat_burst: int = 3
    group_messages: int = 20  # per group and `group_window`, edits included
    group_window: float = 60.0  # seconds
    overall_interval: float = 1 / 30  # seconds per message, all chats together
    overall_burst: int = 30


class Limits:
    """Counts what the bot sends and refuses what is too much."""

    def __init__(
        self, clock: Clock, rules: LimitRules | None = None, *, enforced: bool = False
    ) -> None:
        self._clock = clock
        self._rules = rules or LimitRules()
        self.enforced = enforced
        self._full_at: defaultdict[int, float] = defaultdict(float)
        self._overall_full_at = 0.0
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)

    def spend(self, chat_id: int, *, group: bool, messages: int, edit: bool) -> None:
        """Count what is about to happen in a chat.

        Raises:
            ApiError: 429, if it is too much; then nothing was counted.

        """
        if not self.enforced:
            return
        rules, now = self._rules, self._clock.now()
        chat_at, overall_at = self._full_at[chat_id], self._overall_full_at
        waits = [overall_at - now - rules.overall_interval * (rules.overall_burst - 1)]
        if not edit:
            waits.append(chat_at - now - rules.chat_interval * (rules.chat_burst - 1))
        if group:
            waits.append(self._group_wait(chat_id, messages, now))
        if (wait := max(waits)) > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        if not edit:
            self._full_at[chat_id] = max(now, chat_at) + messages * rules.chat_interval
        self._overall_full_at = max(now, overall_at) + messages * rules.overall_interval
        if group:
            self._groups[chat_id].extend([now] * messages)

    def _group_wait(self, chat_id: int, messages: int, now: float) -> float:
        sent = self._groups[chat_id]
        while sent and sent[0] <= now - self._rules.group_window:
            sent.popleft()
        surplus = len(sent) + messages - self._rules.group_messages
        if surplus <= 0 or not sent:
            return 0.0
        return sent[min(surplus, len(sent)) - 1] + self._rules.group_window - now
