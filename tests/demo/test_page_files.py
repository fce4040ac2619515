"""Photos, albums and files through the chat page, and what the page looks like where."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Page, expect

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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


def picture(width: int = 300, height: int = 400, colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


async def answer_photos(bot: TinyBot, update: Json) -> None:
    message = update["message"]
    if "photo" in message:
        await bot.call(
            "sendPhoto",
            files={"photo": ("result.png", picture(576, 1024), "image/png")},
            chat_id=message["chat"]["id"],
            caption="Here you are",
        )


async def overflow(page: Page) -> list[str]:
    """Return the elements that stick out of the window sideways."""
    found: list[str] = await page.evaluate(
        """() => [...document.querySelectorAll("body *")]
             .filter((one) => !one.closest(".strip, [hidden]"))
             .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
             .map((one) => one.outerHTML.slice(0, 80))"""
    )
    return found


async def test_a_sample_photo_is_sent_at_one_click_and_its_answer_is_shown(
    browser: Browser,
) -> None:
    async with demo_with(answer_photos) as (demo, bot), visit(browser, demo.url) as page:
        await page.locator(".sample").first.click()
        [update] = await bot.got(1)
        assert max(size["height"] for size in update["message"]["photo"]) > 320
        result = page.locator(".row.in .photo img")
        await expect(page.locator(".row.in")).to_contain_text("Here you are")
        height = "image => image.decode().then(() => image.naturalHeight)"
        assert await result.evaluate(height) == 800  # enough for a bubble
        await result.click()
        await expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
        await expect(page.get_by_text("2 of 2")).to_be_visible()
        assert await page.locator(".lightbox img").evaluate(height) == 1024
        await page.keyboard.press("ArrowLeft")
        await expect(page.get_by_text("1 of 2")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_several_sample_photos_become_one_album(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Select").click()
        for index in range(3):
            await page.locator(".sample").nth(index).click()
        await page.get_by_role("button", name="Send album of 3").click()
        await expect(page.locator(".row.out")).to_have_count(1)
        await expect(page.locator(".row.out .mosaic .photo")).to_have_count(3)
        updates = await bot.got(3)
        assert len({update["message"]["media_group_id"] for update in updates}) == 1


async def test_a_sample_photo_takes_the_written_text_as_its_caption(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, f"{demo.url}/#/-1001/1001") as page:
        box = page.get_by_label("Message", exact=True)
        await box.fill("/tryon")
        await page.locator(".sample").first.click()
        await expect(page.locator(".row.out .text")).to_contain_text("/tryon")
        await expect(box).to_have_value("")
        [update] = await bot.got(1)
        assert update["message"]["caption"] == "/tryon"


async def test_chosen_files_are_previewed_and_can_go_uncompressed(
    browser: Browser, tmp_path: Path
) -> None:
    for name in ("shirt.png", "trousers.png"):
        (tmp_path / name).write_bytes(picture())
    async with demo_with() as (demo, bot), visit(browser, f"{demo.url}/#/-1001/1002") as page:
        chooser = page.get_by_label("Choose photo")
        await chooser.set_input_files([tmp_path / "shirt.png", tmp_path / "trousers.png"])
        dialog = page.get_by_role("dialog", name="Send files")
        await expect(dialog).to_contain_text("Send 2 photos")
        await dialog.get_by_role("button", name="Remove trousers.png").click()
        await dialog.get_by_role("switch").check()
        await dialog.get_by_label("Caption").fill("/tryon")
        await page.keyboard.press("Enter")
        await expect(dialog).to_be_hidden()
        await expect(page.locator(".row.out .file-name")).to_contain_text("shirt.png")
        [update] = await bot.got(1)
        assert update["message"]["document"]["file_name"] == "shirt.png"
        async with page.expect_download() as download:
            await page.locator(".row.out .file-name").click()
        saved = await (await download.value).path()
        assert saved.read_bytes() == picture()


async def test_pictures_can_be_dropped_and_pasted(browser: Browser) -> None:
    transfer = """(kind) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(9)], "dropped.png", {type: "image/png"}));
        const event = kind === "paste"
            ? new ClipboardEvent("paste", {clipboardData: data, bubbles: true})
            : new DragEvent(kind, {dataTransfer: data, bubbles: true});
        document.body.dispatchEvent(event);
    }"""
    async with demo_with() as (demo, _), visit(browser, demo.url) as page:
        await page.evaluate(transfer, "dragenter")
        await expect(page.get_by_text("Drop pictures here")).to_be_visible()
        for kind in ("drop", "paste"):
            await page.evaluate(transfer, kind)
            await expect(page.get_by_text("Drop pictures here")).to_be_hidden()
            await expect(page.get_by_role("dialog")).to_contain_text("Send photo")
            await page.keyboard.press("Escape")


async def test_on_a_phone_the_list_and_the_chat_take_turns(browser: Browser) -> None:
    async def talk(bot: TinyBot, update: Json) -> None:
        await bot.call(
            "sendPhoto",
            files={"photo": ("result.png", picture(1024, 600), "image/png")},
            chat_id=update["message"]["chat"]["id"],
            caption="A caption without any space: " + "x" * 120,
            reply_markup='{"inline_keyboard": [[{"text": "A rather long button to press", '
            '"callback_data": "1"}, {"text": "Another rather long one", "callback_data": "2"}]]}',
        )

    async with demo_with(talk) as (demo, _), visit(browser, demo.url, size=PHONE) as page:
        await expect(page.locator(".conversation")).to_be_hidden()
        await page.locator('[data-chat="-1001"]').click()
        await expect(page.locator(".sidebar")).to_be_hidden()
        box = page.get_by_label("Message", exact=True)
        await box.fill("/tryon@fitting_room_demo_bot")
        await page.keyboard.press("Enter")
        await expect(page.locator(".inline")).to_have_count(2)
        assert await overflow(page) == []
        await page.get_by_role("button", name="Back to the chats").click()
        await expect(page.locator(".sidebar")).to_be_visible()
        assert await overflow(page) == []
        await page.go_back()
        await expect(box).to_be_visible()
        await page.goto(f"{demo.url}/#/1001/1001")
        await expect(page.locator(".owner")).to_be_visible()
        header = await page.locator(".chat-header").bounding_box()
        assert header is not None
        assert header["height"] < 70  # one row


async def test_dark_colours_follow_the_system_and_can_be_switched(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, demo.url, dark=True) as page:
        root = page.locator("html")
        await expect(root).to_have_attribute("data-theme", "dark")
        await page.get_by_role("button", name="Chat menu").click()
        await page.get_by_role("menuitem", name="Light colours").click()
        await expect(root).to_have_attribute("data-theme", "light")
        await page.reload()
        await expect(root).to_have_attribute("data-theme", "light")


async def test_everything_is_reached_by_keyboard(browser: Browser) -> None:
    async def ask(bot: TinyBot, update: Json) -> None:
        if "message" in update:
            chat, keys = update["message"]["chat"]["id"], buttons((("Yes", "y"), ("No", "n")))
            await bot.call("sendMessage", chat_id=chat, text="Shall we?", reply_markup=keys)

    async with demo_with(ask) as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).press("Enter")
        await expect(page.locator(".row.in")).to_have_count(1)
        await page.locator(".row.in").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        await expect(page.locator(".reply-bar")).to_contain_text("Shall we?")
        await page.keyboard.press("Escape")
        await page.locator(".row.in").focus()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        _, press = await bot.got(2)
        assert press["callback_query"]["data"] == "n"
