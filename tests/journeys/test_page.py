"""What a newcomer sees: the demo's chat page in a browser, with the real bot behind it."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.views.texts.en import TEXTS
from tests.demo.page_support import chromium, needs_chromium, visit
from tests.journeys.house import open_house

pytestmark = [pytest.mark.browser, needs_chromium]

RESULT_SECONDS = 30.0  # real seconds, on a busy machine


def _said(page: Page, part: str) -> Locator:
    """Return the newest message of the bot's that says this."""
    return page.locator(".row.in", has_text=part).last


async def _press(page: Page, name: str | re.Pattern[str]) -> None:
    await page.locator(".row.in").get_by_role("button", name=name).last.click()


async def _send_sample(page: Page, label: str) -> None:
    await page.get_by_role("button", name=f"Send sample photo: {label}").click()


async def _shows_a_picture(message: Locator) -> None:
    image = message.locator("img").first
    await expect(image).to_be_visible()
    width = await image.evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert width > 0


async def test_from_start_to_a_finished_picture_in_the_browser(tmp_path: Path) -> None:
    async with (
        open_house(tmp_path) as house,
        chromium() as browser,
        visit(browser, house.server.url) as page,
    ):
        await page.get_by_role("button", name="Start", exact=True).click()
        await _press(page, TEXTS["menu.tryon"])
        await _press(page, TEXTS["button.agree"])
        await expect(_said(page, "Who is trying on?")).to_be_visible()
        await _send_sample(page, "Woman")
        await _press(page, TEXTS["wear.top"])
        await expect(_said(page, "Now a photo of the top.")).to_be_visible()
        await _send_sample(page, "Striped T-shirt")
        await _shows_a_picture(_said(page, "Ready?"))
        await _press(page, re.compile("Go · 2 credits"))
        result = _said(page, "Here you are!")
        await expect(result).to_be_visible(timeout=RESULT_SECONDS * 1000)
        await _shows_a_picture(result)
        await expect(result.get_by_role("button", name=TEXTS["job.again"])).to_be_visible()
        await expect(_said(page, "Your picture is below.")).to_be_visible()
        assert len(house.drawn()) == 1
