"""kill -9 in orders of two stages: what is cut out before the picture, what is refined after it.

The stage before leaves nothing behind at the service, so it may be done twice; the picture is
drawn, paid and sent once all the same.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.crash.conftest import Served
from tests.crash.test_kill import around, committing, dies_at, expect_one_order
from tests.crash.town import REFINED, open_town
from tests.people import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

HALVING = (*committing("engine.asking", "engine.halved"), *around("engine.cut"))
REFINING = (  # where it is not as with any other order: its photos are a picture, too
    *around("engine.prepare"),
    *committing("engine.prepared", "engine.intent"),
    *around("engine.submit"),
    *committing("engine.submitted"),
    "engine.collect.after",
    *committing("engine.delivering"),
)


@dataclass
class Refining(Served):
    """A town in which a picture has been refined, and that picture."""

    first: Message


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def keeping(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """Open a town in which somebody has kept their own trousers on."""
    async with open_town(tmp_path_factory.mktemp("keeping")) as town:
        await town.go(await town.keeping_card())
        yield Served(town, await town.result())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def refining(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Refining]:
    """Open such a town."""
    async with open_town(tmp_path_factory.mktemp("refining")) as town:
        await town.go(await town.first_card())
        first = await town.result()
        town.said = REFINED
        await town.go(await town.refining_card(first))
        yield Refining(town, await town.result(), first)


@pytest.mark.parametrize("point", HALVING)
async def test_a_process_killed_while_something_is_cut_out_still_keeps_it(
    keeping: Served, point: str
) -> None:
    town = keeping.town
    card = await town.next_card(keeping.result)
    async with expect_one_order(keeping):
        town.arm(point)
        await town.go(card)
        await dies_at(keeping, point)
    [(outcome, tries)] = town.rows("SELECT outcome, tries FROM halves ORDER BY job_id DESC LIMIT 1")
    assert outcome == "found"
    assert tries in {1, 2}
    assert "/results/" in town.sent()["bottom_garment_url"]


@pytest.mark.parametrize("point", REFINING)
async def test_a_process_killed_while_a_picture_is_refined_refines_it_once(
    refining: Refining, point: str
) -> None:
    town = refining.town
    card = await town.next_card(refining.first, "Refine")
    async with expect_one_order(refining):
        town.arm(point)
        await town.go(card)
        await dies_at(refining, point)
    assert {"person_image_url", "top_garment_url", "coarse_image_url"} == set(town.sent())
