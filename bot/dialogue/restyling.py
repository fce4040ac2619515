"""Pure: what happens on the way to a restyle: the portrait, the gallery, the card, Go.

Back leads one step back in the order portrait, gallery, card, with all that was chosen kept.
Go orders exactly what the card showed: one order for each style.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.drafts import distinct
from bot.dialogue.effects import PlaceOrder
from bot.dialogue.events import Command, PhotosSent, Pressed
from bot.dialogue.looks import (
    complete,
    like,
    most,
    offer_of,
    orders_of,
    possible,
    price,
    settled,
    start_look,
    style_offers,
    styles_offered,
    ticked,
    too_small,
)
from bot.dialogue.received import noted, same
from bot.dialogue.states import (
    AwaitConsent,
    AwaitPortrait,
    AwaitRole,
    AwaitStylePicture,
    AwaitStyles,
    ConfirmLook,
    Draft,
    Idle,
    Look,
)
from bot.dialogue.turns import Anywhere, Scene, Turn, again, onward_look, over, say, stay
from bot.dialogue.words import Line, shut
from bot.dialogue.world import Feature, Offer, World
from bot.orders import cost, cycled
from providers.styles import Style

# --- the beginning -------------------------------------------------------------------


def begin(scene: Anywhere) -> Turn:
    """Begin a new restyle, in the styles that were named, and say what is in its way."""
    if Feature.RESTYLE not in scene.world.features:
        return say(scene, Line.RESTYLE_OFF)
    look = Look(styles=scene.world.wished[: most(scene.world)])
    unknown = _names_styles(scene) and not look.styles
    note = _obstacle(scene.world) or (Line.STYLE_UNKNOWN if unknown else None)
    return Turn(start_look(look, scene.world), note=note)


def handed(scene: Scene[AwaitPortrait | AwaitStylePicture, Command]) -> Turn:
    """Make way for the photo that is waited for; named styles begin anew."""
    return begin(scene) if _names_styles(scene) else stay(scene)


def _names_styles(scene: Anywhere) -> bool:
    return isinstance(scene.event, Command) and bool(scene.event.args)


def _obstacle(world: World) -> Line | None:
    prices = [offer.spec.credits for offer in style_offers(world)]
    if not world.budget_left or not prices:
        return shut(world)
    return Line.NO_CREDITS if world.have < min(prices) else None


def this_photo(scene: Scene[AwaitRole, Pressed]) -> Turn:
    """Restyle a photo of which nobody has said yet what it is."""
    if scene.state.draft != Draft():
        return over(scene)
    if not style_offers(scene.world):
        return _nobody(scene)
    if too_small(scene.state.photo, scene.world):
        return again(scene, Line.PORTRAIT_SMALL)
    return onward_look(Look(scene.state.photo), scene.world)


# --- photos --------------------------------------------------------------------------


def as_portrait(scene: Scene[AwaitPortrait, PhotosSent]) -> Turn:
    """Take the photo as the portrait, replacing the one before."""
    return _portrayed(scene, lambda look: onward_look(look, scene.world))


def as_new_portrait(scene: Scene[AwaitStyles | ConfirmLook, PhotosSent]) -> Turn:
    """Take the photo as another portrait and stay where we are."""
    kind = type(scene.state)
    return _portrayed(scene, lambda look: Turn(kind(look), note=Line.NEW_PORTRAIT))


def _portrayed(
    scene: Scene[AwaitPortrait | AwaitStyles | ConfirmLook, PhotosSent],
    then: Callable[[Look], Turn],
) -> Turn:
    look, photo = scene.state.draft, scene.event.photos[0]
    if same(photo, look.style_of):
        return again(scene, Line.SAME_PHOTO)
    if too_small(photo, scene.world):
        return again(scene, Line.PORTRAIT_SMALL)
    return _of_album(scene.event, then(replace(look, person=photo)))


def as_style_picture(scene: Scene[AwaitStylePicture, PhotosSent]) -> Turn:
    """Take the photo as the one whose style is meant."""
    look, photo = scene.state.draft, scene.event.photos[0]
    if same(photo, look.person):
        return again(scene, Line.SAME_PHOTO)
    if too_small(photo, scene.world):
        return again(scene, Line.PORTRAIT_SMALL)
    turn = onward_look(like(look, photo), scene.world)
    return turn if len(distinct(scene.event.photos)) == 1 else replace(turn, note=Line.ONE_PORTRAIT)


def _of_album(event: PhotosSent, turn: Turn) -> Turn:
    if len(distinct(event.photos)) > 1:
        return replace(turn, note=Line.ONE_PORTRAIT)
    return noted(event, turn)


# --- the portrait --------------------------------------------------------------------


def last_portrait(scene: Scene[AwaitPortrait, Pressed]) -> Turn:
    """Take the person of the last order."""
    person = scene.session.last_person
    if person is None:
        return over(scene)
    if too_small(person, scene.world):
        return again(scene, Line.PORTRAIT_SMALL)
    return onward_look(replace(scene.state.draft, person=person), scene.world)


def keep_portrait(scene: Scene[AwaitPortrait, Pressed]) -> Turn:
    """Go on with the portrait that is already there."""
    if scene.state.draft.person is None:
        return over(scene)
    return onward_look(scene.state.draft, scene.world)


def back_from_portrait(scene: Scene[AwaitPortrait, Pressed]) -> Turn:
    """Go back to the card, or out."""
    look = scene.state.draft
    return onward_look(look, scene.world) if complete(look) else Turn(Idle())


# --- the gallery ---------------------------------------------------------------------


def style(scene: Scene[AwaitStyles, Pressed]) -> Turn:
    """Tick a style, or take its tick away; for the style of a picture, ask for the picture."""
    look, chosen = scene.state.draft, Style(scene.event.arg)
    if chosen not in look.styles:
        if chosen not in styles_offered(scene.world):
            return _nobody(scene)
        if len(look.styles) >= most(scene.world):
            return stay(scene, Line.STYLES_FULL, alert=True)
        if chosen is Style.OF_PICTURE and look.style_of is None:
            return Turn(AwaitStylePicture(look))
    return Turn(AwaitStyles(ticked(look, chosen)))


def on(scene: Scene[AwaitStyles, Pressed]) -> Turn:
    """Go on to the card with the ticked styles."""
    if not scene.state.draft.styles:
        return stay(scene, Line.NO_STYLE_YET, alert=True)
    return onward_look(scene.state.draft, scene.world)


def back_from_styles(scene: Scene[AwaitStyles, Pressed]) -> Turn:
    """Go back to the portrait."""
    return Turn(AwaitPortrait(scene.state.draft))


def keep_style_picture(scene: Scene[AwaitStylePicture, Pressed]) -> Turn:
    """Go on with the picture that is already there."""
    look = scene.state.draft
    if look.style_of is None:
        return over(scene)
    return onward_look(like(look, look.style_of), scene.world)


def back_from_style_picture(scene: Scene[AwaitStylePicture, Pressed]) -> Turn:
    """Go back to the gallery, the style of a picture ticked only if there is one."""
    look = scene.state.draft
    if look.style_of is None and Style.OF_PICTURE in look.styles:
        look = ticked(look, Style.OF_PICTURE)
    return Turn(AwaitStyles(look))


# --- the card ------------------------------------------------------------------------


def styles(scene: Scene[ConfirmLook, Pressed]) -> Turn:
    """Show the gallery again."""
    return Turn(AwaitStyles(scene.state.draft))


def portrait(scene: Scene[ConfirmLook, Pressed]) -> Turn:
    """Ask anew for the portrait."""
    return Turn(AwaitPortrait(scene.state.draft))


def style_picture(scene: Scene[AwaitStyles | ConfirmLook, Pressed]) -> Turn:
    """Ask for another picture whose style is meant."""
    if Style.OF_PICTURE not in scene.state.draft.styles:
        return over(scene)
    return Turn(AwaitStylePicture(scene.state.draft))


def model(scene: Scene[ConfirmLook, Pressed]) -> Turn:
    """Turn to the next model that has all the styles."""
    look = scene.state.draft
    wanted = set(look.styles)
    able = [
        offer.spec.model for offer in style_offers(scene.world) if wanted <= set(offer.spec.styles)
    ]
    if not able:
        return _nobody(scene)
    return onward_look(replace(look, model=cycled(able, look.model)), scene.world)


def go(scene: Scene[ConfirmLook, Pressed]) -> Turn:
    """Place an order for each style, or say why not and what can be done."""
    look, world = scene.state.draft, scene.world
    if not world.consented:
        return Turn(AwaitConsent(look))
    offer = offer_of(look, world)
    if not complete(look) or (style_offers(world) and possible(look, world) != look):
        return onward_look(look, world)
    if offer is None:
        return _nobody(scene)
    changed = _changed(scene, look, offer)
    if changed is not None:
        return Turn(ConfirmLook(settled(look, world)), note=changed, reply=changed, alert=True)
    refusal = _refusal(look, offer, world)
    if refusal is not None:
        return stay(scene, refusal, alert=True)
    return _placed(scene, offer)


def _placed(scene: Scene[ConfirmLook, Pressed], offer: Offer) -> Turn:
    orders = orders_of(scene.state.draft, scene.world)
    deeds = tuple(
        PlaceOrder(order, scene.session.serial, offer.spec.credits, part)
        for part, order in enumerate(orders)
    )
    person = scene.state.draft.person
    return Turn(Idle(), show=False, reply=Line.ORDERED, deeds=deeds, remember=person)


def _changed(scene: Scene[ConfirmLook, Pressed], look: Look, offer: Offer) -> Line | None:
    """Tell what is no longer as the card showed it."""
    if look.model is not None and look.model != offer.spec.model:
        return Line.MODEL_CHANGED
    shown = scene.event.arg == str(price(look, offer))
    return None if shown and look.model is not None else Line.PRICE_CHANGED


def _refusal(look: Look, offer: Offer, world: World) -> Line | None:
    if Feature.RESTYLE not in world.features:
        return Line.RESTYLE_OFF
    spent = sum(cost(order, offer.spec) for order in orders_of(look, world))
    if len(world.jobs) + len(look.styles) > world.max_open_jobs:
        return Line.TOO_MANY_ORDERS if len(look.styles) == 1 else Line.TOO_MANY_STYLES
    if not world.budget_left or (world.budget is not None and spent > world.budget):
        return Line.NO_BUDGET
    if price(look, offer) > world.have:
        return Line.FEWER_FIT if offer.spec.credits <= world.have else Line.NO_CREDITS
    return None


def _nobody(scene: Anywhere) -> Turn:
    """Say why nothing can draw this now; what was chosen stays for later."""
    return stay(scene, shut(scene.world), alert=True)
