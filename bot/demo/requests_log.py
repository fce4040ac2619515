"""The record of every request the local services received, for tests and for the curious.

Entries keep what was really sent, so that a test can look for a key where it must not
be; `displayed` shows them with the secrets masked. Uploaded files are recorded by name
and size only, which is up to the services that record.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

KEPT = 10_000  # requests; a demo may run for days
MASK = "***"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: which service, which call, with what, and the HTTP status answered.

    `status` is None where the connection was closed without an answer.
    """

    number: int  # counts from 1 and never repeats
    at: float  # Unix seconds
    target: str
    call: str
    details: Mapping[str, Any]
    status: int | None


class RequestLog:
    """The newest `KEPT` requests, oldest first. `now` gives the time of an entry."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._entries: deque[Request] = deque(maxlen=KEPT)
        self._secrets: set[str] = set()
        self._count = 0

    def hide(self, secret: str) -> None:
        """Mask this text wherever entries are displayed."""
        if secret:
            self._secrets.add(secret)

    def record(
        self, target: str, call: str, details: Mapping[str, Any], status: int | None
    ) -> None:
        """Add a request that has just been answered."""
        self._count += 1
        self._entries.append(Request(self._count, self._now(), target, call, details, status))

    def of(self, target: str | None = None, call: str | None = None) -> list[Request]:
        """Return the requests to a service (and call, whatever its case), unmasked."""
        return [
            entry
            for entry in self._entries
            if target in {None, entry.target}
            and (call is None or call.lower() == entry.call.lower())
        ]

    def clear(self) -> None:
        """Forget all entries; the numbers go on."""
        self._entries.clear()

    def displayed(self, target: str | None = None, after: int = 0) -> list[dict[str, Any]]:
        """Return the requests numbered above `after` as JSON values, secrets masked."""
        return [
            {
                "number": entry.number,
                "at": entry.at,
                "target": entry.target,
                "call": self._masked(entry.call),
                "details": self._masked(entry.details),
                "status": entry.status,
            }
            for entry in self.of(target)
            if entry.number > after
        ]

    def _masked(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        match value:
            case str():
                for secret in self._secrets:
                    value = value.replace(secret, MASK)
                return value
            case Mapping():
                return {str(key): self._masked(item) for key, item in value.items()}
            case list() | tuple():
                return [self._masked(item) for item in value]
            case _:
                return value
