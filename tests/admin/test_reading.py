"""Whom an operator's message means, as far as the message itself tells."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageEntity, User

from bot.handlers.admin.arguments import Asked, PersonId
from bot.handlers.admin.reading import read

OLGA, ANNA, BEN = (User(number, name, is_bot=False) for number, name in enumerate("OAB", 1))
ROBOT = User(9, "Robot", is_bot=True)
PRIVATE, SOME_DAY = Chat(4, Chat.PRIVATE), datetime(2026, 3, 14, tzinfo=UTC)


def message(text: str, mentions: dict[str, User], replied: User | None = None) -> Message:
    """Return a message in which some words mention people without a username."""
    entities = [
        MessageEntity(
            MessageEntity.TEXT_MENTION,
            len(text[: text.index(word)].encode("utf-16-le")) // 2,
            len(word.encode("utf-16-le")) // 2,
            user=user,
        )
        for word, user in mentions.items()
    ]
    answered = Message(1, SOME_DAY, PRIVATE, replied) if replied else None
    return Message(
        2, SOME_DAY, PRIVATE, OLGA, text=text, entities=entities, reply_to_message=answered
    )


@pytest.mark.parametrize(
    ("text", "mentions", "replied", "words", "meant"),
    [
        ("/ban Anna", {"Anna": ANNA}, None, (), ANNA),
        ("/ban Anna Maria 5 a b", {"Anna Maria": ANNA}, None, ("5", "a", "b"), ANNA),
        ("/ban@our_bot 🌸安娜🌸 5", {"🌸安娜🌸": ANNA}, None, ("5",), ANNA),
        ("/ban\n 1002 5", {"1002": ANNA}, None, ("5",), ANNA),
        ("/ban Anna 5", {"Anna": ANNA}, BEN, ("5",), ANNA),
        ("/ban 5 with Anna", {"Anna": ANNA}, BEN, ("5", "with", "Anna"), BEN),
        ("/ban Anna like Ben", {"Anna": ANNA, "Ben": BEN}, None, ("like", "Ben"), ANNA),
        ("/ban me", {"me": OLGA}, None, (), OLGA),
        ("/ban @ben as Anna", {"Anna": ANNA}, None, ("@ben", "as", "Anna"), None),
        ("/ban Robot", {"Robot": ROBOT}, None, ("Robot",), None),
    ],
)
def test_a_mention_behind_the_command_says_who_is_meant(
    text: str,
    mentions: dict[str, User],
    replied: User | None,
    words: tuple[str, ...],
    meant: User | None,
) -> None:
    said, _ = read(message(text, mentions, replied))

    assert said == Asked("ban", words, PersonId(meant.id) if meant else None)
