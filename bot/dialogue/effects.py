"""Pure: what a step of the dialogue asks to be seen or done."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.orders import Order
from providers.wishes import Gender


@dataclass(frozen=True, slots=True)
class Show:
    """Show the prompt of the state just reached: in place of the last one, or as a new message.

    Every Show has a serial of its own, one more than the last, also in place: so the
    second press of a double tap names a serial that is over. A step has at most one.
    In place means: the message that showed the prompt so far (the session's `card`) now
    shows this one. That only follows a press of that very prompt's button, never in a
    step from `Idle`, so a prompt that has become a job's progress message is not touched
    again.
    """

    in_place: bool = False
    note: str | None = None  # the key of a line that stands above the prompt


@dataclass(frozen=True, slots=True)
class Retire:
    """Take the buttons off the prompt with this serial: another message took over."""

    serial: int


@dataclass(frozen=True, slots=True)
class Say:
    """A message of its own: a text's key, computed by the views from the world."""

    key: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the pressed button; an empty key only stops its spinner."""

    key: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """Remember that the person agreed."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Remember the language the person chose."""

    language: str


@dataclass(frozen=True, slots=True)
class SetGender:
    """Remember who is on the person's pictures."""

    gender: Gender


@dataclass(frozen=True, slots=True)
class Share:
    """Which picture of an order of several this is: the outfit's number, the picture's, from 0.

    `leads` is the part that leads the submit it goes into.
    """

    outfit: int
    sample: int
    leads: int


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Hold the credits and queue the job; the prompt `serial` becomes its progress message.

    Its serial is used for one press of Go only, whatever is pressed how often. Where several
    orders are placed with it, they are numbered by `part`, and those after the first get
    progress messages of their own, unless they `share` that prompt.
    """

    order: Order
    serial: int
    credits: int
    part: int = 0
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Cancel a job, or ask the service to, if it is already there."""

    job_id: int


@dataclass(frozen=True, slots=True)
class TakeOffer:
    """Let the dearer model draw a job that its person was asked about."""

    job_id: int


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """End a job that its person was asked about, and give the credits back."""

    job_id: int


@dataclass(frozen=True, slots=True)
class SendOriginal:
    """Send a job's picture uncompressed, as a file."""

    job_id: int


@dataclass(frozen=True, slots=True)
class SendBeforeAfter:
    """Send the person's photo and the finished picture side by side."""

    job_id: int


Effect: TypeAlias = (
    Show
    | Retire
    | Say
    | Reply
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
