"""Pure: the confirm card. Its toggles, its ways back, and Go with everything that can refuse it.

Go orders exactly what the card showed: its model and price were settled when it was
drawn, and if either no longer holds, the card is shown anew instead of ordering.
"""

from dataclasses import replace

from bot.dialogue.drafts import complete, offer_for, offers_for, order_of, settled, swapped, used
from bot.dialogue.effects import PlaceOrder
from bot.dialogue.events import Pressed
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
)
from bot.dialogue.turns import Scene, Turn, onward, over, stay
from bot.dialogue.words import Line, Swap, shut
from bot.dialogue.world import Feature, Offer, World
from bot.orders import cycled, halves_of
from providers.wishes import Wear


def face(scene: Scene[Confirm, Pressed]) -> Turn:
    """Turn to the next face option of the model."""
    draft, offer = scene.state.draft, offer_for(scene.state.draft, scene.world)
    if offer is None:
        return _nobody(scene)
    return onward(replace(draft, face=cycled(offer.spec.faces, draft.face)), scene.world)


def size(scene: Scene[Confirm, Pressed]) -> Turn:
    """Turn to the next size of the model."""
    draft, offer = scene.state.draft, offer_for(scene.state.draft, scene.world)
    if offer is None:
        return _nobody(scene)
    return onward(replace(draft, size=cycled(offer.spec.sizes, draft.size)), scene.world)


def half(scene: Scene[Confirm, Pressed]) -> Turn:
    """Turn to the next thing that may become of the other half."""
    draft, offer = scene.state.draft, offer_for(scene.state.draft, scene.world)
    if offer is None:
        return _nobody(scene)
    choices = halves_of(offer.spec, draft.wear)
    return onward(replace(draft, half=cycled(choices, draft.half)), scene.world)


def model(scene: Scene[Confirm, Pressed]) -> Turn:
    """Turn to the next model that can do this, and say so if an option falls away."""
    draft = scene.state.draft
    models = [offer.spec.model for offer in offers_for(draft, scene.world)]
    if not models:
        return _nobody(scene)
    return onward(replace(draft, model=cycled(models, draft.model)), scene.world)


def _nobody(scene: Scene[Confirm, Pressed]) -> Turn:
    """Say why nothing can draw this now; the card stays for later."""
    return stay(scene, shut(scene.world), alert=True)


def swap(scene: Scene[Confirm, Pressed]) -> Turn:
    """Exchange two photos."""
    which = Swap(scene.event.arg)
    if which is Swap.GARMENTS and scene.state.draft.wear is not Wear.OUTFIT:
        return over(scene)
    return onward(swapped(scene.state.draft, which), scene.world)


def garments(scene: Scene[Confirm, Pressed]) -> Turn:
    """Ask anew what to wear."""
    return Turn(AwaitWear(scene.state.draft))


def person(scene: Scene[Confirm, Pressed]) -> Turn:
    """Ask anew for the person."""
    return Turn(AwaitPerson(scene.state.draft))


def back(scene: Scene[Confirm, Pressed]) -> Turn:
    """Go back to the last garment."""
    if scene.state.draft.wear is None:
        return Turn(AwaitWear(scene.state.draft))
    return Turn(AwaitGarment(scene.state.draft, used(scene.state.draft)[-1]))


# --- Go ------------------------------------------------------------------------------


def go(scene: Scene[Confirm, Pressed]) -> Turn:
    """Place the order, or say why not and what can be done."""
    draft, world = scene.state.draft, scene.world
    if not world.consented:
        return Turn(AwaitConsent(draft))
    if not complete(draft):
        return onward(draft, world)
    offer = offer_for(draft, world)
    if offer is None:
        return _nobody(scene)
    changed = _changed(scene, draft, offer)
    if changed is not None:
        return Turn(Confirm(settled(draft, world)), note=changed, reply=changed, alert=True)
    refusal = _refusal(draft, offer, world)
    if refusal is not None:
        return stay(scene, refusal, alert=True)
    return _placed(scene, offer)


def _placed(scene: Scene[Confirm, Pressed], offer: Offer) -> Turn:
    order = order_of(scene.state.draft, scene.world)
    if order is None:
        return over(scene)
    return Turn(
        Idle(),
        show=False,
        reply=Line.ORDERED,
        deeds=(PlaceOrder(order, scene.session.serial, offer.spec.credits),),
        remember=order.person,
    )


def _changed(scene: Scene[Confirm, Pressed], draft: Draft, offer: Offer) -> Line | None:
    """Tell what is no longer as the card showed it."""
    if draft.model is None:  # there was no model when the card was drawn, so no price either
        return Line.PRICE_CHANGED
    if draft.model != offer.spec.model:
        return Line.MODEL_CHANGED
    if draft != settled(draft, scene.world):
        return Line.OPTIONS_CHANGED
    return None if scene.event.arg == str(offer.spec.credits) else Line.PRICE_CHANGED


def _refusal(draft: Draft, offer: Offer, world: World) -> Line | None:
    if Feature.TRY_ON not in world.features:
        return Line.TRY_ON_OFF
    if len(world.jobs) >= world.max_open_jobs:
        return Line.TOO_MANY_ORDERS
    if not world.budget_left:
        return Line.NO_BUDGET
    if offer.spec.credits > world.have:
        cheaper = any(other.spec.credits <= world.have for other in offers_for(draft, world))
        return Line.CHEAPER_FITS if cheaper else Line.NO_CREDITS
    return None
