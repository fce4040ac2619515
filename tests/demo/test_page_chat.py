"""A person, a browser, the chat page, the local Telegram and a bot of a few lines."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.clock import Clock
from bot.demo.server import DemoServer
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

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]

HOSTILE = "<img src=x onerror=alert(1)> <script>alert(2)</script> &amp; <b>bold?</b>"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


async def echo(bot: TinyBot, update: Json) -> None:
    message = update["message"]
    await bot.call(
        "sendMessage", chat_id=message["chat"]["id"], text=f"You said: {message['text']}"
    )


async def test_a_text_is_sent_and_answered_live(browser: Browser) -> None:
    async with demo_with(echo) as (demo, _), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".row.in .text")).to_contain_text("You said: /start")
        await page.get_by_label("Message", exact=True).fill("hello")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.out").last).to_contain_text("hello")
        await expect(page.locator(".row.in").last).to_contain_text("You said: hello")
        await expect(page.get_by_label("Message", exact=True)).to_have_value("")


async def test_markup_in_a_text_is_shown_literally_everywhere(browser: Browser) -> None:
    async def hostile(bot: TinyBot, update: Json) -> None:
        if "message" in update:
            chat = update["message"]["chat"]["id"]
            markup = buttons(((HOSTILE, "press"),))
            reply = {"message_id": update["message"]["message_id"]}
            await bot.call(
                "sendMessage",
                chat_id=chat,
                text=HOSTILE,
                reply_markup=markup,
                reply_parameters=reply,
            )
        else:
            query = update["callback_query"]["id"]
            await bot.call(
                "answerCallbackQuery", callback_query_id=query, text=HOSTILE, show_alert=True
            )

    async with demo_with(hostile) as (demo, bot), visit(browser, demo.url) as page:
        await bot.call("setMyCommands", commands=[{"command": "x", "description": HOSTILE}])
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".row.in .text")).to_contain_text(HOSTILE)
        await page.get_by_label("Message", exact=True).fill(HOSTILE)
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.out .text").last).to_contain_text(HOSTILE)
        await expect(page.locator(".quote .line").last).to_have_text(HOSTILE)
        await expect(page.locator(".chat.open .chat-bottom")).to_contain_text(HOSTILE)
        await page.locator(".inline").first.click()
        await expect(page.get_by_role("dialog")).to_contain_text(HOSTILE)
        await page.get_by_role("button", name="OK", exact=True).click()
        await page.get_by_label("Message", exact=True).fill("/")
        await expect(page.get_by_role("option")).to_contain_text(HOSTILE)
        assert await page.locator("#app :is(script, img[src='x'], .text b)").count() == 0


async def test_a_pressed_button_shows_progress_until_it_is_answered(browser: Browser) -> None:
    answer_now = asyncio.Event()

    async def slow(bot: TinyBot, update: Json) -> None:
        if "message" in update:
            chat, markup = update["message"]["chat"]["id"], buttons((("Press me", "go"),))
            await bot.call("sendMessage", chat_id=chat, text="A button:", reply_markup=markup)
        else:
            await answer_now.wait()
            query = update["callback_query"]["id"]
            await bot.call("answerCallbackQuery", callback_query_id=query, text="Well pressed")

    async with demo_with(slow) as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        button = page.get_by_role("button", name="Press me")
        await button.click()
        await expect(button).to_have_attribute("aria-busy", "true")
        answer_now.set()
        await expect(page.get_by_role("status")).to_contain_text("Well pressed")
        await expect(button).not_to_have_attribute("aria-busy", "true")
        assert [update["callback_query"]["data"] for update in bot.updates[1:]] == ["go"]


async def test_an_edited_message_changes_in_place_and_keeps_the_focus(browser: Browser) -> None:
    async def edits(bot: TinyBot, update: Json) -> None:
        if "message" in update:
            chat, markup = update["message"]["chat"]["id"], buttons((("Next", "next"),))
            await bot.call("sendMessage", chat_id=chat, text="Step one", reply_markup=markup)
            return
        query = update["callback_query"]
        await bot.call(
            "editMessageText",
            chat_id=query["message"]["chat"]["id"],
            message_id=query["message"]["message_id"],
            text="Step two",
            reply_markup=buttons((("Next", "next"), ("Back", "back"))),
        )
        await bot.call("answerCallbackQuery", callback_query_id=query["id"])

    async with demo_with(edits) as (demo, _), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_role("button", name="Next").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.in")).to_have_count(1)
        await expect(page.locator(".row.in .text")).to_contain_text("Step two")
        await expect(page.get_by_role("button", name="Next")).to_be_focused()


async def test_a_deleted_message_disappears(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await bot.got(1)
        sent = await bot.call("sendMessage", chat_id=1001, text="Soon gone")
        await expect(page.get_by_text("Soon gone").first).to_be_visible()
        await bot.call("deleteMessage", chat_id=1001, message_id=sent["message_id"])
        await expect(page.get_by_text("Soon gone")).to_have_count(0)


async def test_the_newest_message_stays_in_sight_while_older_ones_shrink(browser: Browser) -> None:
    shown: list[int] = []

    async def prompts(bot: TinyBot, update: Json) -> None:
        chat = update["message"]["chat"]["id"]
        many = buttons(*((("Choose", f"{row}"),) for row in range(6)))
        if shown:
            await bot.call("editMessageReplyMarkup", chat_id=chat, message_id=shown[-1])
        sent = await bot.call("sendMessage", chat_id=chat, text="What now?", reply_markup=many)
        shown.append(sent["message_id"])

    async with (
        demo_with(prompts) as (demo, _),
        visit(browser, f"{demo.url}/#/1001/1001", size=PHONE) as page,
    ):
        await page.get_by_role("button", name="Start", exact=True).click()
        for turn in range(12):
            await expect(page.locator(".row.in")).to_have_count(turn + 1)
            await expect(page.locator(".inline").last).to_be_in_viewport(ratio=1)
            await page.get_by_label("Message", exact=True).fill(f"go on {turn}")
            await page.keyboard.press("Enter")
        await expect(page.get_by_label("To the newest message")).to_be_hidden()


async def test_who_scrolled_up_to_read_is_left_there(browser: Browser) -> None:
    async with (
        demo_with() as (demo, bot),
        visit(browser, f"{demo.url}/#/1001/1001", size=PHONE) as page,
    ):
        await page.get_by_role("button", name="Start", exact=True).click()
        await bot.got(1)
        for number in range(15):
            await bot.call("sendMessage", chat_id=1001, text=f"Line {number}\nof\nmany")
        await expect(page.get_by_text("Line 14").last).to_be_in_viewport()
        await page.locator(".scroller").hover()
        await page.mouse.wheel(0, -600)
        await expect(page.get_by_label("To the newest message")).to_be_visible()
        await bot.call("sendMessage", chat_id=1001, text="News")
        await expect(page.locator(".to-end[data-news]")).to_be_visible()
        await expect(page.locator(".row.in", has_text="News")).not_to_be_in_viewport()
        await page.get_by_label("To the newest message").click()
        await expect(page.locator(".row.in", has_text="News")).to_be_in_viewport()


async def test_the_bot_is_seen_typing_and_sending_a_photo(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await bot.got(1)
        await bot.call("sendChatAction", chat_id=1001, action="typing")
        await expect(page.locator(".chat-header .status")).to_have_text("typing…")
        await bot.call("sendChatAction", chat_id=1001, action="upload_photo")
        await expect(page.locator(".chat-header .status")).to_have_text("sending a photo…")
        await bot.call("sendMessage", chat_id=1001, text="Done")
        await expect(page.locator(".chat-header .status")).to_have_text("bot")


async def test_a_forced_reply_opens_the_reply_box_of_whom_it_is_for(browser: Browser) -> None:
    async def force(bot: TinyBot, update: Json) -> None:
        message = update["message"]
        if "reply_to_message" in message:
            return
        await bot.call(
            "sendMessage",
            chat_id=message["chat"]["id"],
            text="Which garment?",
            reply_parameters={"message_id": message["message_id"]},
            reply_markup={
                "force_reply": True,
                "selective": True,
                "input_field_placeholder": "Its photo",
            },
        )

    async with demo_with(force) as (demo, bot), visit(browser, f"{demo.url}/#/-1001/1001") as page:
        await page.get_by_label("Message", exact=True).fill("/tryon@fitting_room_demo_bot")
        await page.keyboard.press("Enter")
        await expect(page.locator(".reply-bar")).to_contain_text("Which garment?")
        await expect(page.get_by_placeholder("Its photo")).to_be_focused()
        await page.locator(".writer", has_text="Ben").click()
        await expect(page.locator(".reply-bar")).to_be_hidden()
        await page.locator(".writer", has_text="Anna").click()
        await page.get_by_placeholder("Its photo").fill("the red one")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.out").last).to_contain_text("the red one")
        await expect(page.locator(".reply-bar")).to_be_hidden()
        _, answer = await bot.got(2)
        assert answer["message"]["reply_to_message"]["text"] == "Which garment?"


async def test_own_messages_can_be_answered_edited_forwarded_and_deleted(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, f"{demo.url}/#/-1001/1002") as page:
        box = page.get_by_label("Message", exact=True)
        await box.fill("my shirt")
        await page.keyboard.press("Enter")
        row = page.locator(".row.out").first
        await row.dblclick()
        await expect(page.locator(".reply-bar")).to_contain_text("Reply to Ben")
        await page.keyboard.press("Escape")
        await row.click(button="right")
        await page.get_by_role("menuitem", name="Edit").click()
        await expect(box).to_have_value("my shirt")
        await box.fill("my new shirt")
        await page.keyboard.press("Enter")
        await expect(row.locator(".text")).to_contain_text("my new shirt")
        await expect(row.locator(".meta")).to_contain_text("edited")
        await row.click(button="right")
        await page.get_by_role("menuitem", name="Forward to Fitting Room").click()
        await page.locator('[data-chat="1002"]').click()
        forwarded = page.locator(".row", has_text="Forwarded from Ben")
        await forwarded.click(button="right")
        await page.get_by_role("menuitem", name="Delete").click()
        await expect(forwarded).to_have_count(0)


async def test_the_bot_can_be_blocked_and_unblocked(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_role("button", name="Chat menu").click()
        await page.get_by_role("menuitem", name="Block the bot").click()
        unblock = page.get_by_role("button", name="Unblock the bot")
        await expect(unblock).to_be_visible()
        await page.reload()
        await unblock.click()
        await expect(page.get_by_label("Message", exact=True)).to_be_visible()
        _, *changes = await bot.got(3)
        states = [change["my_chat_member"]["new_chat_member"]["status"] for change in changes]
        assert states == ["kicked", "member"]


async def test_commands_are_offered_and_in_groups_name_the_bot(browser: Browser) -> None:
    async with demo_with() as (demo, bot):
        commands = [("tryon", "Try clothes on"), ("help", "How it works")]
        await bot.call(
            "setMyCommands",
            commands=[{"command": name, "description": words} for name, words in commands],
        )
        async with visit(browser, f"{demo.url}/#/-1001/1003") as page:
            await page.get_by_role("button", name="Commands of the bot").click()
            await expect(page.get_by_role("option")).to_have_count(2)
            await page.get_by_label("Message", exact=True).fill("/he")
            await expect(page.get_by_role("option")).to_have_count(1)
            await page.keyboard.press("ArrowDown")
            await page.keyboard.press("Enter")
            await expect(page.locator(".row.out")).to_contain_text("/help@fitting_room_demo_bot")


async def test_unread_messages_are_counted_until_the_chat_is_opened(browser: Browser) -> None:
    async with demo_with(echo) as (demo, bot), visit(browser, demo.url) as page:
        await page.locator('[data-chat="1002"]').click()
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".row.in")).to_have_count(1)
        await page.locator('[data-chat="1001"]').click()
        await bot.call("sendMessage", chat_id=1002, text="One more thing")
        badge = page.locator('[data-chat="1002"] .badge')
        await expect(badge).to_have_text("1")
        assert await page.title() == "(1) Fitting Room · demo"
        await page.locator('[data-chat="1002"]').click()
        await expect(badge).to_have_count(0)


async def test_after_a_restart_of_the_demo_the_page_begins_anew(browser: Browser) -> None:
    first = DemoServer(Clock())
    await first.start()
    async with visit(browser, first.url, strict=False) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".row.out")).to_have_count(1)
        await first.stop()
        await expect(page.locator(".chat-header .status")).to_have_text("connecting…")
        second = DemoServer(Clock(), port=first.address[1])
        await second.start()
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        await expect(page.locator(".row.out")).to_have_count(0)
        await second.stop()
