"""Pure: what can be asked for in every state: commands, the menu, and buttons under jobs."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.drafts import draft_from, offers_for, project_of, start
from bot.dialogue.effects import CancelJob, Say, SendBeforeAfter, SendOriginal, SetLanguage
from bot.dialogue.events import JobPressed, Pressed, Said, Unusable
from bot.dialogue.looks import look_from, start_look, too_small
from bot.dialogue.refining import refinement_from
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitPortrait,
    Draft,
    Idle,
    Look,
    State,
)
from bot.dialogue.turns import (
    Anywhere,
    Scene,
    Turn,
    again,
    onward,
    onward_look,
    onward_refinement,
    over,
    say,
    stay,
)
from bot.dialogue.words import Action, Line, refused, shut
from bot.dialogue.world import Feature, JobFacts, World
from bot.orders import SLOTS, Order, Refine, Restyle, TryOn
from providers.wishes import Face

NOT_BEGUN = frozenset({"queued", "offered", "preparing"})  # cancelled at once
UNDERWAY = frozenset({"submitting", "running"})  # the service is asked
DRAWN = frozenset({"delivering", "done"})  # there is a picture


# --- commands and the menu -----------------------------------------------------------


def welcome(_scene: Anywhere) -> Turn:
    """Start from the beginning."""
    return Turn(Idle(), show=False, deeds=(Say(Line.WELCOME),))


def begin(scene: Anywhere) -> Turn:
    """Begin a new order, and say at once if it could not be drawn now."""
    if Feature.TRY_ON not in scene.world.features:
        return say(scene, Line.TRY_ON_OFF)
    return Turn(start(scene.world), note=_obstacle(scene.world))


def _obstacle(world: World) -> Line | None:
    prices = [offer.spec.credits for offer in world.offers if offer.spec.wears]
    if not world.budget_left or not prices:
        return shut(world)
    return Line.NO_CREDITS if world.have < min(prices) else None


def handed(scene: Anywhere) -> Turn:
    """Make way for photos to try on: they go on with a try-on, but end a restyle."""
    restyles = isinstance(project_of(scene.state), Look)
    return Turn(Idle() if restyles else scene.state, show=False)


def go_on(scene: Anywhere) -> Turn:
    """Go on with what is being put together instead of beginning anew."""
    beginnings = (start(scene.world), start_look(Look(), scene.world))
    if scene.state in beginnings:  # a double tap: its prompt has only just come
        return stay(scene, Line.GOING_ON)
    return Turn(scene.state, reply=Line.GOING_ON)


def help_(scene: Anywhere) -> Turn:
    """Explain what to do."""
    return say(scene, Line.HELP)


def quota(scene: Anywhere) -> Turn:
    """Tell what is left, what is running and what things cost."""
    return say(scene, Line.QUOTA)


def languages(scene: Anywhere) -> Turn:
    """Ask for the language."""
    return say(scene, Line.LANGUAGE)


def language(scene: Scene[State, Pressed]) -> Turn:
    """Change the language, or ask for it where none was named."""
    if not scene.event.arg:
        return languages(scene)
    chosen = SetLanguage(scene.event.arg)
    if isinstance(scene.state, Idle):
        return stay(scene, "", chosen, Say(Line.LANGUAGE_SET))
    return Turn(scene.state, note=Line.LANGUAGE_SET, deeds=(chosen,))


def unknown_command(scene: Anywhere) -> Turn:
    """Say which commands there are."""
    if isinstance(scene.state, Idle):
        return say(scene, Line.UNKNOWN_COMMAND)
    return again(scene, Line.NOT_KNOWN)


def cancel_orders(scene: Anywhere) -> Turn:
    """Cancel the only order that is running, or ask which one."""
    match scene.world.jobs_here:
        case ():
            return say(scene, Line.NOTHING_TO_CANCEL)
        case (job,):
            line, deeds = _cancelling(job)
            return stay(scene, "", *deeds, Say(line))
        case _:
            return say(scene, Line.WHICH_TO_CANCEL)


# --- what is neither photo nor button ------------------------------------------------


def hint(scene: Anywhere) -> Turn:
    """Say what can be done."""
    return say(scene, Line.HINT)


def no_words(scene: Anywhere) -> Turn:
    """Answer text where a photo is expected."""
    return again(scene, Line.NO_WORDS)


def use_buttons(scene: Scene[State, Said]) -> Turn:
    """Answer text where a button is expected."""
    return again(scene, Line.USE_BUTTONS)


def unusable(scene: Scene[State, Unusable]) -> Turn:
    """Say why this cannot be used, and what to do."""
    line = refused(scene.event.refusal)
    return say(scene, line) if isinstance(scene.state, Idle) else again(scene, line)


def old_button(scene: Scene[State, Pressed]) -> Turn:
    """Answer a button whose step is over; the second tap on Go hears what the first one did."""
    just_ordered = isinstance(scene.state, Idle) and scene.event.serial == scene.session.serial
    if just_ordered and scene.event.action == Action.GO:
        return stay(scene, Line.ORDERED)
    return over(scene)


def bad_button(scene: Anywhere) -> Turn:
    """Answer a press that means nothing here."""
    return stay(scene, Line.BAD_BUTTON)


def others_button(scene: Anywhere) -> Turn:
    """Tell whoever presses a button of somebody else's so, and change nothing."""
    return stay(scene, Line.NOT_YOURS)


