"""What stands in a button: a press as at most 64 bytes of text, and back.

`p1:{serial}:{action}[:{arg}]` is a button of a prompt (serial 0: of the menu),
`j1:{job_id}:{action}[:{question}]` one under a job, `a1:{question}:{option}` one under a
question to an operator. In groups, where everybody can press, whose it is stands before a
prompt's button: `o1:{person_id}:`. The number after the letter is the version of the format.
Whatever does not fit comes back as `BadButton`; whether a press still means something is left
to the dialogue, whose job it is to the handlers.
"""

import re
from dataclasses import dataclass

from bot.dialogue.events import BadButton, JobPressed, OthersButton, Pressed
from bot.dialogue.words import STANDING, Action, JobAction, Standing, well_formed
from bot.messages import Button, Keyboard
from bot.views.texts import LANGUAGES

MAX_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data

_PROMPT = re.compile(r"p1:(0|[1-9][0-9]{0,17}):([a-z_]+)(?::([^:]{1,40}))?")
_CHOICE = re.compile(r"a1:([1-9][0-9]{0,17}):(0|[1-9][0-9]?)")
_OWNED = re.compile(r"o1:([1-9][0-9]{0,17}):(p1:.+)")
_JOB = re.compile(r"j1:([1-9][0-9]{0,17}):([a-z_]+)(?::([1-9][0-9]{0,8}))?")


def encode(press: Pressed | JobPressed) -> str:
    """Return the text that stands in the button for this press."""
    match press:
        case JobPressed(job_id, action, question):
            return f"j1:{job_id}:{action}:{question}" if question else f"j1:{job_id}:{action}"
        case Pressed(serial, action, arg):
            return f"p1:{serial}:{action}:{arg}" if arg else f"p1:{serial}:{action}"


def decode(data: str) -> Pressed | JobPressed | BadButton:
    """Return the press that the text of a button stands for."""
    if found := _PROMPT.fullmatch(data):
        serial, action, arg = int(found[1]), found[2], found[3] or ""
        return Pressed(serial, action, arg) if _makes_sense(serial, action, arg) else BadButton()
    if (found := _JOB.fullmatch(data)) and found[2] in set(JobAction):
        return JobPressed(int(found[1]), found[2], int(found[3] or 0))
    return BadButton()


def owned(keyboard: Keyboard, person_id: int) -> Keyboard:
    """Return the buttons as they stand in a group: for one person only."""
    return tuple(tuple(_owned(button, person_id) for button in row) for row in keyboard)


def _owned(button: Button, person_id: int) -> Button:
    mine = button.data.startswith("p1:")
    return Button(button.text, f"o1:{person_id}:{button.data}") if mine else button


def decode_in_group(data: str, person_id: int) -> Pressed | JobPressed | BadButton | OthersButton:
    """Return the press that the text of a button stands for, when this person presses it."""
    if found := _OWNED.fullmatch(data):
        return decode(found[2]) if int(found[1]) == person_id else OthersButton()
    return decode(data) if data.startswith("j1:") else BadButton()


def _makes_sense(serial: int, action: str, arg: str) -> bool:
    if action == Standing.LANGUAGE and arg and arg not in LANGUAGES:
        return False
    known = set(Standing) if serial == STANDING else set(Action)
    return action in known and well_formed(action, arg)


# --- questions to operators ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a question that was put to an operator; option 0 leaves everything as it is."""

    question: int
    option: int


def encode_choice(choice: Choice) -> str:
    """Return the text that stands in the button for this answer."""
    return f"a1:{choice.question}:{choice.option}"


def decode_choice(data: str) -> Choice | None:
    """Return the answer that the text of a button stands for; None: it is no such button."""
    found = _CHOICE.fullmatch(data)
    return None if found is None else Choice(int(found[1]), int(found[2]))
