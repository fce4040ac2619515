"""Several outfits and pictures in one submit: each for itself, all of them with one card."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine import cancelling
from bot.messages import Edit, Outgoing, Send
from providers.base import Accepted, Failed, NoAnswer, Refused, Succeeded, Unclear
from providers.causes import Cause, Problem
from providers.wishes import TryOnRequest
from storage import detours, jobs, worklists
from storage.jobs import JobState
from storage.worklists import Load
from tests.engine.several import NOT_DRAWN, SeveralWorld, opened


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[SeveralWorld]:
    made = await opened(tmp_path)
    yield made
    await made.engine.stop(0)
    await made.db.close()


def sent(messages: list[Outgoing]) -> list[Send]:
    return [one for one in messages if isinstance(one, Send)]


async def card(world: SeveralWorld) -> str:
    edits = [one for one in await world.messages(1) if isinstance(one, Edit)]
    return edits[-1].content.text


async def states(world: SeveralWorld, ids: list[int]) -> list[JobState]:
    return [(await world.job(one)).state for one in ids]


async def kinds(world: SeveralWorld, ids: list[int]) -> set[tuple[str, ...]]:
    return {tuple(await world.entries(one)) for one in ids}


async def test_three_outfits_twice_are_one_submit_and_six_pictures(house: SeveralWorld) -> None:
    ids = await house.order_several(3, 2)
    await house.advance(5)
    (made,) = house.several.tasks.values()
    assert made.samples == 2
    tops = [one.top_url for one in made.requests if isinstance(one, TryOnRequest)]
    people = {one.person_url for one in made.requests if isinstance(one, TryOnRequest)}
    assert len(set(tops)) == 3
    assert len(people) == 1
    assert sorted(house.several.host.published.values()) == ["person", "top0", "top1", "top2"]
    async with house.db.reading() as tx:
        assert await worklists.loads(tx) == {"several": Load(running=1)}
        assert len(await jobs.open_jobs_of(tx, 1)) == 6
    await house.advance(60)
    assert await states(house, ids) == [JobState.DELIVERING] * 6
    assert await kinds(house, ids) == {("hold", "commit")}
    urls = {(await house.job(one)).result_urls for one in ids}
    assert len(urls) == 6
    assert house.several.host.published == {}


async def test_each_picture_is_delivered_when_it_is_ready_and_the_card_counts(
    house: SeveralWorld,
) -> None:
    ids = await house.order_several(3, 2)
    seen, cards = [], []
    for _ in range(60):
        await house.advance(1)
        seen.append(len(sent(await house.messages(1))))
        cards.append(await card(house))
    assert sorted(set(seen)) == [0, 2, 4, 6]
    assert seen.index(2) < 25 < seen.index(4) < 35 < seen.index(6)
    assert any("2 of 6 pictures are here" in text for text in cards)
    assert any("4 of 6 pictures are here" in text for text in cards)
    assert "6 of 6 pictures are below" in cards[-1]
    results = sent(await house.messages(1))
    assert {one.reply_to for one in results} == {"p:1:0:1:1"}
    assert {one.job_id for one in results} == set(ids)
    assert sum("outfit 2 of 3, picture 1 of 2" in one.content.text for one in results) == 1


async def test_one_question_is_asked_for_all_of_them(house: SeveralWorld) -> None:
    ids = await house.order_several(5, 4)
    await house.advance(75)
    assert await states(house, ids) == [JobState.DELIVERING] * 20
    async with house.db.reading() as tx:
        assert await tx.value("SELECT sum(queries) FROM jobs") == house.several.asked


async def test_one_that_fails_costs_nothing_and_spoils_no_other(house: SeveralWorld) -> None:
    house.several.ends[1] = NOT_DRAWN
    ids = await house.order_several(3, 2)
    await house.advance(70)
    found = await states(house, ids)
    assert found == [JobState.DELIVERING] * 2 + [JobState.FAILED] * 2 + [JobState.DELIVERING] * 2
    assert await kinds(house, ids[2:4]) == {("hold", "refund")}
    assert await kinds(house, [*ids[:2], *ids[4:]]) == {("hold", "commit")}
    assert {(await house.job(one)).cause for one in ids[2:4]} == {Cause.NOT_DRAWN}
    failures = [one for one in sent(await house.messages(1)) if one.job_id is None]
    assert len(failures) == 1  # both pictures of an outfit are one piece of news
    assert "4 credits back" in failures[0].content.text
    assert failures[0].content.keyboard
    assert failures[0].reply_to == "p:1:0:1:1"
    assert "4 of 6 pictures are below" in await card(house)
    assert "not charged: 2" in await card(house)
    assert len(house.several.tasks) == 1


async def test_fewer_pictures_than_ordered_are_given_back(house: SeveralWorld) -> None:
    house.several.ends[0] = Succeeded(("https://r/only",))
    ids = await house.order_several(1, 3)
    await house.advance(60)
    assert await states(house, ids) == [JobState.DELIVERING, JobState.FAILED, JobState.FAILED]
    assert {(await house.job(one)).cause for one in ids[1:]} == {Cause.FEWER_DRAWN}
    assert await kinds(house, ids[1:]) == {("hold", "refund")}
    assert any("fewer pictures" in text for text in await house.alerts())


async def test_an_order_of_which_nothing_comes_says_so_on_its_card(house: SeveralWorld) -> None:
    house.several.submits.append(Refused(Problem(Cause.PERSON_UNCLEAR, "23500016")))
    ids = await house.order_several(3, 2)
    await house.advance(60)
    assert await states(house, ids) == [JobState.FAILED] * 6
    assert await kinds(house, ids) == {("hold", "refund")}
    assert "12 credits back" in await card(house)
    assert sent(await house.messages(1)) == []
    assert house.several.host.published == {}


async def test_a_lost_answer_is_never_repeated_and_everything_comes_back(
    house: SeveralWorld,
) -> None:
    house.several.submits.append(Unclear("ReadTimeout"))
    ids = await house.order_several(2, 2)
    await house.advance(120)
    assert {(await house.job(one)).cause for one in ids} == {Cause.SUBMIT_UNCLEAR}
    assert await kinds(house, ids) == {("hold", "refund")}
    assert house.several.tasks == {}
    assert len(await house.alerts()) == 1


async def test_a_throttled_submit_waits_as_a_whole(house: SeveralWorld) -> None:
    house.several.submits.extend([Refused(Problem(Cause.THROTTLED, "23500004"))] * 2)
    ids = await house.order_several(2, 2)
    await house.advance(90)
    assert await states(house, ids) == [JobState.DELIVERING] * 4
    assert len(house.several.tasks) == 1


async def test_before_the_submit_all_of_them_can_be_cancelled(house: SeveralWorld) -> None:
    house.several.submits.extend([Refused(Problem(Cause.THROTTLED, "23500004"))] * 99)
    ids = await house.order_several(2, 2)
    await house.advance(3)
    async with house.db.transaction("cancel") as tx:
        outcome = await cancelling.ask(tx, ids[0], house.clock.now())
    assert outcome == cancelling.Cancelled()
    house.courier_woken = True  # by the step in which somebody cancels
    house.engine.wake()
    await house.advance(5)
    assert await states(house, ids) == [JobState.CANCELLED] * 4
    assert await kinds(house, ids) == {("hold", "refund")}
    assert "8 credits back" in await card(house)
    assert house.several.host.published == {}


async def test_a_garment_that_is_gone_ends_its_own_outfit_only(house: SeveralWorld) -> None:
    house.files.gone = {"top1"}
    ids = await house.order_several(3, 1)
    await house.advance(70)
    assert await states(house, ids) == [
        JobState.DELIVERING,
        JobState.FAILED,
        JobState.DELIVERING,
    ]
    assert len(next(iter(house.several.tasks.values())).requests) == 2
    assert house.several.host.published == {}


async def test_where_the_first_garment_is_gone_the_next_outfit_leads(house: SeveralWorld) -> None:
    house.files.gone = {"top0"}
    ids = await house.order_several(3, 2)
    await house.advance(90)
    found = await states(house, ids)
    assert found == [JobState.FAILED] * 2 + [JobState.DELIVERING] * 4
    (made,) = house.several.tasks.values()
    assert (len(made.requests), made.samples) == (2, 2)
    assert house.several.host.published == {}


async def test_where_the_person_is_gone_nothing_can_be_drawn(house: SeveralWorld) -> None:
    house.files.gone = {"person"}
    ids = await house.order_several(3, 2)
    await house.advance(30)
    assert await states(house, ids) == [JobState.FAILED] * 6
    assert await kinds(house, ids) == {("hold", "refund")}


async def test_a_task_that_is_lost_ends_what_was_still_to_come(house: SeveralWorld) -> None:
    ids = await house.order_several(2, 1)
    await house.advance(25)
    house.several.queries.append(Failed(Problem(Cause.TASK_LOST, "23500008")))
    await house.advance(60)
    assert await states(house, ids) == [JobState.DELIVERING, JobState.FAILED]
    assert await kinds(house, ids[1:]) == {("hold", "refund")}


async def test_a_silent_query_is_asked_again_for_all(house: SeveralWorld) -> None:
    ids = await house.order_several(2, 2)
    silent = NoAnswer(Problem(Cause.SERVICE_FAILED, "answer_lost"))
    await house.advance(5)
    house.several.queries.extend([silent] * 3)
    await house.advance(120)
    assert await states(house, ids) == [JobState.DELIVERING] * 4


async def test_photos_that_could_not_be_fetched_are_published_anew_once(
    house: SeveralWorld,
) -> None:
    house.several.submits.append(Refused(Problem(Cause.PHOTO_UNREACHABLE, "23500006")))
    ids = await house.order_several(2, 2)
    await house.advance(90)
    assert await states(house, ids) == [JobState.DELIVERING] * 4
    assert house.several.host.count == 6
    assert house.several.host.published == {}


async def test_others_wait_no_longer_than_for_one_order(house: SeveralWorld) -> None:
    await house.order_several(10, 4, person=1)
    other = await house.order_several(1, 1, person=2)
    await house.advance(25)
    assert await states(house, other) == [JobState.DELIVERING]
    assert len(house.several.tasks) == 2


async def test_what_takes_for_ever_is_given_back_part_by_part(house: SeveralWorld) -> None:
    house.several.submits.append(Accepted("key-0"))
    silent = NoAnswer(Problem(Cause.SERVICE_FAILED, "answer_lost"))
    house.several.queries.extend([silent] * 2000)
    ids = await house.order_several(2, 2)
    await house.advance(700)
    assert {(await house.job(one)).cause for one in ids} == {Cause.TOO_LATE}
    assert await kinds(house, ids) == {("hold", "refund")}


async def test_where_the_model_is_gone_every_picture_goes_on_for_itself(
    house: SeveralWorld,
) -> None:
    house.add_service("plus", in_progress=9)
    house.several.submits.extend([Refused(Problem(Cause.MODEL_GONE, "gone"))] * 9)
    ids = await house.order_several(2, 2)
    await house.advance(200)
    async with house.db.reading() as tx:
        last = [await detours.latest(tx, one) for one in ids]
    assert {(job.model, job.state) for job in last if job} == {("plus", JobState.DELIVERING)}
    results = [one.job_id for one in sent(await house.messages(1)) if one.job_id is not None]
    assert sorted(results) == sorted(job.id for job in last if job)
    assert "4 of 4 pictures are below" in await card(house)
    assert house.several.tasks == {}
    assert house.several.host.published == {}
