"""Pure: the dialogue as a state machine.

The person's place in the dialogue is a `Session`; what they do is an `Event`; `step`
turns both into the next session and a tuple of `Effect`s, given a `World` of facts. It
reads no clock, no database and no network, and never raises. From the bottom up:

- `places`: where a dialogue is held; in a group others read along
- `model` and `words`: the nouns, and the vocabulary of buttons and lines
- `drafts`: an order that is being put together, and what is missing from it
- `received`, `steps`, `card`, `anytime`: small handlers, by what happened
- `table`: which handler answers what in which state, as data
- `machine`: `step`, and what is the same for every arc
- `diagram`: the table as a picture (`python -m bot.dialogue`)
"""

from bot.dialogue.machine import step
from bot.dialogue.table import TRANSITIONS

__all__ = ["TRANSITIONS", "step"]
