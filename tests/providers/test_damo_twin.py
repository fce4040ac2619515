"""The contract with DAMO's strict local twin over HTTP."""

import io
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.demo.services.damo import DEMO_APPCODE, LocalDamo
from bot.demo.services.damo_routes import API, routes
from providers.base import (
    Accepted,
    Collected,
    Failed,
    NoAnswer,
    Refused,
    Report,
    Reports,
    Stage,
    Succeeded,
    Unclear,
    Underway,
)
from providers.causes import Cause
from providers.damo import Damo
from providers.wishes import TryOnRequest, Wear
from tests.providers.damo import NoHost
from tests.providers.room import noise, sketch
from tests.providers.support import NOON
from tests.serving import serving

SECONDS = 20.0
PERSON, TOP, OTHER = noise(480, 640), noise(500, 600), noise(420, 520)
PNG = io.BytesIO()
Image.effect_noise((420, 520), 80).convert("RGB").save(PNG, "PNG")
BLANK, GIF = io.BytesIO(), io.BytesIO()
Image.new("RGB", (480, 640), "white").save(BLANK, "JPEG")
Image.effect_noise((480, 640), 80).save(GIF, "GIF")
PHOTOS = {
    "person": PERSON,
    "top": TOP,
    "other": OTHER,
    "png": PNG.getvalue(),
    "small": noise(380, 640),
    "blank": BLANK.getvalue(),
    "gif": GIF.getvalue(),
    "page": b"<html>" * 200,
    "large": PERSON.ljust(5 * 1024 * 1024 + 1, b"\0"),
}


