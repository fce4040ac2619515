"""Buttons under questions to an operator: only they can press them, in time, and only once."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Update

from bot.handlers.admin.asking import anchor, options_of, say
from bot.handlers.admin.errand import opened, respond
from bot.handlers.admin.office import Office
from bot.handlers.desk import Desk
from bot.messages import Answer, Content, Edit, StripButtons
from bot.views import admin as words
from bot.views.callbacks import Choice, decode_choice
from storage import questions
from storage.database import Tx
from storage.questions import Question

NO = 0  # the answer that leaves everything as it is


async def chosen(updates: Sequence[Update], desk: Desk) -> Callable[[Tx], Awaitable[None]] | None:
    """Plan what follows when a button under a question was pressed."""
    query = updates[0].callback_query
    choice = decode_choice(query.data or "") if query else None
    if query is None or choice is None:
        return None

    async def deed(tx: Tx) -> None:
        office = await opened(tx, query.from_user, desk)
        question = await questions.get(tx, choice.question)
        key = await _settled(office, question, choice)
        said = words.reply(office.language, key) if key else ""
        await say(office, Answer(query.id, said, alert=bool(key)))

    return deed


async def _settled(office: Office, question: Question | None, choice: Choice) -> str | None:
    """Do what was chosen; return the key of what to say if that is not possible."""
    if question is None or question.operator_id != office.operator:
        return "admin.question.not_yours"
    options = options_of(question.answers)
    if choice.option > len(options):
        return "admin.question.not_yours"
    if question.answered_at is not None:
        return "admin.question.answered"
    asked_in = anchor(question.id)
    if office.now > question.until:
        await say(office, StripButtons(asked_in))
        return "admin.question.expired"
    await questions.answered(office.tx, question.id, office.now)
    if choice.option == NO:
        await say(office, Edit(asked_in, Content(words.left_alone(office.language))))
        return None
    await say(office, StripButtons(asked_in))
    await respond(office, options[choice.option - 1])
    return None
