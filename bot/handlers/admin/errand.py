"""An operator's command, from the update to its answer.

Answers go to the operator's private chat, wherever the command was given: what they say of
others is not for a group to read.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from telegram import Message, Update, User

from bot.codec import dump_outgoing
from bot.handlers.admin import asking, who
from bot.handlers.admin.arguments import Asked, Misread, Words
from bot.handlers.admin.office import (
    About,
    Answer,
    Choose,
    Confirm,
    Office,
    OfGroup,
    Option,
    Plain,
    Subject,
    Told,
    told,
)
from bot.handlers.admin.reading import read, whom
from bot.handlers.admin.table import COMMANDS
from bot.handlers.admin.who import Doubtful, Nobody
from bot.handlers.desk import Desk
from bot.handlers.meeting import met
from bot.views import admin as words
from bot.views.speaking import language_of
from storage import outbox, people
from storage.database import Tx
from storage.outbox import NewRow
from storage.people import Person


async def commanded(
    updates: Sequence[Update], desk: Desk
) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan the answer to a command."""
    message = updates[0].message
    user = message.from_user if message else None
    if message is None or user is None or not await _addressed(message, desk):
        return None
    asked, _ = read(message)

    async def deed(tx: Tx) -> None:
        private = message.chat.type == message.chat.PRIVATE
        office = await opened(tx, user, desk, in_private=private)
        target = whom(message)
        if target is not None:
            await learned(tx, target, office.now)
        await respond(office, asked)

    return deed


async def _addressed(message: Message, desk: Desk) -> bool:
    """Tell whether a command names no bot, or this one."""
    _, recipient = read(message)
    if not recipient:
        return True
    await desk.identity.learn()
    return recipient.lower() == desk.identity.username.lower()


async def opened(tx: Tx, user: User, desk: Desk, *, in_private: bool = True) -> Office:
    """Return the office for an operator who has just done something."""
    now, rules = desk.clock.now(), desk.rules
    person = await met(tx, user, now, in_private=in_private)
    language = language_of(person, rules.default_language)
    return Office(tx, rules, person.id, language, now)


async def learned(tx: Tx, user: User, now: float) -> Person:
    """Remember what a message of somebody says of them."""
    return await people.seen(tx, user.id, user.username, user.first_name, user.language_code, now)


async def respond(office: Office, asked: Asked) -> None:
    """Carry a command out, and say what came of it or ask what has to be asked first."""
    office = replace(office, confirmed=asked.confirmed)
    try:
        answer, certain = await _carried_out(office, asked)
    except Misread as misread:
        answer = told(words.usage(office.language, asked.name, misread.fault, misread.word))
        certain = asked
    match answer:
        case Told(messages):
            rows = [NewRow(office.operator, dump_outgoing(each)) for each in messages]
            await outbox.add(office.tx, rows, office.now)
        case Choose(question, options):
            await asking.ask(office, question, options)
        case Confirm(question):
            yes = Option(words.yes(office.language), replace(certain, confirmed=True))
            await asking.ask(office, question, (yes,))


async def _carried_out(office: Office, asked: Asked) -> tuple[Answer, Asked]:
    """Return the answer, and the command with the person named for certain."""
    command, said = COMMANDS[asked.name], Words(asked.words)
    match command:
        case Plain():
            return await command.answer(office, command.read(said)), asked
        case OfGroup(alone=alone) if asked.group is None and not said.more():
            return await alone(office), asked
        case OfGroup():
            chat = said.chat(asked.group)
            certain = Asked(asked.name, (str(chat), *said.left))
            return await command.answer(office, chat, command.read(said)), certain
        case About(alone=alone) if alone and not said.more() and asked.replied is None:
            return await alone(office, command.read(said)), asked
        case About():
            return await _about(office, command, asked)


async def _about(office: Office, command: About[Any], asked: Asked) -> tuple[Answer, Asked]:
    said = Words(asked.words)
    wanted = said.who(asked.replied)
    rest = said.left
    arguments = command.read(said)  # all is read before anybody is looked for
    found = await who.find(office.tx, wanted, office.now)
    match found:
        case Subject():
            certain = Asked(asked.name, (str(found.id), *rest))
            return await command.answer(office, found, arguments), certain
        case Nobody(handle):
            return told(words.nobody(office.language, handle)), asked
        case Doubtful(handle, holders):
            options = tuple(
                Option(
                    words.holder(office.language, each, office.now),
                    Asked(asked.name, (str(each.person_id), *rest)),
                )
                for each in holders
            )
            return Choose(words.which(office.language, handle), options), asked
