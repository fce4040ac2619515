"""What is told about an order: its place in the queue, how it goes, and how it ended.

All of it fits under a picture, because the progress message is the confirm card edited.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from bot.dialogue.words import JobAction
from bot.messages import Content, Keyboard
from bot.orders import Order, Refine, Restyle, TryOn
from bot.views.keyboards import under_job
from bot.views.phrases import about, credits_, model, style, took, wear
from bot.views.texts import has, text
from providers.causes import Cause
from providers.wishes import OTHER_HALF, Face


def titled(language: str, order: Order, content: Content) -> Content:
    """Return a progress message that says whose it is: several styles are ordered in one go."""
    match order:
        case TryOn() | Refine():
            return content
        case Restyle():
            name = text(language, "progress.title", style=style(language, order.style))
            return replace(content, text=f"{name}\n{content.text}")


# --- on the way ----------------------------------------------------------------------


def ordered(language: str) -> Content:
    """Return the progress of an order that was only just placed."""
    return Content(text(language, "progress.ordered"))


def queued(language: str, *, job_id: int, position: int, wait_seconds: float) -> Content:
    """Return the progress of an order that waits; position 1 is the next one."""
    wait = about(language, wait_seconds)
    cancel = (under_job(language, job_id, JobAction.CANCEL),)
    if position <= 1:
        return Content(text(language, "progress.next", wait=wait), cancel)
    return Content(text(language, "progress.queued", position=position, wait=wait), cancel)


def drawing(
    language: str, *, job_id: int, wait_seconds: float | None = None, cancellable: bool = False
) -> Content:
    """Return the progress of an order at the service; without a time, it takes long."""
    cancel = (under_job(language, job_id, JobAction.CANCEL),) if cancellable else ()
    if wait_seconds is None:
        return Content(text(language, "progress.drawing_long"), cancel)
    wait = about(language, wait_seconds)
    return Content(text(language, "progress.drawing", wait=wait), cancel)


def held(language: str, reason: str, *, job_id: int) -> Content:
    """Return the progress of an order that is held back; some reasons have words of their own."""
    key = f"progress.held.{reason}"
    return Content(
        text(language, key if has(key) else "progress.held"),
        (under_job(language, job_id, JobAction.CANCEL),),
    )


def cancelling(language: str) -> Content:
    """Return the progress of an order that the service was asked to stop."""
    return Content(text(language, "progress.cancelling"))


# --- the end -------------------------------------------------------------------------


def done(language: str, *, elsewhere: bool = False) -> Content:
    """Return the progress message of an order whose picture was sent, here or in private."""
    return Content(text(language, "progress.done_in_private" if elsewhere else "progress.done"))


def cancelled(language: str, credits: int, *, job_id: int | None = None) -> Content:  # noqa: A002  the word
    """Return the progress message of an order that was cancelled."""
    said = text(language, "progress.cancelled", credits=credits_(language, credits))
    return Content(said, _ways_on(language, job_id, (JobAction.AGAIN,)))


_OTHER_PHOTOS = (JobAction.OTHER_PERSON, JobAction.OTHER_GARMENT)

_WAYS_ON: Mapping[Cause, tuple[JobAction, ...]] = MappingProxyType(
    {
        Cause.PERSON_UNCLEAR: (JobAction.OTHER_PERSON,),
        Cause.PHOTO_UNFIT: _OTHER_PHOTOS,
        Cause.CONTENT_REFUSED: _OTHER_PHOTOS,
        Cause.PHOTO_GONE: _OTHER_PHOTOS,
        Cause.NOT_DRAWN: (JobAction.OTHER_GARMENT, JobAction.AGAIN),
    }
)
"""What somebody can do after a failure; where their photos were not at fault: the same again."""

_KINDS: Mapping[type, str] = MappingProxyType({Restyle: "restyle", Refine: "refine"})
"""Orders of which some failures are told in words of their own."""

_INSTEAD: Mapping[JobAction, JobAction] = MappingProxyType(
    {JobAction.OTHER_GARMENT: JobAction.OTHER_STYLE}
)
"""What stands under a restyle where a try-on's garment would be changed."""


