"""How the demo serves its page: alone, to this machine only, and with nothing from outside."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import httpx
import pytest

from bot.clock import Clock
from bot.demo.chatpage import FILES
from bot.demo.server import DemoServer, PortTaken

NAMESPACE = "http://www.w3.org/2000/svg"  # a name, not an address that is visited


@pytest.fixture
async def demo() -> AsyncIterator[DemoServer]:
    server = DemoServer(Clock())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def http(demo: DemoServer) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=demo.url, timeout=10) as client:
        yield client


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


# --- nothing from outside ------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_the_page_names_another_host(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8").replace(NAMESPACE, "")
    assert re.findall(r"[\"'(]\s*(?:https?:)?//[\w.]", text) == []
    assert re.findall(r"@import|\bimport\(", text) == []


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".js")])
def test_no_script_turns_text_into_markup_or_code(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    risky = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval\(|new Function"
    assert re.findall(risky, text) == []


def test_every_file_is_reached_from_the_page_and_none_is_missing() -> None:
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        text = FILES[name].read_text(encoding="utf-8")
        waiting += re.findall(r"/page/([\w.-]+\.\w+)", text)
        waiting += re.findall(r"from \"\./([\w.-]+)\"", text)
    assert reached == set(FILES)


def test_the_page_has_no_inline_script_or_style() -> None:
    page = _Tags()
    page.feed(FILES["index.html"].read_text(encoding="utf-8"))
    scripts = [attributes for tag, attributes in page.tags if tag == "script"]
    assert scripts == [{"type": "module", "src": "/page/app.js"}]
    assert "style" not in [tag for tag, _ in page.tags]
    handlers = [
        name
        for _, attributes in page.tags
        for name in attributes
        if name.startswith("on") or name == "style"
    ]
    assert handlers == []


# --- how it is served ----------------------------------------------------------------------


async def test_the_page_allows_only_itself(http: httpx.AsyncClient) -> None:
    response = await http.get("/")
    policy = dict(
        rule.strip().split(" ", 1)
        for rule in response.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"


async def test_every_asset_has_its_type_and_is_not_guessed_at(http: httpx.AsyncClient) -> None:
    types = {
        "css": "text/css",
        "html": "text/html",
        "js": "text/javascript",
        "svg": "image/svg+xml",
    }
    for name in FILES:
        response = await http.get(f"/page/{name}")
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == types[name.split(".")[-1]]
        assert response.headers["x-content-type-options"] == "nosniff"


async def test_what_is_no_file_of_the_page_is_not_served(http: httpx.AsyncClient) -> None:
    for path in ("/page/nothing.js", "/page/..%2fserver.py", "/page/.%2e/server.py"):
        assert (await http.get(path)).status_code == 404


async def test_sample_photos_are_listed_and_served(http: httpx.AsyncClient) -> None:
    samples = (await http.get("/samples")).json()["samples"]
    assert len(samples) >= 6
    assert all(sample["label"] for sample in samples)
    photo = await http.get(f"/samples/{samples[0]['name']}.jpg")
    assert photo.headers["content-type"] == "image/jpeg"
    assert photo.content.startswith(b"\xff\xd8\xff")
    assert (await http.get("/samples/nobody.jpg")).status_code == 404


async def test_a_file_from_a_person_cannot_run_in_the_page(http: httpx.AsyncClient) -> None:
    upload = {"file": ("evil.html", b"<script>alert(1)</script>", "text/html")}
    await http.post("/people/1001/chats/1001/photos", files=upload, data={"as": "document"})
    messages = (await http.get("/people/1001/chats/1001/messages")).json()["messages"]
    file = messages[0]["document"]["file_unique_id"]
    response = await http.get(f"/people/files/{file}")
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_telegram_and_the_image_services_share_the_port_and_the_record(
    demo: DemoServer, http: httpx.AsyncClient
) -> None:
    me = await http.get(f"/bot{demo.telegram.bot.token}/getMe")
    assert me.json()["result"]["username"] == "fitting_room_demo_bot"
    refused = await http.get("/dashscope/api/v1/tasks/1")
    assert (refused.status_code, refused.json()["code"]) == (401, "InvalidApiKey")
    record = (await http.get("/control/requests")).json()["requests"]
    assert [entry["target"] for entry in record] == ["telegram", "dashscope"]


# --- to this machine only ------------------------------------------------------------------


async def test_only_loopback_is_listened_on(demo: DemoServer) -> None:
    assert demo.url.startswith("http://127.0.0.1:")
    assert demo.address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "["]
)
@pytest.mark.parametrize("path", ["/", "/people", "/page/events", "/control/clock"])
async def test_a_foreign_host_name_is_refused(
    http: httpx.AsyncClient, host: str, path: str
) -> None:
    assert (await http.get(path, headers={"Host": host})).status_code == 421


async def test_this_machines_own_names_are_accepted(
    demo: DemoServer, http: httpx.AsyncClient
) -> None:
    port = demo.address[1]
    for name in (f"localhost:{port}", f"127.0.0.1:{port}", "LOCALHOST", f"[::1]:{port}"):
        assert (await http.get("/people", headers={"Host": name})).status_code == 200


async def test_another_sites_page_cannot_act(demo: DemoServer, http: httpx.AsyncClient) -> None:
    text = {"text": "hello"}
    path = "/people/1001/chats/1001/text"
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert (await http.post(path, json=text, headers={"Origin": origin})).status_code == 403
    own = await http.post(path, json=text, headers={"Origin": demo.url})
    assert own.status_code == 200


async def test_a_taken_port_is_told_in_words(demo: DemoServer) -> None:
    with pytest.raises(PortTaken, match="Choose another with --port"):
        DemoServer(Clock(), port=demo.address[1])


# --- live ----------------------------------------------------------------------------------


async def _events(lines: AsyncIterator[str], count: int) -> list[tuple[str, dict[str, object]]]:
    events = []
    async for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            kind = value
        elif field == "data":
            events.append((kind, json.loads(value)))
        if len(events) == count:
            break
    return events


async def test_what_happens_in_a_group_is_told_once_with_all_who_see_it(
    http: httpx.AsyncClient,
) -> None:
    async with http.stream("GET", "/page/events") as stream:
        lines = stream.aiter_lines()
        [(kind, hello)] = await _events(lines, 1)
        assert (kind, hello["seq"]) == ("hello", 0)
        await http.post("/people/1002/chats/-1001/text", json={"text": "hi"})
        await http.post("/people/1004/chats/1004/text", json={"text": "private"})
        (_, first), (_, second) = await _events(lines, 2)
    assert (first["people"], first["chat_id"]) == ([1001, 1002, 1003], -1001)
    assert (second["people"], second["chat_id"]) == ([1004], 1004)


async def test_after_a_break_nothing_is_missed_and_nothing_repeated(
    http: httpx.AsyncClient,
) -> None:
    for text in ("one", "two", "three"):
        await http.post("/people/1001/chats/1001/text", json={"text": text})
    async with http.stream("GET", "/page/events?after=1") as stream:
        events = await _events(stream.aiter_lines(), 3)
    assert [event["seq"] for _, event in events] == [1, 2, 3]
    messages = [event["message"] for kind, event in events if kind == "message"]
    assert [message["text"] for message in messages if isinstance(message, dict)] == [
        "two",
        "three",
    ]


async def test_a_nonsensical_position_is_refused(http: httpx.AsyncClient) -> None:
    response = await http.get("/page/events?after=yesterday")
    assert response.status_code == 400
    assert "number" in response.json()["error"]


async def test_stopping_ends_the_streams_and_gives_the_port_back() -> None:
    demo = DemoServer(Clock())
    await demo.start()
    async with (
        asyncio.timeout(10),
        httpx.AsyncClient(timeout=10) as http,
        http.stream("GET", f"{demo.url}/page/events") as stream,
    ):
        lines = stream.aiter_lines()
        await _events(lines, 1)
        await demo.stop()
        assert [line async for line in lines if line.startswith("event:")] == []
    again = DemoServer(Clock(), port=demo.address[1])
    await again.start()
    await again.stop()


async def test_a_server_that_never_started_can_be_stopped() -> None:
    await DemoServer(Clock()).stop()
