"""Operators steer people's credits and who may order, from Telegram itself."""

import asyncio
from pathlib import Path

from tests.journeys.club import Member, replied
from tests.journeys.house import ANNA, BEN, MEI, OLGA, open_house
from tests.journeys.operating import GROUP, joined, met, operator, said_in_group
from tests.journeys.photos import photo
from tests.journeys.reading import reads
from tests.people import buttons, from_bot, says, words

TRAIL = "SELECT operator_id, action, person_id, before, after, reason FROM audit ORDER BY id"
GRANTS = "SELECT account, extra, reason FROM ledger WHERE kind = 'grant'"


async def test_credits_are_given_by_username_id_and_reply(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, ANNA, BEN)
        await joined(house)
        olga, anna, ben = operator(house), house.guest(), house.guest(BEN)
        await olga.say("/grant @ANNA 5 happy birthday")
        assert "Extra credits: 0 → 5" in words(await olga.shown("admin.grant"))
        await anna.wait_for(says("5 credits extra"))
        await olga.say("/grant 1002 2")
        assert "0 → 2" in words(await olga.shown("admin.grant"))
        asked = await ben.say("hello everybody", chat=GROUP)
        await olga.say("/grant 3 well said", chat=GROUP, reply_to=asked)
        answer = await olga.wait_for(says("2 → 5"), since=0)
        assert answer["chat"]["id"] == OLGA, "what somebody has is not for the group to read"
        assert await said_in_group(ben) == []
        await olga.say("/quota @ben")
        assert "10 credits: 5 of today, 5 extra" in words(await olga.shown("admin.standing"))
        await house.end()
        assert await house.look(TRAIL) == [
            (OLGA, "grant", ANNA, "0", "5", "happy birthday"),
            (OLGA, "grant", BEN, "0", "2", None),
            (OLGA, "grant", BEN, "2", "5", "well said"),
        ]
        assert await house.look(GRANTS) == [
            ("person:1001", 5, "happy birthday"),
            ("person:1002", 2, "operator"),
            ("person:1002", 3, "well said"),
        ]


async def test_what_makes_no_sense_is_answered_with_how_it_goes(tmp_path: Path) -> None:
    wrong = {
        "/grant": "admin.misread.no_who",
        "/grant ben 5": "admin.misread.who",
        "/grant @ben": "admin.misread.no_number",
        "/grant @ben many": "admin.misread.number",
        "/grant @ben 0": "admin.misread.zero",
        "/grant @ben 99999999": "admin.misread.range",
        f"/grant @ben 5 {'x' * 201}": "admin.misread.long",
        "/quota @ben please": "admin.misread.more",
        "/ban": "admin.misread.no_who",
        "/audit somebody": "admin.misread.who",
        "/grant @nobody 5": "admin.nobody",
        "/grant 4711 5": "admin.stranger",
        "/unban @ben": "admin.unban.already",
        "/grant @ben -1": "admin.grant.too_few",
        "/ban 1004": "admin.ban.operator",
    }
    async with open_house(tmp_path) as house:
        await met(house, BEN)
        olga = operator(house)
        for text, key in wrong.items():
            await olga.say(text)
            said = words(await olga.shown(key))
            assert "misread" not in key or text.split()[0] in said
        await house.end()
        assert await house.look(TRAIL) == []
        assert await house.look(GRANTS) == []


async def test_taking_credits_is_asked_about_first(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, BEN)
        olga = operator(house)
        await olga.say("/grant @ben 5")
        await olga.shown("admin.grant")
        await olga.say("/grant @ben -3 a mistake")
        question = await olga.shown("admin.grant.ask")
        await olga.tap(question, "admin.no")
        await olga.shown("admin.left_alone")
        await olga.say("/grant @ben -3 a mistake")
        question = await olga.shown("admin.grant.ask")
        await olga.tap(question, "admin.yes")
        assert "5 → 2" in words(await olga.shown("admin.grant"))
        assert buttons(await olga.now(question)) == {}
        await house.end()
        assert (await house.look(TRAIL))[1:] == [(OLGA, "grant", BEN, "5", "2", "a mistake")]


