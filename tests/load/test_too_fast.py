"""Who sends more than anybody means is told so once a minute; the operator never."""

from pathlib import Path

from bot.handlers.flood import IN_PRIVATE
from tests.journeys.reading import has_line
from tests.load.crowd import FIRST_GROUP, FIRST_PERSON, Crowd, world
from tests.load.town import START, open_town

ANNA, OLGA = FIRST_PERSON, FIRST_PERSON + 1


async def test_in_private_a_flood_is_answered_for_a_while_and_an_operator_always(
    tmp_path: Path,
) -> None:
    async with open_town(tmp_path, world(2, 1), admin_ids=(OLGA,)) as town:
        crowd = Crowd(town)
        for number in range(300):
            await town.stillness.until(START + number / 10)
            for person in (ANNA, OLGA):
                crowd.somebody(person).say("/help")
        await town.stillness.until(START + 400)
        crowd.react()
        told = [has_line(text, "too_fast") for _, text in crowd.heard[ANNA, ANNA]]
        assert (len(told), sum(told)) == (IN_PRIVATE + 1, 1)
        assert len(crowd.heard[OLGA, OLGA]) == 300
        crowd.somebody(ANNA).say("/help")
        await town.stillness.until(START + 410)
        crowd.react()
        assert has_line(crowd.heard[ANNA, ANNA][-1][1], "help")


async def test_where_the_bot_is_switched_off_it_does_not_even_say_that(tmp_path: Path) -> None:
    async with open_town(tmp_path, world(2, 1)) as town:
        crowd = Crowd(town)
        crowd.somebody(ANNA, FIRST_GROUP).say("/help@fitting_room_demo_bot")
        await town.stillness.until(START + 5)
        async with town.db.transaction("test") as tx:
            await tx.run("UPDATE groups SET enabled = 0")
        crowd.react()
        crowd.heard.clear()
        for _ in range(30):
            crowd.somebody(ANNA, FIRST_GROUP).say("/help@fitting_room_demo_bot")
        await town.stillness.until(START + 60)
        crowd.react()
        assert crowd.heard[ANNA, FIRST_GROUP] == []