def failed(
    language: str,
    cause: Cause,
    credits: int,  # noqa: A002  the word
    *,
    job_id: int | None = None,
    order: Order | None = None,
) -> Content:
    """Return the progress message of a failed order: what happened, what to do, no charge."""
    own = f"fail.{_KINDS.get(type(order), '')}.{cause}"
    why = own if has(own) else f"fail.{cause}"
    parts = (
        text(language, "fail"),
        text(language, why),
        text(language, "fail.not_charged", credits=credits_(language, credits)),
    )
    ways = _WAYS_ON.get(cause, (JobAction.AGAIN,))
    if isinstance(order, Restyle):
        ways = tuple(_INSTEAD.get(way, way) for way in ways)
    return Content("\n".join(parts), _ways_on(language, job_id, ways))


def _ways_on(language: str, job_id: int | None, actions: tuple[JobAction, ...]) -> Keyboard:
    return () if job_id is None else (under_job(language, job_id, *actions),)


# --- the picture ---------------------------------------------------------------------


_Rows: TypeAlias = tuple[tuple[JobAction, ...], ...]

_UNDER_TRY_ON: _Rows = (
    (JobAction.AGAIN, JobAction.NEW_FACE),
    (JobAction.OTHER_GARMENT, JobAction.OTHER_PERSON),
    (JobAction.RESTYLE,),
    (JobAction.ORIGINAL, JobAction.BEFORE_AFTER),
)
_UNDER_REFINABLE: _Rows = (
    (JobAction.AGAIN, JobAction.NEW_FACE),
    (JobAction.OTHER_GARMENT, JobAction.OTHER_PERSON),
    (JobAction.REFINE, JobAction.RESTYLE),
    (JobAction.ORIGINAL, JobAction.BEFORE_AFTER),
)
_UNDER_REFINED: _Rows = (
    (JobAction.OTHER_GARMENT, JobAction.OTHER_PERSON),
    (JobAction.RESTYLE,),
    (JobAction.ORIGINAL, JobAction.BEFORE_AFTER),
)
_UNDER_RESTYLE: _Rows = (
    (JobAction.AGAIN, JobAction.OTHER_STYLE),
    (JobAction.TRY_ON, JobAction.OTHER_PERSON),
    (JobAction.ORIGINAL, JobAction.BEFORE_AFTER),
)


def result(
    language: str,
    job_id: int,
    order: Order,
    model_name: str,
    seconds: float,
    *,
    half_lost: str | None = None,
    refine: bool = False,
) -> Content:
    """Return the caption and the buttons of a finished picture, without the picture.

    `half_lost` says why the person's own other half was not kept, where it should have been;
    `refine`: the picture can be refined.
    """
    about_it = {"model": model(language, model_name), "time": took(language, seconds)}
    match order:
        case TryOn():
            key = "result.new_face" if order.face is Face.NEW else "result"
            said = text(language, key, wear=wear(language, order.wear), **about_it)
            if half_lost is not None and order.wear in OTHER_HALF:
                why = text(language, f"result.half.{OTHER_HALF[order.wear]}.{half_lost}")
                said = f"{said}\n{why}"
            rows = _UNDER_REFINABLE if refine else _UNDER_TRY_ON
        case Refine(of=first):
            said = text(language, "result.refined", wear=wear(language, first.wear), **about_it)
            rows = _UNDER_REFINED
        case Restyle():
            said = text(language, "result.restyle", style=style(language, order.style), **about_it)
            rows = _UNDER_RESTYLE
    return Content(said, tuple(under_job(language, job_id, *row) for row in rows))


def original_caption(language: str) -> str:
    """Return the caption of the uncompressed picture."""
    return text(language, "result.original")


def before_after_caption(language: str) -> str:
    """Return the caption of the two pictures side by side."""
    return text(language, "result.before_after")
