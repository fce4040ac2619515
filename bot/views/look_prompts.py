"""What is asked on the way to a restyle, and the card that shows it before it is ordered."""

from bot.dialogue.looks import most, named_styles, offer_of, price, style_offers, wait
from bot.dialogue.states import (
    AwaitPortrait,
    AwaitStylePicture,
    AwaitStyles,
    ConfirmLook,
    Look,
    Session,
)
from bot.dialogue.words import shut
from bot.dialogue.world import Offer, World
from bot.messages import Picture, SideBySide, StyleGallery
from bot.orders import Photo
from bot.views.look_keyboards import LookState
from bot.views.phrases import about, credits_, line, price_line, style
from bot.views.texts import text
from providers.styles import Style


def look_text(state: LookState, session: Session, world: World) -> str:
    """Return what a step of a restyle asks."""
    match state:
        case AwaitPortrait(look):
            last = "ask.person_last" if session.last_person else None
            return _lines(world, "ask.portrait", "ask.person_keep" if look.person else last)
        case AwaitStyles(look):
            return _gallery(look, world)
        case AwaitStylePicture(look):
            keep = "ask.person_keep" if look.style_of else None
            return _lines(world, "ask.style_picture", keep)
        case ConfirmLook(look):
            return _card(look, world)


def look_picture(state: AwaitStyles | ConfirmLook, world: World) -> Picture | None:
    """Return the gallery, or the photos as they were understood."""
    match state:
        case AwaitStyles():
            styles = named_styles(world)
            return StyleGallery(styles) if styles else None
        case ConfirmLook(look):
            file_ids = tuple(photo.file_id for photo in _photos(look))
            return SideBySide(file_ids) if file_ids else None


def _lines(world: World, *keys: str | None) -> str:
    return "\n".join(line(key, world) for key in keys if key is not None)


def _photos(look: Look) -> tuple[Photo, ...]:
    styled = Style.OF_PICTURE in look.styles
    photos = (look.person, look.style_of if styled else None)
    return tuple(photo for photo in photos if photo is not None)


def _gallery(look: Look, world: World) -> str:
    offers = style_offers(world)
    if not offers:
        return _lines(world, shut(world), "card.waits")
    offer = offer_of(look, world) or offers[0]
    each = credits_(world.language, offer.spec.credits)
    asked = line("ask.styles", world)
    return f"{asked}\n{text(world.language, 'ask.styles_price', price=each, most=most(world))}"


# --- the card ------------------------------------------------------------------------


def _card(look: Look, world: World) -> str:
    offer = offer_of(look, world)
    names = [style(world.language, one) for one in look.styles]
    comma = text(world.language, "list.comma")
    key = "card.look_like" if len(_photos(look)) > 1 else "card.look"
    shown = text(world.language, key, styles=comma.join(names))
    if offer is None:
        nobody = shut(world)
        return f"{shown}\n\n{_lines(world, nobody, 'card.waits')}"
    return "\n\n".join(
        part for part in (shown, _price(look, offer, world), _flaws(look, world)) if part
    )


def _price(look: Look, offer: Offer, world: World) -> str:
    language, total = world.language, price(look, offer)
    when, number = about(language, wait(look, offer)), len(look.styles)
    lines = [price_line(total, world), text(language, _time(number, offer), n=number, wait=when)]
    if total > world.have:
        lines.append(line("card.too_dear", world))
    return "\n".join(lines)


def _time(number: int, offer: Offer) -> str:
    """Return how so many pictures come: in one go, or as the model gets round to them."""
    if number == 1:
        return "card.time"
    return "card.time_last" if offer.spec.in_progress == 1 else "card.time_several"


def _flaws(look: Look, world: World) -> str:
    kinds = ("card.photo.portrait", "card.photo.style")
    found = zip(kinds, _photos(look), strict=False)
    return "\n".join(_flaws_of(photo, kind, world) for kind, photo in found if photo.flaws)


def _flaws_of(photo: Photo, kind: str, world: World) -> str:
    names = [text(world.language, f"card.flaw.{flaw}") for flaw in photo.flaws]
    return text(
        world.language,
        "card.flaws",
        photo=text(world.language, kind),
        flaws=text(world.language, "list.comma").join(names),
    )
