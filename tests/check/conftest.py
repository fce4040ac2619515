"""The demo's servers for the time of one test, and an S3 endpoint."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.check.surroundings import Place, opened
from tests.s3 import s3, s3_server

__all__ = ["place", "s3", "s3_server"]


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with opened(tmp_path / "data") as place:
        yield place
