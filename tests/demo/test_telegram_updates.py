"""getUpdates: at least once, in order, until confirmed; and who ends whose poll."""

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.error import Conflict

from bot.clock import Clock
from bot.demo.telegram.updates import Updates
from tests.demo.conftest import ANNA, BEN, Local


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def settle() -> None:
    """Let everything that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_updates_come_again_until_a_higher_offset_confirms_them(local: Local) -> None:
    anna = local.person(ANNA)
    for text in ("one", "two", "three"):
        anna.say(text)
    first = await local.bot.get_updates()
    again = await local.bot.get_updates()
    rest = await local.bot.get_updates(offset=first[0].update_id + 1)
    after = await local.bot.get_updates()
    assert texts(first) == texts(again) == ["one", "two", "three"]
    assert texts(rest) == texts(after) == ["two", "three"]


async def test_an_offset_confirms_everything_below_it(local: Local) -> None:
    for number in range(5):
        local.person(ANNA).say(str(number))
    all_of_them = await local.bot.get_updates()
    assert await local.bot.get_updates(offset=all_of_them[-1].update_id + 1) == ()
    assert await local.bot.get_updates() == ()


async def test_a_negative_offset_keeps_only_the_last_ones(local: Local) -> None:
    for number in range(5):
        local.person(ANNA).say(str(number))
    assert texts(await local.bot.get_updates(offset=-2)) == ["3", "4"]
    assert texts(await local.bot.get_updates()) == ["3", "4"]


async def test_the_limit_is_between_1_and_100(local: Local) -> None:
    for number in range(120):
        local.person(ANNA).say(str(number))
    assert len(await local.bot.get_updates(limit=3)) == 3
    assert len(await local.bot.get_updates(limit=500)) == 100
    assert len(await local.bot.get_updates()) == 100


async def test_update_ids_rise_by_one(local: Local) -> None:
    for number in range(3):
        local.person(ANNA).say(str(number))
    ids = [update.update_id for update in await local.bot.get_updates()]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert ids[0] > 0


async def test_a_long_poll_returns_with_the_first_update(local: Local) -> None:
    poll = asyncio.create_task(local.bot.get_updates(timeout=30))
    await settle()
    assert not poll.done()
    local.person(ANNA).say("hello")
    assert texts(await poll) == ["hello"]


async def test_a_long_poll_ends_empty_after_its_timeout(local: Local) -> None:
    poll = asyncio.create_task(local.bot.get_updates(timeout=30))
    await settle()
    local.clock.advance(29)
    await settle()
    assert not poll.done()
    local.clock.advance(1)
    assert await poll == ()


async def test_a_long_poll_lasts_at_most_50_seconds(local: Local) -> None:
    poll = asyncio.create_task(local.bot.get_updates(timeout=600))
    await settle()
    local.clock.advance(50)
    assert await poll == ()


async def test_a_second_poll_ends_the_first_with_409(local: Local) -> None:
    first = asyncio.create_task(local.bot.get_updates(timeout=30))
    await settle()
    second = asyncio.create_task(local.bot.get_updates(timeout=30))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    local.person(ANNA).say("for the second")
    assert texts(await second) == ["for the second"]


async def test_setting_a_webhook_ends_a_poll_with_409(local: Local) -> None:
    poll = asyncio.create_task(local.bot.get_updates(timeout=30))
    await settle()
    await local.bot.set_webhook("https://bot.example/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll


async def test_polling_beside_a_webhook_is_a_409(local: Local) -> None:
    await local.bot.set_webhook("https://bot.example/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await local.bot.get_updates()
    await local.bot.delete_webhook()
    assert await local.bot.get_updates() == ()


async def test_allowed_updates_are_remembered(local: Local) -> None:
    await local.bot.get_updates(allowed_updates=["callback_query"])
    local.person(ANNA).say("unwanted")
    assert await local.bot.get_updates() == ()
    await local.bot.get_updates(allowed_updates=[])
    local.person(ANNA).say("wanted again")
    assert texts(await local.bot.get_updates()) == ["wanted again"]


async def test_allowed_updates_do_not_touch_what_is_already_waiting(local: Local) -> None:
    local.person(ANNA).say("before")
    assert texts(await local.bot.get_updates(allowed_updates=["callback_query"])) == ["before"]


async def test_messages_wait_for_24_hours_and_presses_for_150_seconds(local: Local) -> None:
    local.start(ANNA)
    anna = local.person(ANNA)
    sent = await local.call(
        "sendMessage",
        chat_id=ANNA,
        text="?",
        reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]},
    )
    anna.say("hello")
    anna.press(sent["result"]["message_id"], "go")
    local.clock.advance(149)
    assert len(await local.bot.get_updates()) == 2
    local.clock.advance(2)
    assert texts(await local.bot.get_updates()) == ["hello"]
    local.clock.advance(24 * 3600)
    assert await local.bot.get_updates() == ()


async def test_a_bot_that_starts_again_finds_what_it_had_not_confirmed(local: Local) -> None:
    local.person(ANNA).say("one")
    (one,) = await local.bot.get_updates()
    local.person(BEN).say("two")
    # The process dies here; the next one knows the last update it has handled.
    assert texts(await local.bot.get_updates(offset=one.update_id + 1)) == ["two"]


async def test_any_update_can_be_injected_however_odd(local: Local) -> None:
    update_id = local.telegram.updates.inject({"brand_new_thing": {"a": 1}})
    answer = await local.call("getUpdates")
    assert answer["result"] == [{"update_id": update_id, "brand_new_thing": {"a": 1}}]


async def test_a_poll_returns_when_the_local_telegram_closes(local: Local) -> None:
    poll = asyncio.create_task(local.bot.get_updates(timeout=30))
    await settle()
    await local.telegram.close()
    assert await poll == ()


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.just("push"),
            st.tuples(st.just("fetch"), st.integers(1, 5)),
            st.tuples(st.just("confirm"), st.integers(0, 5)),
        ),
        max_size=40,
    )
)
def test_whatever_happens_every_update_comes_in_order_until_it_is_confirmed(
    steps: list[Any],
) -> None:
    updates = Updates(Clock(start=0, speed=0))
    model: list[int] = []

    async def take(steps: list[Any]) -> None:
        for step in steps:
            match step:
                case "push":
                    model.append(updates.inject({"message": {}}))
                case ("fetch", limit):
                    got = [one["update_id"] for one in await updates.poll(0, limit, 0)]
                    assert got == model[:limit]
                case ("confirm", count) if model:
                    confirmed = model[: count + 1]
                    del model[: count + 1]
                    got = [one["update_id"] for one in await updates.poll(confirmed[-1] + 1, 9, 0)]
                    assert got == model[:9]

    asyncio.run(take(steps))
