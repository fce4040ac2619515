"""Pure: restyles that are being put together: one portrait, an order for each ticked style.

The counterpart of `drafts` for `/restyle`. Which event leads to which of these is left to the
transition table.
"""

from dataclasses import replace

from bot.dialogue.states import (
    AwaitConsent,
    AwaitPortrait,
    AwaitStylePicture,
    AwaitStyles,
    ConfirmLook,
    Look,
    State,
)
from bot.dialogue.world import Offer, World
from bot.orders import Photo, Restyle
from providers.styles import Style

# --- the model -----------------------------------------------------------------------


def style_offers(world: World) -> tuple[Offer, ...]:
    """Return the offers that restyle at all, in the order of preference."""
    return tuple(offer for offer in world.offers if offer.spec.styles)


def styles_offered(world: World) -> tuple[Style, ...]:
    """Return all styles there are, each once."""
    styles = (style for offer in style_offers(world) for style in offer.spec.styles)
    return tuple(dict.fromkeys(styles))


def named_styles(world: World) -> tuple[Style, ...]:
    """Return the styles of the gallery: they can be shown before there is a picture."""
    return tuple(style for style in styles_offered(world) if style is not Style.OF_PICTURE)


def offer_of(look: Look, world: World) -> Offer | None:
    """Return the offer the orders go to: one that has all the styles, the wanted one first."""
    able = [offer for offer in style_offers(world) if set(look.styles) <= set(offer.spec.styles)]
    wanted = (offer for offer in able if offer.spec.model == look.model)
    return next(wanted, None) or next(iter(able), None)


def price(look: Look, offer: Offer) -> int:
    """Return what all the pictures cost together, in credits."""
    return len(look.styles) * offer.spec.credits


def wait(look: Look, offer: Offer) -> float:
    """Return the expected time to the last of the pictures, in seconds."""
    return offer.wait + (len(look.styles) - 1) * offer.each


def most(world: World) -> int:
    """Return how many styles can be ticked: more orders could not be open at a time."""
    return world.max_open_jobs


# --- the look ------------------------------------------------------------------------


def complete(look: Look) -> bool:
    """Tell whether nothing is missing."""
    example = Style.OF_PICTURE not in look.styles or look.style_of is not None
    return look.person is not None and bool(look.styles) and example


def look_from(order: Restyle) -> Look:
    """Return the look that an order was made from."""
    return Look(order.person, (order.style,), order.style_of, order.model)


def ticked(look: Look, style: Style) -> Look:
    """Return the look with the style ticked, or no longer so."""
    if style in look.styles:
        return replace(look, styles=tuple(one for one in look.styles if one is not style))
    return replace(look, styles=(*look.styles, style))


def like(look: Look, picture: Photo) -> Look:
    """Return the look with the style of this picture among those ticked."""
    styles = look.styles if Style.OF_PICTURE in look.styles else (*look.styles, Style.OF_PICTURE)
    return replace(look, style_of=picture, styles=styles)


def orders_of(look: Look, world: World) -> tuple[Restyle, ...]:
    """Return the orders as the card shows them; none while something is missing."""
    offer = offer_of(look, world)
    if look.person is None or offer is None or not complete(look):
        return ()
    return tuple(
        Restyle(
            person=look.person,
            style=style,
            model=offer.spec.model,
            style_of=look.style_of if style is Style.OF_PICTURE else None,
        )
        for style in look.styles
    )


def settled(look: Look, world: World) -> Look:
    """Return the look with its model, so that what is shown is what will be drawn and paid."""
    offer = offer_of(look, world)
    return look if offer is None else replace(look, model=offer.spec.model)


def possible(look: Look, world: World) -> Look:
    """Return the look without styles that nobody offers any more."""
    there = styles_offered(world)
    return replace(look, styles=tuple(style for style in look.styles if style in there))


def too_small(photo: Photo, world: World) -> bool:
    """Tell whether a photo is too small for every model that restyles."""
    offers = style_offers(world)
    short = min(photo.width, photo.height)
    return bool(offers) and all(short < offer.spec.photos.min_side for offer in offers)


# --- the next step -------------------------------------------------------------------


def next_look(look: Look, world: World) -> State:
    """Return the step that asks for the first thing still missing, else the card."""
    if look.person is None:
        return AwaitPortrait(look)
    if not look.styles:
        return AwaitStyles(look)
    if not complete(look):
        return AwaitStylePicture(look)
    return ConfirmLook(settled(look, world))


def start_look(look: Look, world: World) -> State:
    """Return the first step of a look, which may already have its portrait and its styles."""
    return next_look(look, world) if world.consented else AwaitConsent(look)
