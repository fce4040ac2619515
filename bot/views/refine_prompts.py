"""What is asked before a picture is refined, and the card that shows it before it is ordered."""

from bot.dialogue.refining import nobody, refiner_of
from bot.dialogue.states import AwaitGender, ConfirmRefine
from bot.dialogue.words import Action
from bot.dialogue.world import World
from bot.messages import Keyboard, Picture, TelegramPhoto
from bot.views.phrases import about, credits_, line, price_line
from bot.views.prompt_buttons import PromptButtons
from bot.views.texts import text
from providers.wishes import Gender

_OTHER = {Gender.WOMAN: Gender.MAN, Gender.MAN: Gender.WOMAN}


def refine_text(state: AwaitGender | ConfirmRefine, world: World) -> str:
    """Return what a step of a refinement asks."""
    if isinstance(state, AwaitGender):
        return line("ask.gender", world)
    return f"{line('card.refine', world)}\n\n{_price(state, world)}"


def refine_picture(state: AwaitGender | ConfirmRefine) -> Picture:
    """Return the picture that is to be refined."""
    return TelegramPhoto(state.draft.shown.file_id)


def _price(state: ConfirmRefine, world: World) -> str:
    offer, language = refiner_of(state.draft, world), world.language
    if offer is None:
        return line(nobody(world), world)
    price = offer.spec.credits
    lines = [
        price_line(price, world),
        text(language, "card.time", wait=about(language, offer.wait)),
    ]
    return "\n".join([*lines, *([line("card.too_dear", world)] if price > world.have else [])])


class RefineButtons(PromptButtons):
    """The buttons of the steps on the way to a refinement."""

    def rows(self, state: AwaitGender | ConfirmRefine) -> Keyboard:
        """Return the buttons of a step."""
        if isinstance(state, AwaitGender):
            both = (self._button(f"gender.{one}", Action.GENDER, one) for one in Gender)
            return (tuple(both), self._ends)
        shown = state.draft.gender or Gender.WOMAN
        toggle = self._button(f"button.gender.{shown}", Action.GENDER, _OTHER[shown])
        offer = refiner_of(state.draft, self._world)
        if offer is None:
            return ((self._button("button.retry", Action.GO),), (toggle,), self._ends)
        price = offer.spec.credits
        words = credits_(self._language, price)
        go = self._button("button.go", Action.GO, str(price), price=words)
        return ((go,), (toggle,), self._ends)
