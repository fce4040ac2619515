"""Pure: refining a picture: who is on it, the card, and Go with everything that can refuse it.

It begins under a finished picture. What the picture was made of is all there; only whether it
shows a woman or a man has to be asked, once, and can be corrected on the card.
"""

from dataclasses import replace

from bot.dialogue.effects import PlaceOrder, SetGender
from bot.dialogue.events import JobPressed, Pressed
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGender,
    ConfirmRefine,
    Idle,
    Refinement,
    State,
)
from bot.dialogue.turns import Scene, Turn, onward_refinement, over, stay
from bot.dialogue.words import Line, shut
from bot.dialogue.world import Feature, JobFacts, Offer, World
from bot.orders import Refine, TryOn
from providers.wishes import Gender


def refine(scene: Scene[State, JobPressed]) -> Turn:
    """Put the refinement of a picture on a card, if what it starts from is still there."""
    match scene.world.job:
        case JobFacts(order=TryOn() as order, refines_with=str() as model) as job:
            if job.picture is None:
                return stay(scene, Line.NOT_READY)
            if job.stored is None:
                return stay(scene, Line.REFINE_GONE, alert=True)
            draft = Refinement(order, job.stored, job.picture, model, keeps=job.kept_half)
        case _:
            return stay(scene, Line.BAD_BUTTON)
    if refiner_of(draft, scene.world) is None:
        return stay(scene, nobody(scene.world), alert=True)
    if not scene.world.consented:
        return Turn(AwaitConsent(draft))
    return onward_refinement(draft, scene.world)


def refinement_from(order: Refine) -> Refinement:
    """Return the draft that an order was made from."""
    return Refinement(
        order.of, order.picture_id, order.shown, order.model, order.gender, keeps=order.keeps
    )


def refiner_of(draft: Refinement, world: World) -> Offer | None:
    """Return the offer this goes to, or None if nobody refines now."""
    return next((offer for offer in world.offers if offer.spec.model == draft.model), None)


def nobody(world: World) -> Line:
    """Return the line that says why nobody refines now."""
    why = shut(world)
    return Line.NO_REFINE if why is Line.NO_MODEL else why


def gender(scene: Scene[AwaitGender | ConfirmRefine, Pressed]) -> Turn:
    """Take the answer, for this picture and for the next time."""
    chosen = Gender(scene.event.arg)
    draft = replace(scene.state.draft, gender=chosen)
    return Turn(ConfirmRefine(draft), deeds=(SetGender(chosen),))


def back(_scene: Scene[AwaitGender | ConfirmRefine, Pressed]) -> Turn:
    """Leave the picture as it is."""
    return Turn(Idle())


def go(scene: Scene[ConfirmRefine, Pressed]) -> Turn:
    """Place the order, or say why not and what can be done."""
    draft, world = scene.state.draft, scene.world
    if not world.consented:
        return Turn(AwaitConsent(draft))
    if draft.gender is None:
        return over(scene)
    offer = refiner_of(draft, world)
    refusal = _refusal(offer, world)
    if offer is None or refusal is not None:
        return stay(scene, refusal or nobody(world), alert=True)
    price = offer.spec.credits
    if scene.event.arg != str(price):
        changed = Line.PRICE_CHANGED
        return Turn(ConfirmRefine(draft), note=changed, reply=changed, alert=True)
    order = Refine(
        draft.of, draft.picture_id, draft.shown, draft.gender, draft.model, keeps=draft.keeps
    )
    placed = PlaceOrder(order, scene.session.serial, price)
    return Turn(Idle(), show=False, reply=Line.ORDERED, deeds=(placed,))


def _refusal(offer: Offer | None, world: World) -> Line | None:
    if offer is None:
        return nobody(world)
    if Feature.TRY_ON not in world.features:
        return Line.TRY_ON_OFF
    if len(world.jobs) >= world.max_open_jobs:
        return Line.TOO_MANY_ORDERS
    if not world.budget_left:
        return Line.NO_BUDGET
    return Line.NO_CREDITS if offer.spec.credits > world.have else None
