"""Ten seconds in which everybody wants something: limits hold, nobody starves, nothing is lost.

A thousand messages in ten groups and two hundred orders of a hundred people, all in ten
seconds. The local Telegram refuses what is too much for the real one, and so do the local
services; the bot is to give them no reason to.
"""

import gc
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.handlers.flood import IN_GROUP
from tests.journeys.afterwards import all_is_well
from tests.journeys.reading import has_line
from tests.load.crowd import Crowd, world
from tests.load.town import PLACES, START, Town, open_town

PEOPLE, GROUPS = 100, 10
TALK, NOISE = 700, 200  # messages in groups, besides a hundred orders
SECONDS = 10.0
PATIENCE = 3600.0  # seconds of the town until all must be over
NEW = PLACES - {"editMessageText", "editMessageCaption", "editMessageMedia"}
OWN = ("bot.", "storage.", "providers.")
NOISY = ("/quota@{bot}", "/help@{bot}", "/dance@{bot}")


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """One person does something at a moment, in seconds from the start."""

    at: float
    person: int
    chat: int  # a group, or the person's own
    text: str | None = None  # None: an order


def acts(crowd: Crowd) -> list[Act]:
    """Return who does what: everybody orders twice, two people flood their groups."""
    rng = random.Random(20)  # noqa: S311  the same crowd in every run
    telegram = crowd.town.telegram
    groups = [chat for chat in telegram.chats if chat.person is None]
    wanted: list[Act] = []
    for group in groups:
        for person in group.audience():
            wanted += [Act(rng.uniform(0, SECONDS), person, chat) for chat in (person, group.id)]
    for number in range(TALK):
        group = groups[number % GROUPS]
        person = rng.choice(group.audience())
        wanted.append(Act(rng.uniform(0, SECONDS), person, group.id, "what do you think?"))
    for number, (person, chat) in zip(range(NOISE), flooders(crowd), strict=False):
        text = NOISY[number % len(NOISY)].format(bot=telegram.bot.username)
        wanted.append(Act(rng.uniform(0, SECONDS), person, chat, text))
    return sorted(wanted)


def flooders(crowd: Crowd) -> Iterator[tuple[int, int]]:
    """Yield, again and again, two people and the groups they flood."""
    groups = [chat for chat in crowd.town.telegram.chats if chat.person is None]
    while True:
        yield from ((group.audience()[0], group.id) for group in groups[:2])


async def everything(crowd: Crowd) -> list[Act]:
    """Let it all happen, and everybody press what they are shown, until all is quiet."""
    town, done = crowd.town, acts(crowd)
    for act in done:
        await town.stillness.until(START + act.at)
        crowd.react()
        if act.text is None:
            await crowd.order(act.person, act.chat if act.chat < 0 else None)
        else:
            crowd.somebody(act.person, act.chat).say(act.text)
    crowd.held.append(held())
    moment = START + SECONDS
    while await town.rows(UNFINISHED):
        moment += 1
        assert moment < START + PATIENCE, await town.rows(UNFINISHED)
        await town.stillness.until(moment)
        crowd.react()
        if moment % 60 == 0:
            crowd.held.append(held())
    return done


UNFINISHED = """
SELECT 'job', state, id FROM jobs WHERE closed_at IS NULL
UNION ALL SELECT 'message', state, id FROM outbox WHERE state = 'waiting'
UNION ALL SELECT 'update', state, update_id FROM inbox WHERE state = 'waiting'
"""


