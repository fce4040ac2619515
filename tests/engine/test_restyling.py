"""Restyles on the engine: one slot for the whole account, shared fairly and never idle."""

from dataclasses import replace
from itertools import pairwise

from bot.messages import Send
from bot.orders import Restyle
from providers.base import Failed
from providers.causes import Cause, Problem
from providers.styles import Style
from providers.wishes import RestyleRequest
from storage.jobs import JobState
from tests.engine.world import SPEC, FakeService, World, photo

PAINTER = replace(
    SPEC,
    model="painter",
    wears=frozenset(),
    faces=(),
    sizes=(),
    styles=(Style.ANIME, Style.FRESH, Style.OF_PICTURE),
    credits=1,
    cost=120,
    submits_per_second=2,
    in_progress=1,
    typical_seconds=(10.0, 20.0),
)


def restyle(style: Style = Style.ANIME) -> Restyle:
    example = photo("example") if style is Style.OF_PICTURE else None
    return Restyle(photo("portrait"), style, "painter", example)


def with_painter(world: World) -> FakeService:
    painter = world.services["painter"] = FakeService(world.clock, PAINTER, takes=15.0)
    world.restarted()
    return painter


async def test_one_slot_is_shared_fairly_and_hardly_ever_idle(world: World) -> None:
    painter = with_painter(world)
    greedy = [await world.order(1, restyle()) for _ in range(5)]
    modest = await world.order(2, restyle(Style.FRESH))
    most = 0
    for _ in range(100):
        await world.advance(1)
        most = max(most, painter.under_way())
    assert most == 1
    assert await world.states() == {JobState.DELIVERING: 6}
    ended = [(await world.job(job_id)).ended_at or 0.0 for job_id in (*greedy, modest)]
    assert sorted(ended)[3] >= ended[-1]  # before most of those that were there first
    starts = sorted(task.created_at for task in painter.tasks.values())
    assert starts[-1] - starts[0] <= 5 * 15.0 / 0.97
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) >= 1 / PAINTER.submits_per_second


async def test_the_service_is_told_the_portrait_the_style_and_the_example(world: World) -> None:
    painter = with_painter(world)
    await world.order(1, restyle(Style.OF_PICTURE))
    await world.advance(2)
    (task,) = painter.tasks.values()
    assert isinstance(task.request, RestyleRequest)
    assert task.request.style is Style.OF_PICTURE
    assert task.request.style_url is not None
    assert task.request.person_size == (600, 800)
    assert sorted(painter.host.published.values()) == ["example", "portrait"]
    await world.advance(30)
    assert painter.host.published == {}


async def test_what_is_said_about_a_restyle_names_its_style(world: World) -> None:
    with_painter(world)
    await world.order(1, restyle())
    await world.settle()
    assert (await world.says(1)).startswith("🎨 Anime\n")
    await world.advance(60)
    sent = [each for each in await world.messages(1) if isinstance(each, Send)]
    assert "Anime · painter" in sent[-1].content.text


async def test_a_failed_restyle_asks_for_a_clear_face_and_costs_nothing(world: World) -> None:
    painter = with_painter(world)
    painter.ends.append(Failed(Problem(Cause.PERSON_UNCLEAR)))
    job_id = await world.order(1, restyle(Style.FRESH))
    await world.advance(60)
    said = await world.says(1)
    assert said.startswith("🎨 Fresh\n")
    assert "face" in said
    assert await world.entries(job_id) == ["hold", "refund"]
