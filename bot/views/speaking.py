"""Which language a person is spoken to in, wherever that is nobody else's choice."""

from bot.views.texts import pick_language
from storage.people import Person


def language_of(person: Person | None, default: str) -> str:
    """Return the language somebody chose, else their client's, else the default."""
    if person is None:
        return pick_language(None, None, default)
    return pick_language(person.language, person.client_language, default)
