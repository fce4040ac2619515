"""When Telegram does not take a message: wait, try again, keep it, or give it up and say so."""

import asyncio
from itertools import pairwise

import pytest

from bot.codec import dump_outgoing
from bot.demo.telegram.groups import migrate
from bot.demo.telegram.people import Somebody
from bot.demo.world import ANNA, BEN, OLGA, ROOMMATES
from bot.engine import moving
from bot.messages import Answer, Content, Edit, Send, StripButtons
from storage import groups, outbox, people
from tests.courier.office import CLUB, Office, edit, said


async def block(office: Office, person: int, *, blocked: bool = True) -> None:
    chat = office.telegram.chats.get(person)
    assert chat is not None
    chat.blocked = blocked


async def test_a_flood_is_waited_for_to_its_end(office: Office) -> None:
    office.fault("sendMessage", "429", retry_after=30, chat_id=ANNA.id)
    await office.say(ANNA.id, said("1"), said("2"))
    await office.advance(29)
    assert len(office.calls("sendMessage")) == 1
    await office.advance(3)
    assert office.texts(ANNA.id) == ["1", "2"]


async def test_a_flood_in_one_chat_hardly_holds_up_the_others(office: Office) -> None:
    office.fault("sendMessage", "429", retry_after=30, chat_id=ANNA.id)
    await office.say(ANNA.id, said("1"))
    await office.settle()
    await office.say(BEN.id, said("hello"))
    await office.advance(2)
    assert office.texts(BEN.id) == ["hello"]


async def test_floods_in_two_chats_stop_everybody(office: Office) -> None:
    for person in (ANNA, BEN):
        office.fault("sendMessage", "429", retry_after=10, chat_id=person.id)
        await office.say(person.id, said("1"))
        await office.advance(1.5)
    await office.say(OLGA.id, said("hello"))
    await office.advance(8)
    assert office.texts(OLGA.id) == []
    await office.advance(5)
    assert [office.texts(who.id) for who in (ANNA, BEN, OLGA)] == [["1"], ["1"], ["hello"]]


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_telegram_in_trouble_is_tried_again_with_growing_pauses(
    office: Office, kind: str
) -> None:
    office.fault("sendMessage", kind, times=4)
    await office.say(ANNA.id, said("1"), said("2"))
    await office.advance(40)
    assert office.texts(ANNA.id) == ["1", "2"]
    at = [each.at for each in office.calls("sendMessage")]
    assert [round(b - a) for a, b in pairwise(at[:5])] == [1, 2, 4, 8]


async def test_a_lost_answer_rather_doubles_a_message_than_losing_it(office: Office) -> None:
    office.fault("sendMessage", "apply_then_drop")
    await office.say(ANNA.id, said("1"), said("2"))
    await office.advance(5)
    assert office.texts(ANNA.id) == ["1", "1", "2"]


async def test_a_lost_answer_to_an_edit_changes_nothing(office: Office) -> None:
    await office.say(ANNA.id, said("0", "a"))
    await office.settle()
    office.fault("editMessageText", "apply_then_drop")
    await office.say(ANNA.id, edit("a", "1"))
    await office.advance(5)
    assert office.texts(ANNA.id) == ["1"]
    assert [state for state, _ in await office.rows()] == ["sent", "sent"]


async def test_an_edit_that_changes_nothing_is_as_good_as_done(office: Office) -> None:
    await office.say(ANNA.id, said("0", "a"), edit("a", "0"))
    await office.advance(3)
    assert [state for state, _ in await office.rows()] == ["sent", "sent"]
    assert office.texts(OLGA.id) == []


async def test_an_edit_of_a_message_that_is_gone_is_dropped_in_silence(office: Office) -> None:
    await office.say(ANNA.id, said("0", "a"))
    await office.settle()
    (message,) = office.messages(ANNA.id)
    Somebody(office.telegram, ANNA.id, ANNA.id).delete(message["message_id"])
    await office.say(ANNA.id, edit("a", "1"), said("2"))
    await office.advance(3)
    assert office.texts(ANNA.id) == ["2"]
    assert office.texts(OLGA.id) == []


