from storage import census, inbox, ledger, outbox
from storage.database import Database
from storage.inbox import Arrival
from storage.outbox import NewRow


async def test_nothing_was_ever_written_into_a_new_database(db: Database) -> None:
    async with db.reading() as tx:
        assert await census.latest(tx) is None


async def test_the_latest_moment_is_that_of_the_newest_row_of_any_kind(db: Database) -> None:
    async with db.transaction("rows") as tx:
        await inbox.add(tx, [Arrival(1, 7, "{}")], 100.0)
        await outbox.add(tx, [NewRow(7, "{}")], 300.0)
        await ledger.grant(tx, "person:7", "2026-01-01", 5, 200.0, "a present")

    async with db.reading() as tx:
        assert await census.latest(tx) == 300.0