async def test_what_somebody_gets_each_day_can_be_set_and_unset(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, BEN)
        olga = operator(house)
        await olga.say("/setquota @ben 9 works here")
        said = words(await olga.shown("admin.setquota"))
        assert "5, like everybody → 9" in said
        assert "9 credits: 9 of today" in said
        await olga.say("/setquota 1002 0")
        await olga.tap(await olga.shown("admin.setquota.ask"), "admin.yes")
        assert "0 credits" in words(await olga.shown("admin.setquota"))
        await house.guest(BEN).say("/quota")
        assert "0 credits left" in words(await house.guest(BEN).shown("quota"))
        await olga.say("/setquota @ben default")
        assert "0 → 5, like everybody" in words(await olga.shown("admin.setquota"))
        await olga.say("/setquota @ben -1")
        await olga.shown("admin.misread.range")
        await house.end()
        assert [row[1:] for row in await house.look(TRAIL)] == [
            ("setquota", BEN, "default", "9", "works here"),
            ("setquota", BEN, "9", "0", None),
            ("setquota", BEN, "0", "default", None),
        ]


async def test_a_groups_pool_can_be_set_from_inside_and_by_its_id(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, OLGA)
        await joined(house)
        anna, olga = house.guest(), operator(house)
        await anna.say("/quota@fitting_room_demo_bot", chat=GROUP)
        await anna.wait_for(from_bot, chat=GROUP)
        before = len(await said_in_group(anna))
        await olga.say("/groupquota 30 a big group", chat=GROUP)
        said = words(await olga.wait_for(reads("admin.groupquota"), since=0))
        assert "Style Club" in said
        assert "20, like everybody → 30" in said
        await olga.say(f"/groupquota {GROUP} 0")
        await olga.tap(await olga.shown("admin.groupquota.ask"), "admin.yes")
        assert "30 → 0" in words(await olga.shown("admin.groupquota"))
        await olga.say(f"/groupquota {GROUP} default")
        assert "0 → 20" in words(await olga.shown("admin.groupquota"))
        for text, key in {
            "/groupquota 5": "admin.misread.no_chat",
            f"/groupquota {GROUP}": "admin.misread.no_number",
            "/groupquota -4711 5": "admin.groupquota.unknown",
        }.items():
            await olga.say(text)
            await olga.shown(key)
        assert len(await said_in_group(anna)) == before
        await house.end()
        assert await house.look("SELECT action, chat_id, before, after, reason FROM audit") == [
            ("groupquota", GROUP, "default", "30", "a big group"),
            ("groupquota", GROUP, "30", "0", None),
            ("groupquota", GROUP, "0", "default", None),
        ]


