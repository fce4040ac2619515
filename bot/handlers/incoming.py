"""From Telegram updates to the dialogue's events, which say what a person just did.

Photos are fetched and checked here, before any transaction begins. What an update means
for the person's order is the dialogue's business.
"""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Document, Message, Update
from telegram.ext import filters

from bot.dialogue.events import Command, Event, PhotosSent, Refusal, Said, Unusable
from bot.dispatcher import Again
from bot.files import FileGone, FileTooLarge, TelegramAway
from bot.handlers.desk import Desk
from bot.orders import Photo
from bot.photos import Inspected
from bot.views.callbacks import decode

TRYON = "tryon"
FOR_PHOTOS = frozenset({TRYON, "restyle"})  # the commands that take one along
PHOTO_ENDINGS = (".heic", ".heif", ".jpg", ".jpeg", ".png", ".webp", ".bmp")
PHOTO = filters.PHOTO | filters.Document.IMAGE

# What is sent instead of a photo, the most particular first: a GIF is also a document.
UNUSABLE: tuple[tuple[filters.BaseFilter, Refusal], ...] = (
    (filters.ANIMATION, Refusal.ANIMATION),
    (filters.Sticker.ALL, Refusal.STICKER),
    (filters.VIDEO | filters.VIDEO_NOTE, Refusal.VIDEO),
    (filters.VOICE | filters.AUDIO, Refusal.VOICE),
    (filters.Document.ALL, Refusal.NOT_A_PICTURE),
)


async def pressed(updates: Sequence[Update], _desk: Desk) -> tuple[Event, ...]:
    """Read a pressed button."""
    query = updates[0].callback_query
    return (decode(query.data or ""),) if query else ()


async def commanded(updates: Sequence[Update], desk: Desk) -> tuple[Event, ...]:
    """Read a command, and with those for photos the one it replies to."""
    message = _message(updates[0])
    command = _command(message.text or "")
    replied = message.reply_to_message
    if command.name not in FOR_PHOTOS or replied is None or not holds_photo(replied):
        return (command,)
    return (command, await photos([replied], desk))


async def photographed(updates: Sequence[Update], desk: Desk) -> tuple[Event, ...]:
    """Read one photo or an album; a command in its caption comes first."""
    messages = [_message(update) for update in updates]
    captions = [message.caption or "" for message in messages]
    commands = [_command(caption) for caption in captions if caption.startswith("/")]
    return (*commands[:1], await photos(messages, desk))


async def spoke(updates: Sequence[Update], _desk: Desk) -> tuple[Event, ...]:
    """Read plain text."""
    return (Said(_message(updates[0]).text or ""),)


async def sent_otherwise(updates: Sequence[Update], _desk: Desk) -> tuple[Event, ...]:
    """Read whatever is neither text nor photo."""
    for kind, refusal in UNUSABLE:
        if kind.check_update(updates[0]):
            return (Unusable(refusal),)
    return (Unusable(Refusal.OTHER),)


def is_photo(update: Update) -> bool:
    """Tell whether an update brings a picture in a form that is worth fetching."""
    return update.message is not None and holds_photo(update.message)


def holds_photo(message: Message) -> bool:
    """Tell whether a message shows a picture in a form that is worth fetching."""
    document = message.document
    if message.animation is not None:
        return False
    named = document is not None and (document.file_name or "").lower().endswith(PHOTO_ENDINGS)
    return bool(message.photo) or named or _is_image(document)


def _is_image(document: Document | None) -> bool:
    return document is not None and (document.mime_type or "").startswith("image/")


def _message(update: Update) -> Message:
    message = update.message
    if message is None:
        msg = "the update was routed as a message but has none"
        raise ValueError(msg)
    return message


def _command(text: str) -> Command:
    name, *args = text.split(maxsplit=1)
    return Command(name.removeprefix("/").partition("@")[0].lower(), "".join(args))


async def photos(messages: Sequence[Message], desk: Desk) -> PhotosSent:
    """Fetch and check the photo of a message, or those of an album."""
    checked = [await _check(message, desk) for message in messages]
    return PhotosSent(
        photos=tuple(item for item in checked if isinstance(item, Photo)),
        refused=tuple(item for item in checked if isinstance(item, Refusal)),
        album=messages[0].media_group_id,
    )


async def single_photo(message: Message, desk: Desk) -> PhotosSent:
    """Fetch and check one photo by itself, wherever it is from."""
    return replace(await photos([message], desk), album=None)


async def _check(message: Message, desk: Desk) -> Photo | Refusal:
    source = message.photo[-1] if message.photo else message.document
    if source is None:  # an album may mix photos with videos
        return Refusal.VIDEO if message.video else Refusal.NOT_A_PICTURE
    try:
        data = await desk.files.fetch(source.file_id)
    except FileTooLarge:
        return Refusal.TOO_LARGE
    except FileGone:
        return Refusal.UNREADABLE
    except TelegramAway as away:
        raise Again(away.retry_after) from None
    found = await desk.studio.inspect(data)
    if not isinstance(found, Inspected):
        return found
    return Photo(
        file_id=source.file_id,
        unique_id=source.file_unique_id,
        width=found.width,
        height=found.height,
        flaws=found.flaws,
    )
