"""Finished pictures: downloaded once, within limits, from where they may come from.

Which addresses may be called is the gate's judgement. Whether the bytes are a picture is
the caller's: nothing is decoded here.
"""

from http import HTTPStatus

from providers.base import Collected, Failed, NoAnswer
from providers.causes import Cause, Problem
from providers.gate import Barred, Gate
from providers.http import Answered, Lost, NotSent
from providers.unanswered import not_told

LARGEST_PICTURE = 20_000_000  # bytes; a 4096 px PNG, the largest size, stays below
DOWNLOAD_SECONDS = 120.0  # for the whole picture, however slowly it drips

# Worth asking again; anything else but 200 will not get better: the link is gone (403 and
# 404 at object stores), leads elsewhere (3xx) or was never right.
_PASSING = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


class ResultFetcher:
    """Downloads results through a gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def collect(self, url: str) -> Collected | Failed | NoAnswer:
        """Download the bytes behind a result URL. Redirects are refused."""
        match await self._gate.exchange(
            "GET", url, limit=LARGEST_PICTURE, seconds=DOWNLOAD_SECONDS
        ):
            case Barred(reason):
                return _unusable("barred", reason)
            case NotSent() | Lost() as missing:
                return not_told(missing)
            case Answered() as answer:
                return _judged(answer)


def _judged(answer: Answered) -> Collected | Failed | NoAnswer:
    status = answer.status
    if status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        problem = Problem(Cause.SERVICE_FAILED, f"http_{status}", "the picture, for now")
        return NoAnswer(problem, answer.retry_after)
    if status != HTTPStatus.OK:
        return _unusable(f"http_{status}", "no picture at the result URL")
    if answer.unread:
        return _unusable("unread", answer.unread)
    if not answer.body:
        return NoAnswer(Problem(Cause.SERVICE_FAILED, "empty", "a picture of no bytes"))
    return Collected(answer.body)


def _unusable(code: str, message: str) -> Failed:
    return Failed(Problem(Cause.RESULT_UNUSABLE, code, message))
