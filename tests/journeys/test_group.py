"""In a group: called by commands, answered by replies, and everybody for themselves."""

from pathlib import Path

import pytest

from tests.journeys.checks import picture_is_right
from tests.journeys.club import CLUB, NAME, Member, replied
from tests.journeys.house import BEN, MEI, open_house
from tests.journeys.photos import photo, wears
from tests.people import buttons, words


async def test_a_try_on_in_a_group_from_a_command_to_the_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        called = await anna.say("/tryon")
        consent = await anna.shown("ask.consent")
        assert replied(consent) == called
        await anna.tap(consent, "button.agree")
        asked = await anna.shown("ask.person")
        assert asked["force_reply"]["selective"] is True
        assert replied(asked) == called
        portrait = await anna.send(photo("woman"), reply_to=asked)
        wear = await anna.shown("ask.wear")
        assert replied(wear) == portrait
        await anna.tap(wear, "wear.top")
        asked = await anna.shown("ask.garment.top")
        assert "force_reply" in asked
        garment = await anna.send(photo("tee"), reply_to=asked)
        card = await anna.shown("card.top")
        assert replied(card) == garment
        await anna.tap(card, "button.go")
        result = await anna.result()
        assert replied(result) == garment
        await picture_is_right(house, anna.guest, result, photo("woman"), ["tee"], chat=CLUB)
        assert len(house.ordered()) == 1
        done = await anna.guest.now(card, chat=CLUB)
        assert anna.guest.reads(done, "progress.done")
        assert [one for one in await anna.guest.messages() if "photo" in one] == []


@pytest.mark.parametrize("command", ["/tryon", f"/tryon{NAME}", f"please /tryon{NAME}", NAME])
async def test_a_photo_with_the_command_below_it_is_taken(tmp_path: Path, command: str) -> None:
    # A mention alone reaches no bot in privacy mode.
    async with open_house(tmp_path, privacy_mode=command != NAME) as house:
        mei = Member(house.guest(MEI))
        sent = await mei.send(photo("woman"), caption=command)
        role = await mei.asked("ask.role")
        assert replied(role) == sent
        await mei.tap(role, "role.person")
        await mei.shown("ask.wear")


@pytest.mark.parametrize("command", ["/tryon", f"/tryon{NAME}"])
async def test_members_may_answer_with_photos_of_others(tmp_path: Path, command: str) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        portrait = await ben.send(photo("woman"))
        dress = await ben.send(photo("dress"))
        await anna.say(command, reply_to=portrait)
        await anna.tap(await anna.asked("ask.role"), "role.person")
        await anna.tap(await anna.shown("ask.wear"), "wear.dress")
        await anna.shown("ask.garment.dress")
        await anna.say(command, reply_to=dress)
        await anna.tap(await anna.shown("card.dress"), "button.go")
        result = await anna.result()
        await picture_is_right(house, anna.guest, result, photo("woman"), ["dress"], chat=CLUB)


