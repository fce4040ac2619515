"""How an order goes is told in one message: the card itself, edited at milestones."""

import asyncio
from pathlib import Path

from tests.journeys.guest import Guest
from tests.journeys.house import ANNA, BEN, MEI, OLGA, open_house
from tests.journeys.photos import photo
from tests.people import Message, Predicate, buttons, words

LONG = 500.0  # seconds a picture takes: longer than it takes to order nine
MILESTONES = ("progress.queued", "progress.next", "progress.drawing", "progress.done")


async def test_an_order_is_told_in_one_message_with_few_edits(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        card = await anna.card(photo("woman"), photo("tee"))
        await anna.tap(card, "button.go")
        result = await anna.result()
        done = await anna.shown("progress.done")
        assert done["message_id"] == card["message_id"]
        assert buttons(done) == {}
        assert done["photo"] == card["photo"], "it still shows what was ordered"
        assert result["message_id"] == card["message_id"] + 1, "nothing came in between"
        told = await _milestones(anna, card)
        assert [*dict.fromkeys(told)] == ["progress.next", "progress.drawing", "progress.done"]
        assert len(told) <= 4
        assert "upload_photo" in await _actions(anna)


async def test_places_in_the_queue_move_and_a_waiting_order_can_be_cancelled(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, speed=20, daily_credits=100) as house:
        house.server.dashscope.set_runtime("aitryon-plus", LONG)
        anna, ben, mei, olga = (house.guest(person) for person in (ANNA, BEN, MEI, OLGA))
        # Five are drawn at once, two more are prepared; whoever comes then has to queue.
        await asyncio.gather(_order(ben, 3), _order(olga, 2), _order(mei, 2))
        first = await _order(anna, 1)
        assert "3" in words(first)
        second = await _order(mei, 1)
        assert "4" in words(second)
        await anna.told(await anna.tap(first, "job.cancel"), "cancel_done")
        await anna.wait_for(_of(anna, first, "progress.cancelled"))
        queued = _of(mei, second, "progress.queued")
        await mei.wait_for(lambda one: queued(one) and "3" in words(one))
        house.server.dashscope.set_runtime("aitryon-plus", 15.0)
        await house.control.advance(LONG)
        await mei.wait_for(_of(mei, second, "progress.done"), seconds=20)
        told = await _milestones(mei, second)
        assert told == sorted(told, key=MILESTONES.index)
        assert len(told) <= 6
        assert len(house.ordered()) == 8


async def _order(guest: Guest, times: int) -> Message:
    """Order some pictures and return the progress message of the last one."""
    for _ in range(times):
        await guest.tap(await guest.card(photo("woman"), photo("tee")), "button.go")
        progress = await guest.shown(*MILESTONES)
    return progress


def _of(guest: Guest, card: Message, key: str) -> Predicate:
    return lambda one: one["message_id"] == card["message_id"] and guest.reads(one, key)


async def _texts(guest: Guest, card: Message) -> list[Message]:
    """Return everything that a message showed, oldest first."""
    events, _ = await guest.events(0)
    shown = [
        event["data"]["message"] for event in events if event["event"] in {"message", "edited"}
    ]
    return [message for message in shown if message["message_id"] == card["message_id"]]


async def _milestones(guest: Guest, card: Message) -> list[str]:
    """Return which milestones a message told, an entry for each edit."""
    texts = await _texts(guest, card)
    return [key for text in texts for key in MILESTONES if guest.reads(text, key)]


async def _actions(guest: Guest) -> set[str]:
    events, _ = await guest.events(0)
    return {event["data"]["action"] for event in events if event["event"] == "action"}
