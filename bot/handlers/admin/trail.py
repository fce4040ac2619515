"""`/audit`: what operators changed, newest first."""

from bot.handlers.admin.office import Answer, Office, Subject, told
from bot.views import admin_trail as words
from storage import audit, people
from storage.people import Person

MOST = 8  # entries: the longest ones just fit into a message


async def latest(office: Office, _: None) -> Answer:
    """Tell the last changes of all operators."""
    return await _told(office, None)


async def about(office: Office, subject: Subject, _: None) -> Answer:
    """Tell the last changes by or about somebody."""
    return await _told(office, subject.id)


async def _told(office: Office, person_id: int | None) -> Answer:
    entries = await audit.latest(office.tx, person_id, MOST)
    ids = {one.change.operator_id for one in entries}
    ids |= {one.change.person_id for one in entries if one.change.person_id is not None}
    known: dict[int, Person] = {}
    for each in ids:
        person = await people.get(office.tx, each)
        if person is not None:
            known[each] = person
    return told(words.trail(office.language, entries, known, office.rules.timezone))
