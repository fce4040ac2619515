"""Why something failed, in one line that is safe to store, log and show to the operator.

Exceptions quote what they choke on. Addresses and keys are masked, and so is everything
that the people themselves wrote: the reason names the trouble, not the person.
"""

import json
import re
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.redaction import Redactor

MAX_LENGTH = 300  # characters of what it says
_SHORT = 4  # what is shorter says nothing about anybody, and would mask half the reason
_URL = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_redact = Redactor()  # knows no secret by name, but what they look like


def reason(error: BaseException, payloads: Iterable[str] = ()) -> str:
    """Return what an error is, says and where it arose, without secrets and without `payloads`."""
    said = " ".join(str(error).split())
    said = _redact(_URL.sub("…", said))  # of an address, only that there was one
    for text in sorted(_texts(payloads), key=len, reverse=True):
        said = said.replace(text, "…")
    if len(said) > MAX_LENGTH:
        said = said[: MAX_LENGTH - 1] + "…"
    return " ".join(part for part in (f"{type(error).__name__}:", said, _where(error)) if part)


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    return f"({'/'.join(Path(frames[-1].filename).parts[-2:])}:{frames[-1].lineno})"


def _texts(payloads: Iterable[str]) -> set[str]:
    return {
        " ".join(text.split())
        for payload in payloads
        for text in _leaves(json.loads(payload))
        if len(text) >= _SHORT
    }


def _leaves(value: object) -> Iterator[str]:
    todo = [value]
    while todo:
        match todo.pop():
            case str() as text:
                yield text
            case dict() as members:
                todo.extend(members.values())
            case list() as items:
                todo.extend(items)
            case _:
                pass
