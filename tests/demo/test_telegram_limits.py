"""Telegram's sending limits, when they are enforced."""

from datetime import timedelta

import pytest
from telegram import InputMediaPhoto
from telegram.error import RetryAfter

from bot.demo.telegram.errors import ApiError
from tests.demo.conftest import ANNA, BEN, CLUB, Local
from tests.demo.pictures import picture


@pytest.fixture
async def strict() -> Local:
    made = Local(enforce_limits=True)
    made.start(ANNA, BEN)
    return made


async def flood(local: Local, chat: int, most: int) -> int:
    """Send until it is too much; return how many went."""
    for sent in range(most):
        try:
            await local.bot.send_message(chat, "x")
        except RetryAfter:
            return sent
    return most


async def test_without_enforcement_everything_goes(local: Local) -> None:
    local.start(ANNA)
    assert await flood(local, ANNA, 100) == 100


async def test_a_chat_takes_a_short_burst_then_one_message_a_second(strict: Local) -> None:
    assert await flood(strict, ANNA, 10) == 3
    strict.clock.advance(1)
    assert await flood(strict, ANNA, 10) == 1
    assert await flood(strict, BEN, 10) == 3


async def test_one_message_a_second_is_never_too_much(strict: Local) -> None:
    for _ in range(50):
        await strict.bot.send_message(ANNA, "x")
        strict.clock.advance(1)


async def test_the_answer_says_how_long_to_wait(strict: Local) -> None:
    await flood(strict, ANNA, 10)
    answer = await strict.call("sendMessage", chat_id=ANNA, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }


async def test_a_group_takes_20_messages_a_minute_edits_included(strict: Local) -> None:
    ours = await strict.bot.send_message(CLUB, "0")
    for number in range(19):
        strict.clock.advance(1)
        await strict.bot.edit_message_text(f"edit {number}", CLUB, ours.message_id)
    strict.clock.advance(1)
    with pytest.raises(RetryAfter) as later:
        await strict.bot.send_message(CLUB, "too much")
    assert later.value.retry_after == timedelta(seconds=40)
    strict.clock.advance(40)
    assert await strict.bot.send_message(CLUB, "now")


async def test_edits_in_private_chats_do_not_count_against_the_chat(strict: Local) -> None:
    ours = await strict.bot.send_message(ANNA, "0")
    for number in range(10):
        await strict.bot.edit_message_text(f"edit {number}", ANNA, ours.message_id)


async def test_an_album_counts_every_item(strict: Local) -> None:
    await strict.bot.send_media_group(ANNA, [InputMediaPhoto(picture())] * 4)
    assert await flood(strict, ANNA, 10) == 0
    strict.clock.advance(2)
    assert await flood(strict, ANNA, 10) == 1


async def test_overall_it_is_about_30_a_second(strict: Local) -> None:
    people = range(5000, 5100)
    limits = strict.telegram.limits
    for second in range(3):
        for person in people[:30]:
            limits.spend(second * 100 + person, group=False, messages=1, edit=False)
        with pytest.raises(ApiError, match="retry after 1"):
            limits.spend(people[30], group=False, messages=1, edit=False)
        strict.clock.advance(1)


async def test_what_was_refused_does_not_count(strict: Local) -> None:
    await flood(strict, ANNA, 10)
    for _ in range(20):
        assert (await strict.refused("sendMessage", chat_id=ANNA, text="x")).endswith("after 1")
    strict.clock.advance(1)
    assert await flood(strict, ANNA, 10) == 1
