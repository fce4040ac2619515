"""What happens around jobs that find another way, and how it is seen."""

from bot.engine import answering
from bot.messages import Edit, Send
from providers.causes import Cause
from storage import ledger, pauses
from storage.jobs import JobState
from tests.engine.world import BUDGET, DAY, World

REFUNDED = ["hold", "refund"]
PAID = ["hold", "commit"]


async def balance(world: World, person: int = 1) -> int:
    async with world.db.reading() as tx:
        return (await ledger.balance(tx, f"person:{person}", DAY)).total


async def hold(world: World, scope: str, cause: Cause, seconds: float) -> None:
    now = world.clock.now()
    async with world.db.transaction("hold") as tx:
        await pauses.pause(tx, scope, cause, now + seconds, now)
    world.engine.wake()


async def lift(world: World, scope: str) -> None:
    async with world.db.transaction("lift") as tx:
        await pauses.lift(tx, scope)
    world.engine.wake()


async def questions(world: World, chat: int = 1) -> list[Send]:
    """Return the messages with a yes and a no."""
    found = [each for each in await world.messages(chat) if isinstance(each, Send)]
    return [each for each in found if len(each.content.keyboard) == 2]


async def progress(world: World, chat: int = 1) -> str:
    """Return what the order's own message says now."""
    edits = [each for each in await world.messages(chat) if isinstance(each, Edit)]
    return [each.content.text for each in edits if "?" not in each.anchor][-1]


async def settled(world: World, chat: int = 1) -> list[str]:
    """Return what the questions say that came to their end."""
    edits = [each for each in await world.messages(chat) if isinstance(each, Edit)]
    assert all(each.content.keyboard == () for each in edits if "?" in each.anchor)
    return [each.content.text for each in edits if "?" in each.anchor]


async def yes(world: World, job_id: int, day: str = DAY) -> None:
    specs = {model: service.spec for model, service in world.services.items()}
    async with world.db.transaction("yes") as tx:
        await answering.take(tx, job_id, specs, BUDGET, day, world.clock.now())
    world.wake()


async def no(world: World, job_id: int) -> None:
    async with world.db.transaction("no") as tx:
        await answering.decline(tx, job_id, world.clock.now())
    world.wake()


async def asked(world: World) -> int:
    """Order from a model that is gone, so that only a dearer one could draw it."""
    world.add_service("dear", credits=3, cost=900)
    await hold(world, "model:plus", Cause.MODEL_GONE, 3600)
    job_id = await world.order()
    await world.advance(1)
    assert (await world.job(job_id)).state is JobState.OFFERED
    return job_id
