"""Questions to an operator, with a button for each answer and one to leave it.

Every answer is a command of its own, kept with the question, so a restart forgets none.
What a press does is `pressing`'s business.
"""

import json
from collections.abc import Sequence

from bot.codec import dump_outgoing
from bot.handlers.admin.arguments import Asked
from bot.handlers.admin.office import Office, Option
from bot.messages import Answer, Content, Edit, Outgoing, Send
from bot.views import admin as words
from storage import outbox, questions
from storage.outbox import NewRow

LIFETIME = 300.0  # seconds: after that the operator may have forgotten what it was about


async def ask(office: Office, question: str, options: Sequence[Option]) -> None:
    """Ask, with a button for each option and one to leave it."""
    answers = json.dumps([_kept(option.asked) for option in options])
    until = office.now + LIFETIME
    number = await questions.ask(office.tx, office.operator, answers, office.now, until)
    labels = [option.label for option in options]
    content = Content(question, words.options(office.language, number, labels))
    await say(office, Send(content, anchor=anchor(number)))


async def say(office: Office, message: Outgoing) -> None:
    """Say something to the operator, in private."""
    row = NewRow(
        office.operator,
        dump_outgoing(message),
        edits=message.anchor if isinstance(message, Edit) else None,
        urgent=isinstance(message, Answer),
    )
    await outbox.add(office.tx, [row], office.now)


def anchor(question: int) -> str:
    """Return the name of the message that asks a question."""
    return f"a:{question}"


def options_of(answers: str) -> list[Asked]:
    """Return the commands a kept question can be answered with."""
    return [
        Asked(one["name"], tuple(one["words"]), confirmed=one["confirmed"])
        for one in json.loads(answers)
    ]


def _kept(asked: Asked) -> dict[str, object]:
    return {"name": asked.name, "words": asked.words, "confirmed": asked.confirmed}
