"""Pressed buttons: what the bot learns, how long it may answer, what the person sees."""

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.demo.telegram.errors import NotPossibleError
from tests.demo.conftest import ANNA, BEN, CLUB, Local

TOO_OLD = "query is too old and response timeout expired or query id is invalid"


async def asked(local: Local, chat: int = ANNA) -> Message:
    """Send a question with two buttons."""
    if chat == ANNA:
        local.start(ANNA)
    return await local.bot.send_message(
        chat,
        "Go?",
        reply_markup=InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton("Yes", callback_data="y"),
                    InlineKeyboardButton("No", callback_data="n"),
                ]
            ]
        ),
    )


async def test_a_press_tells_who_pressed_what_under_which_message(local: Local) -> None:
    question = await asked(local)
    callback_id = local.person(ANNA).press(question.message_id, "y")
    (update,) = await local.updates()
    query = update.callback_query
    assert query
    assert query.id == callback_id
    assert query.data == "y"
    assert query.from_user.id == ANNA
    assert query.message
    assert query.message.message_id == question.message_id
    assert query.chat_instance


async def test_the_answer_reaches_only_the_one_who_pressed(local: Local) -> None:
    question = await asked(local, CLUB)
    callback_id = local.person(BEN, CLUB).press(question.message_id, "n")
    await local.bot.answer_callback_query(callback_id, "Noted", show_alert=True)
    answer = {"callback_id": callback_id, "text": "Noted", "show_alert": True}
    assert local.events(BEN)[-1]["event"] == "answer"
    assert local.events(BEN)[-1]["data"] == answer
    assert all(event["event"] != "answer" for event in local.events(ANNA))


async def test_a_press_can_be_answered_for_150_seconds(local: Local) -> None:
    question = await asked(local)
    early = local.person(ANNA).press(question.message_id, "y")
    local.clock.advance(100)
    late = local.person(ANNA).press(question.message_id, "y")
    local.clock.advance(51)
    with pytest.raises(BadRequest, match=rf"(?i){TOO_OLD}"):
        await local.bot.answer_callback_query(early)
    assert await local.bot.answer_callback_query(late)


async def test_a_press_that_never_was_cannot_be_answered(local: Local) -> None:
    with pytest.raises(BadRequest, match=rf"(?i){TOO_OLD}"):
        await local.bot.answer_callback_query("12345")


async def test_a_second_answer_is_accepted_but_not_shown(local: Local) -> None:
    question = await asked(local)
    callback_id = local.person(ANNA).press(question.message_id, "y")
    await local.bot.answer_callback_query(callback_id, "first")
    assert await local.bot.answer_callback_query(callback_id, "second")
    answers = [event for event in local.events(ANNA) if event["event"] == "answer"]
    assert [event["data"]["text"] for event in answers] == ["first"]


async def test_an_answer_has_at_most_200_characters(local: Local) -> None:
    question = await asked(local)
    callback_id = local.person(ANNA).press(question.message_id, "y")
    said = await local.refused("answerCallbackQuery", callback_query_id=callback_id, text="x" * 201)
    assert said == "Bad Request: MESSAGE_TOO_LONG"
    assert await local.bot.answer_callback_query(callback_id, "x" * 200)


async def test_only_buttons_that_are_there_can_be_pressed(local: Local) -> None:
    question = await asked(local)
    with pytest.raises(NotPossibleError, match="no button with the data 'maybe'"):
        local.person(ANNA).press(question.message_id, "maybe")
    with pytest.raises(NotPossibleError, match="no button"):
        local.person(ANNA).press(999, "y")


async def test_a_client_that_is_behind_presses_buttons_that_are_gone(local: Local) -> None:
    question = await asked(local)
    await local.bot.edit_message_text("Gone", ANNA, question.message_id)
    local.person(ANNA).press(question.message_id, "y", stale=True)
    await local.bot.delete_message(ANNA, question.message_id)
    local.person(ANNA).press(question.message_id, "y", stale=True)
    edited, deleted = await local.updates()
    assert edited.callback_query
    assert edited.callback_query.message
    assert edited.callback_query.message.is_accessible
    assert deleted.callback_query
    assert deleted.callback_query.message
    assert not deleted.callback_query.message.is_accessible


async def test_who_blocked_the_bot_cannot_press(local: Local) -> None:
    question = await asked(local)
    local.person(ANNA).chat.blocked = True
    with pytest.raises(NotPossibleError, match="not here any more"):
        local.person(ANNA).press(question.message_id, "y")
