"""Groups on the chat page: managing them, writing for them, links that lead out of them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.demo.world import ANNA, BEN, MEI, OLGA, ROOMMATES, STYLE_CLUB, WARDROBE
from tests.demo.page_support import (
    PHONE,
    Json,
    TinyBot,
    buttons,
    chromium,
    demo_with,
    needs_chromium,
    visit,
)
from tests.demo.pictures import picture
from tests.people import Control, Person

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]
CLUB, FORUM, BASIC = STYLE_CLUB.id, WARDROBE.id, ROOMMATES.id


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


async def manage(page: Page) -> None:
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Manage the group").click()


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


def statuses(updates: list[Json]) -> list[str]:
    changes = [one["my_chat_member"] for one in updates if "my_chat_member" in one]
    return [one["new_chat_member"]["status"] for one in changes]


async def test_members_come_and_go_while_the_dialog_is_open(browser: Browser) -> None:
    async with (
        demo_with() as (demo, _),
        visit(browser, f"{demo.url}/#/{CLUB}/{MEI.id}") as page,
    ):
        async with Person(demo.url, ANNA.id) as anna:
            await anna.say("Welcome", chat=CLUB)
        await manage(page)
        await page.get_by_label("What Olga is here").select_option("member")
        await expect(page.locator(".pill.service").last).to_have_text("Anna added Olga")
        await page.get_by_label("What Mei is here").select_option("kicked")
        # Whoever is shown the group from inside sees it as somebody else now.
        await expect(page.locator(".writer :checked")).to_have_count(1)
        await page.keyboard.press("Escape")
        await page.locator(".writer", has_text="Olga").click()
        await expect(page.locator(".row.in")).to_contain_text("Welcome")
        await write(page, "Hello")
        await expect(page.locator(".row.out")).to_contain_text("Hello")
        await expect(page.locator(".writer")).to_have_text(["AAnna", "BBen", "OOlga"])


async def test_the_bot_is_promoted_muted_removed_and_added(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{CLUB}/{ANNA.id}") as page,
    ):
        await manage(page)
        photos = page.get_by_role("switch", name="The bot may send photos")
        role = page.get_by_label("What Fitting Room is here")
        await photos.uncheck()
        await expect(role).to_have_value("member")
        await photos.check()
        await role.select_option("administrator")
        await expect(photos).to_be_disabled()
        await role.select_option("kicked")
        await expect(page.locator(".chat-header .status")).to_contain_text("the bot is not here")
        await role.select_option("member")
        await page.get_by_role("switch", name="Privacy mode").uncheck()
        await page.keyboard.press("Escape")
        await write(page, "not for the bot")
        updates = await bot.got(8)
        assert statuses(updates) == ["restricted", "member", "administrator", "kicked", "member"]
        assert updates[-1]["message"]["text"] == "not for the bot"


async def test_an_administrator_may_write_as_the_group(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{CLUB}/{BEN.id}") as page,
    ):
        await manage(page)
        await page.get_by_label("What Ben is here").select_option("administrator")
        await page.locator(".manage li", has_text="Ben").get_by_label("anonymous").check()
        await page.keyboard.press("Escape")
        await write(page, "/tryon@fitting_room_demo_bot")
        own = page.locator(".row.out")
        await expect(own.locator(".sender")).to_have_text("Style Clubanonymous")
        assert (await bot.got(1))[0]["message"]["from"]["username"] == "GroupAnonymousBot"
        await page.locator(".writer", has_text="Anna").click()
        await expect(page.locator(".row.in .sender")).to_have_text("Style Clubanonymous")
        await write(page, "Who was that?")
        await page.locator(".writer", has_text="Mei").click()
        await expect(page.locator(".sender").last).to_have_text("Annaowner")


async def test_a_basic_group_moves_on_as_a_supergroup(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{BASIC}/{ANNA.id}") as page,
    ):
        await manage(page)
        await page.get_by_role("button", name="Make it a supergroup").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(page.locator(".pill.service")).to_have_text("The group became a supergroup")
        await expect(page.locator(".chat", has_text="Roommates")).to_have_count(1)
        await write(page, "/tryon@fitting_room_demo_bot")
        await expect(page.locator(".row.out")).to_have_count(1)
        assert (await bot.got(4))[-1]["message"]["chat"]["type"] == "supergroup"
        await page.reload()
        await expect(page.locator(".chat", has_text="Roommates")).to_have_count(1)


async def test_a_channels_post_is_answered_with_a_command(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{CLUB}/{ANNA.id}") as page,
    ):
        await manage(page)
        await page.get_by_role("button", name="Post in Style News").click()
        post = page.locator(".row.in", has=page.locator(".photo"))
        await expect(post.locator(".sender")).to_have_text("Style Newschannel")
        await expect(post.locator(".forwarded")).to_have_count(0)
        await page.keyboard.press("Escape")
        await post.hover()
        await post.get_by_role("button", name="Reply", exact=True).click()
        await expect(page.locator(".reply-bar")).to_contain_text("Reply to Style News")
        await write(page, "/tryon@fitting_room_demo_bot")
        [update] = await bot.got(1)
        assert update["message"]["reply_to_message"]["is_automatic_forward"]
        await expect(page.locator(".row.out .quote")).to_contain_text("Style News")


async def test_a_forced_reply_is_for_whom_the_text_names(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{CLUB}/{BEN.id}") as page,
    ):
        force = {"force_reply": True, "selective": True}
        asked = await bot.call(
            "sendMessage", chat_id=CLUB, text="Your turn, @Anna.", reply_markup=force
        )
        await expect(page.locator(".row.in")).to_contain_text("Your turn")
        await expect(page.locator(".reply-bar")).to_be_hidden()
        await page.locator(".writer", has_text="Anna").click()
        await expect(page.locator(".reply-bar")).to_contain_text("Your turn")
        await bot.call("deleteMessage", chat_id=CLUB, message_id=asked["message_id"])
        await expect(page.locator(".reply-bar")).to_be_hidden()


async def test_an_answer_stays_in_the_topic_of_what_it_answers(browser: Browser) -> None:
    async def ask(bot: TinyBot, update: Json) -> None:
        message = update["message"]
        if "reply_to_message" in message and "forum_topic_created" not in str(message):
            return
        await bot.call(
            "sendMessage",
            chat_id=FORUM,
            message_thread_id=message["message_thread_id"],
            text="Which one?",
            reply_parameters={"message_id": message["message_id"]},
            reply_markup={"force_reply": True, "selective": True},
        )

    async with (
        demo_with(ask) as (demo, bot),
        visit(browser, f"{demo.url}/#/{FORUM}/{ANNA.id}") as page,
    ):
        await page.get_by_role("button", name="Denim", exact=True).click()
        await write(page, "/tryon@fitting_room_demo_bot")
        await expect(page.locator(".reply-bar")).to_contain_text("Which one?")
        await expect(page.locator(".row.out .quote")).to_have_count(0)
        await page.get_by_role("button", name="All", exact=True).click()
        await expect(page.locator(".row.in .sender")).to_have_text("Fitting RoomDenim")
        await page.get_by_role("button", name="Dresses", exact=True).click()
        await write(page, "these")
        updates = await bot.got(2)
        assert [one["message"]["message_thread_id"] for one in updates] == [3, 3]


async def test_each_member_is_offered_their_own_commands(browser: Browser) -> None:
    async with demo_with() as (demo, bot):
        for scope, name in (
            ("all_group_chats", "everybody"),
            ("all_chat_administrators", "managers"),
        ):
            commands = [{"command": name, "description": "x"}]
            await bot.call("setMyCommands", commands=commands, scope={"type": scope})
        async with visit(browser, f"{demo.url}/#/{CLUB}/{MEI.id}") as page:
            await page.get_by_label("Message", exact=True).fill("/")
            await expect(page.get_by_role("option")).to_contain_text("/everybody")
            await page.locator(".writer", has_text="Anna").click()
            await page.get_by_label("Message", exact=True).fill("/m")
            await expect(page.get_by_role("option")).to_contain_text("/managers")
            await bot.call("deleteMyCommands", scope={"type": "all_group_chats"})
            await page.locator(".writer", has_text="Mei").click()
            await page.get_by_role("button", name="Commands of the bot").click()
            await expect(page.get_by_role("status")).to_contain_text("no commands here")


async def test_links_to_the_bot_lead_to_its_chats(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{CLUB}/{BEN.id}") as page,
    ):
        link = "https://t.me/fitting_room_demo_bot"
        await bot.call("sendMessage", chat_id=CLUB, text=f"Or here: {link}?start=results")
        await page.locator(".text a").click()
        await expect(page.locator(".owner")).to_contain_text("Ben")
        await page.get_by_role("button", name="Start", exact=True).click()
        assert (await bot.got(1))[-1]["message"]["text"] == "/start results"
        again = {"inline_keyboard": [[{"text": "More", "url": f"{link}?start=more"}]]}
        await bot.call("sendMessage", chat_id=BEN.id, text="Again", reply_markup=again)
        await page.get_by_role("link", name="More").click()
        await page.get_by_role("button", name="Start", exact=True).click()
        assert (await bot.got(2))[-1]["message"]["text"] == "/start more"
        await expect(page.get_by_label("Message", exact=True)).to_be_visible()
        await bot.call("sendMessage", chat_id=BEN.id, text=f"Take me along: {link}?startgroup=x")
        await page.locator(".text a").last.click()
        await page.get_by_role("menuitem", name="Add to Wardrobe Talk").click()
        await expect(page.locator(".row.out").last).to_contain_text(
            "/start@fitting_room_demo_bot x"
        )


async def test_a_button_of_another_members_is_answered_with_a_notice(browser: Browser) -> None:
    async def refuse(bot: TinyBot, update: Json) -> None:
        if query := update.get("callback_query"):
            words = "These buttons are Anna's."
            await bot.call("answerCallbackQuery", callback_query_id=query["id"], text=words)

    async with (
        demo_with(refuse) as (demo, bot),
        visit(browser, f"{demo.url}/#/{CLUB}/{BEN.id}") as page,
    ):
        markup = buttons((("Go", "go"),))
        await bot.call("sendMessage", chat_id=CLUB, text="Anna's order", reply_markup=markup)
        await page.get_by_role("button", name="Go", exact=True).click()
        await expect(page.get_by_role("status")).to_contain_text("These buttons are Anna's.")
        assert (await bot.got(1))[-1]["callback_query"]["from"]["id"] == BEN.id


async def test_four_members_and_long_buttons_fit_a_narrow_window(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/{FORUM}/{OLGA.id}", size=PHONE) as page,
    ):
        async with Control(demo.url) as control, Person(demo.url, ANNA.id) as anna:
            await control.set_member(FORUM, BEN.id, "administrator", anonymous=True)
            await anna.send_photos(picture(), caption="/tryon", chat=FORUM)
        markup = buttons((("Results in the private chat", "a"), ("Results in the group", "b")))
        await bot.call("sendMessage", chat_id=FORUM, text="Settings", reply_markup=markup)
        for name in ("Results in the private chat", "Results in the group"):
            await expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        for name in ("Ben", "Anna", "Mei", "Olga"):
            await expect(page.locator(".writer", has_text=name)).to_be_in_viewport(ratio=0.95)
        wide = "document.documentElement.scrollWidth > innerWidth"
        assert not await page.evaluate(wide)


async def test_days_of_other_years_say_so(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, demo.url) as page:
        shown = await page.evaluate(
            """async () => {
                 const { dayName, shortTime } = await import("/page/time.js");
                 const at = (year) => new Date(year, 2, 3, 12).getTime() / 1000;
                 return [dayName(at(2019)), shortTime(at(2019)), dayName(Date.now() / 1000)];
            }"""
        )
        assert shown == ["3 March 2019", "3 Mar 2019", "Today"]
