"""A group that becomes a supergroup: nothing is said twice, whatever of it is heard first."""

from itertools import permutations

import pytest

from bot.codec import dump_outgoing, load_outgoing
from bot.demo.telegram.model import Status
from bot.engine import moving
from bot.handlers import membership
from bot.handlers.spots import own_message, prompt_anchor
from bot.messages import Content, Edit, Send
from storage import groups, notices, outbox
from storage.outbox import Busy, NewRow
from storage.sessions import SessionKey
from tests.bot.hall import NEW, NOW, OLD, Hall, came, told

NEWS = {
    "arrival": came(NEW),
    "in the old": told(OLD, "migrate_to_chat_id", NEW),
    "in the new": told(NEW, "migrate_from_chat_id", OLD),
}
ORDERS = [
    *permutations(NEWS),
    *permutations(["arrival", "in the old"]),
    *permutations(["arrival", "in the new"]),
    *((*order, again) for order in permutations(NEWS) for again in NEWS),
]


@pytest.mark.parametrize("order", ORDERS, ids=", ".join)
@pytest.mark.parametrize("before", ["introduced", "met by a command", "never met"])
async def test_a_group_that_migrates_is_not_introduced_again(
    hall: Hall, before: str, order: tuple[str, ...]
) -> None:
    if before != "never met":
        async with hall.db.transaction("t") as tx:
            known = await groups.met(tx, OLD, "Friends", NOW)
            if before == "introduced":
                await groups.set_introduced(tx, known.id, NOW)
    for news in order:
        await hall.hear(NEWS[news])
    assert await hall.waiting() == []
    await hall.hear(came(NEW, Status.MEMBER, Status.LEFT))
    await hall.hear(came(NEW))
    assert await hall.waiting() == []
    async with hall.db.reading() as tx:
        group = await groups.get(tx, NEW)
        assert group is not None
        assert (group.id, group.chat_id, group.gone_since) == (OLD, NEW, None)
        assert await tx.value("SELECT count(*) FROM groups") == 1


async def test_other_groups_are_introduced_and_nothing_waits_behind_that(hall: Hall) -> None:
    await hall.hear(came(NEW))
    ((chat_id, said),) = await hall.waiting()
    assert (chat_id, isinstance(said, Send)) == (NEW, True)
    async with hall.db.transaction("t") as tx:
        await outbox.add(tx, [NewRow(NEW, dump_outgoing(Send(Content("2"))))], hall.clock.now())
        (first,) = await outbox.ready(tx, hall.clock.now(), Busy(), 9)
        assert load_outgoing(first.payload) == Send(Content("2"))
        await outbox.sent(tx, first.id, hall.clock.now())
        (then,) = await outbox.ready(tx, hall.clock.now() + membership.SETTLING, Busy(), 9)
        assert load_outgoing(then.payload) == said


@pytest.mark.parametrize(("chat_id", "seconds"), [(OLD, 0.0), (NEW, 5.0)])
async def test_only_a_supergroup_is_introduced_after_the_news_of_a_move_had_time_to_come(
    hall: Hall, chat_id: int, seconds: float
) -> None:
    await hall.hear(came(chat_id))
    due = hall.clock.now() + seconds
    async with hall.db.reading() as tx:
        assert await outbox.ready(tx, due - 0.1, Busy(), 9) == []
        assert len(await outbox.ready(tx, due, Busy(), 9)) == 1


async def test_a_removal_from_the_new_chat_counts_though_the_migration_is_heard_of_later(
    hall: Hall,
) -> None:
    await hall.hear(came(OLD))
    await hall.hear(came(NEW))
    await hall.hear(came(NEW, Status.MEMBER, Status.KICKED))
    await hall.hear(NEWS["in the old"])
    async with hall.db.reading() as tx:
        group = await groups.get(tx, OLD)
    assert group is not None
    assert (group.chat_id, group.gone_since) == (NEW, hall.clock.now())


async def test_what_waits_answers_no_message_of_the_new_chat_by_its_old_number(
    hall: Hall,
) -> None:
    before, after = SessionKey(OLD, 0, 7), SessionKey(NEW, 0, 7)
    asked = Send(Content("?"), reply_to=41, asks="A photo", anchor=prompt_anchor(before, 3))
    progress = Send(Content("..."), reply_to=own_message(before), anchor=prompt_anchor(before, 2))
    edit = Edit("a", Content("!"))
    async with hall.db.transaction("t") as tx:
        await outbox.bind(tx, own_message(before), OLD, 40, None, NOW)
    await hall.say(asked, progress, edit)
    await hall.hear(NEWS["in the old"])
    here = Send(Content("?"), asks="A photo", anchor=prompt_anchor(after, 3))
    assert await hall.waiting() == [(NEW, here), (NEW, progress), (NEW, edit)]
    async with hall.db.reading() as tx:
        assert await outbox.anchor(tx, own_message(before)) is None


async def test_what_the_old_chat_was_told_is_not_told_again(hall: Hall) -> None:
    notice = notices.to_begin(7)
    async with hall.db.transaction("t") as tx:
        assert await notices.first_time(tx, OLD, notice, NOW)
        await moving.moved(tx, OLD, NEW, NOW)
        assert not await notices.first_time(tx, NEW, notice, NOW)
