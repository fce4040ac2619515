"""Pure: what can happen in a dialogue."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.orders import Photo


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
    """A slash command, lower case and without the slash.

    `hands_over`: the photos it is about come right behind it. It then only says what they
    are for, and does not begin anew what still waits for photos.
    """

    name: str
    args: str = ""
    hands_over: bool = False


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
    """A button under a job's progress or result, already checked to be the owner's.

    `question` is the number of the question that the button answers, where it does.
    """

    job_id: int
    action: str
    question: int = 0


@dataclass(frozen=True, slots=True)
class BadButton:
    """A press that no button of ours can have made, or one of somebody else's job."""


@dataclass(frozen=True, slots=True)
class OthersButton:
    """A press of a button that belongs to somebody else."""


Event: TypeAlias = (
    Command | PhotosSent | Said | Unusable | Pressed | JobPressed | BadButton | OthersButton
)
