"""How messages look: entities, quotes, groups, topics, service messages."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.demo.telegram.model import Topic
from bot.demo.world import STYLE_CLUB, WORLD
from tests.demo.page_support import Json, chromium, demo_with, needs_chromium, visit

pytestmark = [
    pytest.mark.browser,
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


async def rendered(page: Page, text: str, entities: list[Json]) -> str:
    """Return the markup the page makes of a text and its entities."""
    html: str = await page.evaluate(
        """async ([text, entities]) => {
             const { rich } = await import("/page/entities.js");
             const box = document.createElement("div");
             box.append(...rich(text, entities));
             return box.innerHTML;
        }""",
        [text, entities],
    )
    return html


def entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


async def test_entities_become_elements_and_everything_else_stays_text(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, demo.url) as page:
        bold, italic = entity("bold", 3, 9), entity("italic", 8, 4)
        assert await rendered(page, "👗 red dress!", [italic, bold]) == (
            "👗 <strong>red d<em>ress</em></strong>!"
        )
        assert await rendered(page, "a<b>&c", [entity("code", 1, 3)]) == (
            "a<code>&lt;b&gt;</code>&amp;c"
        )
        both = [
            entity("pre", 0, 3),
            entity("underline", 2, 3),
        ]  # overlapping: cut at the first's end
        assert await rendered(page, "abcde", both) == "<pre><code>ab<u>c</u></code></pre>de"


async def test_links_lead_only_to_harmless_places(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, demo.url) as page:
        for address in (
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "nonsense",
        ):
            link = entity("text_link", 0, 4, url=address)
            assert await rendered(page, "here", [link]) == "<span>here</span>"
        safe = await rendered(page, "here", [entity("text_link", 0, 4, url="https://example.com/")])
        assert 'href="https://example.com/"' in safe
        assert 'rel="noopener noreferrer"' in safe


async def test_ranges_outside_the_text_and_unknown_kinds_do_no_harm(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, demo.url) as page:
        assert await rendered(page, "abc", [entity("bold", 1, 99)]) == "a<strong>bc</strong>"
        assert await rendered(page, "abc", [entity("bold", 9, 1), entity("bold", -1, 1)]) == "abc"
        assert await rendered(page, "abc", [entity("constructor", 0, 1)]) == "<span>a</span>bc"


async def test_a_command_in_a_text_can_be_pressed(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await bot.got(1)
        await bot.call("sendMessage", chat_id=1001, text="Need /help with it?")
        await page.get_by_role("button", name="/help", exact=True).click()
        await expect(page.locator(".row.out").last).to_contain_text("/help")
        assert (await bot.got(2))[-1]["message"]["text"] == "/help"


async def test_a_group_shows_who_wrote_and_each_member_has_their_own_side(browser: Browser) -> None:
    async with demo_with() as (demo, _), visit(browser, f"{demo.url}/#/-1001/1001") as page:
        box = page.get_by_label("Message", exact=True)
        for name, words in (("Anna", "Hello from Anna"), ("Mei", "大家好")):
            await page.get_by_role("radio", name=name).check(force=True)
            await box.fill(words)
            await page.keyboard.press("Enter")
            await expect(page.locator(".row.out")).to_contain_text(words)
        await expect(page.locator(".row.in .sender")).to_have_text("Annaowner")
        await page.get_by_role("radio", name="Ben").check(force=True)
        await expect(page.locator(".row.in .sender")).to_have_text(["Annaowner", "Mei"])


async def test_a_quote_leads_to_the_quoted_message(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, demo.url) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        [update] = await bot.got(1)
        for number in range(30):
            await bot.call("sendMessage", chat_id=1001, text=f"Line {number}")
        first = page.locator(".row.out").first
        reply = {"message_id": update["message"]["message_id"]}
        await bot.call("sendMessage", chat_id=1001, text="About this", reply_parameters=reply)
        await expect(page.locator(".row.in").last).to_contain_text("About this")
        await expect(first).not_to_be_in_viewport()
        await page.locator(".quote").click()
        await expect(first).to_be_in_viewport()
        await page.get_by_role("button", name="To the newest message").click()
        await expect(page.locator(".row.in").last).to_be_in_viewport()


async def test_coming_and_going_is_told_between_the_messages(browser: Browser) -> None:
    async with demo_with() as (demo, bot), visit(browser, f"{demo.url}/#/-1001/1001") as page:
        await bot.call("leaveChat", chat_id=-1001)
        await expect(page.locator(".pill.service")).to_have_text("Fitting Room left the group")


async def test_a_forums_topics_can_be_chosen(browser: Browser) -> None:
    topics = (Topic(2, "Dresses"), Topic(3, "Shoes"))
    world = replace(WORLD, groups=(replace(STYLE_CLUB, topics=topics),))
    async with (
        demo_with(world=world) as (demo, bot),
        visit(browser, f"{demo.url}/#/-1001/1001") as page,
    ):
        await page.get_by_role("button", name="Shoes", exact=True).click()
        await page.get_by_label("Message", exact=True).fill("/tryon@fitting_room_demo_bot")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row.out")).to_have_count(1)
        assert (await bot.got(1))[0]["message"]["message_thread_id"] == 3
        await page.get_by_role("button", name="Dresses", exact=True).click()
        await expect(page.locator(".row.out")).to_have_count(0)
