"""Pure: what a handler of the transition table is given, and what it gives back.

A handler only says where the dialogue goes and what is special about it. Numbering
prompts, taking buttons off old ones and answering presses is the same for all of them
and left to the machine.
"""

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeAlias, TypeVar

from bot.dialogue.drafts import next_state
from bot.dialogue.effects import (
    CancelJob,
    DeclineOffer,
    GiveConsent,
    PlaceOrder,
    Reply,
    Say,
    SendBeforeAfter,
    SendOriginal,
    SetGender,
    SetLanguage,
    TakeOffer,
)
from bot.dialogue.looks import next_look, possible, style_offers
from bot.dialogue.states import (
    AwaitGender,
    Confirm,
    ConfirmLook,
    ConfirmRefine,
    Draft,
    Look,
    Refinement,
    Session,
    State,
)
from bot.dialogue.words import Line, stale
from bot.dialogue.world import World
from bot.orders import Photo

StateT_co = TypeVar("StateT_co", covariant=True)
EventT_co = TypeVar("EventT_co", covariant=True)

Deed: TypeAlias = (
    Say
    | GiveConsent
    | SetLanguage
    | SetGender
    | PlaceOrder
    | CancelJob
    | TakeOffer
    | DeclineOffer
    | SendOriginal
    | SendBeforeAfter
)


@dataclass(frozen=True, slots=True)
class Scene(Generic[StateT_co, EventT_co]):
    """What happened, where the dialogue was, and what was true at that moment."""

    state: StateT_co
    event: EventT_co
    session: Session
    world: World


Anywhere: TypeAlias = Scene[State, Any]
"""A scene whose state does not matter."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where one step leads.

    `show`: the prompt of the new state is to be shown, below the line `note`. `reply`
    answers the press, where there was one. `remember`: offer this person next time.
    """

    state: State
    show: bool = True
    note: str | None = None
    reply: str = ""
    alert: bool = False
    deeds: tuple[Deed, ...] = ()
    remember: Photo | None = None
    forget: bool = False

    @property
    def answer(self) -> Reply:
        """The answer to the press that led here."""
        return Reply(self.reply, alert=self.alert)


def stay(scene: Anywhere, reply: str = "", *deeds: Deed, alert: bool = False) -> Turn:
    """Leave everything as it is, prompt included."""
    return Turn(scene.state, show=False, reply=reply, alert=alert, deeds=deeds)


def say(scene: Anywhere, line: str) -> Turn:
    """Say something in a message of its own and leave everything as it is."""
    return stay(scene, "", Say(line))


def again(scene: Anywhere, note: str) -> Turn:
    """Show the present prompt once more, with a line above it."""
    return Turn(scene.state, note=note)


def over(scene: Anywhere) -> Turn:
    """Answer a button whose step is over with where the dialogue is now."""
    return stay(scene, stale(scene.state))


def onward(draft: Draft, world: World) -> Turn:
    """Go to the first step still missing, else to the card, and tell what that changed."""
    state = next_state(draft, world)
    return Turn(state, note=_given_way(draft, state))


def _given_way(wanted: Draft, state: State) -> Line | None:
    if not isinstance(state, Confirm) or wanted.model is None:
        return None
    if state.draft.model != wanted.model:
        return Line.MODEL_CHANGED
    return Line.OPTIONS_CHANGED if state.draft != wanted else None


def onward_look(look: Look, world: World) -> Turn:
    """Go to the first step of a restyle still missing, else to its card."""
    there = possible(look, world) if style_offers(world) else look
    state = next_look(there, world)
    if there != look:
        return Turn(state, note=Line.STYLES_CHANGED)
    if isinstance(state, ConfirmLook) and look.model not in {None, state.draft.model}:
        return Turn(state, note=Line.MODEL_CHANGED)
    return Turn(state)


def onward_refinement(draft: Refinement, world: World) -> Turn:
    """Ask who is on the picture, unless that was said before; else go to the card."""
    gender = draft.gender or world.gender
    if gender is None:
        return Turn(AwaitGender(draft))
    return Turn(ConfirmRefine(replace(draft, gender=gender)))
