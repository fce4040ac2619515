"""Pure: where a dialogue can be, and what is being put together there.

All of it is immutable and small enough to be stored as JSON.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.orders import Photo, Slot, TryOn
from providers.styles import Style
from providers.wishes import Face, Gender, OtherHalf, Size, Wear


@dataclass(frozen=True, slots=True)
class Outfit:
    """What is worn in one of several pictures."""

    wear: Wear
    top: Photo | None
    bottom: Photo | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is being put together. `wear` None: garments sent, kind not said yet.

    `more` are the outfits before this one, for the same person.
    """

    person: Photo | None = None
    wear: Wear | None = None
    top: Photo | None = None  # also a dress, and the first garment of unknown kind
    bottom: Photo | None = None
    face: Face = Face.KEEP
    size: Size = Size.ORIGINAL
    model: str | None = None  # None: the first that can do it
    half: OtherHalf = OtherHalf.NEW
    samples: int = 1  # wished of each outfit
    more: tuple[Outfit, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Restyles that are being put together: one portrait, an order for each style."""

    person: Photo | None = None
    styles: tuple[Style, ...] = ()  # in the order in which they were ticked
    style_of: Photo | None = None  # whose style is meant, for `Style.OF_PICTURE`
    model: str | None = None  # None: the first that can do it


@dataclass(frozen=True, slots=True)
class Refinement:
    """A refinement that is being put together: all but who is on the picture is known."""

    of: TryOn
    picture_id: str  # the picture as the service drew it
    shown: Photo  # the same as Telegram knows it
    model: str
    gender: Gender | None = None
    keeps: bool = False  # what was kept on then has to be cut out again


Project: TypeAlias = Draft | Look | Refinement
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


@dataclass(frozen=True, slots=True)
class AwaitGender:
    """Waiting to be told who is on the picture that is to be refined."""

    draft: Refinement


@dataclass(frozen=True, slots=True)
class ConfirmRefine:
    """Everything is there: the card with the price and Go."""

    draft: Refinement


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
    | AwaitGender
    | ConfirmRefine
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
