"""The engine as a process runs it: by its own loops, until it is stopped."""

import asyncio

from storage.jobs import JobState
from tests.engine.world import World


async def until(world: World, state: JobState, jobs: int) -> None:
    """Let time pass until so many jobs are in a state."""
    for _ in range(3000):
        if (await world.states()).get(state) == jobs:
            return
        world.clock.advance(0.05)
    raise AssertionError(await world.states())


async def test_the_loops_take_orders_to_their_pictures(world: World) -> None:
    running = asyncio.create_task(world.engine.run())
    for person in range(3):
        await world.order(person)
    await until(world, JobState.DELIVERING, 3)
    await world.order(9)
    await until(world, JobState.DELIVERING, 4)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()


async def test_stopping_lets_what_was_begun_come_to_its_end(world: World) -> None:
    go_on = asyncio.Event()
    submit = world.plus.submit

    async def slow(request: object) -> object:
        answer = await submit(request)  # type: ignore[arg-type]  # handed through
        await go_on.wait()
        return answer

    world.plus.submit = slow  # type: ignore[method-assign,assignment]  # a slow service
    running = asyncio.create_task(world.engine.run())
    await world.order()
    await until(world, JobState.SUBMITTING, 1)
    stopping = asyncio.create_task(world.engine.stop(5))
    go_on.set()
    await stopping
    await running
    assert await world.states() == {JobState.RUNNING: 1}


async def test_the_engine_waits_for_a_database_that_cannot_be_used_yet(world: World) -> None:
    async with world.db.transaction("break") as tx:
        await tx.run("ALTER TABLE pauses RENAME TO away")
    running = asyncio.create_task(world.engine.run())
    await world.order()
    for _ in range(20):
        world.clock.advance(1)
        assert await world.states() == {JobState.QUEUED: 1}
    async with world.db.transaction("mend") as tx:
        await tx.run("ALTER TABLE away RENAME TO pauses")
    await until(world, JobState.DELIVERING, 1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
