"""The prompts as they stand in a group: whoever is asked for a photo answers that message.

A bot in a group sees answers to its own messages, not what people say to each other. So
a step that waits for a photo opens an answer, which takes the place of its buttons.
"""

from typing import TypeAlias

from bot.dialogue.states import (
    AwaitGarment,
    AwaitPerson,
    AwaitPortrait,
    AwaitStylePicture,
    Idle,
    State,
)
from bot.dialogue.world import World
from bot.messages import Content
from bot.views.phrases import line
from bot.views.texts import plain
from providers.wishes import Wear

AwaitsPhoto: TypeAlias = AwaitPerson | AwaitGarment | AwaitPortrait | AwaitStylePicture


def awaits_photo(state: State) -> bool:
    """Tell whether this step asks for a photo, and so opens an answer in a group."""
    return isinstance(state, AwaitsPhoto)


def placeholder(world: World) -> str:
    """Return what stands in the empty field of the answer."""
    return plain(world.language, "group.placeholder")


def group_prompt(state: State, world: World, note: str | None, usual: Content) -> Content:
    """Return a prompt for a group; `usual` is what a private chat is shown."""
    match state:
        case Idle():  # whoever has just stopped need not be asked in front of everybody
            return Content(line(note or "group.idle", world))
        case AwaitPerson() | AwaitGarment() | AwaitPortrait() | AwaitStylePicture():
            keys = (*((note,) if note else ()), *_asked(state))
            return Content("\n".join(line(key, world) for key in keys))
        case _:
            return usual


def _asked(state: AwaitsPhoto) -> tuple[str, ...]:
    match state:
        case AwaitPerson():
            return ("ask.person", "group.answer.tryon")
        case AwaitGarment(draft, slot):
            kind = "dress" if draft.wear is Wear.DRESS else slot
            return (f"ask.garment.{kind}", "ask.garment_tip", "group.answer.tryon")
        case AwaitPortrait():
            return ("ask.portrait", "group.answer.restyle")
        case AwaitStylePicture():
            return ("ask.style_picture", "group.answer.restyle")
