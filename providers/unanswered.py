"""What becomes of a call whose answer is missing or makes no sense: the same at every service."""

from providers.base import NoAnswer, Refused, Unclear
from providers.causes import Cause, Problem
from providers.http import Lost, NotSent


def not_ordered(reply: NotSent | Lost) -> Refused | Unclear:
    """Return what became of an order: refused only where nobody has seen it."""
    if isinstance(reply, NotSent):
        return Refused(Problem(Cause.SERVICE_FAILED, "not_sent", reply.reason))
    return Unclear(reply.reason)


def not_told(reply: NotSent | Lost) -> NoAnswer:
    """Return what became of a question: it can be asked again."""
    code = "not_sent" if isinstance(reply, NotSent) else "answer_lost"
    return NoAnswer(Problem(Cause.SERVICE_FAILED, code, reply.reason))


def unreadable(what: str) -> NoAnswer:
    """Return what to make of an answer in which something is missing or of the wrong kind."""
    return NoAnswer(Problem(Cause.SERVICE_FAILED, "unreadable", what))
