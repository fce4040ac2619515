from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import alerts, jobs, pauses, pictures
from storage.alerts import Due
from storage.database import Database
from storage.jobs import JobState
from tests.storage.test_jobs import NEW, walk

NOW = 1_000_000.0


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "jobs.db")
    yield database
    await database.close()


async def test_a_picture_comes_back_as_it_was_put(db: Database) -> None:
    async with db.transaction("t") as tx:
        picture_id = await pictures.put(tx, b"bytes", "image/png", 3, 4, NOW)
        found = await pictures.get(tx, picture_id)
    assert found == pictures.StoredPicture(picture_id, b"bytes", "image/png", 3, 4)


async def test_old_pictures_go_but_never_one_that_was_not_delivered(db: Database) -> None:
    async with db.transaction("t") as tx:
        job_id = await jobs.create(tx, NEW, NOW)
        assert job_id is not None
        await walk(tx, job_id, JobState.PREPARING, JobState.SUBMITTING, JobState.RUNNING)
        await walk(tx, job_id, JobState.COLLECTING, JobState.DELIVERING)
        picture_id = await pictures.put(tx, b"x", "image/png", 1, 1, NOW)
        await jobs.change(tx, job_id, JobState.DELIVERING, picture_id=picture_id)
        stray = await pictures.put(tx, b"y", "image/png", 1, 1, NOW)
        assert await pictures.prune(tx, NOW + 1) == 1
        assert await pictures.get(tx, stray) is None
        await jobs.move(tx, job_id, JobState.DELIVERING, JobState.DONE, closed_at=NOW)
        assert await pictures.prune(tx, NOW + 1) == 1
        job = await jobs.get(tx, job_id)
    assert job is not None
    assert job.picture_id is None


async def test_a_pause_holds_until_its_time_and_counts_repetitions(db: Database) -> None:
    scope = pauses.of_model("m")
    async with db.transaction("t") as tx:
        await pauses.pause(tx, scope, "throttled", NOW + 5, NOW)
        assert set(await pauses.active(tx, NOW + 4)) == {scope}
        assert await pauses.active(tx, NOW + 5) == {}
        await pauses.pause(tx, scope, "throttled", NOW + 20, NOW + 10)
        held = await pauses.get(tx, scope)
        assert held == pauses.Pause(scope, "throttled", NOW + 20, 2, NOW)
        await pauses.pause(tx, scope, "model_gone", None, NOW + 11)
        held = await pauses.get(tx, scope)
        assert held == pauses.Pause(scope, "model_gone", None, 1, NOW + 11)
        assert set(await pauses.active(tx, NOW + 1e9)) == {scope}
        assert await pauses.lift(tx, scope)
        assert not await pauses.lift(tx, scope)
        assert await pauses.get(tx, scope) is None


async def test_each_cause_is_told_once_an_hour_with_what_happened_meanwhile(db: Database) -> None:
    async with db.transaction("t") as tx:
        assert await alerts.raise_(tx, "arrears", NOW) == Due("arrears", 1)
        assert await alerts.raise_(tx, "arrears", NOW + 10) is None
        assert await alerts.raise_(tx, "key_refused", NOW + 10) == Due("key_refused", 1)
        assert await alerts.raise_(tx, "arrears", NOW + 3599) is None
        assert await alerts.raise_(tx, "arrears", NOW + 3600) == Due("arrears", 3)
        assert await alerts.raise_(tx, "arrears", NOW + 3601) is None
