"""Pure: the answer to the question whether a dearer model may draw an order."""

from bot.dialogue.anytime import bad_button
from bot.dialogue.effects import DeclineOffer, TakeOffer
from bot.dialogue.events import JobPressed
from bot.dialogue.states import State
from bot.dialogue.turns import Scene, Turn, stay
from bot.dialogue.words import Line
from bot.dialogue.world import JobFacts, Question


def yes(scene: Scene[State, JobPressed]) -> Turn:
    """Let the dearer model draw it, if that can be paid."""
    job = scene.world.job
    if job is None:
        return bad_button(scene)
    match _asked(scene, job):
        case None:
            return stay(scene, Line.OFFER_OVER, alert=True)
        case Question(affordable=False):
            return stay(scene, Line.OFFER_TOO_DEAR, alert=True)
        case Question(within_budget=False):
            return stay(scene, Line.NO_BUDGET, alert=True)
        case _:
            return stay(scene, Line.OFFER_TAKEN, TakeOffer(job.job_id))


def no(scene: Scene[State, JobPressed]) -> Turn:
    """Give the credits back."""
    job = scene.world.job
    if job is None:
        return bad_button(scene)
    if _asked(scene, job) is None:
        return stay(scene, Line.OFFER_OVER, alert=True)
    return stay(scene, Line.OFFER_DECLINED, DeclineOffer(job.job_id))


def _asked(scene: Scene[State, JobPressed], job: JobFacts) -> Question | None:
    """Return the question that was answered, if it is still open and the latest one."""
    own = scene.event.job_id == job.job_id  # an earlier job's question went with that job
    asked = job.question
    return asked if own and asked and asked.number == scene.event.question else None
