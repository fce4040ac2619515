"""Every code of every service's tables, and one that nobody knows: what follows from it.

As an answer to a submit and as the end of a task. From the cause follow who can mend it, what
people read, whether the operator is told, whether it is tried again, and that nothing is
charged unless a picture comes.
"""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

import pytest

from bot.views.texts import has
from providers import fashn_errors
from providers.base import Failed, NoAnswer, Refused, Unclear
from providers.causes import REMEDIES, Cause, Remedy
from providers.damo_errors import CODES as DAMO_CODES
from providers.wishes import Wear
from tests.providers.damo import ORDER as DAMO_ORDER
from tests.providers.damo import saying
from tests.providers.support import ORDER, answering, task
from tests.providers.test_dashscope_errors import CODES as DASHSCOPE_CODES

Asked = Callable[[], Awaitable[object]]
UNKNOWN = "NeverHeardOf"

# What follows from a cause. The operator is told wherever somebody else has to mend it.
TOLD = {Remedy.REPORT, Remedy.REPUBLISH, Remedy.HOLD_ACCOUNT, Remedy.DROP_MODEL}
AGAIN = {Remedy.REPUBLISH, Remedy.RESUBMIT, Remedy.WAIT, Remedy.HOLD_ACCOUNT, Remedy.DROP_MODEL}


async def submit(status: int, body: object) -> object:
    return await answering(status, body).model.submit(ORDER)


async def cut_out(status: int, body: object) -> object:
    return await answering(status, body).parsing.cut_out("oss://dir/person.jpg", Wear.TOP)


async def query(body: dict[str, str]) -> object:
    return await answering(200, task("FAILED", **body)).model.query("t-1")


async def submit_to_damo(body: object) -> object:
    return await saying(400, body).model.submit(DAMO_ORDER)


async def query_of_damo(body: object) -> object:
    return await saying(400, body).model.query("k-1")


async def run_at_fashn(body: object) -> object:
    return await answering(400, body).fashn.submit(ORDER)


async def status_at_fashn(body: object) -> object:
    told = {"id": "p-1", "status": "failed", "error": body}
    return await answering(200, told).fashn.query("p-1")


def cases() -> Iterator[tuple[str, Cause, Asked]]:
    """Yield each code of each service in both places, with the cause it has to have."""
    for status, code, message, cause in DASHSCOPE_CODES:
        body = {"code": code, "message": message}
        yield code, cause, partial(submit, status, body)
        yield code, cause, partial(query, body)
        yield code, cause, partial(cut_out, status, body)
        yield code, cause, partial(cut_out, status, {"output": body})
    body = {"code": UNKNOWN, "message": "?"}
    yield UNKNOWN, Cause.REQUEST_REFUSED, partial(cut_out, 400, body)
    yield UNKNOWN, Cause.REQUEST_REFUSED, partial(submit, 400, body)
    yield UNKNOWN, Cause.SERVICE_FAILED, partial(query, body)
    for code, cause in [*DAMO_CODES.items(), ("23509999", Cause.REQUEST_REFUSED)]:
        for written in (code, int(code)):
            said = {"code": written, "success": False, "message": "?"}
            yield code, cause, partial(submit_to_damo, said)
            yield code, cause, partial(query_of_damo, said)
    for name, cause in fashn_errors.NAMES.items():
        yield name, cause, partial(status_at_fashn, {"name": name, "message": "?"})
        if name in fashn_errors.NEVER_ENTERED:
            yield name, cause, partial(run_at_fashn, {"error": name, "message": "?"})
    yield UNKNOWN, Cause.REQUEST_REFUSED, partial(run_at_fashn, {"error": UNKNOWN})
    yield UNKNOWN, Cause.SERVICE_FAILED, partial(status_at_fashn, {"name": UNKNOWN})


ANSWERS = [
    pytest.param(cause, ask, id=f"{place}-{code}")
    for place, (code, cause, ask) in enumerate(cases())
]


@pytest.mark.parametrize(("cause", "ask"), ANSWERS)
async def test_every_code_has_a_cause_that_says_what_to_do(cause: Cause, ask: Asked) -> None:
    answer = await ask()
    if isinstance(answer, Unclear):  # the service broke, so it may have been accepted
        assert cause is Cause.SERVICE_FAILED
    else:
        assert isinstance(answer, Refused | Failed | NoAnswer)
        assert answer.problem.cause is cause


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_a_remedy_and_words_for_people_and_operators(cause: Cause) -> None:
    remedy = REMEDIES[cause]

    assert has(f"fail.{cause}")
    assert remedy not in TOLD or has(f"alert.{cause}.do") or has("alert.other")
    assert (remedy in AGAIN) is (remedy not in {Remedy.REFUND, Remedy.REPORT})