async def test_two_photos_called_one_after_the_other_are_person_and_garment(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        await anna.send(photo("woman"), caption="/tryon")
        await anna.asked("ask.role")
        await anna.send(photo("tee"), caption="/tryon")
        await anna.shown("ask.wear_unnamed")


async def test_a_style_is_named_behind_the_command(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        sent = await anna.send(photo("woman"), caption=f"/restyle{NAME} anime")
        card = await anna.asked("card.look")
        assert "Anime" in card["caption"]
        await anna.tap(card, "button.go")
        assert replied(await anna.result()) == sent
        ordered = house.calls("dashscope", "submit")
        assert len(ordered) == 1


async def test_a_style_is_named_in_the_language_of_the_person(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        mei = Member(house.guest(MEI))
        portrait = await mei.send(photo("woman"))
        await mei.say("/restyle 二次元", reply_to=portrait)
        card = await mei.asked("card.look")
        assert "二次元" in card["caption"]
        await mei.say("/restyle 2", reply_to=portrait)
        await mei.seen(lambda one: "童话" in words(one))


async def test_a_style_nobody_knows_leads_to_the_gallery(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        await anna.send(photo("woman"), caption="/restyle cubism")
        gallery = await anna.asked("ask.styles")
        assert "photo" in gallery
        await anna.say("/restyle cubism")
        asked = await anna.shown("style_unknown")
        assert "force_reply" in asked
        assert anna.guest.reads(asked, "ask.portrait")


async def test_plain_talk_and_plain_photos_stay_unanswered_even_when_the_bot_sees_all(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, privacy_mode=False) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        for text in ("hello", "/help", "/start", "/cancel", "/dance", "/tryon@other_bot"):
            await anna.say(text)
        await anna.send(photo("woman"))
        await anna.send(photo("woman"), photo("tee"), caption="look")
        await anna.guest.send_other("sticker", chat=CLUB)
        await anna.in_private()
        assert await anna.heard() == []
        await anna.say("/tryon")
        asked = await anna.shown("ask.consent")
        await ben.say("what is that?", reply_to=asked)
        await ben.in_private()
        assert len(await anna.heard()) == 1


async def test_an_album_is_understood_where_the_bot_sees_all_of_it(tmp_path: Path) -> None:
    async with open_house(tmp_path, privacy_mode=False) as house:
        anna = Member(house.guest())
        await anna.send(photo("woman"), photo("tee"), caption="/tryon")
        await anna.asked("ask.wear_unnamed")


async def test_of_an_album_privacy_mode_shows_one_photo_and_that_is_said(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        await anna.send(photo("woman"), photo("tee"), caption="/tryon")
        await anna.shown("album_unseen")


async def test_the_buttons_of_another_member_do_nothing_and_say_so(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        await anna.say("/tryon")
        consent = await anna.shown("ask.consent")
        await ben.guest.told(await ben.tap(consent, "button.agree"), "not_yours")
        assert await anna.guest.now(consent, chat=CLUB) == consent
        await anna.tap(consent, "button.agree")
        await anna.send(photo("woman"), reply_to=await anna.shown("ask.person"))
        await anna.tap(await anna.shown("ask.wear"), "wear.top")
        await anna.send(photo("tee"), reply_to=await anna.shown("ask.garment.top"))
        card = await anna.shown("card.top")
        await ben.guest.told(await ben.tap(card, "button.go"), "not_yours")
        assert house.ordered() == []
        await anna.tap(card, "button.go")
        result = await anna.result()
        await ben.guest.told(await ben.tap(result, "job.again"), "not_yours")
        await house.end()
        assert await house.look("SELECT person_id FROM jobs") == [(anna.guest.id,)]
        consented = await house.look("SELECT id FROM people WHERE consented_at IS NOT NULL")
        assert consented == [(anna.guest.id,)]


async def test_two_members_order_at_once_and_each_gets_their_own(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna, ben = Member(house.guest()), Member(house.guest(BEN))
        hers = await anna.card(photo("woman"), photo("tee"))
        his = await ben.card(photo("man"), photo("hoodie"))
        await anna.tap(hers, "button.go")
        await ben.tap(his, "button.go")
        for member, card, person, garment in (
            (anna, hers, "woman", "tee"),
            (ben, his, "man", "hoodie"),
        ):
            result = await member.result(replied(card))
            shown = await member.guest.picture(result)
            assert wears(shown, photo(person), garment)
        await house.end()
        assert await house.look("SELECT person_id, state FROM jobs ORDER BY id") == [
            (anna.guest.id, "done"),
            (BEN, "done"),
        ]


async def test_the_dialogues_in_the_group_and_in_private_are_separate(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        await anna.guest.agree()
        await anna.say("/tryon")
        asked = await anna.shown("ask.person")
        await anna.guest.send_photos(photo("woman"))
        await anna.guest.shown("ask.wear")
        await anna.send(photo("woman"), reply_to=asked)
        await anna.shown("ask.wear")


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("start", "group.welcome"),
        ("help", "group.help"),
        ("quota", "quota.pool"),
        ("cancel", "group.nothing_to_cancel"),
        ("language", "language"),
        ("dance", "group.unknown_command"),
    ],
)
async def test_other_commands_by_name_are_answered_shortly(
    tmp_path: Path, command: str, key: str
) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        said = await anna.say(f"/{command}{NAME}")
        answer = await anna.shown(key)
        assert replied(answer) == said
        await anna.in_private()
        assert len(await anna.heard()) == 1


async def test_cancel_stops_what_was_begun_here_and_only_that(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        await anna.say("/tryon")
        await anna.asked("ask.person")
        await anna.say("/cancel")
        stopped = await anna.shown("cancelled")
        assert buttons(stopped) == {}


async def test_edited_commands_run_once(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = Member(house.guest())
        said = await anna.say("/tryon")
        await anna.shown("ask.consent")
        await anna.guest.edit(said, chat=CLUB, text=f"/tryon{NAME} please")
        await anna.in_private()
        assert len(await anna.heard()) == 1


async def test_an_anonymous_administrator_is_told_once_why_that_cannot_be(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.control.set_member(CLUB, BEN, "administrator", anonymous=True)
        ben = Member(house.guest(BEN))
        for _ in range(3):
            await ben.say("/tryon")
        await ben.shown("group.nameless")
        await ben.guest.say("/help")
        await ben.guest.shown("help")
        assert len(await ben.heard()) == 1
