"""What can be ordered now, and for when."""

import pytest

from bot.dialogue.world import Offer
from bot.engine.offering import offers
from providers.causes import Cause
from storage import pauses
from tests.engine.world import World


async def offered(world: World) -> tuple[Offer, ...]:
    specs = [service.spec for service in world.services.values()]
    async with world.db.reading() as tx:
        return await offers(tx, specs, world.clock.now())


async def test_models_are_offered_in_order_with_the_time_they_take(world: World) -> None:
    world.add_service("quick", typical_seconds=(4.0, 6.0))
    found = await offered(world)
    assert [offer.spec.model for offer in found] == ["plus", "quick"]
    assert [offer.wait for offer in found] == pytest.approx([25.5, 8])


async def test_who_waits_makes_the_wait_longer(world: World) -> None:
    for person in range(14):
        await world.order(person)
    (offer,) = await offered(world)
    assert offer.wait == pytest.approx(3 + 22.5 + 10 * 22.5 / 5)


async def test_what_tasks_took_lately_is_what_is_promised(world: World) -> None:
    world.plus.takes = 40
    for person in range(5):
        await world.order(person)
    await world.advance(60)
    (offer,) = await offered(world)
    assert offer.wait == pytest.approx(43, abs=1)


@pytest.mark.parametrize(
    ("scope", "cause", "listed"),
    [
        ("model:plus", Cause.THROTTLED, ["plus"]),
        ("model:plus", Cause.SERVICE_FAILED, ["plus"]),
        ("model:plus", Cause.MODEL_GONE, []),
        ("account:acme", Cause.ARREARS, []),
        ("account:other", Cause.ARREARS, ["plus"]),
    ],
)
async def test_what_is_held_for_long_is_not_offered(
    world: World, scope: str, cause: Cause, listed: list[str]
) -> None:
    async with world.db.transaction("pause") as tx:
        await pauses.pause(tx, scope, cause, world.clock.now() + 60, world.clock.now())
    assert [offer.spec.model for offer in await offered(world)] == listed
