"""Who is written to when: in order, within Telegram's limits, answers first."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.codec import dump_outgoing
from bot.courier.courier import SHARES
from bot.courier.pace import ALL_MESSAGES, GROUP_MESSAGES, Pace
from bot.demo.world import ANNA, BEN, MEI
from bot.messages import Answer, StripButtons
from storage import outbox
from storage.outbox import Rank
from tests.courier.office import CLUB, Office, edit, opened, said


def times(office: Office, method: str) -> list[float]:
    return [each.at for each in office.calls(method)]


async def test_messages_of_one_chat_leave_in_order_a_second_apart(office: Office) -> None:
    await office.say(ANNA.id, *(said(str(n)) for n in range(4)))
    await office.advance(2.5)
    assert office.texts(ANNA.id) == ["0", "1", "2"]
    await office.advance(1)
    assert office.texts(ANNA.id) == ["0", "1", "2", "3"]
    assert all(b - a >= 1 for a, b in pairwise(times(office, "sendMessage")))


async def test_chats_do_not_wait_for_each_other(office: Office) -> None:
    await office.say(ANNA.id, said("1"), said("2"))
    await office.say(BEN.id, said("1"))
    await office.settle()
    assert (office.texts(ANNA.id), office.texts(BEN.id)) == (["1"], ["1"])


async def test_a_burst_of_edits_shows_only_its_last(office: Office) -> None:
    await office.say(ANNA.id, said("0", "a"))
    await office.settle()
    for n in range(1, 9):
        await office.say(ANNA.id, edit("a", str(n)))
        await office.settle()
    await office.advance(1)
    assert office.texts(ANNA.id) == ["8"]
    assert len(office.calls("editMessageText")) == 2


async def test_an_edit_does_not_wait_for_the_second_between_messages(office: Office) -> None:
    await office.say(ANNA.id, said("0", "a"), edit("a", "1"), said("2"))
    await office.settle()
    assert office.texts(ANNA.id) == ["1"]


async def test_an_answer_overtakes_its_chat(office: Office) -> None:
    await office.say(ANNA.id, said("1"), said("2"), said("3"))
    await office.say(ANNA.id, Answer("no-such-press", "hello"))
    await office.settle()
    assert len(office.calls("answerCallbackQuery")) == 1
    assert office.texts(ANNA.id) == ["1"]


async def test_an_answer_that_comes_too_late_is_not_even_tried(office: Office) -> None:
    await office.say(ANNA.id, Answer("old", "hello"))
    office.clock.advance(121)
    await office.settle()
    assert office.calls("answerCallbackQuery") == []
    assert [state for state, _ in await office.rows()] == ["failed"]


async def test_a_group_gets_twenty_a_minute_edits_included(office: Office) -> None:
    await office.say(CLUB, said("0", "a"))
    for n in range(30):
        await office.say(CLUB, said(str(n)))
        await office.say(CLUB, edit("a", str(n)))
        await office.advance(1)
    await office.advance(60)
    sent = sorted(times(office, "sendMessage") + times(office, "editMessageText"))
    assert all(b - a >= 60 for a, b in zip(sent, sent[GROUP_MESSAGES:], strict=False))
    assert all(each.status == 200 for each in office.calls())


async def test_thirty_a_second_over_all_chats(tmp_path: Path) -> None:
    office = await opened(tmp_path, strict=False)
    for chat in range(5000, 5100):
        await office.say(chat, said("hello"))
    await office.advance(4)
    sent = times(office, "sendMessage")
    assert len(sent) == 100
    assert all(b - a >= 1 for a, b in zip(sent, sent[ALL_MESSAGES:], strict=False))
    await office.close()


async def test_limits_know_no_restarts(office: Office) -> None:
    for n in range(10):
        await office.say(CLUB, said(str(n)), StripButtons("never sent"))
    await office.advance(25)
    await office.courier.stop(0)
    office.restarted()
    for n in range(10, 30):
        await office.say(CLUB, said(str(n)))
    await office.advance(120)
    sent = times(office, "sendMessage")
    assert len(sent) == 30
    assert all(b - a >= 60 for a, b in zip(sent, sent[GROUP_MESSAGES:], strict=False))


async def test_what_is_due_later_waits(office: Office) -> None:
    async with office.db.transaction("say") as tx:
        row = outbox.NewRow(ANNA.id, dump_outgoing(said("later")), due_at=office.clock.now() + 5)
        await outbox.add(tx, [row], office.clock.now())
    office.courier.wake()
    await office.advance(4)
    assert office.texts(ANNA.id) == []
    await office.advance(2)
    assert office.texts(ANNA.id) == ["later"]


async def test_one_chat_with_much_to_hear_holds_nobody_up(tmp_path: Path) -> None:
    office = await opened(tmp_path, strict=False)
    await office.say(ANNA.id, *(said(str(n)) for n in range(50)))
    for chat in (BEN.id, MEI.id):
        await office.say(chat, said("me too"))
    await office.settle()
    assert office.texts(BEN.id) == office.texts(MEI.id) == ["me too"]
    await office.close()


@given(
    sends=st.lists(
        st.tuples(st.sampled_from([1, 2, -1, -2]), st.booleans(), st.floats(0, 3)), max_size=200
    )
)
def test_waiting_for_the_pace_never_exceeds_a_limit(
    sends: list[tuple[int, bool, float]],
) -> None:
    pace, now = Pace(), 1000.0
    sent: list[tuple[int, bool, float]] = []
    for chat, new, pause in sends:
        now = pace.free_at(chat, now + pause, new=new)
        pace.sent(chat, now, new=new)
        sent.append((chat, new, now))
    everything = [at for _, _, at in sent]
    assert all(
        b - a >= 1 - 1e-6 for a, b in zip(everything, everything[ALL_MESSAGES:], strict=False)
    )
    for chat in {chat for chat, _, _ in sent}:
        mine = [at for c, new, at in sent if c == chat and (new or chat < 0)]
        assert all(b - a >= 1 - 1e-6 for a, b in pairwise(mine))
        if chat < 0:
            gaps = zip(mine, mine[GROUP_MESSAGES:], strict=False)
            assert all(b - a >= 60 - 1e-6 for a, b in gaps)


def test_floods_in_two_chats_silence_everybody() -> None:
    pace = Pace()
    pace.flood(1, 100.0, 30)
    assert pace.free_at(1, 100.0, new=True) == 130
    assert pace.free_at(2, 100.0, new=True) == 101
    pace.flood(2, 105.0, 20)
    assert pace.free_at(3, 105.0, new=True) == 125
    assert pace.free_at(1, 105.0, new=True) == 130


def test_idle_chats_are_forgotten() -> None:
    pace = Pace()
    for chat in range(25_000):
        pace.sent(chat, 1000.0 + chat, new=True)
    assert len(pace._messages) < 11_000


# --- groups: pictures before talk before progress ---------------------------------------


async def in_rank(office: Office, rank: Rank, *words: str, anchor: str | None = None) -> None:
    async with office.db.transaction("say") as tx:
        for each in words:
            message = edit(anchor, each) if anchor else said(each)
            row = outbox.NewRow(CLUB, dump_outgoing(message), edits=anchor, rank=rank)
            await outbox.add(tx, [row], office.clock.now())
    office.courier.wake()


def spoken(office: Office) -> list[str]:
    return office.texts(CLUB, ANNA.id)


async def test_in_a_group_pictures_come_before_talk_and_talk_before_progress(
    office: Office,
) -> None:
    await office.say(CLUB, said("card", "a"))
    await office.settle()
    await in_rank(office, Rank.PROGRESS, "you are next", anchor="a")
    await in_rank(office, Rank.TALK, "one", "two")
    await in_rank(office, Rank.PICTURE, "picture")
    await office.advance(1.5)
    assert spoken(office) == ["card", "picture"]
    await office.advance(2)
    assert spoken(office) == ["card", "picture", "one", "two"]
    await office.advance(1)
    assert spoken(office)[0] == "you are next"


async def test_a_busy_group_has_room_left_for_pictures(office: Office) -> None:
    await in_rank(office, Rank.TALK, *map(str, range(30)))
    await office.advance(40)
    assert len(spoken(office)) == SHARES[Rank.TALK]
    await in_rank(office, Rank.PICTURE, "picture")
    await office.advance(2)
    assert spoken(office)[-1] == "picture"
    await office.advance(90)
    assert len(spoken(office)) == 31
    sent = times(office, "sendMessage")
    assert all(b - a >= 60 for a, b in zip(sent, sent[GROUP_MESSAGES:], strict=False))


async def test_progress_leaves_room_for_talk_and_only_its_last_state_is_shown(
    office: Office,
) -> None:
    await office.say(CLUB, said("card", "a"))
    for n in range(30):
        await in_rank(office, Rank.PROGRESS, str(n), anchor="a")
        await office.advance(1)
    edits = times(office, "editMessageText")
    assert len(edits) == SHARES[Rank.PROGRESS] - 1
    await in_rank(office, Rank.TALK, "hello")
    await office.advance(2)
    assert spoken(office)[-1] == "hello"
    await office.advance(60)
    assert spoken(office)[0] == "29"


async def test_in_a_private_chat_everything_keeps_its_order(office: Office) -> None:
    async with office.db.transaction("say") as tx:
        for rank in reversed(Rank):
            row = outbox.NewRow(ANNA.id, dump_outgoing(said(rank.name)), rank=rank)
            await outbox.add(tx, [row], office.clock.now())
    office.courier.wake()
    await office.advance(4)
    assert office.texts(ANNA.id) == ["PROGRESS", "TALK", "PICTURE"]
