"""Times as the service writes and reads them: Beijing time, to the millisecond or second."""

import re
from datetime import UTC, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
_COMPACT = re.compile(r"\d{14}", re.ASCII)


def written(seconds: float) -> str:
    """Return a Unix time as in task answers: "2024-07-30 15:39:55.080"."""
    moment = datetime.fromtimestamp(seconds, tz=UTC).astimezone(BEIJING)
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds")


def compact(text: str) -> float | None:
    """Return the Unix time of "20240730153955", None if it is no such time."""
    if not _COMPACT.fullmatch(text):
        return None
    try:
        moment = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)
    except ValueError:
        return None
    return moment.timestamp()
