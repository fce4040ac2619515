"""Any order of events, old buttons, double presses, redelivery and restarts.

The machine keeps what a person would have on their screen and presses whatever was ever
shown there; after every step the invariants of the dialogue are checked.
"""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from bot.codec import dump_session, load_session
from bot.dialogue import TRANSITIONS, looks, step
from bot.dialogue.drafts import complete, order_of
from bot.dialogue.effects import (
    Effect,
    GiveConsent,
    PlaceOrder,
    Reply,
    Retire,
    Say,
    SetLanguage,
    Show,
)
from bot.dialogue.events import (
    BadButton,
    Command,
    Event,
    JobPressed,
    PhotosSent,
    Pressed,
    Refusal,
    Said,
    Unusable,
)
from bot.dialogue.refining import refinement_from
from bot.dialogue.states import Confirm, ConfirmLook, ConfirmRefine, Idle, Session
from bot.dialogue.table import COMMANDS, trigger
from bot.dialogue.world import Offer, World
from bot.messages import Content
from bot.orders import Flaw, Refine
from bot.views import progress, prompts, says
from bot.views.callbacks import decode
from bot.views.texts import LANGUAGES
from providers.styles import Style
from tests.dialogue.people import CHEAP, PAINTER, PLAIN, RICH, WORLD, job, photo
from tests.views.limits import TEXT, assert_keeps_limits

FLAWS = (*((flaw,) for flaw in Flaw), tuple(Flaw), (), (), ())
PHOTOS = [photo(name, *FLAWS[n % len(FLAWS)]) for n, name in enumerate("abcdefg")]
OFFERS = [
    Offer(RICH, 30.0),
    Offer(CHEAP, 15.0),
    Offer(PLAIN, 20.0),
    Offer(replace(RICH, credits=1), 9.0),
    Offer(PAINTER, 18.0, 15.0),
    Offer(replace(PAINTER, styles=(Style.ANIME,), credits=2), 18.0, 15.0),
    Offer(replace(PAINTER, model="other painter"), 30.0, 5.0),
]
NAMES = ["Anna", "<a href=…>'--", "&amp;", "{name}", "名" * 64, ""]

photos_sent = st.builds(
    PhotosSent,
    photos=st.lists(st.sampled_from(PHOTOS), max_size=5).map(tuple),
    refused=st.lists(st.sampled_from(Refusal), max_size=2).map(tuple),
    album=st.sampled_from([None, "one", "two"]),
)
others = (
    st.builds(Said, st.text(max_size=20))
    | st.builds(Unusable, st.sampled_from(Refusal))
    | st.builds(Command, st.sampled_from([*COMMANDS, "grant", ""]))
    | st.just(BadButton())
)
any_button = st.builds(Pressed, st.integers(0, 30), st.text(max_size=8), st.text(max_size=8))

offers = st.lists(st.sampled_from(OFFERS), unique_by=lambda offer: offer.spec.model).map(tuple)
changes = st.one_of(
    st.fixed_dictionaries({"daily": st.integers(0, 5), "extra": st.integers(0, 2)}),
    st.fixed_dictionaries({"offers": offers}),
    st.fixed_dictionaries({"offers": st.just(WORLD.offers), "budget_left": st.just(value=True)}),
    st.fixed_dictionaries({"offers": st.just(()), "budget_left": st.booleans()}),
    st.fixed_dictionaries({"consented": st.booleans()}),
    st.fixed_dictionaries(
        {"renews_in": st.floats(0, 90_000), "language": st.sampled_from(["en", "zh"])}
    ),
)
ENDS = ("back", "cancel", "decline")