async def test_what_must_be_read_comes_anew_if_the_message_is_gone(office: Office) -> None:
    card, words = said("The card", "card"), Content("It did not work.")
    await office.say(ANNA.id, card)
    await office.settle()
    [sent] = office.messages(ANNA.id)
    Somebody(office.telegram, ANNA.id, ANNA.id).delete(sent["message_id"])
    await office.say(ANNA.id, Edit("card", words, or_anew=True), said("And now?"))
    await office.say(BEN.id, Edit("never sent", words, or_anew=True))
    await office.advance(5)
    assert office.texts(ANNA.id) == ["It did not work.", "And now?"]
    assert office.texts(BEN.id) == ["It did not work."]
    await office.say(ANNA.id, edit("card", "It works again."))
    await office.advance(5)
    assert office.texts(ANNA.id) == ["It works again.", "And now?"]


async def test_an_edit_of_a_message_that_was_never_sent_is_dropped(office: Office) -> None:
    await office.say(ANNA.id, edit("nobody", "1"), StripButtons("nobody"), said("2"))
    await office.advance(3)
    assert office.texts(ANNA.id) == ["2"]


async def test_what_is_for_somebody_who_blocked_the_bot_waits_until_they_come_back(
    office: Office,
) -> None:
    async with office.db.transaction("seen") as tx:
        await people.seen(tx, ANNA.id, "anna", "Anna", "en", office.clock.now())
    await block(office, ANNA.id)
    await office.say(ANNA.id, said("1"), said("2"), Answer("press", "x"))
    await office.advance(600)
    assert office.texts(ANNA.id) == []
    assert len(office.calls("sendMessage")) == 1
    async with office.db.transaction("back") as tx:
        person = await people.get(tx, ANNA.id)
        assert person is not None
        assert person.blocked_at is not None
        await outbox.unpark(tx, ANNA.id, office.clock.now())
    await block(office, ANNA.id, blocked=False)
    office.courier.wake()
    await office.advance(5)
    assert office.texts(ANNA.id) == ["1", "2"]


@pytest.mark.parametrize(
    "description",
    ["Bad Request: chat not found", "Bad Request: not enough rights to send photos to the chat"],
)
async def test_a_chat_that_cannot_be_written_to_keeps_its_messages(
    office: Office, description: str
) -> None:
    office.fault("sendMessage", "400", description=description)
    await office.say(ANNA.id, said("1"))
    await office.advance(60)
    assert [state for state, _ in await office.rows()] == ["parked"]
    assert office.texts(OLGA.id) == []


async def test_markup_telegram_cannot_read_is_sent_as_plain_text(office: Office) -> None:
    await office.say(ANNA.id, said("<b>5 < 7 &amp; so</b> <i>on"))
    await office.advance(3)
    assert office.texts(ANNA.id) == ["5 < 7 & so on"]
    assert len(office.texts(OLGA.id)) == 1


async def test_what_telegram_refuses_is_given_up_told_once_and_holds_nobody_up(
    office: Office,
) -> None:
    office.fault("sendMessage", "400", times=2, chat_id=ANNA.id)
    await office.say(ANNA.id, said("1"), said("2"), said("3"))
    await office.advance(10)
    assert office.texts(ANNA.id) == ["3"]
    assert len(office.texts(OLGA.id)) == 1


async def test_a_group_that_became_a_supergroup_gets_everything_under_its_new_id(
    office: Office,
) -> None:
    await office.say(CLUB, said("0", "a"))
    await office.settle()
    new = -100_777
    chat = office.telegram.chats.get(CLUB)
    assert chat is not None
    chat.migrated_to = new
    await office.say(CLUB, said("1"), edit("a", "2"))
    await office.advance(3)
    async with office.db.reading() as tx:
        rows = await tx.rows("SELECT chat_id FROM outbox WHERE state <> 'sent'")
        anchor = await outbox.anchor(tx, "a")
    assert {row[0] for row in rows} <= {new}
    assert anchor is None, "its number names another message there"


