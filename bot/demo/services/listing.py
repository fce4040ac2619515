"""What the task list is asked for, and which tasks that is.

Source: the vendor's page on managing asynchronous tasks. Without times the list covers
the last 24 hours, with one of them the 24 hours after or before it, never more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.demo.services.catalogue import whole
from bot.demo.services.clocks import compact
from bot.demo.services.refusals import INVALID_PARAMETER, Refusal
from bot.demo.services.tasks import LISTED, Task

LONGEST_SPAN = 24 * 3600  # seconds
PAGE, LARGEST_PAGE = 10, 100  # tasks

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listing:
    """One question to the list. Empty texts ask for anything."""

    since: float  # Unix seconds, both included
    until: float
    model: str
    task: str
    status: str
    page: int
    size: int

    def covers(self, task: Task) -> bool:
        """Tell whether a task is meant, as far as it never changes."""
        return (
            self.since <= task.submitted < self.until + 1
            and self.model in {"", task.model}
            and self.task in {"", task.id}
        )

    def shown(self, tasks: Sequence[Task], now: float) -> Json:
        """Return the page of these tasks as they are at `now`."""
        rows = [task.row(now) for task in tasks]
        rows = [row for row in rows if self.status in {"", row["status"]}]
        return {
            "total": len(rows),
            "data": rows[(self.page - 1) * self.size :][: self.size],
            "total_page": -(-len(rows) // self.size),
            "page_no": self.page,
            "page_size": self.size,
        }


def read(params: Mapping[str, str], now: float) -> Listing:
    """Read the query parameters of a list call.

    Raises:
        Refusal: if one of them is wrong.

    """
    since, until = _span(params, now)
    size, status = whole(params, "page_size", PAGE), params.get("status", "")
    if size > LARGEST_PAGE or (status and status not in LISTED):
        raise Refusal(INVALID_PARAMETER)
    return Listing(
        since=since,
        until=until,
        model=params.get("model_name", ""),
        task=params.get("task_id", ""),
        status=status,
        page=whole(params, "page_no", 1),
        size=size,
    )


def _span(params: Mapping[str, str], now: float) -> tuple[float, float]:
    since, until = (_time(params.get(name, "")) for name in ("start_time", "end_time"))
    if until is None:
        until = now if since is None else since + LONGEST_SPAN
    if since is None:
        since = until - LONGEST_SPAN
    if not 0 <= until - since <= LONGEST_SPAN:
        raise Refusal(INVALID_PARAMETER)
    return since, until


def _time(text: str) -> float | None:
    moment = compact(text) if text else None
    if text and moment is None:
        raise Refusal(INVALID_PARAMETER)
    return moment
