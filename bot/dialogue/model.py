"""Pure: the nouns of the dialogue. States, events, effects, and the facts a step may use.

`step(session, event, world)` lives beside this file; here is only what goes in and
comes out. All of it is immutable and small enough to be stored as JSON.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.orders import Order, Photo, Slot
from providers.base import Face, ModelSpec, Size, Wear
from providers.styles import Style

# --- states --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is being put together. `wear` None: garments sent, kind not said yet."""

    person: Photo | None = None
    wear: Wear | None = None
    top: Photo | None = None  # also a dress, and the first garment of unknown kind
    bottom: Photo | None = None
    face: Face = Face.KEEP
    size: Size = Size.ORIGINAL
    model: str | None = None  # None: the first that can do it


@dataclass(frozen=True, slots=True)
class Look:
    """Restyles that are being put together: one portrait, an order for each style."""

    person: Photo | None = None
    styles: tuple[Style, ...] = ()  # in the order in which they were ticked
    style_of: Photo | None = None  # whose style is meant, for `Style.OF_PICTURE`
    model: str | None = None  # None: the first that can do it


Project: TypeAlias = Draft | Look
"""Whatever is being put together."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is being put together."""


@dataclass(frozen=True, slots=True)
class AwaitConsent:
    """The person must first agree to how photos are used; what they sent waits here."""

    draft: Project
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class AwaitPerson:
    """Waiting for the photo of the person."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AwaitWear:
    """Waiting to be told what is to be worn: top, bottom, both, dress."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AwaitGarment:
    """Waiting for the photo of one garment."""

    draft: Draft
    slot: Slot


@dataclass(frozen=True, slots=True)
class AwaitRole:
    """A photo came that could be several things: waiting to be told which."""

    draft: Draft
    photo: Photo


@dataclass(frozen=True, slots=True)
class Confirm:
    """Everything is there: the card with options, price and Go."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class AwaitPortrait:
    """Waiting for the portrait that is to be restyled."""

    draft: Look


@dataclass(frozen=True, slots=True)
class AwaitStyles:
    """The gallery: waiting for styles to be ticked."""

    draft: Look


@dataclass(frozen=True, slots=True)
class AwaitStylePicture:
    """Waiting for the picture whose style is meant."""

    draft: Look


@dataclass(frozen=True, slots=True)
class ConfirmLook:
    """Everything is there: the card with the styles, the price of all of them and Go."""

    draft: Look


State: TypeAlias = (
    Idle
    | AwaitConsent
    | AwaitPerson
    | AwaitWear
    | AwaitGarment
    | AwaitRole
    | Confirm
    | AwaitPortrait
    | AwaitStyles
    | AwaitStylePicture
    | ConfirmLook
)


@dataclass(frozen=True, slots=True)
class Session:
    """One person's dialogue in one place.

    `serial` numbers the prompts: a button of another serial belongs to a step that is
    over (0 stands for no prompt: the menu). In every state but `Idle` the prompt of this
    serial is on the screen with its buttons. `card` is the serial under which the message
    that shows the prompt was sent: prompts that follow in place share it. `last_person` is
    offered when the next order begins. `last_album` recognises late items of an album that
    was already taken.
    """

    state: State = field(default_factory=Idle)
    serial: int = 0
    last_person: Photo | None = None
    last_album: str | None = None
    card: int = 0


# --- events --------------------------------------------------------------------------


class Refusal(StrEnum):
    """Why something that was sent cannot be used as a photo. Each has its own text."""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"  # more bytes than Telegram hands to bots, or than we decode
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PICTURE = "not_a_picture"
    UNREADABLE = "unreadable"  # a picture, but damaged
    EXTREME_RATIO = "extreme_ratio"
    ANIMATION = "animation"
    STICKER = "sticker"
    VIDEO = "video"
    VOICE = "voice"
    OTHER = "other"  # contact, poll, location, …


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, lower case and without the slash."""

    name: str
    args: str = ""


@dataclass(frozen=True, slots=True)
class PhotosSent:
    """One photo, or all photos of an album, already checked."""

    photos: tuple[Photo, ...]
    refused: tuple[Refusal, ...] = ()
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Plain text that is no command."""

    text: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """Something that is neither text nor picture."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of a prompt: `action` with its argument, from the prompt `serial`."""

    serial: int
    action: str
    arg: str = ""


@dataclass(frozen=True, slots=True)
class JobPressed:
    """A button under a job's progress or result, already checked to be the owner's."""

    job_id: int
    action: str


@dataclass(frozen=True, slots=True)
class BadButton:
    """A press that no button of ours can have made, or one of somebody else's job."""


Event: TypeAlias = Command | PhotosSent | Said | Unusable | Pressed | JobPressed | BadButton

# --- the facts a step may use --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class JobFacts:
    """One of the person's jobs, as far as the dialogue cares."""

    job_id: int
    order: Order
    state: str  # a state of the job's life
    position: int | None  # place in the queue, 1 = next; None once it is being drawn
    has_original: bool  # the uncompressed picture is still kept
    begun: bool = False  # the service has begun to draw: it can no longer be asked to stop
    picture: Photo | None = None  # the finished picture as Telegram knows it


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be ordered now.

    `wait` is the expected time to the picture in seconds, `each` what every further picture of
    the same person adds to it.
    """

    spec: ModelSpec
    wait: float
    each: float = 0.0


@dataclass(frozen=True, slots=True)
class World:
    """What was true in the transaction in which the step is taken."""

    first_name: str
    language: str  # after SetLanguage, whatever follows is said in the new one
    consented: bool
    daily: int  # credits left of today's allowance
    extra: int  # credits that do not expire
    renews_in: float  # seconds until the allowance renews
    offers: tuple[Offer, ...]  # in the order of preference; empty: nothing can be drawn now
    jobs: tuple[JobFacts, ...]  # not yet closed, oldest first
    job: JobFacts | None = None  # the one a JobPressed is about
    max_open_jobs: int = 5  # per person
    budget_left: bool = True  # the operator's daily money cap is not reached
    budget: int | None = None  # what is left below that cap, thousandths of a CNY; None: enough


# --- effects -------------------------------------------------------------------------


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
class PlaceOrder:
    """Hold the credits and queue the job; the prompt `serial` becomes its progress message.

    Its serial is used for one press of Go only, whatever is pressed how often. Where several
    orders are placed with it, they are numbered by `part`, and those after the first get
    progress messages of their own.
    """

    order: Order
    serial: int
    credits: int
    part: int = 0


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Cancel a job, or ask the service to, if it is already there."""

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
    | PlaceOrder
    | CancelJob
    | SendOriginal
    | SendBeforeAfter
)
