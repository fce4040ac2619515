"""kill -9 at every point of an order's way: one task paid, one hold, one end, one picture.

A real process dies by SIGKILL and is started again. The picture may come twice only where
the process died between Telegram's acceptance and our note of it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.crash.conftest import Served
from tests.crash.town import open_town
from tests.people import words

pytestmark = pytest.mark.asyncio(loop_scope="module")


def around(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.{side}" for name in names for side in ("before", "after"))


def committing(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.{side}_commit" for name in names for side in ("before", "after"))


TAKING = (*committing("intake", "step"), *around("dispatcher.handle"))
DRAWING = (
    *around("engine.prepare", "engine.submit", "engine.query", "engine.collect", "engine.withdraw"),
    *committing(
        "engine.turn",
        "engine.prepared",
        "engine.intent",
        "engine.submitted",
        "engine.queried",
        "engine.delivering",
        "engine.tell",
        "engine.withdrawn",
    ),
)
SENDING = (*around("courier.send"), *committing("courier.settle"))
LOOKING = (*around("engine.look"), *committing("engine.orphan"))
BEGINNING = committing("engine.begin")
DETOURING = committing("engine.detour")
MAY_DOUBLE = {"courier.send.after", "courier.settle.before_commit"}


@asynccontextmanager
async def expect_one_order(served: Served, *, doubled: bool = False) -> AsyncIterator[None]:
    """Check that whatever happens inside is, in the end, exactly one order."""
    town = served.town
    tasks, results = town.tasks(), await town.results()
    yield
    served.result = await town.result()
    await town.settled()
    assert town.tasks() == tasks + 1
    assert town.ledger_of_last_job() == ["hold", "commit"]
    new_results = await town.results() - results
    assert new_results in ({1, 2} if doubled else {1})


async def dies_at(served: Served, point: str) -> None:
    """Wait for the death that was ordered."""
    town = served.town
    await town.until(lambda: point in town.deaths)


@pytest.mark.parametrize("point", TAKING + DRAWING)
async def test_a_process_killed_on_the_way_loses_and_doubles_nothing(
    served: Served, point: str
) -> None:
    town = served.town
    card = await town.next_card(served.result)
    async with expect_one_order(served):
        town.arm(point)
        await town.go(card)
        await dies_at(served, point)


@pytest.mark.parametrize("point", SENDING)
async def test_a_process_killed_while_it_sends_the_picture_sends_it_again(
    served: Served, point: str
) -> None:
    town = served.town
    card = await town.next_card(served.result)
    async with expect_one_order(served, doubled=point in MAY_DOUBLE):
        await town.go(card)
        await town.anna.wait_for(lambda message: "Being drawn" in words(message))
        town.arm(point)
        await dies_at(served, point)


@pytest.mark.parametrize("point", LOOKING)
async def test_a_process_killed_while_it_looks_for_a_lost_task_still_finds_it(
    served: Served, point: str
) -> None:
    town = served.town
    card = await town.next_card(served.result)
    async with expect_one_order(served):
        await town.control.fault("dashscope", "submit", "apply_then_drop")
        town.arm(point)
        await town.go(card)
        await dies_at(served, point)


@pytest.mark.parametrize("point", BEGINNING)
async def test_a_process_killed_while_it_begins_goes_on_the_next_time(
    served: Served, point: str
) -> None:
    town = served.town
    card = await town.next_card(served.result)
    async with expect_one_order(served):
        await town.go(card)
        await town.anna.wait_for(lambda message: "Being drawn" in words(message))
        await town.kill(then=point)
        await dies_at(served, point)


@pytest.mark.parametrize("point", DETOURING)
async def test_a_process_killed_while_an_order_goes_to_another_model_moves_it_once(
    tmp_path: Path, point: str
) -> None:
    async with open_town(tmp_path) as town:
        card = await town.first_card()
        await town.control.fault("dashscope", "submit", "404", model="aitryon-plus")
        town.arm(point)
        await town.go(card)
        await town.until(lambda: point in town.deaths)
        await town.result()
        await town.settled()
        assert town.tasks() == 1
        assert await town.results() == 1
        books = town.rows(
            "SELECT job_id, kind, daily FROM ledger WHERE job_id NOT NULL ORDER BY id"
        )
        assert books == [(1, "hold", -2), (1, "refund", 2), (2, "hold", -1), (2, "commit", 0)]
