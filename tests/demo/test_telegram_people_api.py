"""The people's and the control API, and the client that tests use for them."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette

from bot.demo.telegram import routes
from tests.demo.conftest import ANNA, BASIC, BEN, CLUB, DRESSES, FORUM, MEI, TOKEN, Local
from tests.demo.pictures import format_of, picture, size_of
from tests.people import (
    Control,
    NotAllowedError,
    Person,
    buttons,
    has_button,
    has_picture,
    says,
    words,
)


class Served(Local):
    """A local Telegram whose HTTP side is called without a network."""

    def __init__(self) -> None:
        super().__init__()
        self.transport = httpx.ASGITransport(Starlette(routes=routes(self.telegram)))
        self.http = httpx.AsyncClient(base_url="http://here", transport=self.transport)
        self.control = Control("http://here", self.transport)

    def client(self, person: int) -> Person:
        return Person("http://here", person, self.transport)


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    made = Served()
    yield made
    await made.telegram.close()
    await made.http.aclose()
    assert made.request.problems == []


async def test_everybody_and_every_chat_is_listed(served: Served) -> None:
    await served.bot.set_my_description("Try clothes on.")
    await served.bot.set_my_description("试穿衣服。", language_code="zh")
    world = (await served.http.get("/people")).json()
    assert world["now"] == served.clock.now()
    assert world["bot"]["username"] == "fitting_room_demo_bot"
    assert world["people"][0]["bot_description"] == "Try clothes on."
    assert world["people"][2] == {
        "id": MEI,
        "first_name": "Mei",
        "username": "mei",
        "language_code": "zh-hans",
        "operator": False,
        "bot_description": "试穿衣服。",
    }
    chats = {chat["id"]: chat for chat in world["chats"]}
    assert chats[ANNA]["type"] == "private"
    assert chats[ANNA]["title"] == "Anna"
    assert chats[CLUB]["members"] == [ANNA, BEN, MEI]
    assert chats[FORUM]["topics"] == [{"id": 2, "name": "Dresses"}, {"id": 3, "name": "Shoes"}]
    assert chats[BASIC]["type"] == "group"


async def test_a_conversation_from_both_sides(served: Served) -> None:
    anna = served.client(ANNA)
    message_id = await anna.say("/start")
    (update,) = await served.updates()
    assert update.message
    assert update.message.message_id == message_id
    await served.call(
        "sendMessage",
        chat_id=ANNA,
        text="Hello",
        reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "p1:1:go"}]]},
    )
    hello = await anna.wait_for(says("Hello"))
    assert buttons(hello) == {"Go": "p1:1:go"}
    callback_id = await anna.press(hello, "Go")
    (pressed,) = await served.updates()
    assert pressed.callback_query
    assert pressed.callback_query.data == "p1:1:go"
    await pressed.callback_query.answer("On it")
    answer = await anna.wait_for_answer(callback_id)
    assert answer["text"] == "On it"
    said = [words(message) for message in await anna.messages()]
    assert said == ["/start", "Hello"]


async def test_wait_for_looks_at_what_came_after_the_last_act(served: Served) -> None:
    anna = served.client(ANNA)
    await anna.say("/start")
    await served.bot.send_message(ANNA, "old answer")
    await anna.say("again")
    with pytest.raises(AssertionError, match=r"waited 0\.01 s in vain"):
        await anna.wait_for(says("answer"), seconds=0.01)
    await served.bot.send_message(ANNA, "new answer")
    assert words(await anna.wait_for(says("answer"))) == "new answer"
    assert words(await anna.wait_for(says("answer"), since=0)) == "old answer"


async def test_wait_for_sees_what_was_there_only_for_a_moment(served: Served) -> None:
    anna = served.client(ANNA)
    await anna.say("/tryon")
    sent = await served.bot.send_message(ANNA, "queued")
    await served.bot.edit_message_text("done", ANNA, sent.message_id)
    assert words(await anna.wait_for(says("queued"))) == "queued"
    assert words(await anna.wait_for(says("done"))) == "done"


async def test_photos_albums_and_files(served: Served) -> None:
    anna = served.client(ANNA)
    (one,) = await anna.send_photos(picture(), caption="me")
    two, three = await anna.send_photos(picture(), picture(colour="navy"), caption="us")
    (file,) = await anna.send_photos(picture(kind="PNG"), as_files=True, names=("me.png",))
    by_id = {message["message_id"]: message for message in await anna.messages()}
    assert by_id[one]["caption"] == "me"
    assert by_id[two]["media_group_id"] == by_id[three]["media_group_id"]
    assert by_id[file]["document"]["file_name"] == "me.png"
    assert format_of(await anna.picture(by_id[one])) == "JPEG"
    assert await anna.picture(by_id[file]) == picture(kind="PNG")
    unique = by_id[one]["photo"][-1]["file_unique_id"]
    small = await served.http.get(f"/people/files/{unique}", params={"size": 90})
    assert max(size_of(small.content)) == 90
    assert small.headers["content-type"] == "image/jpeg"


async def test_topics_replies_and_others(served: Served) -> None:
    anna = served.client(ANNA)
    first = await anna.say("in a topic", chat=FORUM, topic=DRESSES)
    second = await anna.say("a reply", chat=FORUM, reply_to=first)
    (third,) = await anna.send_photos(picture(), chat=FORUM, reply_to=first, topic=DRESSES)
    fourth = await anna.send_other("sticker", chat=FORUM)
    by_id = {message["message_id"]: message for message in await anna.messages(FORUM)}
    assert by_id[second]["reply_to_message"]["message_id"] == first
    assert by_id[third]["message_thread_id"] == DRESSES
    assert "sticker" in by_id[fourth]


async def test_editing_deleting_and_forwarding(served: Served) -> None:
    anna = served.client(ANNA)
    message_id = await anna.say("tpyo", chat=CLUB)
    await anna.edit(message_id, CLUB, text="typo")
    assert words(await anna.last(CLUB)) == "typo"
    await anna.forward(CLUB, message_id)
    assert words(await anna.last()) == "typo"
    await anna.delete(message_id, CLUB)
    assert await anna.messages(CLUB) == []


async def test_messages_carry_the_number_of_their_last_event(served: Served) -> None:
    anna = served.client(ANNA)
    await anna.say("one")
    sent = await served.bot.send_message(ANNA, "two")
    before = (await anna.last())["seen_seq"]
    await served.bot.edit_message_text("three", ANNA, sent.message_id)
    assert (await anna.last())["seen_seq"] > before
    events, seq = await anna.events(before)
    assert [event["event"] for event in events] == ["edited"]
    assert events[0]["seq"] == seq == (await anna.last())["seen_seq"]


async def test_people_see_only_their_own_chats(served: Served) -> None:
    ben = served.client(BEN)
    await served.client(ANNA).say("private")
    with pytest.raises(NotAllowedError) as refused:
        await ben.messages(ANNA)
    assert refused.value.status == 403
    assert await ben.events(0, 0) == ([], served.telegram.feed.seq)


async def test_blocking_and_commands(served: Served) -> None:
    anna = served.client(ANNA)
    await served.bot.set_my_commands([("help", "Help")])
    assert await anna.commands() == await anna.commands(CLUB) == ["help"]
    await anna.block()
    with pytest.raises(NotAllowedError, match="unblock it first"):
        await anna.say("x")
    await anna.unblock()
    assert await anna.say("x")


@pytest.mark.parametrize(
    ("path", "body", "status", "why"),
    [
        ("/people/77/chats/77/text", {"text": "x"}, 404, "no person 77"),
        ("/people/1001/chats/-9/text", {"text": "x"}, 403, "not in chat -9"),
        ("/people/anna/chats/1/text", {"text": "x"}, 404, "'anna' is no id"),
        ("/people/1001/chats/1001/text", {}, 400, "text is missing"),
        ("/people/1001/chats/1001/text", {"text": " "}, 400, "the text is empty"),
        ("/people/1001/chats/1001/text", [], 400, "must be a JSON object"),
        ("/people/1001/chats/1001/text", {"text": "x", "reply_to": "y"}, 400, "must be a int"),
        ("/people/1001/chats/1001/text", {"text": "x", "reply_to": 9}, 404, "no message 9"),
        ("/people/1001/chats/1001/other", {"kind": "x"}, 400, "choose one of"),
        ("/people/1001/chats/1001/press", {"message_id": 9, "data": "x"}, 404, "no button"),
        ("/people/1001/chats/1001/edit", {"message_id": 9, "text": "x"}, 404, "no message 9"),
        ("/people/1001/chats/1001/photos", None, 400, "send 1 to 10 pictures"),
        ("/control/chats/5/bot", {"status": "left"}, 404, "no such group"),
        ("/control/chats/-1001/bot", {"status": "lost"}, 400, "choose one of"),
        ("/control/chats/-1001/migrate", {}, 400, "only a basic group"),
        ("/control/chats/-1001/post", {}, 400, "text is missing"),
        ("/control/privacy", {}, 400, "on is missing"),
        ("/control/clock", {"advance": -1}, 400, "cannot go back"),
        ("/control/faults", {"target": "mars", "kind": "x"}, 400, "Unknown target"),
        ("/control/faults", {"target": "telegram", "kind": "x"}, 400, "choose one of"),
        ("/control/updates", {"update": 1}, 400, "must be a JSON object"),
    ],
)
async def test_what_cannot_be_done_is_said(
    served: Served, path: str, body: object, status: int, why: str
) -> None:
    answer = (
        await served.http.post(path, json=body)
        if body is not None
        else (await served.http.post(path))
    )
    assert answer.status_code == status
    assert why in answer.json()["error"]


async def test_only_own_messages_are_edited_and_only_what_they_have(served: Served) -> None:
    anna = served.client(ANNA)
    await anna.say("/start")
    sent = await served.bot.send_message(ANNA, "the bot's")
    with pytest.raises(NotAllowedError, match="only your own"):
        await anna.edit(sent.message_id, text="x")
    sticker = await anna.send_other("sticker")
    with pytest.raises(NotAllowedError, match="give `text`"):
        await anna.edit(sticker, text="x")


async def test_an_unknown_file_is_a_404(served: Served) -> None:
    assert (await served.http.get("/people/files/nothing")).status_code == 404


# --- control -------------------------------------------------------------------------------


async def test_the_clock_is_moved_by_hand(served: Served) -> None:
    before = await served.control.now()
    await served.control.advance(90)
    assert await served.control.now() == before + 90


async def test_faults_are_ordered_shown_and_forgotten(served: Served) -> None:
    await served.client(ANNA).say("/start")
    await served.control.fault("telegram", "sendMessage", "403", 2, chat_id=ANNA)
    assert (await served.call("sendMessage", chat_id=ANNA, text="x"))["error_code"] == 403
    shown = (await served.http.get("/control/faults")).json()["faults"]
    assert shown == [
        {"target": "telegram", "call": "sendmessage", "kind": "403", "times": 1, "chat_id": ANNA}
    ]
    await served.control.clear_faults()
    assert (await served.call("sendMessage", chat_id=ANNA, text="x"))["ok"]


async def test_a_fault_for_telegram_may_name_a_method_instead_of_a_call(served: Served) -> None:
    order = {"target": "telegram", "method": "getMe", "kind": "500"}
    assert (await served.http.post("/control/faults", json=order)).status_code == 200
    assert (await served.call("getMe"))["error_code"] == 500


async def test_the_record_of_requests_is_shown_masked(served: Served) -> None:
    await served.client(ANNA).say("/start")
    await served.call("sendMessage", chat_id=ANNA, text=TOKEN)
    (shown,) = await served.control.requests("telegram", "sendMessage")
    assert shown["details"]["text"] == "***"
    assert shown["status"] == 200
    assert await served.control.requests("dashscope") == []
    await served.http.delete("/control/requests")
    assert await served.control.requests() == []


async def test_limits_updates_and_groups_by_hand(served: Served) -> None:
    await served.client(ANNA).say("/start")
    await served.updates()
    await served.control.enforce_limits()
    codes = [
        (await served.call("sendMessage", chat_id=ANNA, text="x")).get("error_code")
        for _ in range(5)
    ]
    assert 429 in codes
    update_id = await served.control.inject({"odd": {}})
    waiting = (await served.call("getUpdates", offset=update_id))["result"]
    assert waiting == [{"update_id": update_id, "odd": {}}]
    served.telegram.updates.forget_all()
    await served.control.set_bot(CLUB, "restricted", denied=["can_send_photos"], by=ANNA)
    await served.control.set_member(CLUB, BEN, "administrator", anonymous=True)
    kinds = [update.my_chat_member is not None for update in await served.updates()]
    assert kinds == [True]
    assert await served.control.migrate(BASIC) < -1_000_000_000_000
    served.telegram.updates.forget_all()
    await served.control.set_privacy(on=False)
    await served.control.post_in_channel(CLUB, "New in", picture())
    (update,) = await served.updates()
    assert update.message
    assert update.message.caption == "New in"
    assert update.message.is_automatic_forward
    world = (await served.http.get("/people")).json()
    assert world["privacy"] is False


async def test_predicates_describe_messages(served: Served) -> None:
    await served.client(ANNA).say("/start")
    sent = await served.bot.send_photo(ANNA, picture(), caption="look")
    shown = await served.client(ANNA).last()
    assert sent.message_id == shown["message_id"]
    assert has_picture(shown)
    assert says("look")(shown)
    assert not has_button("x")(shown)
