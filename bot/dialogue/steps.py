"""Pure: the buttons of the steps that ask for something: consent, photos, what to wear.

Back leads one step back in the order person, what to wear, garments, card, with all that
was chosen kept. Where a step already has its answer, Keep goes on with it.
"""

from dataclasses import replace

from bot.dialogue.drafts import complete, in_role, photo_in, put, swapped, wearing
from bot.dialogue.effects import GiveConsent
from bot.dialogue.events import Pressed
from bot.dialogue.received import consented
from bot.dialogue.several import one_less, unbegun
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitRole,
    AwaitWear,
    Draft,
    Idle,
)
from bot.dialogue.turns import Anywhere, Scene, Turn, onward, over
from bot.dialogue.words import Line, Role, Swap
from bot.orders import Slot
from providers.wishes import Wear


def cancel(scene: Anywhere) -> Turn:
    """Stop putting together; orders already placed are not touched."""
    return Turn(Idle(), note=Line.CANCELLED_ORDERS_RUN if scene.world.jobs_here else Line.CANCELLED)


# --- consent -------------------------------------------------------------------------


def agree(scene: Scene[AwaitConsent, Pressed]) -> Turn:
    """Remember the consent and go on with what was sent before it."""
    turn = consented(scene.state.draft, scene.state.photos, scene.world)
    return replace(turn, deeds=(GiveConsent(),))


def decline(_scene: Scene[AwaitConsent, Pressed]) -> Turn:
    """Keep nothing of what was sent."""
    return Turn(Idle(), note=Line.DECLINED, forget=True)


# --- the person ----------------------------------------------------------------------


def last_person(scene: Scene[AwaitPerson, Pressed]) -> Turn:
    """Take the person of the last order."""
    person = scene.session.last_person
    if person is None:
        return over(scene)
    return onward(put(scene.state.draft, Slot.PERSON, person), scene.world)


def keep_person(scene: Scene[AwaitPerson, Pressed]) -> Turn:
    """Go on with the person that is already there."""
    if scene.state.draft.person is None:
        return over(scene)
    return onward(scene.state.draft, scene.world)


def back_from_person(scene: Scene[AwaitPerson, Pressed]) -> Turn:
    """Go back to the card, to the question what the garment is, or out."""
    draft = scene.state.draft
    if complete(draft):
        return onward(draft, scene.world)
    garment = draft.top or draft.bottom
    if draft.person is None and garment is not None:
        return Turn(AwaitRole(Draft(), garment))
    return Turn(Idle())


# --- what to wear --------------------------------------------------------------------


def wear(scene: Scene[AwaitWear, Pressed]) -> Turn:
    """Take the choice; the same choice once more asks for another photo of it."""
    draft, chosen = scene.state.draft, Wear(scene.event.arg)
    if draft.wear is chosen and complete(draft):
        return Turn(AwaitGarment(draft, Slot.BOTTOM if chosen is Wear.BOTTOM else Slot.TOP))
    return onward(wearing(draft, chosen), scene.world)


def keep_wear(scene: Scene[AwaitWear, Pressed]) -> Turn:
    """Go back to the card with everything as it was."""
    if not complete(scene.state.draft):
        return over(scene)
    return onward(scene.state.draft, scene.world)


def swap_unnamed(scene: Scene[AwaitWear, Pressed]) -> Turn:
    """Exchange the person with the garment nobody has named yet."""
    if scene.state.draft.wear is not None or scene.state.draft.top is None:
        return over(scene)
    return Turn(AwaitWear(swapped(scene.state.draft, Swap.PERSON)))


def back_from_wear(scene: Scene[AwaitWear, Pressed]) -> Turn:
    """Go back to the person, or to the card where another outfit was only thought of."""
    if unbegun(scene.state.draft):
        return onward(one_less(scene.state.draft), scene.world)
    return Turn(AwaitPerson(scene.state.draft))


# --- the garments --------------------------------------------------------------------


def keep_garment(scene: Scene[AwaitGarment, Pressed]) -> Turn:
    """Go on with the garment that is already there; of an outfit, look at the other half."""
    draft, slot = scene.state.draft, scene.state.slot
    if photo_in(draft, slot) is None:
        return over(scene)
    if draft.wear is Wear.OUTFIT and slot is Slot.TOP:
        return Turn(AwaitGarment(draft, Slot.BOTTOM))
    return onward(draft, scene.world)


def back_from_garment(scene: Scene[AwaitGarment, Pressed]) -> Turn:
    """Go back to the first half of an outfit, or to what to wear."""
    draft = scene.state.draft
    if draft.wear is Wear.OUTFIT and scene.state.slot is Slot.BOTTOM:
        return Turn(AwaitGarment(draft, Slot.TOP))
    return Turn(AwaitWear(draft))


# --- a photo's role ------------------------------------------------------------------


def role(scene: Scene[AwaitRole, Pressed]) -> Turn:
    """Put the photo where it was said to belong."""
    draft = in_role(scene.state.draft, scene.state.photo, Role(scene.event.arg))
    return onward(draft, scene.world)


def back_from_role(scene: Scene[AwaitRole, Pressed]) -> Turn:
    """Drop the photo and go on without it."""
    draft = scene.state.draft
    return Turn(Idle()) if draft == Draft() else onward(draft, scene.world)
