"""Pure: one step of the dialogue. Looks up the arc, numbers the prompt, answers the press.

What is the same for every arc is done here, so no handler can forget it: a new prompt
gets a new serial, the buttons of the one before are taken off, a pressed button is
answered exactly once, and the album is remembered for its late items.
"""

from bot.dialogue.model import (
    BadButton,
    Effect,
    Event,
    Idle,
    JobPressed,
    PhotosSent,
    PlaceOrder,
    Pressed,
    Retire,
    Session,
    Show,
    World,
)
from bot.dialogue.table import TRANSITIONS, trigger
from bot.dialogue.turns import Scene, Turn


def step(session: Session, event: Event, world: World) -> tuple[Session, tuple[Effect, ...]]:
    """Return the dialogue after an event, and what is to be seen and done. Never raises."""
    arc = TRANSITIONS[type(session.state)][trigger(session, event, world)]
    turn = arc.handler(Scene(session.state, event, session, world))
    after = Session(
        state=turn.state,
        serial=session.serial + 1 if turn.show else session.serial,
        last_person=None if turn.forget else turn.remember or session.last_person,
        last_album=_album(event) or session.last_album,
    )
    effects: tuple[Effect, ...] = (*turn.deeds, *_prompts(session, event, turn))
    if isinstance(event, Pressed | JobPressed | BadButton):
        effects = (*effects, turn.answer)
    return after, effects


def _album(event: Event) -> str | None:
    return event.album if isinstance(event, PhotosSent) and event.photos else None


def _prompts(before: Session, event: Event, turn: Turn) -> tuple[Effect, ...]:
    """Return what happens to the prompt on the screen: replaced in place, below, or gone."""
    on_screen = not isinstance(before.state, Idle)
    pressed_itself = isinstance(event, Pressed) and event.serial == before.serial
    if turn.show and on_screen and pressed_itself:
        return (Show(in_place=True, note=turn.note),)
    old = (Retire(before.serial),) if on_screen and not _stands(turn) else ()
    return (*old, Show(note=turn.note)) if turn.show else old


def _stands(turn: Turn) -> bool:
    """Tell whether the prompt on the screen stays as it is, or became a job's progress."""
    if turn.show:
        return False
    ordered = any(isinstance(deed, PlaceOrder) for deed in turn.deeds)
    return ordered or not isinstance(turn.state, Idle)
