"""What the bot says, as data: the rows of the outbox.

Views make these, the outbox stores them, the courier turns them into Bot API calls.
Texts are Telegram HTML, already escaped. A message that will be edited later is sent
under an anchor, a name of our own, because its Telegram id is only known once it left.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from providers.styles import Style


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; `data` comes back when it is pressed (at most 64 bytes)."""

    text: str
    data: str


Keyboard: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class TelegramPhoto:
    """A photo Telegram already has: sent again for free."""

    file_id: str


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """Bytes in the table `pictures`."""

    picture_id: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One picture made of several photos, drawn when it is sent: person first."""

    file_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StyleGallery:
    """A sheet of numbered tiles, one for each style in this order, drawn when it is sent."""

    styles: tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class ChartDay:
    """A day of a chart: orders by how they ended, and money in thousandths of a CNY."""

    day: str  # as ISO text
    done: int
    failed: int
    other: int  # cancelled, or still open
    cost: int


@dataclass(frozen=True, slots=True)
class UsageChart:
    """A picture of what was used, day by day, drawn when it is sent."""

    chart: tuple[ChartDay, ...]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text, such as a table; it can only be sent as a document."""

    lines: str
    ending: str


Picture: TypeAlias = (
    TelegramPhoto | StoredPicture | SideBySide | StyleGallery | UsageChart | TextFile
)


@dataclass(frozen=True, slots=True)
class Content:
    """A message's text (or caption), picture and buttons, the link below the others."""

    text: str
    keyboard: Keyboard = ()
    picture: Picture | None = None
    link: Link | None = None


class Delivery(StrEnum):
    """What is to be recorded about a job once this message has been sent."""

    RESULT = "result"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Send:
    """A new message. `reply_to` is an anchor's name or a message id, best effort.

    `asks` opens the answer of whoever is replied to, with these words in the empty field;
    it takes the place of the buttons.
    """

    content: Content
    topic_id: int = 0
    reply_to: str | int | None = None
    asks: str | None = None
    anchor: str | None = None
    as_file: bool = False  # uncompressed, as a document
    filename: str | None = None
    delivers: Delivery | None = None
    job_id: int | None = None  # whose picture it delivers


@dataclass(frozen=True, slots=True)
class Edit:
    """Make an earlier message show this instead. Silently dropped if it is gone.

    A text can become a picture; a picture stays one and then keeps its last picture
    where the new content has none. What must be read is said in a new message if the
    earlier one is gone (`or_anew`), in this topic.
    """

    anchor: str
    content: Content
    or_anew: bool = False
    topic_id: int = 0


@dataclass(frozen=True, slots=True)
class StripButtons:
    """Take the buttons off an earlier message: its step is over."""

    anchor: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a pressed button: every press gets exactly one."""

    callback_id: str
    text: str = ""
    alert: bool = False


def orderers_message(anchor: str) -> str:
    """Return the anchor of the message with which somebody began an order in a group.

    `anchor` is that of the order's progress message.
    """
    return f"{anchor}:by"


Outgoing: TypeAlias = Send | Edit | StripButtons | Answer
