"""/groupsettings: what a group's own administrators choose, in one message edited in place.

Who is one is asked of Telegram at every command and every press: somebody may have ceased
to be one in between. Those who write as the group itself are administrators, who else can?
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from telegram import CallbackQuery, Message, Update, User

from bot.codec import dump_outgoing
from bot.handlers.addressing import Called, meant_for
from bot.handlers.desk import Desk, Rules
from bot.handlers.spots import topic_of
from bot.messages import Answer, Content, Edit, Outgoing, Send
from bot.views.group_panel import chosen, decode, panel
from bot.views.texts import pick_language, plain, text
from storage import allowances, groups, outbox, people
from storage.database import Tx
from storage.groups import Group
from storage.outbox import NewRow

COMMAND = "groupsettings"
PREFIX = "g1:"

Deed = Callable[[Tx], Awaitable[None]]


def is_press(update: Update) -> bool:
    """Tell whether a button of a panel was pressed."""
    query = update.callback_query
    return query is not None and (query.data or "").startswith(PREFIX)


def is_command(update: Update) -> bool:
    """Tell whether a message may be the command; whose it is is told later."""
    message = update.message
    said = (message.text or message.caption or "").lower() if message else ""
    return any(word.partition("@")[0] == f"/{COMMAND}" for word in said.split()[:2])


async def asked(updates: Sequence[Update], desk: Desk) -> Deed | None:
    """Plan the panel for an administrator, a short notice for everybody else."""
    message = updates[0].message
    if message is None:
        return None
    await desk.identity.learn()
    match meant_for(message, desk.identity.username):
        case Called(command) if command.name == COMMAND:
            pass
        case _:
            return None
    if message.sender_chat is not None and message.sender_chat.id != message.chat.id:
        return None  # a channel's post
    user = None if message.sender_chat is not None else message.from_user
    allowed = user is None or await desk.identity.administers(message.chat.id, user.id)

    async def deed(tx: Tx) -> None:
        now, chat = desk.clock.now(), message.chat
        group = await groups.met(tx, chat.id, chat.title or "", now)
        if not allowed and not group.choices.enabled:
            return
        language = await _language(tx, group, user, desk.rules)
        content = Content(text(language, "groupsettings.not_yours"))
        if allowed:
            content = await _panel(tx, group, language, desk.rules)
        await _say(tx, chat.id, _reply(message, content), now)

    return deed


async def pressed(updates: Sequence[Update], desk: Desk) -> Deed | None:
    """Plan the change that an administrator's press asks for."""
    query = updates[0].callback_query
    if query is None or query.message is None:
        return None
    allowed = await desk.identity.administers(query.message.chat.id, query.from_user.id)

    async def deed(tx: Tx) -> None:
        await _press(tx, query, desk, allowed=allowed)

    return deed


async def _press(tx: Tx, query: CallbackQuery, desk: Desk, *, allowed: bool) -> None:
    under, choice, now = query.message, decode(query.data or ""), desk.clock.now()
    if under is None:
        return
    group = await groups.met(tx, under.chat.id, under.chat.title or "", now)
    language = await _language(tx, group, query.from_user, desk.rules)

    async def answer(key: str, *, alert: bool = False) -> None:
        said = Answer(query.id, plain(language, f"groupsettings.{key}"), alert)
        await _say(tx, group.chat_id, said, now)

    if not allowed:
        await answer("not_yours")
        return
    if choice is None:
        await answer("old", alert=True)
        return
    group = replace(group, choices=chosen(group.choices, choice))
    await groups.choose(tx, group.id, group.choices)
    language = await _language(tx, group, query.from_user, desk.rules)
    anchor = f"g:{group.chat_id}:{under.message_id}"
    await outbox.bind(tx, anchor, group.chat_id, under.message_id, None, now)
    shown = await _panel(tx, group, language, desk.rules)
    await _say(tx, group.chat_id, Edit(anchor, shown), now)
    await answer("saved")


async def _panel(tx: Tx, group: Group, language: str, rules: Rules) -> Content:
    own = await allowances.get(tx, group.account)
    return panel(language, group.choices, rules.group_daily_credits if own is None else own)


async def _language(tx: Tx, group: Group, user: User | None, rules: Rules) -> str:
    """Return what to speak: the group's language, else that of whoever asks."""
    person = await people.get(tx, user.id) if user else None
    wish = group.choices.language or (person.language if person else None)
    return pick_language(wish, user.language_code if user else None, rules.default_language)


def _reply(message: Message, content: Content) -> Send:
    return Send(content, topic_id=topic_of(message), reply_to=message.message_id)


async def _say(tx: Tx, chat_id: int, said: Outgoing, now: float) -> None:
    edits = said.anchor if isinstance(said, Edit) else None
    row = NewRow(chat_id, dump_outgoing(said), edits=edits, urgent=isinstance(said, Answer))
    await outbox.add(tx, [row], now)
