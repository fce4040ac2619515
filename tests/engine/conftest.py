from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.engine.world import World, opened


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = await opened(tmp_path)
    yield made
    await made.engine.stop(0)
    await made.db.close()
