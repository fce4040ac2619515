"""One town for all crashes: the bot dies in it again and again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from tests.crash.town import Town, open_town
from tests.people import Message


@dataclass
class Served:
    """A town in which one order is already finished; its result leads to the next."""

    town: Town
    result: Message


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """Open a town and finish one order in it."""
    async with open_town(tmp_path_factory.mktemp("town")) as town:
        await town.go(await town.first_card())
        yield Served(town, await town.result())
