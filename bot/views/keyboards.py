"""Buttons that belong to no prompt: the menu, the languages, and what stands under jobs."""

from typing import TypeAlias

from bot.dialogue.events import JobPressed, Pressed
from bot.dialogue.words import STANDING, JobAction, Standing
from bot.dialogue.world import JobFacts
from bot.messages import Button, Keyboard
from bot.views import several
from bot.views.callbacks import encode
from bot.views.phrases import ASKED, order
from bot.views.texts import LANGUAGES, plain

Row: TypeAlias = tuple[Button, ...]


def menu(language: str) -> Keyboard:
    """Return the menu: buttons that always work."""

    def button(action: Standing) -> Button:
        data = encode(Pressed(STANDING, action))
        return Button(plain(language, f"menu.{action}"), data)

    return (
        (button(Standing.TRYON), button(Standing.RESTYLE)),
        (button(Standing.QUOTA), button(Standing.LANGUAGE), button(Standing.HELP)),
    )


def languages() -> Keyboard:
    """Return a button per language, each in its own words."""
    return tuple(
        (Button(name, encode(Pressed(STANDING, Standing.LANGUAGE, code))),)
        for code, name in LANGUAGES.items()
    )


def under_job(language: str, job_id: int, *actions: JobAction) -> Row:
    """Return a row of buttons about one job."""
    return tuple(
        Button(plain(language, f"job.{action}"), encode(JobPressed(job_id, action)))
        for action in actions
    )


def cancellable(language: str, jobs: tuple[JobFacts, ...]) -> Keyboard:
    """Return a button to cancel each job."""
    return tuple(
        (Button(_standing_of(language, job), encode(JobPressed(job.job_id, JobAction.CANCEL))),)
        for job in jobs
    )


def _standing_of(language: str, job: JobFacts) -> str:
    name = several.named(language, order(language, job.order), job.pictures)
    if job.state == ASKED:
        return plain(language, "job.cancel_asked", wear=name)
    if job.position is None:
        return plain(language, "job.cancel_drawing", wear=name)
    return plain(language, "job.cancel_queued", wear=name, position=job.position)