# --- buttons under a job -------------------------------------------------------------


def cancel_job(scene: Scene[State, JobPressed]) -> Turn:
    """Cancel this order."""
    if scene.world.job is None:
        return bad_button(scene)
    line, deeds = _cancelling(scene.world.job)
    return stay(scene, line, *deeds)


def _cancelling(job: JobFacts) -> tuple[Line, tuple[CancelJob, ...]]:
    if job.state in NOT_BEGUN:
        return Line.CANCEL_DONE, (CancelJob(job.job_id),)
    if job.state in UNDERWAY and not job.begun:
        return Line.CANCEL_ASKED, (CancelJob(job.job_id),)
    return Line.CANCEL_TOO_LATE, ()


def repeat(scene: Scene[State, JobPressed]) -> Turn:
    """Put the same order on a card."""
    match _ordered(scene):
        case None:
            return bad_button(scene)
        case TryOn() as order:
            return _agreed(scene, draft_from(order), lambda d: onward(d, scene.world))
        case Restyle() as order:
            return _agreed_look(scene, look_from(order))
        case Refine() as order:
            draft = refinement_from(order)
            if not scene.world.consented:
                return Turn(AwaitConsent(draft))
            return onward_refinement(draft, scene.world)


def new_face(scene: Scene[State, JobPressed]) -> Turn:
    """Put the same order with a new face on a card, if any model draws one."""
    return _tried_on(scene, lambda draft: _with_new_face(scene, draft))


def _with_new_face(scene: Anywhere, draft: Draft) -> Turn:
    able = offers_for(draft, scene.world)
    offering = [offer.spec.model for offer in able if Face.NEW in offer.spec.faces]
    if not offering:
        return stay(scene, Line.NO_NEW_FACE, alert=True)
    model = draft.model if draft.model in offering else None
    return onward(replace(draft, face=Face.NEW, model=model), scene.world)


def other_garment(scene: Scene[State, JobPressed]) -> Turn:
    """Ask for another garment, everything else kept."""
    return _tried_on(
        scene,
        lambda draft: (
            Turn(AwaitGarment(draft, SLOTS[draft.wear][0])) if draft.wear else over(scene)
        ),
    )


def other_person(scene: Scene[State, JobPressed]) -> Turn:
    """Ask for another person, everything else kept."""
    match _ordered(scene):
        case None:
            return bad_button(scene)
        case (TryOn() as order) | Refine(of=order):
            return _agreed(scene, draft_from(order), lambda draft: Turn(AwaitPerson(draft)))
        case Restyle() as order:
            look = look_from(order)
            return Turn(AwaitPortrait(look) if scene.world.consented else AwaitConsent(look))


def restyle_result(scene: Scene[State, JobPressed]) -> Turn:
    """Show the gallery for the picture that was drawn."""
    match scene.world.job:
        case None:
            return bad_button(scene)
        case JobFacts(picture=None):
            return stay(scene, Line.NOT_READY)
        case JobFacts(picture=picture) if picture and too_small(picture, scene.world):
            return stay(scene, Line.PORTRAIT_SMALL, alert=True)
        case JobFacts(picture=picture):
            return _agreed_look(scene, Look(picture))


def other_style(scene: Scene[State, JobPressed]) -> Turn:
    """Show the gallery for the same portrait."""
    order = _ordered(scene)
    if not isinstance(order, Restyle):
        return bad_button(scene)
    return _agreed_look(scene, replace(look_from(order), styles=()))


def try_on(scene: Scene[State, JobPressed]) -> Turn:
    """Ask what the same person shall try on."""
    order = _ordered(scene)
    if order is None:
        return bad_button(scene)
    return _agreed(scene, Draft(order.person), lambda draft: onward(draft, scene.world))


def _ordered(scene: Scene[State, JobPressed]) -> Order | None:
    return None if scene.world.job is None else scene.world.job.order


def _tried_on(scene: Scene[State, JobPressed], then: Callable[[Draft], Turn]) -> Turn:
    match _ordered(scene):
        case (TryOn() as order) | Refine(of=order):
            return _agreed(scene, draft_from(order), then)
        case _:
            return bad_button(scene)


def _agreed(scene: Anywhere, draft: Draft, then: Callable[[Draft], Turn]) -> Turn:
    return then(draft) if scene.world.consented else Turn(AwaitConsent(draft))


def _agreed_look(scene: Anywhere, look: Look) -> Turn:
    return onward_look(look, scene.world) if scene.world.consented else Turn(AwaitConsent(look))


def original(scene: Scene[State, JobPressed]) -> Turn:
    """Send the picture uncompressed."""
    match scene.world.job:
        case None:
            return bad_button(scene)
        case job if job.state not in DRAWN:
            return stay(scene, Line.NOT_READY)
        case job if not job.has_original:
            return stay(scene, Line.ORIGINAL_GONE, alert=True)
        case job:
            return stay(scene, Line.ORIGINAL_COMES, SendOriginal(job.job_id))


def before_after(scene: Scene[State, JobPressed]) -> Turn:
    """Send the person's photo and the picture side by side."""
    match scene.world.job:
        case None:
            return bad_button(scene)
        case job if job.state not in DRAWN:
            return stay(scene, Line.NOT_READY)
        case job:
            return stay(scene, Line.BEFORE_AFTER_COMES, SendBeforeAfter(job.job_id))
