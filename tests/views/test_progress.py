"""What is told about an order: on the way, at its end, and with its picture."""

from dataclasses import replace

import pytest

from bot.messages import Content
from bot.views import progress
from bot.views.texts import LANGUAGES
from providers.causes import Cause
from providers.wishes import Face
from storage.pauses import BY_OPERATOR
from tests.dialogue.people import ORDER, RESTYLE
from tests.views.limits import assert_keeps_limits, visible


def data_of(content: Content) -> list[list[str]]:
    return [[button.data for button in row] for row in content.keyboard]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_about_an_order_fits_under_its_picture(language: str) -> None:
    told = (
        progress.queued(language, job_id=10**9, position=999, wait_seconds=86_400.0),
        progress.queued(language, job_id=1, position=1, wait_seconds=20.0),
        progress.drawing(language, job_id=1, wait_seconds=20.0, cancellable=True),
        progress.drawing(language, job_id=1),
        progress.held(language, Cause.ARREARS, job_id=1),
        progress.held(language, BY_OPERATOR, job_id=1),
        progress.cancelling(language),
        progress.cancelled(language, 2, job_id=1),
        progress.done(language),
        progress.result(language, 1, ORDER, ORDER.model, 18.0),
        progress.ordered(language),
        progress.titled(language, RESTYLE, progress.done(language)),
        progress.result(language, 1, RESTYLE, RESTYLE.model, 18.0),
        *(progress.failed(language, cause, 2, job_id=1) for cause in Cause),
        *(progress.failed(language, cause, 2, job_id=1, order=RESTYLE) for cause in Cause),
    )

    for content in told:
        assert_keeps_limits(content)
        assert content.picture is None
    assert progress.original_caption(language)
    assert progress.before_after_caption(language)


def test_a_place_in_the_queue_comes_with_a_time_and_a_way_out() -> None:
    content = progress.queued("en", job_id=7, position=3, wait_seconds=130.0)

    assert visible(content.text) == "⏳ Number 3 in the queue.\nYour picture in about 3 min."
    assert data_of(content) == [["j1:7:cancel"]]


def test_the_next_one_is_told_so() -> None:
    assert "You are next." in progress.queued("en", job_id=7, position=1, wait_seconds=30.0).text


def test_drawing_can_be_cancelled_only_while_it_can() -> None:
    assert data_of(progress.drawing("en", job_id=7, wait_seconds=9.0, cancellable=True)) == [
        ["j1:7:cancel"]
    ]
    assert data_of(progress.drawing("en", job_id=7, wait_seconds=9.0)) == []


def test_what_takes_long_promises_no_time() -> None:
    assert "longer than usual" in progress.drawing("en", job_id=7).text


@pytest.mark.parametrize("cause", Cause)
def test_a_failure_says_what_happened_what_to_do_and_that_it_was_free(cause: Cause) -> None:
    content = progress.failed("en", cause, 2, job_id=7)
    title, why, free = content.text.split("\n")

    assert "didn't work" in title
    assert "lease" in why or cause is Cause.TOO_LATE  # it asks for something
    assert free == "Not charged: you got 2 credits back."
    assert data_of(content)  # never a dead end


def test_bad_photos_lead_to_other_photos() -> None:
    assert data_of(progress.failed("en", Cause.PERSON_UNCLEAR, 1, job_id=7)) == [
        ["j1:7:other_person"]
    ]
    assert data_of(progress.failed("en", Cause.TOO_LATE, 1, job_id=7)) == [["j1:7:again"]]
    assert data_of(progress.failed("en", Cause.TOO_LATE, 1)) == []


def test_a_result_tells_what_it_shows_and_leads_on() -> None:
    content = progress.result("en", 7, ORDER, "aitryon-plus", 18.4)

    assert visible(content.text) == "✨ Here you are!\n👕 Top · fine · 18 s"
    assert data_of(content) == [
        ["j1:7:again", "j1:7:new_face"],
        ["j1:7:other_garment", "j1:7:other_person"],
        ["j1:7:restyle"],
        ["j1:7:original", "j1:7:before_after"],
    ]


def test_what_can_be_refined_says_so_beside_restyling() -> None:
    content = progress.result("en", 7, ORDER, "aitryon-plus", 18.4, refine=True)

    assert len(data_of(content)) == 4
    assert data_of(content)[2] == ["j1:7:refine", "j1:7:restyle"]


def test_a_restyle_tells_its_style_and_leads_on() -> None:
    content = progress.result("en", 7, RESTYLE, "wanx-style-repaint-v1", 14.6)

    assert visible(content.text) == "✨ Here you are!\nAnime · Restyle · 15 s"
    assert data_of(content) == [
        ["j1:7:again", "j1:7:other_style"],
        ["j1:7:try_on", "j1:7:other_person"],
        ["j1:7:original", "j1:7:before_after"],
    ]


def test_a_restyle_that_failed_says_which_and_leads_to_another_portrait_or_style() -> None:
    unfit = progress.failed("en", Cause.PHOTO_UNFIT, 1, job_id=7, order=RESTYLE)
    nobody = progress.failed("en", Cause.PERSON_UNCLEAR, 1, job_id=7, order=RESTYLE)

    assert data_of(unfit) == [["j1:7:other_person", "j1:7:other_style"]]
    assert "face" in nobody.text
    assert progress.titled("en", RESTYLE, nobody).text.startswith("🎨 Anime\n")
    assert progress.titled("en", ORDER, nobody) == nobody


def test_a_new_face_is_told() -> None:
    content = progress.result("en", 7, replace(ORDER, face=Face.NEW), "aitryon", 9.0)

    assert visible(content.text) == "✨ Here you are!\n👕 Top, new face · standard · 9 s"
