"""Pure: several outfits for one person, and several pictures of each, on one card.

The draft's own garments are the outfit being put together; those before it are kept beside
it. Nothing of that is thrown away where a model takes less: it then draws the latest outfit
only, or fewer pictures, and the card says so.
"""

from dataclasses import replace

from bot.dialogue.drafts import complete, offer_for, order_of
from bot.dialogue.effects import PlaceOrder, Share
from bot.dialogue.states import Draft, Outfit
from bot.dialogue.world import Offer, World
from bot.orders import TryOn
from providers.spec import ModelSpec

# --- the outfits -----------------------------------------------------------------------


def drawn(draft: Draft, spec: ModelSpec) -> tuple[Draft, ...]:
    """Return a draft for each outfit that a model draws of this one, in their order."""
    if spec.outfits == 1 or not draft.more:
        return (draft,)
    before = [_with(draft, outfit) for outfit in draft.more if outfit.wear in spec.together]
    return (*before, draft)[-spec.outfits :]


def samples(draft: Draft, spec: ModelSpec) -> int:
    """Return how many pictures of each outfit a model draws."""
    return min(draft.samples, spec.samples)


def falls_away(draft: Draft, spec: ModelSpec) -> bool:
    """Tell whether a model draws less than was wished."""
    return len(drawn(draft, spec)) <= len(draft.more) or samples(draft, spec) < draft.samples


def has_room(draft: Draft, spec: ModelSpec) -> bool:
    """Tell whether a model takes another outfit."""
    return draft.wear in spec.together and len(draft.more) + 1 < spec.outfits


def another(draft: Draft) -> Draft:
    """Return the draft with room for another outfit, the one there is kept beside it."""
    if draft.wear is None:
        return draft
    kept = Outfit(draft.wear, draft.top, draft.bottom)
    return replace(draft, more=(*draft.more, kept), wear=None, top=None, bottom=None)


def one_less(draft: Draft) -> Draft:
    """Return the draft without its latest outfit."""
    if not draft.more:
        return draft
    *rest, last = draft.more
    return replace(_with(draft, last), more=tuple(rest))


def unbegun(draft: Draft) -> bool:
    """Tell whether another outfit was asked for and nothing of it is there yet."""
    return bool(draft.more) and draft.wear is None and draft.top is None and draft.bottom is None


def _with(draft: Draft, outfit: Outfit) -> Draft:
    return replace(draft, wear=outfit.wear, top=outfit.top, bottom=outfit.bottom, more=())


# --- all of them together --------------------------------------------------------------


def pictures(draft: Draft, spec: ModelSpec) -> int:
    """Return how many pictures a model draws of all that is on the card."""
    return len(drawn(draft, spec)) * samples(draft, spec)


def price(draft: Draft, offer: Offer) -> int:
    """Return what all the pictures cost together, in credits."""
    return pictures(draft, offer.spec) * offer.spec.credits


def wait(draft: Draft, offer: Offer) -> float:
    """Return the expected time to the last of the pictures, in seconds."""
    return offer.wait + (len(drawn(draft, offer.spec)) - 1) * offer.each


def orders(draft: Draft, world: World) -> tuple[TryOn, ...]:
    """Return the orders as the card shows them, one for each outfit; none while one lacks."""
    offer = offer_for(draft, world)
    if offer is None:
        return ()
    found = [order_of(one, world) for one in drawn(draft, offer.spec) if complete(one)]
    return tuple(order for order in found if order is not None)


def placed(draft: Draft, offer: Offer, world: World, serial: int) -> tuple[PlaceOrder, ...]:
    """Return what places everything on the card: an order for each picture.

    Those that go into one submit name its first.
    """
    wanted, each = orders(draft, world), samples(draft, offer.spec)
    credits_ = offer.spec.credits
    if len(wanted) * each == 1:
        return (PlaceOrder(wanted[0], serial, credits_),)
    leads: dict[str, int] = {}
    deeds: list[PlaceOrder] = []
    for outfit, order in enumerate(wanted):
        for sample in range(each):
            part = len(deeds)
            first = leads.setdefault(offer.spec.together[order.wear], part)
            deeds.append(PlaceOrder(order, serial, credits_, part, Share(outfit, sample, first)))
    return tuple(deeds)
