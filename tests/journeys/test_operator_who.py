"""Whom an operator means: usernames change, and pass from one person to another."""

from dataclasses import replace
from pathlib import Path

from bot.demo.telegram.model import PersonAccount
from bot.demo.world import WORLD
from tests.journeys.house import ANNA, BEN, OLGA, button, open_house
from tests.journeys.operating import command, met, operator, user
from tests.people import buttons, words

SECOND = 1006
TWO_ANNAS = replace(WORLD, people=(*WORLD.people, PersonAccount(SECOND, "Annie", "Anna", "en")))
GRANTS = "SELECT account, extra FROM ledger WHERE kind = 'grant'"
MONTH = 31 * 86400.0  # seconds


async def test_a_username_two_people_were_seen_with_is_asked_about(tmp_path: Path) -> None:
    async with open_house(tmp_path, world=TWO_ANNAS) as house:
        await met(house, ANNA, SECOND)
        olga = operator(house)
        await olga.say("/grant @anna 5 well done")
        question = await olga.shown("admin.which")
        first, second, _ = list(buttons(question))
        assert ("1006" in first, "1001" in second) == (True, True), "who was seen last comes first"
        await olga.tap(question, "admin.no")
        await olga.shown("admin.left_alone")
        await olga.say("/grant @anna 5 well done")
        question = await olga.shown("admin.which")
        await olga.press(question, button(question, "1001"))
        assert "Anna (@anna, 1001)" in words(await olga.shown("admin.grant"))
        await house.end()
        assert await house.look(GRANTS) == [("person:1001", 5)]
        assert await house.look("SELECT reason FROM audit") == [("well done",)]


async def test_a_username_that_passed_on_is_asked_about(tmp_path: Path) -> None:
    async with open_house(tmp_path, world=TWO_ANNAS) as house:
        await met(house, ANNA)
        renamed = user(ANNA, "Anna", "anna_maria", language_code="en")
        await house.control.inject(command("/start", renamed))
        await house.guest(ANNA).shown("welcome")
        olga = operator(house)
        await olga.say("/grant @Anna 5")
        question = await olga.shown("admin.which")
        [former, _] = list(buttons(question))
        assert former.startswith("Anna @anna_maria")
        await olga.press(question, former)
        await olga.shown("admin.grant")
        await met(house, SECOND)
        await olga.say("/grant @ANNA 1")
        assert len(buttons(await olga.shown("admin.which"))) == 3
        await olga.say("/grant @anna_maria 1")
        assert "5 → 6" in words(await olga.shown("admin.grant"))


async def test_a_username_seen_long_ago_is_asked_about(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, BEN)
        await house.control.advance(MONTH)
        olga = operator(house)
        await olga.say("/ban @ben")
        question = await olga.shown("admin.which")
        await olga.press(question, next(iter(buttons(question))))
        await olga.tap(await olga.shown("admin.ban.ask"), "admin.yes")
        await olga.shown("admin.ban")
        await olga.say("/grant 1002 5")
        await olga.shown("admin.grant")


async def test_who_is_meant_by_a_reply_in_private_is_who_wrote_what_was_forwarded(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await met(house, ANNA, OLGA)
        olga = operator(house)
        origin = {"type": "user", "date": 0, "sender_user": user(ANNA, "Anna", "anna")}
        forwarded = command("/x", user(1004, "Olga", "olga"))["message"]
        forwarded |= {"text": "please", "entities": [], "forward_origin": origin}
        olgas = user(1004, "Olga", "olga", language_code="en")
        await house.control.inject(command("/grant 4", olgas, reply_to_message=forwarded))
        assert "Anna" in words(await olga.shown("admin.grant"))


async def test_somebody_without_a_username_can_be_mentioned(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, OLGA)
        olga, nameless = operator(house), user(1009, "Rosa Maria", language_code="en")
        update = command("/grant Rosa Maria 4 well done", user(OLGA, "Olga", "olga"))
        mention = {"type": "text_mention", "offset": 7, "length": 10, "user": nameless}
        update["message"]["entities"].append(mention)
        await house.control.inject(update)
        said = words(await olga.shown("admin.grant"))
        assert "Rosa Maria (1009)" in said
        await house.end()
        assert await house.look(GRANTS) == [("person:1009", 4)]
        assert await house.look("SELECT reason FROM audit") == [("well done",)]
