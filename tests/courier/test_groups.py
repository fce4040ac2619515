"""Groups that do not take something: no pictures, no words, no topic, or no group any more."""

from dataclasses import replace

import pytest

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.model import Status
from bot.demo.world import ANNA, BEN
from bot.messages import Content, Delivery, Send, StoredPicture
from storage.jobs import Job
from tests.courier.office import CLUB, Office, said


def club(office: Office) -> Chat:
    chat = office.telegram.chats.get(CLUB)
    assert chat is not None
    return chat


def deny(office: Office, *rights: str) -> None:
    chat = club(office)
    chat.bot = replace(chat.bot, status=Status.RESTRICTED, denied=frozenset(rights))


async def drawn(office: Office) -> tuple[Job, Send]:
    """Return a job whose picture Anna has, and the message that would show it in the group."""
    job = await office.delivering()
    await office.advance(2)
    assert job.picture_id is not None
    content = Content("Here it is", picture=StoredPicture(job.picture_id))
    return job, Send(content, job_id=job.id)


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_pictures_a_group_may_not_be_sent_go_to_their_person_and_it_is_said_once(
    office: Office, kind: str
) -> None:
    _, picture = await drawn(office)
    as_file = kind == "document"
    delivers = Delivery.ORIGINAL if as_file else None
    deny(office, "can_send_photos", "can_send_documents")
    before = len(office.messages(ANNA.id))
    for _ in range(2):
        await office.say(CLUB, replace(picture, as_file=as_file, delivers=delivers))
    await office.advance(5)
    (told,) = office.texts(CLUB, BEN.id)
    assert "may not send pictures" in told
    came = office.messages(ANNA.id)[before:]
    assert [kind in one for one in came] == [True, True]
    assert all("Here it is" in one["caption"] for one in came)


async def test_a_card_comes_as_words_where_pictures_are_not_allowed(office: Office) -> None:
    _, picture = await drawn(office)
    deny(office, "can_send_photos")
    await office.say(CLUB, replace(picture, anchor="card", job_id=None))
    await office.advance(5)
    assert office.texts(CLUB, BEN.id) == ["Here it is"]


async def test_what_cannot_be_written_at_all_is_dropped_and_does_not_come_later(
    office: Office,
) -> None:
    deny(office, "can_send_messages")
    await office.say(CLUB, said("1"), said("2"))
    await office.advance(5)
    assert [state for state, _ in await office.rows()] == ["failed", "failed"]
    club(office).bot = replace(club(office).bot, status=Status.MEMBER, denied=frozenset())
    await office.say(CLUB, said("3"))
    await office.advance(5)
    assert office.texts(CLUB, BEN.id) == ["3"]


async def test_what_belongs_to_a_topic_that_is_gone_is_said_outside_of_it(office: Office) -> None:
    await office.say(CLUB, replace(said("1"), topic_id=77), said("2"))
    await office.advance(5)
    assert office.texts(CLUB, BEN.id) == ["1", "2"]
