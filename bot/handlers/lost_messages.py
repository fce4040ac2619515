"""Presses in groups on messages that Telegram no longer hands out: which dialogue is meant.

Such a message does not tell its topic. Whose prompt it was and its number do, unless the same
number is on the screen in two topics: then the press counts as a bad one and nothing changes.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.codec import Unreadable, load_session
from bot.dialogue.events import BadButton, Event, JobPressed, Pressed
from bot.dialogue.states import Idle
from bot.handlers.spots import Spot
from storage import jobs, sessions
from storage.database import Tx


async def found(
    tx: Tx, events: Sequence[Event], spot: Spot, person_id: int
) -> tuple[Spot, Sequence[Event]]:
    """Return where a press happened, and what it means."""
    match events:
        case [JobPressed(job_id)]:
            job = await jobs.get(tx, job_id)
            if job is None or job.chat_id != spot.chat_id:
                return spot, events
            return replace(spot, topic_id=job.topic_id), events
        case [Pressed(serial)]:
            topics = await _topics_showing(tx, spot.chat_id, person_id, serial)
            if len(topics) == 1:
                return replace(spot, topic_id=topics[0]), events
            return spot, (BadButton(),)
        case _:
            return spot, events


async def _topics_showing(tx: Tx, chat_id: int, person_id: int, serial: int) -> list[int]:
    found_in: list[int] = []
    for key, stored in await sessions.of_person_in(tx, chat_id, person_id):
        try:
            session = load_session(stored)
        except Unreadable:
            continue
        if session.serial == serial and not isinstance(session.state, Idle):
            found_in.append(key.topic_id)
    return found_in
