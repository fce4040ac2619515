"""Pictures: sent as photos or files, shown in place, delivered exactly as far as it goes."""

import pytest

from bot.demo.telegram.people import Somebody
from bot.demo.world import ANNA, OLGA
from bot.messages import (
    Button,
    Content,
    Delivery,
    Edit,
    Send,
    SideBySide,
    StoredPicture,
    StripButtons,
    TelegramPhoto,
)
from storage import jobs, ledger, outbox, pictures
from storage.jobs import JobState, NewJob
from storage.worklists import drawn_in
from tests.courier.office import DAY, Office, png, said
from tests.engine.world import SPEC

KEYBOARD = ((Button("Go", "p1:1:go"),),)


async def person_photo(office: Office, width: int = 600, height: int = 800) -> str:
    """Let Anna send a photo and return its file id."""
    somebody = Somebody(office.telegram, ANNA.id, ANNA.id)
    (message,) = await somebody.send_photos([office.upload(width, height)])
    return str(message.fields["photo"][-1]["file_id"])


async def shown(office: Office, anchor: str) -> str | None:
    async with office.db.reading() as tx:
        found = await outbox.anchor(tx, anchor)
    assert found is not None
    return found.picture


async def test_a_text_becomes_a_picture_keeps_it_and_changes_it(office: Office) -> None:
    first, second = await person_photo(office), await person_photo(office, 500, 500)
    await office.say(ANNA.id, said("choose", "a"))
    await office.say(ANNA.id, Edit("a", Content("card", KEYBOARD, SideBySide((first, second)))))
    await office.advance(2)
    (message,) = office.messages(ANNA.id)
    assert (message["caption"], "photo" in message) == ("card", True)
    card = message["photo"][-1]["file_unique_id"]

    await office.say(ANNA.id, Edit("a", Content("card 2", KEYBOARD, SideBySide((first, second)))))
    await office.advance(2)
    await office.say(ANNA.id, Edit("a", Content("queued")))
    await office.advance(2)
    (message,) = office.messages(ANNA.id)
    assert message["caption"] == "queued"
    assert message["photo"][-1]["file_unique_id"] == card
    assert len(office.calls("editMessageMedia")) == 1
    assert len(office.calls("editMessageCaption")) == 2

    await office.say(ANNA.id, Edit("a", Content("other", (), SideBySide((second, first)))))
    await office.advance(2)
    (message,) = office.messages(ANNA.id)
    assert message["photo"][-1]["file_unique_id"] != card
    assert await shown(office, "a") == f"side:{second}+{first}"


async def test_buttons_are_taken_off_a_text_and_a_picture(office: Office) -> None:
    photo = await person_photo(office)
    await office.say(ANNA.id, Send(Content("text", KEYBOARD), anchor="t"))
    await office.say(ANNA.id, Send(Content("pic", KEYBOARD, TelegramPhoto(photo)), anchor="p"))
    await office.say(ANNA.id, StripButtons("t"), StripButtons("p"))
    await office.advance(4)
    assert ["reply_markup" in each for each in office.messages(ANNA.id)] == [False, False]
    await office.say(ANNA.id, Edit("p", Content("still a picture")))
    await office.advance(2)
    assert office.texts(ANNA.id) == ["text", "still a picture"]


async def test_a_card_whose_photo_is_gone_is_shown_without_it(office: Office) -> None:
    await office.say(ANNA.id, Send(Content("card", (), SideBySide(("gone", "gone too")))))
    await office.advance(2)
    assert office.texts(ANNA.id) == ["card"]


async def test_a_result_replies_to_its_order_and_closes_its_job(office: Office) -> None:
    await office.say(ANNA.id, said("order", f"p:{ANNA.id}:0:{ANNA.id}:1"))
    await office.advance(2)
    job = await office.delivering()
    await office.advance(2)
    order, result = office.messages(ANNA.id)
    assert result["reply_to_message"]["message_id"] == order["message_id"]
    done = await office.job(job.id)
    assert done.state is JobState.DONE
    assert done.file_id == result["photo"][-1]["file_id"]
    assert done.picture_id is not None  # kept for "original file"


