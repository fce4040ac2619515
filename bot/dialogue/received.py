"""Pure: what photos lead to, in each state.

What was asked for is taken as that. Where a photo could be several things, the person
is asked; two single photos in a row are read like an album of two, so none gets lost.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.drafts import USED_OF_ALBUM, arranged, distinct, draft_of, project_of, put
from bot.dialogue.events import Command, PhotosSent, Refusal
from bot.dialogue.looks import too_small
from bot.dialogue.states import (
    AwaitConsent,
    AwaitGarment,
    AwaitPerson,
    AwaitRole,
    AwaitWear,
    Confirm,
    ConfirmLook,
    Draft,
    Idle,
    Look,
    Project,
    Refinement,
    State,
)
from bot.dialogue.turns import (
    Anywhere,
    Scene,
    Turn,
    again,
    onward,
    onward_look,
    onward_refinement,
    say,
)
from bot.dialogue.words import Line, flawed, refused
from bot.dialogue.world import World
from bot.orders import Photo, Slot
from providers.wishes import Wear

KEPT_BEFORE_CONSENT = USED_OF_ALBUM + 1  # one more shows that there were too many


# --- before the person agreed --------------------------------------------------------


def before_consent(scene: Scene[State, PhotosSent]) -> Turn:
    """Keep the photos until the person agreed to how they are used."""
    waiting = scene.state.photos if isinstance(scene.state, AwaitConsent) else ()
    photos = distinct((*waiting, *scene.event.photos))[:KEPT_BEFORE_CONSENT]
    return noted(scene.event, Turn(AwaitConsent(project_of(scene.state), photos)))


def begun_before_consent(
    begin: Callable[[Anywhere], Turn],
) -> Callable[[Scene[AwaitConsent, Command]], Turn]:
    """Begin anew with the photos that were sent and still wait for the consent."""

    def beginning(scene: Scene[AwaitConsent, Command]) -> Turn:
        turn, photos = begin(scene), scene.state.photos
        if not photos:
            return turn
        return replace(turn, state=AwaitConsent(project_of(turn.state), photos))

    return beginning


def consented(project: Project, photos: tuple[Photo, ...], world: World) -> Turn:
    """Go on with what was sent before the person agreed."""
    match project:
        case Look():
            return _portrait_before_consent(project, photos, world)
        case Refinement() if not photos:
            return onward_refinement(project, world)
        case Refinement():
            return _photos_before_consent(Draft(), photos, world)
        case Draft():
            return _photos_before_consent(project, photos, world)


def _portrait_before_consent(look: Look, photos: tuple[Photo, ...], world: World) -> Turn:
    if not photos:
        return onward_look(look, world)
    if too_small(photos[0], world):
        return replace(onward_look(look, world), note=Line.PORTRAIT_SMALL)
    turn = noted(PhotosSent(photos), onward_look(replace(look, person=photos[0]), world))
    return turn if len(photos) == 1 else replace(turn, note=Line.ONE_PORTRAIT)


def _photos_before_consent(draft: Draft, photos: tuple[Photo, ...], world: World) -> Turn:
    match photos:
        case ():
            return onward(draft, world)
        case (photo,):
            return noted(PhotosSent(photos), Turn(AwaitRole(draft, photo)))
        case _:
            return _arranged(PhotosSent(photos), draft, photos, world)


def after_consent(scene: Scene[AwaitConsent, PhotosSent]) -> Turn:
    """Take the photos of somebody who agreed elsewhere in the meantime."""
    photos = distinct((*scene.state.photos, *scene.event.photos))
    return consented(scene.state.draft, photos, scene.world)


# --- one photo -----------------------------------------------------------------------


def as_anything(scene: Scene[Idle | Confirm, PhotosSent]) -> Turn:
    """Ask what the photo is."""
    return noted(scene.event, Turn(AwaitRole(draft_of(scene.state), scene.event.photos[0])))


def as_person(scene: Scene[AwaitPerson, PhotosSent]) -> Turn:
    """Take the photo as the person, replacing the one before."""
    draft, photo = scene.state.draft, scene.event.photos[0]
    if same(photo, draft.top) or same(photo, draft.bottom):
        return again(scene, Line.SAME_PHOTO)
    return noted(scene.event, onward(put(draft, Slot.PERSON, photo), scene.world))


def as_garment(scene: Scene[AwaitGarment, PhotosSent]) -> Turn:
    """Take the photo as the garment that was asked for, replacing the one before."""
    draft, photo = scene.state.draft, scene.event.photos[0]
    if same(photo, draft.person):
        return again(scene, Line.SAME_PHOTO)
    return noted(scene.event, onward(put(draft, scene.state.slot, photo), scene.world))


def before_wear(scene: Scene[AwaitWear, PhotosSent]) -> Turn:
    """Take the first garment as one of unknown kind; ask what a further photo is."""
    draft, photo = scene.state.draft, scene.event.photos[0]
    if same(photo, draft.person):
        return again(scene, Line.SAME_PHOTO)
    if draft.top or draft.bottom:
        return noted(scene.event, Turn(AwaitRole(draft, photo)))
    return noted(scene.event, Turn(AwaitWear(replace(draft, wear=None, top=photo))))


def second_unknown(scene: Scene[AwaitRole, PhotosSent]) -> Turn:
    """Read two photos of unknown role as person and garment; else ask about the newer one."""
    first, photo = scene.state.photo, scene.event.photos[0]
    if scene.state.draft != Draft() or same(photo, first):
        return noted(scene.event, Turn(AwaitRole(scene.state.draft, photo)))
    return _arranged(scene.event, Draft(), (first, photo), scene.world)


# --- several photos ------------------------------------------------------------------


def as_set(scene: Scene[State, PhotosSent]) -> Turn:
    """Take an album as the person and what is worn."""
    photos = distinct(scene.event.photos)
    return _arranged(scene.event, draft_of(scene.state), photos, scene.world)


def as_outfit(scene: Scene[AwaitWear | AwaitGarment, PhotosSent]) -> Turn:
    """Take two photos as top and bottom, since the person is known; more as a whole set."""
    match distinct(scene.event.photos):
        case (top, bottom) if scene.state.draft.person is not None:
            outfit = replace(scene.state.draft, wear=Wear.OUTFIT, top=top, bottom=bottom)
            return noted(scene.event, onward(outfit, scene.world))
        case _:
            return as_set(scene)


# --- items of an album that was already taken ----------------------------------------


def late(scene: Anywhere) -> Turn:
    """Leave out a late item, and say so."""
    return _told(scene, Line.ALBUM_LATE)


def late_to_role(scene: Scene[AwaitRole, PhotosSent]) -> Turn:
    """Join the late items with the first, if nothing else is known yet."""
    photos = distinct((scene.state.photo, *scene.event.photos))
    if scene.state.draft != Draft() or len(photos) == 1:
        return late(scene)
    return _arranged(scene.event, Draft(), photos, scene.world)


def late_to_person(scene: Scene[AwaitPerson, PhotosSent]) -> Turn:
    """Take a late item as the person; of several, the others are left out, and it is said."""
    turn = as_person(scene)
    several = len(distinct(scene.event.photos)) > 1
    return replace(turn, note=Line.ALBUM_LATE) if several and turn.note is None else turn


def late_to_wear(scene: Scene[AwaitWear, PhotosSent]) -> Turn:
    """Take the late items as what is still missing of an album: the garment, and a bottom."""
    draft, photos = scene.state.draft, distinct(scene.event.photos)
    known = [photo for photo in (draft.person, draft.top) if photo is not None]
    if draft.top is None and draft.bottom is None and len(photos) == 1:
        return before_wear(scene)
    if draft.person is None or draft.bottom or (draft.wear is not None and draft.top):
        return late(scene)
    return _arranged(scene.event, draft, distinct((*known, *photos)), scene.world)


def late_to_garment(scene: Scene[AwaitGarment, PhotosSent]) -> Turn:
    """Take a late item as the garment that was asked for, two as an outfit."""
    one = len(distinct(scene.event.photos)) == 1
    return as_garment(scene) if one else as_outfit(scene)


# --- no photo at all -----------------------------------------------------------------


def nothing_usable(scene: Scene[State, PhotosSent]) -> Turn:
    """Say what is wrong with what was sent."""
    return _told(scene, refused(next(iter(scene.event.refused), Refusal.NOT_A_PICTURE)))


# --- what all of them share ----------------------------------------------------------


def _arranged(event: PhotosSent, draft: Draft, photos: tuple[Photo, ...], world: World) -> Turn:
    turn = onward(arranged(draft, photos), world)
    if len(photos) > USED_OF_ALBUM:
        return replace(turn, note=Line.ALBUM_MANY)
    return noted(event, turn)


def noted(event: PhotosSent, turn: Turn) -> Turn:
    """Say above the next prompt what was wrong with the photos; a card names flaws itself."""
    flaws = [flaw for photo in event.photos for flaw in photo.flaws]
    if event.refused:
        return replace(turn, note=refused(event.refused[0]))
    if flaws and not isinstance(turn.state, Confirm | ConfirmLook):
        return replace(turn, note=flawed(flaws[0]))
    return turn


def _told(scene: Anywhere, line: str) -> Turn:
    return say(scene, line) if isinstance(scene.state, Idle) else again(scene, line)


def same(photo: Photo, other: Photo | None) -> bool:
    """Tell whether two photos are the same file."""
    return other is not None and photo.unique_id == other.unique_id
