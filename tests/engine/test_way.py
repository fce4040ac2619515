"""The way of an order from the queue to the outbox, and what stands where on it."""

from bot.messages import Edit, Send, StoredPicture
from bot.orders import TryOn
from providers.wishes import Face, Size, TryOnRequest, Wear
from storage import pictures
from storage.jobs import JobState
from tests.engine.world import World, photo


async def test_an_order_becomes_a_picture_in_the_outbox_paid_once(world: World) -> None:
    job_id = await world.order()
    await world.advance(25)
    job = await world.job(job_id)
    assert job.state is JobState.DELIVERING
    assert await world.entries(job_id) == ["hold", "commit"]
    sends = [m for m in await world.messages(1) if isinstance(m, Send)]
    assert len(sends) == 1
    assert sends[0].reply_to == job.anchor
    picture = sends[0].content.picture
    assert isinstance(picture, StoredPicture)
    async with world.db.reading() as tx:
        stored = await pictures.get(tx, picture.picture_id)
    assert stored is not None
    assert stored.data == b"picture https://r/plus-1"


async def test_the_service_gets_the_published_photos_and_the_options(world: World) -> None:
    order = TryOn(
        Wear.OUTFIT, photo("me"), photo("shirt"), photo("skirt"), "plus", Face.NEW, Size.W720
    )
    await world.order(order=order)
    await world.settle()
    (task,) = world.plus.tasks.values()
    published = {f"https://host/{ref}": name for ref, name in world.plus.host.published.items()}
    assert task.request == TryOnRequest(
        person_url=next(url for url, name in published.items() if name == "me"),
        top_url=next(url for url, name in published.items() if name == "shirt"),
        bottom_url=next(url for url, name in published.items() if name == "skirt"),
        wear=Wear.OUTFIT,
        face=Face.NEW,
        size=Size.W720,
        person_size=(600, 800),
    )


async def test_progress_is_one_message_that_changes_at_milestones(world: World) -> None:
    job_id = await world.order()
    await world.advance(40)
    edits = [m for m in await world.messages(1) if isinstance(m, Edit)]
    job = await world.job(job_id)
    assert {edit.anchor for edit in edits} == {job.anchor}
    assert len(edits) == 1  # none was sent meanwhile, so the newest took the others' place
    assert "Done" in edits[0].content.text


async def test_the_cancel_button_goes_when_drawing_has_begun(world: World) -> None:
    job_id = await world.order()
    await world.advance(1)
    (edit,) = await world.messages(1)
    assert isinstance(edit, Edit)
    assert edit.content.keyboard
    await world.advance(17)
    (edit,) = await world.messages(1)
    assert isinstance(edit, Edit)
    assert edit.content.keyboard == ()
    assert (await world.job(job_id)).shown == "drawing:running"


async def test_published_photos_are_withdrawn_when_the_picture_is_there(world: World) -> None:
    job_id = await world.order()
    await world.advance(10)
    assert len(world.plus.host.published) == 2
    await world.advance(15)
    assert world.plus.host.published == {}
    assert (await world.job(job_id)).inputs is None


async def test_who_waits_is_told_the_place_and_then_better_ones(world: World) -> None:
    for person in range(20):
        await world.order(person)
    await world.advance(12)
    shown = [(await world.job(i)).shown or "" for i in range(1, 21)]
    assert [s.startswith("drawing") for s in shown] == [True] * 5 + [False] * 15
    assert shown[-1] == "queued:15"
    await world.advance(38)
    assert (await world.job(20)).shown in {"queued:5", "queued:4", "queued:3"}


async def test_a_task_that_takes_long_is_admitted_to(world: World) -> None:
    world.plus.takes = 120
    job_id = await world.order()
    await world.advance(70)
    assert (await world.job(job_id)).shown == "drawing:running:long"


async def test_questions_are_asked_when_there_may_be_news_not_before(world: World) -> None:
    await world.order()
    await world.advance(12)
    early = world.plus.count("query")
    await world.advance(9)
    assert early <= 8
    assert world.plus.count("query") - early > 20
    assert (await world.states()) == {JobState.DELIVERING: 1}


async def test_runtimes_seen_are_learned_and_survive_a_restart(world: World) -> None:
    world.plus.takes = 50
    for person in range(4):
        await world.order(person)
    await world.advance(70)
    learned = world.engine._tools.runtimes["plus"].mean
    assert learned > 25
    fresh = world.restarted()
    await fresh.begin()
    assert abs(fresh._tools.runtimes["plus"].mean - learned) < 1.5