async def test_an_original_is_sent_untouched_and_then_known_to_telegram(office: Office) -> None:
    data = png(700, 900)
    job = await office.delivering(picture=data)
    await office.advance(2)
    assert job.picture_id is not None
    original = Send(
        Content("the original", picture=StoredPicture(job.picture_id)),
        as_file=True,
        filename="fitting-room-1",
        delivers=Delivery.ORIGINAL,
        job_id=job.id,
    )
    await office.say(ANNA.id, original)
    await office.advance(2)
    document = office.messages(ANNA.id)[-1]["document"]
    assert document["file_name"] == "fitting-room-1.png"
    assert await office.files.fetch(document["file_id"]) == data
    assert (await office.job(job.id)).document_id == document["file_id"]


async def test_a_picture_a_photo_may_be_like_is_not_touched(office: Office) -> None:
    data = png(600, 800)
    await office.delivering(picture=data)
    await office.advance(2)
    (upload,) = [each.details for each in office.calls("sendPhoto")]
    assert str(len(data)) in str(upload)


@pytest.mark.parametrize("size", [(9000, 3000), (4200, 100)])
async def test_a_picture_too_large_for_a_photo_is_sent_smaller(
    office: Office, size: tuple[int, int]
) -> None:
    job = await office.delivering(picture=png(*size))
    await office.advance(2)
    (result,) = office.messages(ANNA.id)
    assert result["photo"]
    assert await office.state(job.id) is JobState.DONE


async def test_a_picture_refused_as_a_photo_is_sent_as_a_file(office: Office) -> None:
    office.fault("sendPhoto", "400", description="Bad Request: IMAGE_PROCESS_FAILED")
    job = await office.delivering()
    await office.advance(5)
    (result,) = office.messages(ANNA.id)
    done = await office.job(job.id)
    assert done.state is JobState.DONE
    assert done.document_id == result["document"]["file_id"]


async def test_a_picture_that_cannot_be_delivered_is_made_good(office: Office) -> None:
    await office.say(ANNA.id, said("order", f"p:{ANNA.id}:0:{ANNA.id}:1"))
    await office.advance(2)
    for method in ("sendPhoto", "sendDocument"):
        office.fault(method, "400")
    job = await office.delivering()
    await office.advance(5)
    failed = await office.job(job.id)
    assert (failed.state, failed.cause) == (JobState.FAILED, "internal")
    async with office.db.reading() as tx:
        balance = await ledger.balance(tx, f"person:{ANNA.id}", DAY)
    assert balance.total == 5
    (told,) = office.texts(ANNA.id)
    assert told != "order"
    assert len(office.texts(OLGA.id)) == 1


async def test_a_result_for_somebody_who_blocked_the_bot_waits_for_them(office: Office) -> None:
    chat = office.telegram.chats.get(ANNA.id)
    assert chat is not None
    chat.blocked = True
    job = await office.delivering()
    await office.advance(60)
    assert await office.state(job.id) is JobState.DELIVERING
    async with office.db.transaction("prune") as tx:
        await pictures.prune(tx, office.clock.now() + 1)
    chat.blocked = False
    async with office.db.transaction("back") as tx:
        await outbox.unpark(tx, ANNA.id, office.clock.now())
    office.courier.wake()
    await office.advance(2)
    assert office.messages(ANNA.id)[-1]["photo"]
    assert await office.state(job.id) is JobState.DONE


async def test_sending_a_photo_is_shown_in_private_while_one_is_drawn(office: Office) -> None:
    async with office.db.transaction("running") as tx:
        for n, chat in enumerate((ANNA.id, -1001)):
            new = NewJob(
                order_key=str(n), person_id=ANNA.id, chat_id=chat, topic_id=0, language="en",
                anchor="a", ordered="{}", model=SPEC.model, account="acme", credits=1, cost=1,
            )  # fmt: skip
            job_id = await jobs.create(tx, new, office.clock.now())
            assert job_id is not None
            await tx.run("UPDATE jobs SET state = 'running', task_id = ? WHERE id = ?", (n, job_id))
        assert await drawn_in(tx, 9) == [(ANNA.id, 0)]
    await office.courier._indicator.show()
    (call,) = office.calls("sendChatAction")
    assert call.details["action"] == "upload_photo"
    assert call.details["chat_id"] == ANNA.id
