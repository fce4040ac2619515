"""The transition table is complete, and its diagram says neither too much nor too little."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from bot.dialogue import TRANSITIONS, step
from bot.dialogue.diagram import mermaid
from bot.dialogue.drafts import draft_of, project_of
from bot.dialogue.events import (
    BadButton,
    Command,
    Event,
    JobPressed,
    OthersButton,
    PhotosSent,
    Pressed,
    Refusal,
    Said,
    Unusable,
)
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
    Look,
    Refinement,
    Session,
    State,
)
from bot.dialogue.table import COMMANDS, STATES, TRIGGERS, trigger
from bot.dialogue.words import ARGUMENTS, Action, JobAction, Standing
from bot.dialogue.world import Offer
from bot.orders import Refine, Restyle, Slot
from providers.styles import Style
from providers.wishes import Face, Gender, Size, Wear
from tests.dialogue.people import ORDER, PAINTER, RICH, SERIAL, WORLD, job, photo, sent

ONE, TWO, THREE = photo("one"), photo("two"), photo("three")
SMALL = replace(photo("small"), width=200, height=300)
FINER = Refinement(ORDER, "picture", ONE, "finer")
EVERY_STATE: tuple[State, ...] = (
    Idle(),
    AwaitConsent(Draft()),
    AwaitPerson(Draft()),
    AwaitWear(Draft()),
    AwaitGarment(Draft(), Slot.TOP),
    AwaitRole(Draft(), ONE),
    Confirm(Draft()),
    AwaitPortrait(Look()),
    AwaitStyles(Look()),
    AwaitStylePicture(Look()),
    ConfirmLook(Look()),
    AwaitGender(FINER),
    ConfirmRefine(FINER),
)

# One model with one way to draw keeps the number of different drafts small.
NARROW = replace(
    RICH,
    faces=(Face.NEW,),
    sizes=(Size.ORIGINAL,),
    outfits=2,
    together={Wear.TOP: "half", Wear.DRESS: "whole"},
)
HD = replace(PAINTER, model="finer", styles=(), refines=True)
FEW = replace(PAINTER, styles=(Style.ANIME, Style.OF_PICTURE))
AGREED = replace(
    WORLD,
    offers=(Offer(NARROW, 30.0), Offer(FEW, 18.0, 15.0)),
    job=job(order=replace(ORDER, person=ONE, top=TWO)),
)
RESTYLED = replace(AGREED, job=job(order=Restyle(ONE, Style.ANIME, FEW.model)))
REFINABLE = replace(
    AGREED,
    offers=(Offer(NARROW, 30.0), Offer(HD, 13.0)),
    job=replace(AGREED.job or job(), stored="picture", refines_with=HD.model),
)
REFINED = replace(REFINABLE, job=job(order=Refine(ORDER, "picture", ONE, Gender.MAN, HD.model)))
# Meanwhile the model draws other styles.
CHANGED = replace(RESTYLED, offers=(Offer(replace(FEW, styles=(Style.FRESH,)), 18.0),))
WORLDS = (
    AGREED,
    RESTYLED,
    CHANGED,
    *(REFINABLE, REFINED, replace(REFINABLE, gender=Gender.WOMAN)),
    *(replace(world, consented=False) for world in (AGREED, RESTYLED, REFINABLE)),
)


SOME: Mapping[str, set[str]] = {
    Action.GO: {"1", "2"},
    Action.STYLE: {Style.ANIME, Style.OF_PICTURE},
}


def every_kind_of_event() -> Iterator[Event]:
    yield from (Command(name) for name in (*COMMANDS, "grant"))
    yield from (Command(name, hands_over=True) for name in ("tryon", "restyle"))
    yield Command("restyle", "anime", hands_over=True)
    yield OthersButton()
    for album in (None, "a"):
        yield from (sent(ONE, album=album), sent(TWO, album=album))
    yield from (sent(SMALL), sent(SMALL, ONE))
    yield from (sent(ONE, TWO, album="a"), sent(ONE, TWO, THREE, album="a"))
    yield from (PhotosSent((), (Refusal.TOO_SMALL,)), Said("hello"), Unusable(Refusal.VOICE))
    for action in Action:
        for arg in sorted(SOME.get(action) or ARGUMENTS.get(action, frozenset({""}))):
            yield Pressed(SERIAL, action, arg)
    yield Pressed(SERIAL - 1, Action.BACK)
    yield from (Pressed(0, action) for action in Standing)
    yield from (JobPressed(7, action) for action in JobAction)
    yield BadButton()


def test_every_state_answers_every_trigger() -> None:
    assert {type(state) for state in EVERY_STATE} == set(STATES) == set(TRANSITIONS)
    for arcs in TRANSITIONS.values():
        assert tuple(arcs) == TRIGGERS


def test_every_trigger_can_be_pulled() -> None:
    pulled = {
        trigger(Session(state, SERIAL, last_album=album), event, world)
        for state in EVERY_STATE
        for album in (None, "a")
        for event in every_kind_of_event()
        for world in WORLDS
    }

    assert pulled == set(TRIGGERS)


def test_any_state_bears_any_event() -> None:
    """Also states that no way leads to: what is stored may come from an older program."""
    for state in EVERY_STATE:
        for event in every_kind_of_event():
            for world in (*WORLDS, replace(AGREED, offers=(), job=None)):
                after, _ = step(Session(state, SERIAL), event, world)
                assert isinstance(after.state, STATES)


def shape(session: Session) -> tuple[object, ...]:
    """Tell sessions apart by what is there, not by which photo it is."""
    draft = draft_of(session.state)
    waiting = session.state.photos if isinstance(session.state, AwaitConsent) else ()
    slot = session.state.slot if isinstance(session.state, AwaitGarment) else None
    project = project_of(session.state)
    look = project if isinstance(project, Look) else Look()
    styled = (isinstance(project, Look), look.person is not None, look.styles, look.model)
    photos = (draft.person, draft.top, draft.bottom, session.last_person, look.style_of)
    there = tuple(photo is not None for photo in photos)
    finer = isinstance(project, Refinement) and (project.gender is not None, project.model)
    kind = (type(session.state), slot, draft.wear, len(draft.more), styled, finer)
    return (*kind, there, len(waiting), session.last_album)


def test_the_diagram_shows_exactly_what_can_happen() -> None:
    """Walk to every shape a session can have, and note every arrow taken on the way."""
    taken: set[tuple[type[State], str, type[State]]] = set()
    seen, ahead = {shape(Session())}, deque([Session()])
    while ahead:
        session = replace(ahead.popleft(), serial=SERIAL)
        for event, world in product(every_kind_of_event(), WORLDS):
            after, _ = step(session, event, world)
            if type(after.state) is not type(session.state):
                name = trigger(session, event, world)
                taken.add((type(session.state), name, type(after.state)))
            if shape(after) not in seen:
                seen.add(shape(after))
                ahead.append(after)

    declared = {
        (state, name, target)
        for state, arcs in TRANSITIONS.items()
        for name, arc in arcs.items()
        for target in arc.to - {state}
    }
    assert taken - declared == set()
    assert declared - taken == set()


def test_the_diagram_names_every_state_once_as_a_start() -> None:
    lines = mermaid().splitlines()

    assert lines[:2] == ["stateDiagram-v2", "    [*] --> Idle"]
    for state in STATES:
        assert any(line.startswith(f"    {state.__name__} --> ") for line in lines)
    assert "    Anywhere --> Idle : /start, /cancel, [cancel]" in lines
