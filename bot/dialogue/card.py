"""Pure: the confirm card. Its toggles, its ways back, and Go with everything that can refuse it.

Go orders exactly what the card showed: its model and price were settled when it was
drawn, and if either no longer holds, the card is shown anew instead of ordering.
"""

from dataclasses import replace

from bot.dialogue import several
from bot.dialogue.drafts import complete, offer_for, offers_for, settled, swapped, used
from bot.dialogue.events import Pressed
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    State,
)
from bot.dialogue.turns import Scene, Turn, onward, over, stay
from bot.dialogue.words import Line, Swap, shut
from bot.dialogue.world import Feature, Offer, World
from bot.orders import cost, cycled, halves_of
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
    turn = onward(replace(draft, model=cycled(models, draft.model)), scene.world)
    return replace(turn, note=Line.OPTIONS_CHANGED) if _lacks(turn.state, scene.world) else turn


def _lacks(state: State, world: World) -> bool:
    """Tell whether the model of a card draws less than was wished."""
    offer = offer_for(state.draft, world) if isinstance(state, Confirm) else None
    return (
        offer is not None
        and isinstance(state, Confirm)
        and several.falls_away(state.draft, offer.spec)
    )


def samples(scene: Scene[Confirm, Pressed]) -> Turn:
    """Turn to the next number of pictures of each outfit."""
    draft, offer = scene.state.draft, offer_for(scene.state.draft, scene.world)
    if offer is None:
        return _nobody(scene)
    choices = range(1, offer.spec.samples + 1)
    wished = cycled(choices, several.samples(draft, offer.spec))
    return onward(replace(draft, samples=wished), scene.world)


def another(scene: Scene[Confirm, Pressed]) -> Turn:
    """Ask what else the same person shall wear."""
    draft, offer = scene.state.draft, offer_for(scene.state.draft, scene.world)
    if offer is None:
        return _nobody(scene)
    if not complete(draft) or not several.has_room(draft, offer.spec):
        return over(scene)
    return Turn(AwaitWear(several.another(draft)))


def one_less(scene: Scene[Confirm, Pressed]) -> Turn:
    """Leave the latest outfit out."""
    if not scene.state.draft.more:
        return over(scene)
    return onward(several.one_less(scene.state.draft), scene.world)


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
    draft = scene.state.draft
    deeds = several.placed(draft, offer, scene.world, scene.session.serial)
    return Turn(Idle(), show=False, reply=Line.ORDERED, deeds=deeds, remember=draft.person)


def _changed(scene: Scene[Confirm, Pressed], draft: Draft, offer: Offer) -> Line | None:
    """Tell what is no longer as the card showed it."""
    if draft.model is None:  # there was no model when the card was drawn, so no price either
        return Line.PRICE_CHANGED
    if draft.model != offer.spec.model:
        return Line.MODEL_CHANGED
    if draft != settled(draft, scene.world):
        return Line.OPTIONS_CHANGED
    price = several.price(draft, offer)
    return None if scene.event.arg == str(price) else Line.PRICE_CHANGED


def _refusal(draft: Draft, offer: Offer, world: World) -> Line | None:
    if Feature.TRY_ON not in world.features:
        return Line.TRY_ON_OFF
    if len(world.jobs) >= world.max_open_jobs:
        return Line.TOO_MANY_ORDERS
    spent = several.samples(draft, offer.spec) * sum(
        cost(order, offer.spec) for order in several.orders(draft, world)
    )
    if not world.budget_left or (world.budget is not None and spent > world.budget):
        return Line.NO_BUDGET
    if offer.spec.credits <= world.have < several.price(draft, offer):
        return Line.FEWER_PICTURES
    if offer.spec.credits > world.have:
        cheaper = any(other.spec.credits <= world.have for other in offers_for(draft, world))
        return Line.CHEAPER_FITS if cheaper else Line.NO_CREDITS
    return None
