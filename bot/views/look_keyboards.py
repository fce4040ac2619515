"""The buttons on the way to a restyle: the gallery's numbered styles, the card."""

from typing import TypeAlias

from bot.dialogue.looks import named_styles, offer_of, price, style_offers, styles_offered
from bot.dialogue.states import (
    AwaitPortrait,
    AwaitStylePicture,
    AwaitStyles,
    ConfirmLook,
    Look,
    Session,
)
from bot.dialogue.words import Action
from bot.dialogue.world import Offer, World
from bot.messages import Button, Keyboard
from bot.views.keyboards import Row
from bot.views.phrases import credits_, model, style
from bot.views.prompt_buttons import PromptButtons
from providers.styles import Style

LookState: TypeAlias = AwaitPortrait | AwaitStyles | AwaitStylePicture | ConfirmLook


def look_keyboard(state: LookState, session: Session, world: World) -> Keyboard:
    """Return the buttons of a step of a restyle; empty rows among them."""
    buttons = _LookButtons(session, world)
    match state:
        case AwaitPortrait(look):
            return buttons.portrait(look)
        case AwaitStyles(look):
            return buttons.styles(look)
        case AwaitStylePicture(look):
            return buttons.style_picture(look)
        case ConfirmLook(look):
            return buttons.confirm(look)


class _LookButtons(PromptButtons):
    """The buttons of one prompt."""

    def portrait(self, look: Look) -> Keyboard:
        last = self._session.last_person
        other = last is not None and (
            look.person is None or look.person.unique_id != last.unique_id
        )
        offer_last = (self._button("button.last", Action.LAST),) if other else ()
        return (offer_last, self._keep if look.person else (), self._ends)

    def styles(self, look: Look) -> Keyboard:
        tiles = [
            self._style(one, str(number), ticked=one in look.styles)
            for number, one in enumerate(named_styles(self._world), start=1)
        ]
        count = str(len(look.styles))
        on = (self._button("button.on", Action.ON, n=count),) if look.styles else ()
        rows = [tuple(tiles[i : i + 2]) for i in range(0, len(tiles), 2)]
        return (*rows, *self._of_picture(look), on, self._ends)

    def _style(self, what: Style, number: str, *, ticked: bool) -> Button:
        key = "button.style_ticked" if ticked else "button.style"
        return self._button(key, Action.STYLE, what, n=number, style=style(self._language, what))

    def _of_picture(self, look: Look) -> Keyboard:
        if Style.OF_PICTURE in look.styles:
            ticked = self._button("button.of_picture_ticked", Action.STYLE, Style.OF_PICTURE)
            return ((ticked, self._button("button.style_of", Action.STYLE_OF)),)
        if Style.OF_PICTURE not in styles_offered(self._world):
            return ()
        return ((self._button("button.of_picture", Action.STYLE, Style.OF_PICTURE),),)

    def style_picture(self, look: Look) -> Keyboard:
        return (self._keep if look.style_of else (), self._ends)

    def confirm(self, look: Look) -> Keyboard:
        offer = offer_of(look, self._world)
        go = self._button("button.retry", Action.GO) if offer is None else self._go(look, offer)
        change = (
            self._button("button.styles", Action.STYLES),
            self._button("button.portrait", Action.PORTRAIT),
        )
        pictured = Style.OF_PICTURE in look.styles
        style_of = (self._button("button.style_of", Action.STYLE_OF),) if pictured else ()
        return ((go,), self._model(look, offer), style_of, change, self._ends)

    def _go(self, look: Look, offer: Offer) -> Button:
        total = price(look, offer)
        words = credits_(self._language, total)
        return self._button("button.go", Action.GO, str(total), price=words)

    def _model(self, look: Look, offer: Offer | None) -> Row:
        wanted = set(look.styles)
        able = [one for one in style_offers(self._world) if wanted <= set(one.spec.styles)]
        if offer is None or len(able) < 2:  # noqa: PLR2004  one leaves no choice
            return ()
        quality = model(self._language, offer.spec.model)
        return (self._button("button.model", Action.MODEL, model=quality),)