class Studio:
    """The twin, its clock in hand, and the model spoken to over HTTP."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self.clock = Clock(start=NOON, speed=0)
        self.url = url
        self.twin = LocalDamo(self.clock, url, draw=sketch, seed=1)
        self.twin.seconds = (SECONDS, SECONDS)
        self.client = client
        self.model = self.spoken_to_with(DEMO_APPCODE)

    def spoken_to_with(self, appcode: str) -> Damo:
        async def sleep(seconds: float) -> None:
            self.clock.advance(seconds)

        base, now = self.url + API, self.clock.now
        return Damo(self.client, appcode, base, host=NoHost(), now=now, sleep=sleep)

    def wearing(
        self, top: str = "top", bottom: str | None = None, who: str = "person"
    ) -> TryOnRequest:
        def at(name: str) -> str:
            return f"{self.url}/photos/{name}.jpg"

        wear = Wear.TOP if bottom is None else Wear.OUTFIT
        return TryOnRequest(at(who), at(top), None if bottom is None else at(bottom), wear)

    async def submitted(self, *outfits: TryOnRequest, samples: int = 1) -> str:
        answer = await self.model.submit_all(outfits or [self.wearing()], samples)
        assert isinstance(answer, Accepted)
        return answer.task_id

    async def parts(self, key: str) -> tuple[Report, ...]:
        found = await self.model.query_all(key)
        assert isinstance(found, Reports)
        return found.parts

    def fault(self, call: str, kind: str, **params: object) -> None:
        self.twin.faults.add("damo", call, kind, 1, **params)


async def _photo(request: Request) -> Response:
    return Response(PHOTOS[request.path_params["name"]], media_type="image/jpeg")


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    app = Starlette(routes=[Route("/photos/{name}.jpg", _photo)])
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # without certificates: nothing leaves here
    async with serving(app) as url, httpx.AsyncClient(verify=bare) as client:
        studio = Studio(client, url)
        app.router.routes.extend(routes(studio.twin))
        try:
            yield studio
        finally:
            await studio.twin.close()


@pytest.mark.parametrize("textual", [False, True])
async def test_outfits_from_the_photos_to_the_pictures(studio: Studio, *, textual: bool) -> None:
    studio.twin.textual = textual
    outfits = [studio.wearing("top", "other"), studio.wearing("other", "png")]
    key = await studio.submitted(*outfits, samples=4)
    assert await studio.parts(key) == (Underway(Stage.PENDING),) * 2
    studio.clock.advance(SECONDS / 2)
    assert await studio.parts(key) == (Underway(Stage.RUNNING),) * 2
    studio.clock.advance(SECONDS / 2)
    drawn = await studio.parts(key)
    pictures: set[bytes] = set()
    for part in drawn:
        assert isinstance(part, Succeeded)
        assert len(part.urls) == 4
        for url in part.urls:
            collected = await studio.model.collect(url)
            assert isinstance(collected, Collected)
            with Image.open(io.BytesIO(collected.data)) as picture:
                assert picture.size == (60, 80)
            pictures.add(collected.data)
    assert len(pictures) == 4  # each take differs; the stand-in for the drawing ignores garments
    assert await studio.twin.paid() == 8


async def test_parts_finish_separately_and_one_that_fails_costs_nothing(studio: Studio) -> None:
    studio.fault("submit", "fail_part", part=1)
    studio.twin.seconds = (10.0, 100.0)
    key = await studio.submitted(*[studio.wearing()] * 3)
    seen: set[tuple[type, ...]] = set()
    for _ in range(100):
        studio.clock.advance(1.0)
        seen.add(tuple(type(part) for part in await studio.parts(key)))
    assert (Succeeded, Failed, Succeeded) in seen
    assert len(seen) > 2  # so some were ready before others
    assert await studio.twin.paid() == 2


async def test_a_part_may_have_fewer_pictures_than_were_ordered(studio: Studio) -> None:
    studio.fault("submit", "fewer", part=0)
    key = await studio.submitted(*[studio.wearing()] * 2, samples=2)
    studio.clock.advance(SECONDS)
    assert [len(part.urls) for part in await studio.parts(key) if isinstance(part, Succeeded)] == [
        1,
        2,
    ]


async def test_a_part_that_never_ends_stays_on_the_way(studio: Studio) -> None:
    studio.fault("submit", "stuck")
    key = await studio.submitted()
    studio.clock.advance(3600)
    assert await studio.model.query(key) == Underway(Stage.RUNNING)


@pytest.mark.parametrize(
    ("who", "top", "cause"),
    [
        ("small", "top", Cause.PHOTO_UNFIT),
        ("person", "small", Cause.PHOTO_UNFIT),
        ("person", "large", Cause.PHOTO_UNFIT),
        ("person", "gif", Cause.PHOTO_UNFIT),
        ("person", "page", Cause.PHOTO_UNFIT),
        ("blank", "top", Cause.PERSON_UNCLEAR),
    ],
)
async def test_photos_it_cannot_use_are_refused(
    studio: Studio, who: str, top: str, cause: Cause
) -> None:
    refused = await studio.model.submit(studio.wearing(top, who=who))
    assert isinstance(refused, Refused)
    assert refused.problem.cause is cause
    assert studio.twin.accepted() == []


@pytest.mark.parametrize("url", ["oss://dir/x.jpg", "https://h.test/图.jpg", "/nothing/here.jpg"])
async def test_photos_it_cannot_reach_are_refused(studio: Studio, url: str) -> None:
    there = url if "://" in url else studio.url + url
    refused = await studio.model.submit(replace(studio.wearing(), person_url=there))
    assert isinstance(refused, Refused)
    assert refused.problem.cause is Cause.PHOTO_UNREACHABLE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"fit_type": "HALF"}, 23500013),
        ({"fit_type": ""}, 23500009),
        ({"inference_num": 5}, 23500013),
        ({"inference_num": "2"}, 23500013),
        ({"task_list": []}, 23500009),
        ({"task_list": [{}] * 11}, 23500013),
        ({"task_list": [{"model_image": "http://x/y"}]}, 23500009),
        ({"task_list": [{"model_image": "http://x/y", "ops_image": "http://x/y"}]}, 23500013),
        ({"pants": 1}, 23500013),
    ],
)
async def test_the_twin_is_strict_about_fields(
    studio: Studio, change: dict[str, object], code: int
) -> None:
    good = {
        "fit_type": "HALF_BODY",
        "inference_num": 1,
        "task_list": [{"model_image": "http://x/y", "tops_image": "http://x/y"}],
    }
    answer = await studio.client.post(
        f"{studio.url}{API}/submit",
        headers={"Authorization": f"APPCODE {DEMO_APPCODE}", "X-Ca-Nonce": "once"},
        json={"data": good | change},
    )
    assert answer.json()["code"] == code


async def test_a_nonce_is_good_for_one_request(studio: Studio) -> None:
    headers = {"Authorization": f"APPCODE {DEMO_APPCODE}", "X-Ca-Nonce": "once"}
    answers = [
        await studio.client.post(f"{studio.url}{API}/query", headers=headers, json={"data": {}})
        for _ in range(2)
    ]
    assert answers[1].status_code == 403
    assert answers[1].headers["x-ca-error-message"] == "Nonce Used"
    assert answers[1].content == b""


async def test_a_wrong_appcode_is_turned_away_by_the_gateway(studio: Studio) -> None:
    refused = await studio.spoken_to_with("wrong").submit(studio.wearing())
    assert isinstance(refused, Refused)
    assert refused.problem.cause is Cause.KEY_REFUSED


async def test_a_task_nobody_knows_is_lost(studio: Studio) -> None:
    failed = await studio.model.query("never")
    assert isinstance(failed, Failed)
    assert failed.problem.cause is Cause.TASK_LOST


async def test_too_many_submits_in_a_second_are_throttled(studio: Studio) -> None:
    answers = [await studio.model.submit(studio.wearing()) for _ in range(11)]
    assert [type(answer) for answer in answers] == [Accepted] * 10 + [Refused]
    refused = answers[-1]
    assert isinstance(refused, Refused)
    assert refused.problem.cause is Cause.THROTTLED


@pytest.mark.parametrize("kind", ["apply_then_drop", "truncated", "html", "empty", "types", "big"])
async def test_a_lost_answer_is_unclear_although_the_task_exists(studio: Studio, kind: str) -> None:
    studio.fault("submit", kind)
    assert isinstance(await studio.model.submit(studio.wearing()), Unclear)
    assert len(studio.twin.accepted()) == 1


@pytest.mark.parametrize("kind", ["drop", "truncated", "html", "empty", "types", "list", "big"])
async def test_a_query_without_an_answer_says_nothing(studio: Studio, kind: str) -> None:
    key = await studio.submitted()
    studio.fault("query", kind)
    assert isinstance(await studio.model.query(key), NoAnswer)
    assert await studio.model.query(key) == Underway(Stage.PENDING)


async def test_an_expired_picture_and_a_page_in_its_place_are_no_pictures(studio: Studio) -> None:
    key = await studio.submitted()
    studio.clock.advance(SECONDS)
    done = await studio.model.query(key)
    assert isinstance(done, Succeeded)
    studio.clock.advance(24 * 3600)
    gone = await studio.model.collect(done.urls[0])
    assert isinstance(gone, Failed)
    assert gone.problem.cause is Cause.RESULT_UNUSABLE


async def test_the_appcode_is_sent_to_the_service_only(studio: Studio) -> None:
    key = await studio.submitted()
    studio.clock.advance(SECONDS)
    done = await studio.model.query(key)
    assert isinstance(done, Succeeded)
    await studio.model.collect(done.urls[0])
    assert [entry.call for entry in studio.twin.requests.of()] == ["submit", "query", "result"]
    for entry in studio.twin.requests.of():
        details = repr(entry.details).replace(f"APPCODE {DEMO_APPCODE}", "")
        assert DEMO_APPCODE not in details
        if entry.call == "result":
            assert "authorization" not in entry.details["headers"]
