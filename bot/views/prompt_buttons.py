"""What all prompts' keyboards are made of: buttons that carry the prompt's serial."""

from bot.dialogue.events import Pressed
from bot.dialogue.states import Session
from bot.dialogue.words import Action
from bot.dialogue.world import World
from bot.messages import Button
from bot.views.callbacks import encode
from bot.views.keyboards import Row
from bot.views.texts import plain


class PromptButtons:
    """The buttons of one prompt, in rows; an empty row stands for buttons that do not fit."""

    def __init__(self, session: Session, world: World) -> None:
        self._session = session
        self._world = world
        self._language = world.language

    def _button(self, key: str, action: Action, arg: str = "", **values: str) -> Button:
        label = plain(self._language, key, **values)
        return Button(label, encode(Pressed(self._session.serial, action, arg)))

    @property
    def _keep(self) -> Row:
        return (self._button("button.keep", Action.KEEP),)

    @property
    def _ends(self) -> Row:
        back = self._button("button.back", Action.BACK)
        return (back, self._button("button.cancel", Action.CANCEL))