async def test_a_group_that_became_a_supergroup_by_a_refusal_is_not_introduced_again(
    office: Office,
) -> None:
    old = office.telegram.chats.get(ROOMMATES.id)
    assert old is not None
    new = migrate(office.telegram, old, by=ANNA.id).id
    hello, now = dump_outgoing(said("Hello", moving.introduction(new))), office.clock.now()
    async with office.db.transaction("came") as tx:
        await groups.met(tx, ROOMMATES.id, ROOMMATES.title, now)
        await outbox.add(tx, [outbox.NewRow(new, hello, due_at=now + 5)], now)
    await office.say(ROOMMATES.id, said("1"))
    await office.advance(10)
    assert office.texts(new, ANNA.id) == ["1"]
    async with office.db.reading() as tx:
        group = await groups.get(tx, new)
    assert group is not None
    assert group.introduced_at is not None


async def test_a_row_nobody_can_read_holds_nobody_up(office: Office) -> None:
    async with office.db.transaction("say") as tx:
        await outbox.add(tx, [outbox.NewRow(ANNA.id, '{"v": 99}')], office.clock.now())
    await office.say(ANNA.id, said("1"))
    await office.advance(3)
    assert office.texts(ANNA.id) == ["1"]
    assert len(office.texts(OLGA.id)) == 1


async def test_a_message_we_cannot_even_make_is_given_up_after_a_few_tries(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        msg = "a bug"
        raise RuntimeError(msg)

    monkeypatch.setattr(office.bot.__class__, "send_message", broken)
    await office.say(ANNA.id, said("1"), edit("nobody", "2"))
    await office.advance(60)
    states = [state for state, _ in await office.rows()][:2]
    assert states == ["failed", "failed"]


async def test_a_database_in_trouble_only_costs_time(office: Office) -> None:
    async with office.db.transaction("break") as tx:
        await tx.run("ALTER TABLE anchors RENAME TO away")
    await office.say(ANNA.id, Send(Content("1"), anchor="a"))
    await office.advance(1)
    async with office.db.transaction("mend") as tx:
        await tx.run("ALTER TABLE away RENAME TO anchors")
    await office.advance(10)
    assert office.texts(ANNA.id)[-1] == "1"
    await office.say(ANNA.id, edit("a", "2"))
    await office.advance(2)
    assert office.texts(ANNA.id)[-1] == "2"


async def test_an_answer_that_cannot_be_written_down_is_not_given_in_a_hot_loop(
    office: Office,
) -> None:
    async with office.db.transaction("break") as tx:
        await tx.run(
            "CREATE TRIGGER full BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    await office.say(ANNA.id, Answer("1", "Hello"))
    await office.advance(4)
    assert len(office.calls("answerCallbackQuery")) == 1
    await office.say(BEN.id, said("nobody else waits"))
    await office.settle()
    assert office.texts(BEN.id) == ["nobody else waits"]
    async with office.db.transaction("mend") as tx:
        await tx.run("DROP TRIGGER full")
    await office.advance(10)
    assert len(office.calls("answerCallbackQuery")) == 2


async def test_a_newer_edit_follows_one_that_is_on_its_way(office: Office) -> None:
    await office.say(ANNA.id, said("0", "a"))
    await office.settle()
    office.fault("editMessageText", "delay", seconds=5)
    await office.say(ANNA.id, edit("a", "1"))
    office.courier.woken.clear()
    await office.courier.round()
    while office.telegram.faults.waiting():  # noqa: ASYNC110  the first is on its way: no event says so
        await asyncio.sleep(0)
    await office.say(ANNA.id, edit("a", "2"))
    office.clock.advance(6)
    await office.courier.idle()
    await office.advance(2)
    assert office.texts(ANNA.id) == ["2"]