@pytest.fixture
def only_ours() -> Iterator[None]:
    """Leave out of all counting what other tests have left: looking through it takes minutes."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("only_ours")
async def test_a_flood_of_messages_and_orders(tmp_path: Path) -> None:
    async with open_town(tmp_path, world(PEOPLE, GROUPS)) as town:
        for model, seconds in (("aitryon", (7, 8)), ("aitryon-plus", (15, 16))):
            town.service.set_runtime(model, *seconds)
        crowd, before = Crowd(town), held()
        done = await everything(crowd)
        after, at_most = held(), max(crowd.held)
        loud = {(act.person, act.chat) for act in done if act.text and act.text.startswith("/")}
        assert sum(act.chat < 0 for act in done) == TALK + NOISE + PEOPLE
        assert sum(act.text is None for act in done) == 2 * PEOPLE
        limits_are_kept(town)
        await nothing_is_lost(crowd, loud)
        nobody_starves(crowd)
        noise_is_told_once(crowd, loud)
        assert town.stillness.most_tasks < 60  # whatever waits is a row, and no task
        assert at_most - before < 2500, (before, at_most)
        assert after - before < 1000, (before, after)


def limits_are_kept(town: Town) -> None:
    """Check what was sent, second by second and minute by minute."""
    calls = town.calls
    assert calls.refused() == []
    sent = calls.times(*PLACES)
    assert most_within(1.0, sent) <= 30
    for chat in {one.chat for one in calls.all if one.call in PLACES}:
        new = calls.times(*NEW, chat=chat)
        assert most_within(1.0, new) <= 1, chat
        if chat < 0:
            assert most_within(60.0, calls.times(*PLACES, chat=chat)) <= 20, chat
    assert most_within(1.0, calls.times("submit")) <= 10
    assert most_within(1.0, calls.times("query")) <= 20


def most_within(seconds: float, times: list[float]) -> int:
    """Return the most of these that any window held; its end does not belong to it."""
    times, most, first = sorted(times), 0, 0
    for number, at in enumerate(times):
        while at - times[first] >= seconds - 1e-6:
            first += 1
        most = max(most, number - first + 1)
    return most


async def nothing_is_lost(crowd: Crowd, loud: set[tuple[int, int]]) -> None:
    """Check that every order ended in a picture, and was paid for once.

    Only those who flooded a group may have gone unheard there.
    """

    async def look_for(*queries: str) -> list[list[tuple[object, ...]]]:
        return [await crowd.town.rows(query) for query in queries]

    await all_is_well(look_for, None)
    states = Counter(state for _, state in await crowd.town.rows("SELECT id, state FROM jobs"))
    assert set(states) == {"done"}
    assert 2 * PEOPLE - len(loud) <= states["done"] <= 2 * PEOPLE
    assert sum(map(len, crowd.pictures.values())) == states["done"]
    quiet = set(crowd.town.telegram.people) - {person for person, _ in loud}
    assert {person for person in quiet if len(crowd.pictures[person]) != 2} == set()
    [[unsent], [unread]] = await look_for(
        "SELECT count(*) FROM outbox WHERE state != 'sent'",
        "SELECT count(*) FROM inbox WHERE state != 'done'",
    )
    assert (unsent, unread) == ((0,), (0,))


def nobody_starves(crowd: Crowd) -> None:
    """Check that people took turns: first everybody's first picture, then the second ones."""
    firsts = sorted(min(times) for times in crowd.pictures.values())
    lasts = sorted(max(times) for times in crowd.pictures.values())
    assert len(firsts) == PEOPLE
    assert firsts[-1] - START <= 0.7 * (lasts[-1] - START)
    early = sum(at < firsts[-1] for at in lasts)
    assert early <= 0.4 * PEOPLE  # in their groups orders begin when there is room to ask


def noise_is_told_once(crowd: Crowd, loud: set[tuple[int, int]]) -> None:
    """Check that who floods a group is told so once a minute, and answered no more than others."""
    for person, chat in loud:
        said = [text for at, text in crowd.heard[person, chat] if at < START + 60]
        assert sum(has_line(text, "too_fast") for text in said) == 1
        assert len(said) <= IN_GROUP + 1


def held() -> int:
    """Return how many objects of the bot's own there are, its stand-ins not counted."""
    gc.collect()
    homes = (str(type(one).__module__) for one in gc.get_objects())  # not text in some
    return sum(home.startswith(OWN) and not home.startswith("bot.demo") for home in homes)
