"""The prompts: what is asked in each state of the dialogue, and the confirm card.

Every prompt fits under a picture (a caption), because one shown in place of a card keeps
the card's picture.
"""

from typing import Final

from bot.dialogue import several
from bot.dialogue.drafts import offer_for, photo_in, used
from bot.dialogue.places import Group
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitGender,
    AwaitPerson,
    AwaitPortrait,
    AwaitRole,
    AwaitStylePicture,
    AwaitStyles,
    AwaitWear,
    Confirm,
    ConfirmLook,
    ConfirmRefine,
    Draft,
    Idle,
    Session,
)
from bot.dialogue.words import shut
from bot.dialogue.world import World
from bot.messages import Content, Picture, SideBySide
from bot.orders import Slot
from bot.views.group_prompts import group_prompt
from bot.views.look_prompts import look_picture, look_text
from bot.views.phrases import about, elsewhere, line, price_line, wear
from bot.views.prompt_keyboards import keyboard
from bot.views.refine_prompts import refine_picture, refine_text
from bot.views.texts import text
from providers.wishes import Wear

_WEAR: Final = {
    (False, False): "ask.wear",
    (False, True): "ask.wear_unnamed",
    (True, False): "ask.wear_more",
    (True, True): "ask.wear_more_unnamed",
}
"""What to wear: by whether it is another outfit, and whether its photo is there already."""


def prompt(session: Session, world: World, note: str | None = None) -> Content:
    """Return the prompt of a session's state, below the line `note`."""
    above = [line(note, world)] if note else []
    said = "\n\n".join((*above, _text(session, world)))
    content = Content(said, keyboard(session, world), _picture(session, world))
    if isinstance(world.place, Group):
        return group_prompt(session.state, world, note, content)
    return content


def _text(session: Session, world: World) -> str:
    match session.state:
        case Idle():
            said = line("idle", world)
        case AwaitConsent(photos=photos):
            waiting = "ask.consent_photos" if photos else None
            said = _consent(world, waiting)
        case AwaitPerson(draft):
            said = _person(draft, session, world)
        case AwaitWear(draft):
            unnamed = draft.wear is None and draft.top is not None
            said = line(_WEAR[bool(draft.more), unnamed], world)
        case AwaitGarment(draft, slot):
            said = _garment(draft, slot, world)
        case AwaitRole(draft):
            said = line("ask.role" if draft == Draft() else "ask.role_more", world)
        case Confirm(draft):
            said = _card(draft, world)
        case AwaitPortrait() | AwaitStyles() | AwaitStylePicture() | ConfirmLook() as state:
            said = look_text(state, session, world)
        case AwaitGender() | ConfirmRefine() as state:
            said = refine_text(state, world)
    return said


def _lines(world: World, *keys: str | None) -> str:
    return "\n".join(line(key, world) for key in keys if key is not None)


def _consent(world: World, waiting: str | None) -> str:
    told = _lines(world, "ask.consent", *elsewhere(world))
    return f"{told}\n\n{_lines(world, 'ask.consent_question', waiting)}"


def _person(draft: Draft, session: Session, world: World) -> str:
    if draft.person is not None:
        return _lines(world, "ask.person", "ask.person_keep")
    return _lines(world, "ask.person", "ask.person_last" if session.last_person else None)


def _garment(draft: Draft, slot: Slot, world: World) -> str:
    kind = "dress" if draft.wear is Wear.DRESS else slot
    have = photo_in(draft, slot) is not None
    keep = "ask.garment_keep" if have else None
    return _lines(world, f"ask.garment.{kind}", "ask.garment_tip", keep)


def _picture(session: Session, world: World) -> Picture | None:
    """Show the photos as they were understood, where there are a person and a garment to show."""
    match session.state:
        case Confirm(draft) | AwaitWear(Draft(wear=None) as draft):
            before = [photo for one in draft.more for photo in (one.top, one.bottom)]
            photos = [draft.person, *before, *(photo_in(draft, slot) for slot in used(draft)[1:])]
            file_ids = tuple(photo.file_id for photo in photos if photo is not None)
            return SideBySide(file_ids) if len(file_ids) > 1 else None
        case AwaitStyles() | ConfirmLook() as state:
            return look_picture(state, world)
        case AwaitGender() | ConfirmRefine() as state:
            return refine_picture(state)
        case _:
            return None


# --- the card ------------------------------------------------------------------------


def _card(draft: Draft, world: World) -> str:
    kind = draft.wear or Wear.TOP
    shown = line(f"card.{kind}", world)
    if draft.more:
        shown = text(world.language, "card.outfits", outfits=_outfits(draft, world))
    return "\n\n".join(part for part in (shown, _price(draft, world), _flaws(draft, world)) if part)


def _outfits(draft: Draft, world: World) -> str:
    worn = [*(one.wear for one in draft.more), draft.wear or Wear.TOP]
    named = [f"{n}. {wear(world.language, kind)}" for n, kind in enumerate(worn, 1)]
    return "\n".join(named)


def _price(draft: Draft, world: World) -> str:
    offer, language = offer_for(draft, world), world.language
    if offer is None:
        return _lines(world, shut(world), "card.waits")
    price, number = several.price(draft, offer), several.pictures(draft, offer.spec)
    when = about(language, several.wait(draft, offer))
    lines = [price_line(price, world)]
    if number > 1:
        lines.append(text(language, "card.time_several", n=number, wait=when))
    else:
        lines.append(text(language, "card.time", wait=when))
    if len(several.drawn(draft, offer.spec)) <= len(draft.more):
        lines.append(line("card.latest_only", world))
    if price > world.have:
        lines.append(line("card.too_dear", world))
    return "\n".join(lines)


def _flaws(draft: Draft, world: World) -> str:
    return "\n".join(_flaws_of(draft, slot, world) for slot in used(draft) if _flawed(draft, slot))


def _flawed(draft: Draft, slot: Slot) -> bool:
    photo = photo_in(draft, slot)
    return photo is not None and bool(photo.flaws)


def _flaws_of(draft: Draft, slot: Slot, world: World) -> str:
    photo, language = photo_in(draft, slot), world.language
    kind = "dress" if slot is Slot.TOP and draft.wear is Wear.DRESS else slot
    names = [text(language, f"card.flaw.{flaw}") for flaw in (photo.flaws if photo else ())]
    return text(
        language,
        "card.flaws",
        photo=text(language, f"card.photo.{kind}"),
        flaws=text(language, "list.comma").join(names),
    )
