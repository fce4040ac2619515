"""Presses on messages that Telegram no longer hands out: the right dialogue, or none."""

import pytest

from bot.codec import dump_session
from bot.dialogue.events import BadButton, Event, JobPressed, OthersButton, Pressed
from bot.dialogue.places import Group
from bot.dialogue.states import AwaitPerson, Draft, Idle, Session
from bot.handlers import lost_messages
from bot.handlers.spots import Spot
from storage import jobs, sessions
from storage.database import Database
from storage.jobs import NewJob
from storage.sessions import SessionKey

FORUM, ANNA, BEN = -1002, 7, 8
ORDER = NewJob("k1", ANNA, FORUM, 3, "en", "p:1", "{}", "aitryon", "a", 1, 200)
SPOT = Spot(FORUM, place=Group("a_bot"), lost=True)
# Of whom, in which topic, which prompt, and whether it is still on the screen.
DIALOGUES = [
    (ANNA, 0, 1, True),
    (ANNA, 2, 4, True),
    (ANNA, 3, 4, False),
    (ANNA, 5, 6, True),
    (ANNA, 6, 6, True),
    (BEN, 3, 9, True),
]


@pytest.mark.parametrize(
    ("event", "topic", "meant"),
    [
        (Pressed(1, "person"), 0, None),
        (Pressed(4, "person"), 2, None),
        (Pressed(6, "person"), 0, BadButton()),  # in two topics
        (Pressed(9, "person"), 0, BadButton()),  # another's number
        (JobPressed(1, "cancel"), 3, None),
        (JobPressed(77, "cancel"), 0, None),
        (OthersButton(), 0, None),
        (BadButton(), 0, None),
    ],
)
async def test_the_owner_and_the_number_tell_the_dialogue(
    db: Database, event: Event, topic: int, meant: Event | None
) -> None:
    async with db.transaction("t") as tx:
        for person, where, serial, shown in DIALOGUES:
            session = Session(AwaitPerson(Draft()) if shown else Idle(), serial)
            await sessions.save(tx, SessionKey(FORUM, where, person), dump_session(session), 1.0)
        await sessions.save(tx, SessionKey(FORUM, 9, ANNA), '{"v": 99}', 1.0)
        await jobs.create(tx, ORDER, 1.0)
        spot, events = await lost_messages.found(tx, (event,), SPOT, ANNA)
    assert (spot.topic_id, list(events)) == (topic, [meant or event])
