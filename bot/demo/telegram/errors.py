"""What a local Telegram refuses, on both of its sides.

`ApiError` is an answer of the Bot API, in the words of the real server: bots (and tests)
match on these descriptions. `NotPossibleError` is what a person's client would not let
them do. The functions raise, so that a refusal reads as one short sentence.
"""

from typing import NoReturn


class ApiError(Exception):
    """An answer with `ok: false`. `parameters` are the ResponseParameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class NotPossibleError(Exception):
    """Something a person cannot do; the message says why. `status` is its HTTP status."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.status = status


def refuse(what: str, **parameters: int) -> NoReturn:
    """Answer 400 in the server's usual form."""
    raise ApiError(400, f"Bad Request: {what}", **parameters)


def forbid(what: str) -> NoReturn:
    """Answer 403 in the server's usual form."""
    raise ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> NoReturn:
    """Answer 409 in the server's usual form."""
    raise ApiError(409, f"Conflict: {what}")


def too_many_requests(seconds: int) -> ApiError:
    """Return the 429 that asks to wait for `seconds`."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def impossible(why: str, status: int = 400) -> NoReturn:
    """Tell a person that this cannot be done."""
    raise NotPossibleError(why, status)