async def test_the_groups_can_be_looked_through_for_the_one_that_is_meant(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await met(house, OLGA)
        olga, anna = operator(house), Member(house.guest())
        await olga.say("/groupquota")
        await olga.shown("admin.pools.none")
        await anna.guest.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.result()
        await olga.say("/groupquota")
        said = words(await olga.shown("admin.pools"))
        assert f"Style Club\n{GROUP}\nEach day: 20, like everybody. Left today: 18 credits." in said
        await olga.say(f"/groupquota {GROUP} 30")
        await olga.shown("admin.groupquota")
        await olga.say("/groupquota")
        assert "Each day: 30. Left today: 28 credits." in words(await olga.shown("admin.pools"))
        await house.control.set_bot(GROUP, "left", by=ANNA)
        await anna.in_private()
        await olga.say("/groupquota")
        await olga.shown("admin.pools.none")


async def test_a_ban_ends_what_somebody_does_in_a_group(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await met(house, OLGA)
        await joined(house)
        await house.control.fault("dashscope", "policy", "429", times=500)
        anna, ben, olga = Member(house.guest()), Member(house.guest(BEN)), operator(house)
        for garment, wear in (("tee", "top"), ("dress", "dress")):
            await anna.tap(await anna.card(photo("woman"), photo(garment), wear), "button.go")
            await anna.shown("progress.next", "progress.queued")
        await anna.send(photo("woman"), caption="/tryon")
        role = await anna.asked("ask.role")
        rude = await anna.say("you are slow")
        await olga.say("/ban was rude", chat=GROUP, reply_to=rude)
        question = await olga.wait_for(reads("admin.ban.ask"), since=0)
        assert "2 orders" in words(question)
        await olga.tap(question, "admin.yes")
        assert "2 orders" in words(await olga.shown("admin.ban"))
        await house.control.clear_faults()
        pressed = await anna.tap(role, "role.person")
        await anna.guest.told(pressed, "banned", alert=True)
        asked = await anna.say("/tryon")
        notice = await anna.shown("banned")
        assert replied(notice) == asked, "it is said where they are"
        await anna.send(photo("woman"), caption="/tryon")
        await anna.say("/quota", reply_to=notice)
        await anna.guest.say("/help")
        await ben.say("/quota")
        assert "20 credits left" in words(await ben.shown("quota.pool")), "all was given back"
        assert [anna.guest.reads(one, "banned") for one in await anna.heard()].count(True) == 1
        await house.control.advance(601)
        await anna.say("/tryon")
        await anna.shown("banned")
        await olga.say("/unban @anna")
        await olga.shown("admin.unban")
        await anna.tap(role, "role.person")  # the dialogue waits where it was
        await anna.tap(await anna.shown("ask.wear"), "wear.top")
        await anna.send(photo("tee"), reply_to=await anna.shown("ask.garment.top"))
        await anna.tap(await anna.shown("card.top"), "button.go")
        await anna.result()
        await house.end()
        assert await house.look("SELECT state FROM jobs ORDER BY id") == [
            ("cancelled",),
            ("cancelled",),
            ("done",),
        ]


async def test_who_is_banned_gets_back_what_waits_and_is_turned_away(tmp_path: Path) -> None:
    async with open_house(tmp_path, trouble=True) as house:
        await house.control.fault("dashscope", "policy", "429", times=500)
        anna, olga = house.guest(), operator(house)
        await anna.tap(await anna.card(photo("woman"), photo("tee")), "button.go")
        await anna.shown("progress.next")
        card = await anna.card(photo("woman"), photo("dress"), wear="dress")
        await olga.say("/ban @anna was rude")
        await olga.tap(await olga.shown("admin.ban.ask"), "admin.yes")
        assert "1 order" in words(await olga.shown("admin.ban"))
        await anna.wait_for(says("2 credits back"), since=0)
        await anna.told(await anna.press(card, "✨ Go · 2 credits"), "banned", alert=True)
        await anna.say("/tryon")
        first = await anna.shown("banned")
        await anna.send_photos(photo("woman"))
        await house.control.clear_faults()
        await anna.say("/help")
        await anna.say("/quota")
        await house.control.advance(601)
        await anna.say("/help")
        await anna.wait_for(
            lambda one: anna.reads(one, "banned") and one["message_id"] > first["message_id"],
            since=0,
        )
        await olga.say("/unban @anna")
        await olga.shown("admin.unban")
        await anna.tap(card, "button.go")
        await anna.told(anna.presses[-1], "ordered")
        said = [one for one in await anna.heard() if anna.reads(one, "banned")]
        assert len(said) == 2, "a kind word every now and then, no noise"
        await house.end()
        assert [row[1:5] for row in await house.look(TRAIL)] == [
            ("ban", ANNA, "open", "banned"),
            ("unban", ANNA, "banned", "open"),
        ]


async def test_the_trail_tells_who_did_what_to_whom_and_why(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, ANNA, BEN, MEI)
        olga = operator(house)
        await olga.say("/audit")
        await olga.shown("admin.trail.empty")
        await olga.say("/grant @ben 5 <b>birthday</b>")
        await olga.shown("admin.grant")
        await olga.say("/grant @anna 1")
        await olga.shown("admin.grant")
        await olga.say("/audit")
        all_of_it = words(await olga.shown("admin.trail"))
        assert "Olga\n/grant Ben (@ben, 1002): 0 → 5\n“<b>birthday</b>”" in all_of_it
        assert all_of_it.index("Anna") < all_of_it.index("Ben"), "newest first"
        await olga.say("/audit @anna")
        assert "Ben" not in words(await olga.shown("admin.trail"))
        await olga.say("/audit 1003")
        await olga.shown("admin.trail.empty")


async def test_the_help_names_every_command(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        olga = operator(house)
        await olga.say("/admin")
        said = words(await olga.shown("admin.help"))
        for name in ("grant", "ban", "unban", "audit", "quota"):
            assert f"/{name} " in said


async def test_only_operators_chats_show_the_operators_commands(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await met(house, ANNA, MEI, OLGA)
        async with asyncio.timeout(10):
            while "grant" not in await house.guest(OLGA).commands():
                pass
        menu = await house.guest(OLGA).commands()
        assert menu[:3] == ["tryon", "restyle", "quota"]
        assert menu.count("quota") == 1
        for person in (ANNA, MEI):
            assert not {"grant", "ban", "admin"} & set(await house.guest(person).commands())
