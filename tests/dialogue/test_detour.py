"""What may be answered when somebody is asked whether a dearer model may draw their order."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import CancelJob, DeclineOffer, Effect, Reply, TakeOffer
from bot.dialogue.events import JobPressed
from bot.dialogue.states import Idle
from bot.dialogue.world import JobFacts, Question, World
from tests.dialogue.people import ORDER, WORLD, step_from

ASKED = Question(number=2, credits=3, affordable=True, within_budget=True)
JOB = JobFacts(7, ORDER, "offered", None, has_original=False, question=ASKED)


def world(**changes: object) -> World:
    question = replace(ASKED, **changes)  # type: ignore[arg-type]  # fields by name
    return replace(WORLD, job=replace(JOB, question=question))


@pytest.mark.parametrize(
    ("action", "effects"),
    [
        ("yes", (TakeOffer(7), Reply("offer_taken"))),
        ("no", (DeclineOffer(7), Reply("offer_declined"))),
    ],
)
def test_the_open_question_is_answered(action: str, effects: tuple[Effect, ...]) -> None:
    assert step_from(Idle(), JobPressed(7, action, 2), world()) == (Idle(), effects)


@pytest.mark.parametrize(
    ("changes", "reply"),
    [
        ({"affordable": False}, Reply("offer_too_dear", alert=True)),
        ({"within_budget": False}, Reply("no_budget", alert=True)),
    ],
)
def test_a_yes_that_cannot_be_paid_is_refused_and_the_question_stays(
    changes: dict[str, object], reply: Reply
) -> None:
    assert step_from(Idle(), JobPressed(7, "yes", 2), world(**changes)) == (Idle(), (reply,))


@pytest.mark.parametrize("changes", [{"affordable": False}, {"within_budget": False}])
def test_a_no_needs_no_money(changes: dict[str, object]) -> None:
    _, effects = step_from(Idle(), JobPressed(7, "no", 2), world(**changes))
    assert DeclineOffer(7) in effects


@pytest.mark.parametrize("action", ["yes", "no"])
@pytest.mark.parametrize(
    ("pressed", "there"),
    [
        ((7, 1), world()),  # an earlier question of the same order
        ((7, 0), world()),  # no question at all
        ((5, 2), world()),  # of the job that this one goes on in place of
        ((7, 2), replace(WORLD, job=replace(JOB, state="queued", question=None))),
    ],
)
def test_a_question_that_is_over_cannot_be_answered(
    action: str, pressed: tuple[int, int], there: World
) -> None:
    job_id, number = pressed
    over = Reply("offer_over", alert=True)
    assert step_from(Idle(), JobPressed(job_id, action, number), there) == (Idle(), (over,))


@pytest.mark.parametrize("action", ["yes", "no"])
def test_nobody_answers_for_somebody_else(action: str) -> None:
    bad = Reply("bad_button")
    assert step_from(Idle(), JobPressed(7, action, 2), WORLD) == (Idle(), (bad,))


def test_whoever_was_asked_can_cancel_instead() -> None:
    _, effects = step_from(Idle(), JobPressed(7, "cancel"), world())
    assert effects == (CancelJob(7), Reply("cancel_done"))
