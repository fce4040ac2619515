"""What is said about the photo host: a photo sent round, and each thing that can go wrong."""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.check.findings import Bad, Doubtful, Good
from bot.check.photos import photos
from bot.demo.services.catalogue import Standing
from bot.hosting import hosting, photo_folder
from bot.values import Address
from bot.web import Web, application
from tests.check.surroundings import Place, kinds, worst
from tests.s3 import BUCKET, LocalS3
from tests.serving import serving

# --- DashScope's own storage ---------------------------------------------------------------


async def test_dashscopes_storage_takes_a_photo(place: Place) -> None:
    (found,) = await photos(place.around())

    assert isinstance(found, Good)
    assert found.said == "taken for aitryon-plus; only DashScope itself can fetch it"


async def test_a_retired_model_takes_none_but_the_next_does(place: Place) -> None:
    place.server.dashscope.catalogue.put("aitryon-plus", Standing.NOT_EXIST)

    (found,) = await photos(place.around(tryon_models=("aitryon-plus", "aitryon")))

    assert isinstance(found, Good)
    assert found.said.startswith("taken for aitryon;")


@pytest.mark.parametrize("call", ["policy", "upload"])
async def test_a_storage_in_trouble_is_told(place: Place, call: str) -> None:
    place.server.faults.add("dashscope", call, "503", times=10)

    (found,) = await photos(place.around(tryon_models=("aitryon",)))

    assert isinstance(found, Bad)
    assert "another PHOTO_HOST" in found.do


# --- the bot's own web server --------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def own(port: int, **changes: object) -> dict[str, Any]:
    """Return the settings of a bot that hands photos out itself, without a proxy in front."""
    values = {"public_url": f"http://127.0.0.1:{port}", "listen": Address("127.0.0.1", port)}
    return {**values, "updates": "polling", **changes}


async def test_a_photo_goes_round_though_no_bot_is_running(place: Place) -> None:
    around = place.around(**own(free_port()))

    found = await photos(around)

    assert kinds(found) == {"publish": Good, "fetch": Good, "withdraw": Good}
    assert not _exists(photo_folder(around.settings))


async def test_a_bot_that_is_running_is_asked(place: Place) -> None:
    around = place.around(**own(free_port()))
    served = hosting(around.settings, around.clock)
    assert served is not None
    web = Web(
        around.settings.listen,
        application(health=_well, metrics=_nothing, photos=served.photos),
    )
    await web.start()

    found = await photos(around)

    await web.stop()
    assert kinds(found) == {"publish": Good, "fetch": Good, "withdraw": Good}


async def test_a_public_address_that_leads_nowhere_is_told(place: Place) -> None:
    port = free_port()

    found = worst(await photos(place.around(**own(port, public_url="http://127.0.0.1:1"))))

    assert isinstance(found, Bad)
    assert found.said == "127.0.0.1:1 cannot be reached from here (ConnectError)"
    assert "PUBLIC_URL" in found.do


async def test_a_public_address_that_leads_somewhere_else_is_told(place: Place) -> None:
    async def welcome(_request: Request) -> Response:
        return Response(b"<html>Welcome to nginx</html>", media_type="text/html")

    async with serving(Starlette(routes=[Route("/{path:path}", welcome)])) as url:
        found = worst(await photos(place.around(**own(free_port(), public_url=url))))

    assert isinstance(found, Bad)
    assert found.said.endswith(" answers with something else")


async def test_a_proxy_that_keeps_photos_is_told(place: Place) -> None:
    around = place.around(**own(free_port()))
    settings = around.settings
    kept: dict[str, bytes] = {}

    async def cached(request: Request) -> Response:
        path = request.url.path
        if path not in kept:
            kept[path] = (await place.client.get(f"http://{settings.listen}{path}")).content
        return Response(kept[path])

    async with serving(Starlette(routes=[Route("/{path:path}", cached)])) as url:
        changed = place.around(**own(settings.listen.port, public_url=url))
        found = worst(await photos(changed))

    assert isinstance(found, Bad)
    assert found.said == "the photo can still be fetched"


async def test_a_disk_without_room_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    (found,) = await photos(place.around(**own(free_port())))

    assert isinstance(found, Bad)
    assert found.said == "not_kept: No space left on device"


# --- a bucket ------------------------------------------------------------------------------


def stored(s3: LocalS3, **changes: object) -> dict[str, Any]:
    values: dict[str, Any] = {
        "photo_host": "s3",
        "s3_url": s3.url,
        "s3_bucket": BUCKET,
        "s3_region": "eu-central-1",
        "s3_access_key": SecretStr("AKIACANARY0000"),
        "s3_secret_key": SecretStr("canary/secret+0123456789"),
    }
    return values | changes


async def test_a_photo_goes_round_through_a_bucket(place: Place, s3: LocalS3) -> None:
    found = await photos(place.around(**stored(s3)))

    assert kinds(found) == {"publish": Good, "fetch": Good, "withdraw": Good}
    assert s3.objects() == []


async def test_a_refused_key_of_a_bucket_is_told(place: Place, s3: LocalS3) -> None:
    s3.ask_for_keys(wanted=True)

    (found,) = await photos(place.around(**stored(s3)))

    assert isinstance(found, Bad)
    assert "S3_REGION and the key" in found.do
    assert "canary" not in repr(found).lower()


async def test_a_bucket_that_is_not_there_is_told(place: Place, s3: LocalS3) -> None:
    (found,) = await photos(place.around(**stored(s3, s3_bucket="nowhere")))

    assert isinstance(found, Bad)
    assert found.said.startswith("no_bucket: ")


async def test_a_storage_that_cannot_be_reached_is_told(place: Place, s3: LocalS3) -> None:
    (found,) = await photos(place.around(**stored(s3, s3_url="http://127.0.0.1:1")))

    assert isinstance(found, Bad)
    assert found.item == "publish"


async def test_a_bucket_that_everybody_can_read_is_doubtful(place: Place, s3: LocalS3) -> None:
    s3.open_to_everybody()

    found = await photos(place.around(**stored(s3)))

    assert kinds(found) == {
        "publish": Good,
        "fetch": Good,
        "privacy": Doubtful,
        "withdraw": Good,
    }


def _exists(path: Path) -> bool:
    return path.exists()


async def _well() -> Mapping[str, bool]:
    return {"bot": True}


async def _nothing() -> bytes:
    return b""
