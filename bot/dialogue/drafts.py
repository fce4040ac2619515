"""Pure: an order that is being put together, and what is still missing from it.

Nothing a person sent is thrown away while they are choosing: what to wear decides which
of the kept photos an order uses. Which event leads to which of these is left to the
transition table.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitWear,
    Confirm,
    Draft,
    Idle,
    Project,
    State,
)
from bot.dialogue.words import Role, Swap
from bot.dialogue.world import Offer, World
from bot.orders import SLOTS, Photo, Slot, TryOn, choose, fitted
from providers.wishes import Wear

USED_OF_ALBUM = 3  # a person, a top, a bottom


def photo_in(draft: Draft, slot: Slot) -> Photo | None:
    """Return the photo in one place of the draft."""
    photos = {Slot.PERSON: draft.person, Slot.TOP: draft.top, Slot.BOTTOM: draft.bottom}
    return photos.get(slot)


def put(draft: Draft, slot: Slot, photo: Photo | None) -> Draft:
    """Return the draft with a photo in one place."""
    match slot:
        case Slot.PERSON:
            return replace(draft, person=photo)
        case Slot.TOP:
            return replace(draft, top=photo)
        case Slot.BOTTOM:
            return replace(draft, bottom=photo)
        case Slot.STYLE | Slot.COARSE:  # a try-on has no place for them
            return draft


def used(draft: Draft) -> tuple[Slot, ...]:
    """Return the places the order will use, the person first."""
    garments = SLOTS[draft.wear] if draft.wear else (Slot.TOP,)
    return (Slot.PERSON, *garments)


def complete(draft: Draft) -> bool:
    """Tell whether nothing is missing."""
    return draft.wear is not None and all(photo_in(draft, slot) for slot in used(draft))


def draft_of(state: State) -> Draft:
    """Return the try-on being put together in a state, an empty draft where none is."""
    project = project_of(state)
    return project if isinstance(project, Draft) else Draft()


def project_of(state: State) -> Project:
    """Return what is being put together in a state, an empty draft where nothing is."""
    return Draft() if isinstance(state, Idle) else state.draft


def draft_from(order: TryOn) -> Draft:
    """Return the draft that an order was made from."""
    return Draft(
        person=order.person,
        wear=order.wear,
        top=order.top,
        bottom=order.bottom,
        face=order.face,
        size=order.size,
        model=order.model,
        half=order.half,
    )


# --- the model -----------------------------------------------------------------------


def offer_for(draft: Draft, world: World) -> Offer | None:
    """Return the offer this draft goes to, or None if nothing can draw it now.

    Where nobody has chosen a model, one that can be paid comes before one that cannot.
    """
    if draft.wear is None:
        return None
    specs = sorted(
        (offer.spec for offer in world.offers), key=lambda spec: spec.credits > world.have
    )
    chosen = choose(specs, draft.wear, draft.face, draft.size, draft.model, draft.half)
    return next((offer for offer in world.offers if offer.spec is chosen), None)


def offers_for(draft: Draft, world: World) -> tuple[Offer, ...]:
    """Return all offers that can draw this, in the order of preference."""
    return tuple(offer for offer in world.offers if draft.wear in offer.spec.wears)


def order_of(draft: Draft, world: World) -> TryOn | None:
    """Return the order as the card shows it, or None while something is missing."""
    offer = offer_for(draft, world)
    if draft.wear is None or draft.person is None or offer is None or not complete(draft):
        return None
    slots = used(draft)
    order = TryOn(
        wear=draft.wear,
        person=draft.person,
        top=draft.top if Slot.TOP in slots else None,
        bottom=draft.bottom if Slot.BOTTOM in slots else None,
        model=offer.spec.model,
        face=draft.face,
        size=draft.size,
        half=draft.half,
    )
    return fitted(order, offer.spec)


def settled(draft: Draft, world: World) -> Draft:
    """Return the draft with its model and options as that model can do them.

    A card names its model, so that what is shown is what will be drawn and paid.
    """
    order = order_of(draft, world)
    if order is None:
        return draft
    return replace(draft, model=order.model, face=order.face, size=order.size, half=order.half)


# --- the next step -------------------------------------------------------------------


def next_state(draft: Draft, world: World) -> State:
    """Return the step that asks for the first thing still missing, else the card."""
    if draft.person is None:
        return AwaitPerson(draft)
    if draft.wear is None:
        return AwaitWear(draft)
    for slot in SLOTS[draft.wear]:
        if photo_in(draft, slot) is None:
            return AwaitGarment(draft, slot)
    return Confirm(settled(draft, world))


def start(world: World) -> State:
    """Return the first step of a new order."""
    return AwaitPerson(Draft()) if world.consented else AwaitConsent(Draft())


# --- what photos are -----------------------------------------------------------------


def wearing(draft: Draft, wear: Wear) -> Draft:
    """Return the draft for wearing this; a single garment photo is taken to be what was named."""
    garments = [photo for photo in (draft.top, draft.bottom) if photo is not None]
    if len(garments) == 1 and (wear is not Wear.OUTFIT or draft.wear is None):
        draft = put(replace(draft, top=None, bottom=None), SLOTS[wear][0], garments[0])
    return replace(draft, wear=wear)


def in_role(draft: Draft, photo: Photo, role: Role) -> Draft:
    """Return the draft with a photo in the role somebody gave it; its counterpart stays."""
    match role:
        case Role.PERSON:
            return replace(draft, person=photo)
        case Role.DRESS:
            return replace(draft, wear=Wear.DRESS, top=photo, bottom=None)
        case Role.TOP:
            other = draft.bottom if draft.wear in {Wear.BOTTOM, Wear.OUTFIT} else _unnamed(draft)
            wear = Wear.TOP if other is None else Wear.OUTFIT
            return replace(draft, wear=wear, top=photo, bottom=other)
        case Role.BOTTOM:
            other = draft.top if draft.wear in {Wear.TOP, Wear.OUTFIT} else _unnamed(draft)
            wear = Wear.BOTTOM if other is None else Wear.OUTFIT
            return replace(draft, wear=wear, top=other, bottom=photo)


def _unnamed(draft: Draft) -> Photo | None:
    return draft.top if draft.wear is None else None


def swapped(draft: Draft, which: Swap) -> Draft:
    """Return the draft with two photos in each other's place."""
    person, first, *_ = used(draft)
    pair = (Slot.TOP, Slot.BOTTOM) if which is Swap.GARMENTS else (person, first)
    one, other = (photo_in(draft, slot) for slot in pair)
    return put(put(draft, pair[0], other), pair[1], one)


def arranged(draft: Draft, photos: Sequence[Photo]) -> Draft:
    """Return the draft made of two or three photos: the person, then what is worn."""
    person, first, *rest = photos[:USED_OF_ALBUM]
    if rest:
        return replace(draft, wear=Wear.OUTFIT, person=person, top=first, bottom=rest[0])
    slots = SLOTS[draft.wear] if draft.wear else ()
    if len(slots) == 1 and not (draft.top or draft.bottom):
        return put(replace(draft, person=person), slots[0], first)  # the kind was said before
    return replace(draft, wear=None, person=person, top=first, bottom=None)


def distinct(photos: Sequence[Photo]) -> tuple[Photo, ...]:
    """Return the photos without repetitions, in their order."""
    return tuple({photo.unique_id: photo for photo in photos}.values())
