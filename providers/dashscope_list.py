"""DashScope's task list: how to ask for a stretch of time, and how to read its pages.

The list is where a task is found again whose submit answer was lost. A row that makes no
sense might be just that task, so it spoils its page instead of being skipped. Times in
the filters are the service's own, Beijing time to the second; in the rows they are
milliseconds since 1970. (Vendor's task management API, and the official SDK.)
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from providers.base import KnownTask
from providers.http import task_id

BEIJING = timezone(timedelta(hours=8))
LONGEST_SPAN = 24 * 3600  # seconds
PAGE_SIZE = 50  # tasks; the service's default is 10
_LATEST_MS = 1 << 53  # what a JSON number holds exactly


def span(since: float, until: float) -> tuple[int, int]:
    """Return the whole seconds that cover a stretch of time, as much as may be asked for."""
    last = math.ceil(until)
    return max(math.floor(since), last - LONGEST_SPAN), last


def filters(model: str, first: int, last: int, page: int) -> dict[str, str | int]:
    """Return the query parameters for one page of a model's tasks."""
    return {
        "start_time": beijing(first),
        "end_time": beijing(last),
        "model_name": model,
        "page_no": page,
        "page_size": PAGE_SIZE,
    }


def beijing(seconds: int) -> str:
    """Return a Unix time as the list's filters want it: YYYYMMDDhhmmss in Beijing."""
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(BEIJING).strftime("%Y%m%d%H%M%S")


def known_tasks(document: Mapping[str, Any], model: str) -> list[KnownTask] | None:
    """Return the model's tasks on a page, or None if a part of it makes no sense."""
    data = document.get("data")
    if not isinstance(data, list):
        return None
    tasks: list[KnownTask] = []
    for row in data:
        if not isinstance(row, Mapping):
            return None
        if row.get("model_name", model) != model:
            continue
        name = task_id(row.get("task_id"))
        created = _seconds(row.get("gmt_create")) or _seconds(row.get("start_time"))
        if name is None or created is None:
            return None
        tasks.append(KnownTask(name, created))
    return tasks


def pages_of(document: Mapping[str, Any]) -> int | None:
    """Return how many pages there are, or None if a page with rows does not say so."""
    pages = _whole(document.get("total_page"))
    return pages if pages > 0 or not document.get("data") else None


def _seconds(milliseconds: object) -> float | None:
    whole = _whole(milliseconds)
    return whole / 1000 if 0 < whole < _LATEST_MS else None


def _whole(value: object) -> int:
    """Return a whole number, given as such or in digits, or 0 if the value is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value[:20])
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
