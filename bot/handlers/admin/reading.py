"""From updates to an operator's commands: who counts as an operator, and what they said.

Only a message that a person wrote themselves, now, and in their own name counts: nothing
forwarded, edited, sent in the name of a chat, or made by another bot.
"""

from collections.abc import Collection, Sequence

from telegram import Message, MessageEntity, MessageOriginUser, Update, User
from telegram.ext import filters

from bot.handlers.admin.arguments import Asked, PersonId
from bot.handlers.admin.office import About, OfGroup
from bot.handlers.admin.table import COMMANDS
from bot.views.callbacks import decode_choice
from bot.views.phrases import COMMANDS as EVERYBODYS

WRITTEN = filters.UpdateType.MESSAGE & filters.TEXT & filters.COMMAND
_NOT_THEIRS = ("sender_chat", "forward_origin", "via_bot", "sender_business_bot")


def by_operator(updates: Sequence[Update], operators: Collection[int]) -> bool:
    """Tell whether an update certainly comes from an operator."""
    if len(updates) != 1:
        return False
    query, message = updates[0].callback_query, updates[0].message
    if query is not None:
        return query.from_user.id in operators
    return (
        message is not None
        and message.from_user is not None
        and message.from_user.id in operators
        and not any(getattr(message, name) for name in _NOT_THEIRS)
    )


def is_command(update: Update) -> bool:
    """Tell whether an update is one of the commands that only operators have.

    In a group other bots may know /pause or /queue: without our name only those about a
    person or a group are taken for ours.
    """
    if update.message is None or not WRITTEN.check_update(update):
        return False
    asked, recipient = read(update.message)
    command = COMMANDS.get(asked.name)
    if command is None:
        return False
    if asked.name in EVERYBODYS and not asked.words and asked.replied is None:
        return False
    private = update.message.chat.type == update.message.chat.PRIVATE
    return private or bool(recipient) or isinstance(command, About | OfGroup)


def is_choice(update: Update) -> bool:
    """Tell whether a button under one of our questions was pressed, in a private chat."""
    query = update.callback_query
    message = query.message if query else None
    if query is None or message is None or message.chat.type != message.chat.PRIVATE:
        return False
    return decode_choice(query.data or "") is not None


def read(message: Message) -> tuple[Asked, str]:
    """Return the command in a message, and the bot it names, if any."""
    text, mention = message.text or "", _mention(message)
    if mention is not None:
        text = f"{text[: mention.offset]} {_after(message, mention)}"
    first, *words = text.split()
    name, _, recipient = first.removeprefix("/").partition("@")
    target = whom(message)
    replied = None if target is None else PersonId(target.id)
    here = None if message.chat.type == message.chat.PRIVATE else message.chat.id
    return Asked(name.lower(), tuple(words), replied, here), recipient


def whom(message: Message) -> User | None:
    """Return who stands behind the command as a mention, else whose message is replied to.

    Of a forwarded message that is who wrote it first.
    """
    mention = _mention(message)
    if mention is not None:
        return mention.user
    replied = message.reply_to_message
    if replied is None or replied.sender_chat is not None:
        return None
    origin = replied.forward_origin
    if origin is not None:
        author = origin.sender_user if isinstance(origin, MessageOriginUser) else None
    else:
        author = replied.from_user
    if author is None or author.is_bot or message.from_user is None:
        return None
    return None if author.id == message.from_user.id and origin is None else author


def _mention(message: Message) -> MessageEntity | None:
    """Return the mention of somebody without a username that comes first behind the command."""
    for entity in message.entities:
        if entity.user is None or entity.user.is_bot:
            continue
        if len((message.text or "")[: entity.offset].split()) == 1:
            return entity
    return None


def _after(message: Message, mention: MessageEntity) -> str:
    """Return what stands behind the first mention; before it is nothing but ASCII."""
    return (message.text or "")[mention.offset + len(message.parse_entity(mention)) :]
