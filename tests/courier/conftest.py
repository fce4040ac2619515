from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.courier.office import Office, opened


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = await opened(tmp_path)
    yield made
    await made.close()
