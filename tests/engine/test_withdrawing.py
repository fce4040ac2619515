"""What was published is taken away when its job is over, whatever happens in between."""

from collections import deque

import pytest

from bot.engine.tidying import TRIED_FOR, Tidying
from providers.base import NoAnswer, Refused
from providers.causes import Cause, Problem
from storage.jobs import JobState
from tests.engine.world import FakeHost, World

AWAY = NoAnswer(Problem(Cause.PHOTO_UNREACHABLE, "failed", "no connection"))


class StubbornHost(FakeHost):
    """A photo host that cannot always be reached when something is to be withdrawn."""

    def __init__(self) -> None:
        super().__init__()
        self.troubles: deque[NoAnswer] = deque()
        self.always: NoAnswer | None = None
        self.asked = 0

    async def withdraw(self, ref: str) -> NoAnswer | None:  # type: ignore[override]  # says more
        self.asked += 1
        if self.always is not None:
            return self.always
        if self.troubles:
            return self.troubles.popleft()
        await super().withdraw(ref)
        return None


@pytest.fixture
def host(world: World) -> StubbornHost:
    world.plus.host = StubbornHost()
    return world.plus.host


async def test_a_host_that_is_away_is_asked_again(world: World, host: StubbornHost) -> None:
    host.troubles.extend([AWAY] * 3)
    job_id = await world.order()

    await world.advance(20.5)
    assert (await world.job(job_id)).state is JobState.DELIVERING
    assert (await world.job(job_id)).inputs is not None

    await world.advance(60)
    assert host.published == {}
    assert (await world.job(job_id)).inputs is None


async def test_it_is_asked_with_growing_pauses_and_not_forever(
    world: World, host: StubbornHost
) -> None:
    host.always = AWAY
    job_id = await world.order()

    await world.advance(3600)
    assert 2 * 60 <= host.asked <= 2 * 70  # two photos, once a minute in the end

    await world.advance(TRIED_FOR)
    assert (await world.job(job_id)).inputs is None
    asked = host.asked
    await world.advance(3600)
    assert host.asked == asked


async def test_one_job_that_has_to_wait_does_not_keep_the_others(
    world: World, host: StubbornHost
) -> None:
    host.troubles.extend([AWAY] * 2)
    await world.order()
    await world.advance(21)
    second = await world.order(person=2)

    await world.advance(20.5)

    assert (await world.job(second)).inputs is None


async def test_a_new_process_asks_at_once(world: World, host: StubbornHost) -> None:
    host.always = AWAY
    job_id = await world.order()
    await world.advance(600)
    host.always = None

    world.restarted()
    await world.settle()

    assert host.published == {}
    assert (await world.job(job_id)).inputs is None


async def test_photos_of_a_model_that_is_no_longer_offered_are_withdrawn_too(
    world: World, host: StubbornHost
) -> None:
    host.always = AWAY
    job_id = await world.order()
    await world.advance(25)
    other = world.add_service("other")
    other.host = host
    host.always = None

    del world.services["plus"]
    (room,) = [each for each in world.restarted().rooms if isinstance(each, Tidying)]
    await room.round()
    await room.idle()

    assert host.published == {}
    assert (await world.job(job_id)).inputs is None


async def test_photos_that_could_not_be_fetched_are_withdrawn_before_they_are_published_again(
    world: World, host: StubbornHost
) -> None:
    world.plus.submits.append(Refused(Problem(Cause.PHOTO_UNREACHABLE)))
    await world.order()

    await world.advance(5)

    assert host.withdrawn == ["plus/1", "plus/2"]
    assert set(host.published) == {"plus/3", "plus/4"}
