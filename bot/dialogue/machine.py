"""Pure: one step of the dialogue. Looks up the arc, numbers the prompt, answers the press.

What is the same for every arc is done here, so no handler can forget it: a new prompt
gets a new serial, the buttons of the one before are taken off, a pressed button is
answered exactly once, and the album is remembered for its late items.
"""

from bot.dialogue.effects import Effect, PlaceOrder, Retire, Show
from bot.dialogue.events import (
    BadButton,
    Event,
    JobPressed,
    OthersButton,
    PhotosSent,
    Pressed,
)
from bot.dialogue.places import Group
from bot.dialogue.states import Idle, Session
from bot.dialogue.table import TRANSITIONS, trigger
from bot.dialogue.turns import Scene, Turn
from bot.dialogue.words import Line
from bot.dialogue.world import World


def step(session: Session, event: Event, world: World) -> tuple[Session, tuple[Effect, ...]]:
    """Return the dialogue after an event, and what is to be seen and done. Never raises."""
    arc = TRANSITIONS[type(session.state)][trigger(session, event, world)]
    turn = arc.handler(Scene(session.state, event, session, world))
    serial = session.serial + 1 if turn.show else session.serial
    note = turn.note or _unseen(event, world)
    show = Show(in_place=_presses_its_own_prompt(session, event), note=note)
    after = Session(
        state=turn.state,
        serial=serial,
        last_person=None if turn.forget else turn.remember or session.last_person,
        last_album=_album(event) or session.last_album,
        card=serial if turn.show and not show.in_place else session.card,
    )
    effects: tuple[Effect, ...] = (*turn.deeds, *_prompts(session, turn, show))
    if isinstance(event, Pressed | JobPressed | BadButton | OthersButton):
        effects = (*effects, turn.answer)
    return after, effects


def _album(event: Event) -> str | None:
    return event.album if isinstance(event, PhotosSent) and event.photos else None


def _unseen(event: Event, world: World) -> Line | None:
    """Tell of an album of which only one item came: a group shows us what is meant for us."""
    match event:
        case PhotosSent(photos, refused, str()) if isinstance(world.place, Group):
            return Line.ALBUM_UNSEEN if len(photos) + len(refused) == 1 else None
        case _:
            return None


def _presses_its_own_prompt(before: Session, event: Event) -> bool:
    on_screen = not isinstance(before.state, Idle)
    return on_screen and isinstance(event, Pressed) and event.serial == before.serial


def _prompts(before: Session, turn: Turn, show: Show) -> tuple[Show | Retire, ...]:
    """Return what happens to the prompts: a new one, and the buttons of the one before."""
    if turn.show and (show.in_place or isinstance(before.state, Idle)):
        return (show,)
    if turn.show:
        return (Retire(before.serial), show)
    left = isinstance(turn.state, Idle) and not isinstance(before.state, Idle)
    ordered = any(isinstance(deed, PlaceOrder) for deed in turn.deeds)  # it shows the progress now
    return (Retire(before.serial),) if left and not ordered else ()
