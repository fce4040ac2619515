"""How often something may happen: so many times in any stretch of seconds."""

from collections import deque
from collections.abc import Hashable


class Pace:
    """At most `most` per `seconds` for each key, in any window of that length."""

    def __init__(self, most: int, seconds: float = 1.0) -> None:
        self._most = most
        self._seconds = seconds
        self._seen: dict[Hashable, deque[float]] = {}

    def allows(self, key: Hashable, now: float) -> bool:
        """Count one more at `now`, unless that would be too many; tell whether it counted."""
        seen = self._seen.setdefault(key, deque())
        while seen and seen[0] <= now - self._seconds:
            seen.popleft()
        if len(seen) >= self._most:
            return False
        seen.append(now)
        return True