class Conversation(RuleBasedStateMachine):
    """One person, their screen, and the world around them."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.world = WORLD
        self.last: Event = Said("")
        self.prompt: list[str] = []  # the buttons of the last prompt, as they were shown
        self.buttons: list[str] = []  # all that were ever shown
        self.live: dict[int, int] = {}  # message → serial of the prompt whose buttons it has
        self.ordered: Counter[int] = Counter()

    # --- the world changes -----------------------------------------------------------

    @initialize(consented=st.booleans(), name=st.sampled_from(NAMES))
    def somebody_comes(self, *, consented: bool, name: str) -> None:
        self.world = replace(self.world, consented=consented, first_name=name)

    @rule(change=changes)
    def the_world_changes(self, change: dict[str, Any]) -> None:
        self.world = replace(self.world, **change)

    @rule(state=st.sampled_from(["queued", "preparing", "running", "delivering", "done", "failed"]))
    def orders_move_on(self, state: str) -> None:
        moved = (job(facts.job_id, state, facts.order) for facts in self.world.jobs)
        still_open = tuple(facts for facts in moved if facts.state not in {"done", "failed"})
        self.world = replace(self.world, jobs=still_open)

    @rule()
    def the_program_restarts(self) -> None:
        again = load_session(dump_session(self.session))
        assert again == self.session
        self.session = again

    # --- the person acts -------------------------------------------------------------

    @rule(event=photos_sent)
    def photos_come(self, event: Event) -> None:
        self.take(event)

    @rule(event=others | any_button)
    def something_else_happens(self, event: Event) -> None:
        self.take(event)

    @rule(data=st.data())
    def any_button_ever_shown_is_pressed(self, data: st.DataObject) -> None:
        if self.buttons:
            self.take(decode(data.draw(st.sampled_from(self.buttons[-40:]))))

    @precondition(lambda self: self.prompt)
    @rule(data=st.data(), turning_back=st.booleans())
    def a_button_of_the_present_prompt_is_pressed(
        self, data: st.DataObject, *, turning_back: bool
    ) -> None:
        going_on = [data for data in self.prompt if not data.endswith(ENDS)]
        buttons = self.prompt if turning_back else going_on or self.prompt
        before = self.session
        effects = self.take(decode(data.draw(st.sampled_from(buttons))))
        answers = [effect.key for effect in effects if isinstance(effect, Reply)]
        if not isinstance(before.state, Idle):
            assert not any(key.startswith("stale") or key == "bad_button" for key in answers)

    @precondition(lambda self: isinstance(self.session.state, Confirm | ConfirmLook))
    @rule(taps=st.integers(1, 3))
    def go_is_tapped(self, taps: int) -> None:
        go = decode(self.prompt[0])
        for _ in range(taps):
            self.take(go)

    @rule()
    def it_happens_twice(self) -> None:
        self.take(self.last)

    # --- what must hold for every step -----------------------------------------------

    def take(self, event: Event) -> tuple[Effect, ...]:
        before, world = self.session, self._world_for(event)
        after, effects = step(before, event, world)
        assert step(before, event, world) == (after, effects)  # nothing but its arguments counts
        self._arc_was_declared(before, event, world, after)
        self._every_press_is_answered(event, effects)
        self._orders_are_sound(before, world, effects)
        self._screen_follows(before, after, effects)
        self._changes_follow(effects)
        assert event != Command("cancel") or isinstance(after.state, Idle)
        self._everything_said_fits(after, world, effects)
        self.session, self.last = after, event
        return effects

    def _world_for(self, event: Event) -> World:
        if not isinstance(event, JobPressed):
            return self.world
        pressed = (facts for facts in self.world.jobs if facts.job_id == event.job_id)
        return replace(self.world, job=next(pressed, None) or job(event.job_id))

    def _arc_was_declared(
        self, before: Session, event: Event, world: World, after: Session
    ) -> None:
        arc = TRANSITIONS[type(before.state)][trigger(before, event, world)]
        assert type(after.state) in {type(before.state), *arc.to}

    def _every_press_is_answered(self, event: Event, effects: tuple[Effect, ...]) -> None:
        replies = [effect for effect in effects if isinstance(effect, Reply)]
        is_press = isinstance(event, Pressed | JobPressed | BadButton)
        assert len(replies) == (1 if is_press else 0)
        says_something = any(isinstance(effect, Show | Say) for effect in effects)
        assert is_press or says_something  # never silence

    def _orders_are_sound(self, before: Session, world: World, effects: tuple[Effect, ...]) -> None:
        placed = [effect for effect in effects if isinstance(effect, PlaceOrder)]
        if not placed:
            return
        match before.state:
            case Confirm(draft):
                assert complete(draft)
                assert [order.order for order in placed] == [order_of(draft, world)]
            case ConfirmLook(look):
                assert looks.complete(look)
                assert tuple(order.order for order in placed) == looks.orders_of(look, world)
            case ConfirmRefine(finer):
                [order] = (effect.order for effect in placed)
                assert isinstance(order, Refine)
                assert refinement_from(order) == finer
            case other:
                raise AssertionError(other)
        assert [order.part for order in placed] == [*range(len(placed))]
        assert {order.order.model for order in placed} == {before.state.draft.model}
        assert sum(order.credits for order in placed) <= world.daily + world.extra
        assert world.consented
        assert world.budget_left
        assert len(world.jobs) + len(placed) <= world.max_open_jobs
        (serial,) = {order.serial for order in placed}
        self.ordered[serial] += 1
        assert self.ordered[serial] == 1

    def _screen_follows(self, before: Session, after: Session, effects: tuple[Effect, ...]) -> None:
        shows = [effect for effect in effects if isinstance(effect, Show)]
        assert len(shows) <= 1
        assert after.serial == before.serial + len(shows)
        for effect in effects:
            match effect:
                case Retire(serial):
                    assert self.live.pop(before.card) == serial
                case PlaceOrder(serial=serial, part=0):
                    assert self.live.pop(before.card) == serial
                case Show(in_place=True):
                    assert after.card == before.card
                    assert self.live.pop(before.card) == before.serial
                    self.live[after.card] = after.serial
                case Show():
                    assert after.card == after.serial
                    self.live[after.card] = after.serial
                case _:
                    pass
        if isinstance(after.state, Idle):
            self.live.clear()  # what the menu offers stays good for ever
        else:
            assert self.live == {after.card: after.serial}

    def _changes_follow(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            match effect:
                case GiveConsent():
                    self.world = replace(self.world, consented=True)
                case SetLanguage(language):
                    assert language in LANGUAGES
                    self.world = replace(self.world, language=language)
                case PlaceOrder(order, _, price, part):
                    daily = min(self.world.daily, price)
                    self.world = replace(
                        self.world,
                        daily=self.world.daily - daily,
                        extra=self.world.extra - (price - daily),
                        jobs=(
                            *self.world.jobs,
                            job(100 + 10 * self.ordered.total() + part, "queued", order),
                        ),
                    )
                case _:
                    pass

    def _everything_said_fits(
        self, after: Session, world: World, effects: tuple[Effect, ...]
    ) -> None:
        for language in LANGUAGES:
            here = replace(world, language=language)
            for effect in effects:
                match effect:
                    case Show(note=note):
                        content = prompts.prompt(after, here, note)
                        self.prompt = [button.data for row in content.keyboard for button in row]
                        self._show(content)
                    case Say(key):
                        self._show(says.say(key, here), TEXT)
                    case Reply(key):
                        assert len(says.reply(key, here)) <= says.MAX_ANSWER
                    case PlaceOrder(order):
                        self._show(progress.result(language, 100, order, order.model, 20.0))
                    case _:
                        pass

    def _show(self, content: Content, limit: int = 1024) -> None:
        assert_keeps_limits(content, limit)
        self.buttons += [button.data for row in content.keyboard for button in row]

    @invariant()
    def the_stored_prompt_can_be_shown_again(self) -> None:
        for language in LANGUAGES:
            assert_keeps_limits(
                prompts.prompt(self.session, replace(self.world, language=language))
            )


TestConversation = Conversation.TestCase
TestConversation.settings = settings(deadline=None, max_examples=100, stateful_step_count=50)
