"""Every call's way in: tokens, names, parameters, faults, and the record of it all."""

import asyncio
import json
from datetime import timedelta

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.demo.telegram.gateway import answer, download
from bot.demo.telegram.methods import METHODS
from tests.demo import bot_api
from tests.demo.conftest import ANNA, BEN, TOKEN, Local
from tests.demo.pictures import picture


async def test_methods_are_case_insensitive(local: Local) -> None:
    for name in ("getMe", "getme", "GETME"):
        assert (await local.call(name))["result"]["username"] == "fitting_room_demo_bot"


async def test_an_unknown_method_is_a_404(local: Local) -> None:
    assert await local.call("sendTelepathy", chat_id=1) == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found: method not found",
    }


async def test_a_wrong_token_is_a_401(local: Local) -> None:
    made = await answer(local.telegram, "4242:wrong", "getMe", {}, {})
    assert made.status == 401
    assert b"Unauthorized" in made.body
    assert (await download(local.telegram, "4242:wrong", "photos/x.jpg")).status == 401


async def test_a_parameter_the_method_does_not_have_is_refused(local: Local) -> None:
    said = await local.refused("sendMessage", chat_id=ANNA, text="x", txet="y")
    assert 'no parameter "txet" of sendMessage' in said


@pytest.mark.parametrize(
    ("method", "params", "complaint"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "", "text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "somebody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendMessage", {"chat_id": 1, "text": {"a": 1}}, "text must be a String"),
        ("sendPhoto", {"chat_id": 1}, "there is no photo in the request"),
        ("sendMediaGroup", {"chat_id": 1}, 'parameter "media" is required'),
        ("sendMediaGroup", {"chat_id": ANNA, "media": "{"}, "can't parse media JSON object"),
        ("sendMediaGroup", {"chat_id": ANNA, "media": [1, 2]}, "expected an Array of InputMedia"),
        ("editMessageText", {"chat_id": 1, "text": "x"}, "message identifier is not specified"),
        ("deleteMessage", {"chat_id": 1, "message_id": "x"}, "invalid message_id specified"),
        ("getUpdates", {"offset": "x"}, "invalid offset specified"),
        ("getUpdates", {"allowed_updates": '"x"'}, "expected an Array of String"),
        ("setWebhook", {"url": "http://bot.example"}, "An HTTPS URL must be provided"),
        ("setWebhook", {"url": "https://a.b", "secret_token": "ä"}, "unallowed characters"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_parameters": "[]"}, "message_id"),
    ],
)
async def test_malformed_parameters_are_named(
    local: Local, method: str, params: dict[str, object], complaint: str
) -> None:
    local.start(ANNA)
    if params.get("chat_id") == 1:
        params = {**params, "chat_id": ANNA}
    assert complaint in await local.refused(method, **params)


async def test_numbers_and_structures_may_come_as_text(local: Local) -> None:
    local.start(ANNA)
    markup = '{"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}'
    sent = await local.call(
        "sendMessage", chat_id=str(ANNA), text="x", reply_markup=markup, disable_notification="true"
    )
    assert sent["result"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Go"


@pytest.mark.parametrize("name", sorted(method.name for method in METHODS.values()))
def test_every_parameter_is_one_of_the_bot_api_and_none_required_is_missing(name: str) -> None:
    method, fields = METHODS[name.lower()], bot_api.METHODS[name]["fields"]
    assert {*method.required, *method.optional} <= set(fields)
    required = {field for field, described in fields.items() if described["required"]}
    # What the Bot API requires only without inline_message_id is required here.
    assert required <= set(method.required)
    assert set(method.required) - required <= {"chat_id", "message_id", "text"}


# --- faults --------------------------------------------------------------------------------


async def test_parameters_may_stand_in_the_address(local: Local) -> None:
    local.start(ANNA)
    status, body = await local.request.do_request(
        f"{local.bot.base_url}/sendMessage?chat_id={ANNA}&text=Hello%20there%3F", "POST"
    )
    assert status == 200
    assert json.loads(body)["result"]["text"] == "Hello there?"


async def test_a_429_says_how_long_to_wait(local: Local) -> None:
    local.start(ANNA)
    local.telegram.faults.add("telegram", "sendMessage", "429", retry_after=7)
    with pytest.raises(RetryAfter) as later:
        await local.bot.send_message(ANNA, "x")
    assert later.value.retry_after == timedelta(seconds=7)
    assert await local.bot.send_message(ANNA, "x")


@pytest.mark.parametrize(
    ("kind", "error"),
    [("500", NetworkError), ("502", NetworkError), ("403", Forbidden), ("400", BadRequest)],
)
async def test_errors_can_be_ordered_a_number_of_times(
    local: Local, kind: str, error: type[Exception]
) -> None:
    local.start(ANNA)
    local.telegram.faults.add("telegram", "sendmessage", kind, 2)
    for _ in range(2):
        with pytest.raises(error):
            await local.bot.send_message(ANNA, "x")
    assert len(local.person(ANNA).messages()) == 1
    assert await local.bot.send_message(ANNA, "x")


async def test_a_fault_can_wait_for_one_chat(local: Local) -> None:
    local.start(ANNA, BEN)
    local.telegram.faults.add("telegram", "sendMessage", "403", chat_id=BEN)
    assert await local.bot.send_message(ANNA, "x")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await local.bot.send_message(BEN, "x")


async def test_apply_then_drop_does_it_and_answers_nothing(local: Local) -> None:
    local.start(ANNA)
    local.telegram.faults.add("telegram", "sendMessage", "apply_then_drop")
    with pytest.raises(NetworkError):
        await local.bot.send_message(ANNA, "there anyway")
    assert local.person(ANNA).messages()[-1]["text"] == "there anyway"
    assert local.telegram.requests.of("telegram", "sendMessage")[-1].status is None


async def test_a_delay_holds_one_call_back(local: Local) -> None:
    local.start(ANNA)
    local.telegram.faults.add("telegram", "sendMessage", "delay", seconds=5)
    slow = asyncio.create_task(local.bot.send_message(ANNA, "slow"))
    await asyncio.sleep(0)
    await local.bot.send_message(ANNA, "fast")
    local.clock.advance(5)
    await slow
    assert [one["text"] for one in local.person(ANNA).messages()] == ["/start", "fast", "slow"]


@pytest.mark.parametrize("kind", ["500", "502", "apply_then_drop", "429"])
async def test_downloads_fail_on_order(local: Local, kind: str) -> None:
    local.start(ANNA)
    sent = await local.bot.send_photo(ANNA, picture())
    file = await local.bot.get_file(sent.photo[0].file_id)
    local.telegram.faults.add("telegram", "download", kind)
    with pytest.raises((NetworkError, RetryAfter)):
        await file.download_as_bytearray()
    assert await file.download_as_bytearray()


# --- the record ----------------------------------------------------------------------------


async def test_every_request_is_recorded_with_its_values_and_the_size_of_files(
    local: Local,
) -> None:
    local.start(ANNA)
    data = picture()
    sent = await local.bot.send_photo(ANNA, data, caption="me")
    with pytest.raises(BadRequest):
        await local.bot.send_photo(ANNA, "nothing")
    await (await local.bot.get_file(sent.photo[0].file_id)).download_as_bytearray()
    good, bad = local.telegram.requests.of("telegram", "sendphoto")
    assert good.details["chat_id"] == ANNA
    assert good.details["caption"] == "me"
    assert {"file": "application.octet-stream", "bytes": len(data)} in good.details.values()
    assert (good.status, bad.status) == (200, 400)
    assert local.telegram.requests.of("telegram", "download")[0].status == 200


async def test_the_token_is_masked_where_requests_are_shown(local: Local) -> None:
    local.start(ANNA)
    await local.call("sendMessage", chat_id=ANNA, text=f"my token is {TOKEN}")
    shown = local.telegram.requests.displayed("telegram")
    assert TOKEN not in str(shown)
    assert "my token is ***" in str(shown)
    kept = local.telegram.requests.of("telegram", "sendMessage")[-1]
    assert TOKEN in kept.details["text"]


async def test_unknown_calls_are_recorded_too(local: Local) -> None:
    await local.call("sendTelepathy", chat_id=1)
    (entry,) = local.telegram.requests.of("telegram", "sendTelepathy")
    assert entry.status == 404


async def test_a_bot_with_a_wrong_token_finds_out_at_once() -> None:
    other = Local()
    other.bot._token = "4242:wrong"
    other.bot._base_url = other.bot._base_url.replace(TOKEN, "4242:wrong")
    with pytest.raises(InvalidToken):
        await other.bot.get_me()
