"""The buttons of the prompts: they carry the prompt's serial and fit what its state allows."""

from bot.dialogue import several
from bot.dialogue.drafts import complete, offer_for, offers_for, photo_in
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
from bot.dialogue.words import Action, Role, Swap
from bot.dialogue.world import Offer, World
from bot.messages import Button, Keyboard
from bot.orders import halves_of
from bot.views.keyboards import Row, menu
from bot.views.look_keyboards import look_keyboard
from bot.views.phrases import credits_, model, size, wear
from bot.views.prompt_buttons import PromptButtons
from bot.views.refine_prompts import RefineButtons
from providers.spec import ModelSpec
from providers.wishes import OTHER_HALF, OtherHalf, Wear


def keyboard(session: Session, world: World) -> Keyboard:
    """Return the buttons of the prompt of a session's state."""
    buttons = _Buttons(session, world)
    match session.state:
        case Idle():
            rows = menu(world.language)
        case AwaitConsent():
            rows = buttons.consent()
        case AwaitPerson() as state:
            rows = buttons.person(state)
        case AwaitWear() as state:
            rows = buttons.wear(state)
        case AwaitGarment() as state:
            rows = buttons.garment(state)
        case AwaitRole() as state:
            rows = buttons.role(state)
        case Confirm() as state:
            rows = buttons.confirm(state)
        case AwaitPortrait() | AwaitStyles() | AwaitStylePicture() | ConfirmLook() as state:
            rows = look_keyboard(state, session, world)
        case AwaitGender() | ConfirmRefine() as state:
            rows = RefineButtons(session, world).rows(state)
    return tuple(row for row in rows if row)


class _Buttons(PromptButtons):
    """The buttons of the prompts on the way to a try-on, and of those before it is known."""

    def consent(self) -> Keyboard:
        return (
            (self._button("button.agree", Action.AGREE),),
            (self._button("button.decline", Action.DECLINE),),
        )

    def person(self, state: AwaitPerson) -> Keyboard:
        have, last = state.draft.person, self._session.last_person
        other = last is not None and (have is None or have.unique_id != last.unique_id)
        offer_last = (self._button("button.last", Action.LAST),) if other else ()
        return (offer_last, self._keep if have else (), self._ends)

    def wear(self, state: AwaitWear) -> Keyboard:
        draft = state.draft
        offered = self._wears(draft)
        choices = [self._wear(kind, chosen=kind is draft.wear) for kind in offered or Wear]
        unnamed = draft.wear is None and draft.top is not None and not draft.more
        return (
            *(tuple(choices[i : i + 2]) for i in range(0, len(choices), 2)),
            (self._button("button.swap", Action.SWAP, Swap.PERSON),) if unnamed else (),
            self._keep if complete(draft) else (),
            self._ends,
        )

    def _wears(self, draft: Draft) -> list[Wear]:
        """Return what somebody can draw; for another outfit, what the chosen model draws."""
        offers = self._world.offers
        chosen = [offer for offer in offers if draft.more and offer.spec.model == draft.model]
        return [wear for wear in Wear if any(wear in o.spec.wears for o in chosen or offers)]

    def _wear(self, kind: Wear, *, chosen: bool) -> Button:
        name = wear(self._language, kind)
        if chosen:
            return self._button("wear.chosen", Action.WEAR, kind, wear=name)
        return self._button(f"wear.{kind}", Action.WEAR, kind)

    def garment(self, state: AwaitGarment) -> Keyboard:
        return (self._keep if photo_in(state.draft, state.slot) else (), self._ends)

    def role(self, state: AwaitRole) -> Keyboard:
        person, top, bottom, dress = (
            self._button(f"role.{role}", Action.ROLE, role) for role in Role
        )
        alone = state.draft == Draft()
        restyle = (self._button("button.restyle", Action.RESTYLE),) if alone else ()
        return ((person,), (top, bottom), (dress,), restyle, self._ends)

    def confirm(self, state: Confirm) -> Keyboard:
        offer = offer_for(state.draft, self._world)
        change = (
            self._button("button.garments", Action.GARMENTS),
            self._button("button.person", Action.PERSON),
        )
        go = (
            self._button("button.retry", Action.GO)
            if offer is None
            else self._go(state.draft, offer)
        )
        options = () if offer is None else self._options(state, offer)
        return (
            (go,),
            *options,
            self._several(state, offer),
            self._swaps(state),
            change,
            self._ends,
        )

    def _go(self, draft: Draft, offer: Offer) -> Button:
        price = several.price(draft, offer)
        words = credits_(self._language, price)
        return self._button("button.go", Action.GO, str(price), price=words)

    def _options(self, state: Confirm, offer: Offer) -> Keyboard:
        """Return a toggle for every option of which the model, or the house, has more than one."""
        draft, spec = state.draft, offer.spec
        face = self._button(f"face.{draft.face}", Action.FACE)
        frame = self._button("button.size", Action.SIZE, size=size(self._language, draft.size))
        quality = model(self._language, spec.model)
        brush = self._button("button.model", Action.MODEL, model=quality)
        toggles = (
            (self._halves(draft, spec), self._half(draft)),
            (spec.faces, face),
            (spec.sizes, frame),
            (range(spec.samples), self._samples(draft, spec)),
            (offers_for(draft, self._world), brush),
        )
        return tuple((button,) for choices, button in toggles if len(choices) > 1)

    def _several(self, state: Confirm, offer: Offer | None) -> Row:
        """Return what makes it one outfit more, or one less."""
        draft, row = state.draft, list[Button]()
        if offer is not None and several.has_room(draft, offer.spec):
            row.append(self._button("button.another", Action.ANOTHER))
        if draft.more:
            row.append(self._button("button.one_less", Action.ONE_LESS))
        return tuple(row)

    def _halves(self, draft: Draft, spec: ModelSpec) -> tuple[OtherHalf, ...]:
        """Return what can be chosen: a model that keeps the half by itself leaves no choice."""
        choice = OtherHalf.NEW in spec.halves
        return halves_of(spec, draft.wear) if choice else ()

    def _samples(self, draft: Draft, spec: ModelSpec) -> Button:
        number = several.samples(draft, spec)
        return self._button("button.samples", Action.SAMPLES, n=str(number), most=str(spec.samples))

    def _half(self, draft: Draft) -> Button:
        other = OTHER_HALF.get(draft.wear or Wear.OUTFIT, Wear.BOTTOM)
        return self._button(f"half.{other}.{draft.half}", Action.HALF)

    def _swaps(self, state: Confirm) -> Row:
        """Return what was taken for each other; who asks for another outfit has seen it right."""
        if state.draft.more:
            return ()
        if state.draft.wear is not Wear.OUTFIT:
            return (self._button("button.swap", Action.SWAP, Swap.PERSON),)
        return (
            self._button("button.swap_top", Action.SWAP, Swap.PERSON),
            self._button("button.swap_garments", Action.SWAP, Swap.GARMENTS),
        )
