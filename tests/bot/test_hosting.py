"""Which host the settings lead to, and that its photos are handed out by the web server."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.hosting import Hosting, hosting, photo_folder
from bot.settings import Settings
from bot.values import Address
from bot.web import Web, application
from providers.base import Published
from providers.bucket import Bucket
from providers.own_server import LIFETIME

NOW = 1_800_000_000.0
PHOTO = b"\xff\xd8\xff jpeg bytes"


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    def made(**changes: Any) -> Settings:  # noqa: ANN401  values of many kinds
        values = {
            "telegram_bot_token": SecretStr("4242:CanaryTokenCanaryTokenCanaryToken123"),
            "dashscope_api_key": SecretStr("sk-canary-key-0123456789"),
            "database_path": tmp_path / "data" / "bot.db",
            "telegram_api_url": "http://127.0.0.1:1",
        }
        return Settings.model_validate(values | changes)

    return made


async def nothing_to_say() -> bytes:
    return b""


async def all_well() -> dict[str, bool]:
    return {"bot": True}


def own(settings: Settings, clock: Clock) -> Hosting:
    found = hosting(settings, clock)
    assert found is not None
    return found


async def served(found: Hosting) -> Web:
    app = application(health=all_well, metrics=nothing_to_say, photos=found.photos)
    web = Web(Address("127.0.0.1", 0), app)
    await web.start()
    return web


def test_dashscopes_own_storage_needs_no_host(settings: Callable[..., Settings]) -> None:
    assert hosting(settings(), Clock(start=NOW, speed=0)) is None


def test_a_bucket_is_made_of_its_settings(settings: Callable[..., Settings]) -> None:
    chosen = settings(
        photo_host="s3",
        s3_url="http://127.0.0.1:1",
        s3_bucket="photos",
        s3_region="eu-central-1",
        s3_access_key=SecretStr("AKIACANARY"),
        s3_secret_key=SecretStr("canary/secret"),
    )

    found = own(chosen, Clock(start=NOW, speed=0))

    assert isinstance(found.host, Bucket)
    assert found.photos is None


async def test_the_bots_own_photos_can_be_fetched_until_they_are_withdrawn(
    settings: Callable[..., Settings],
) -> None:
    clock = Clock(start=NOW, speed=0)
    chosen = settings(public_url="https://bot.example/fitting")
    found = own(chosen, clock)
    web = await served(found)
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        photo, other = [await found.host.publish(PHOTO, model="aitryon") for _ in range(2)]
        assert isinstance(photo, Published)
        assert isinstance(other, Published)
        assert photo.url.startswith("https://bot.example/fitting/p/")
        path, path_of_other = [
            one.url.removeprefix("https://bot.example/fitting") for one in (photo, other)
        ]

        assert (await client.get(path)).content == PHOTO
        await found.host.withdraw(photo.ref)
        assert (await client.get(path)).status_code == 404

        assert (await client.get(path_of_other)).status_code == 200
        clock.advance(LIFETIME)
        assert (await client.get(path_of_other)).status_code == 404
    await web.stop()


async def test_a_photo_outlives_the_process_and_can_be_withdrawn_by_the_next(
    settings: Callable[..., Settings],
) -> None:
    clock = Clock(start=NOW, speed=0)
    chosen = settings(public_url="https://bot.example")
    photo = await own(chosen, clock).host.publish(PHOTO, model="aitryon")
    assert isinstance(photo, Published)

    found = own(chosen, clock)  # after a restart
    web = await served(found)
    async with httpx.AsyncClient(base_url=f"http://{web.address}") as client:
        path = photo.url.removeprefix("https://bot.example")
        assert (await client.get(path)).content == PHOTO
        await found.host.withdraw(photo.ref)
        assert (await client.get(path)).status_code == 404
    await web.stop()


async def test_photos_are_kept_beside_the_database(
    settings: Callable[..., Settings], tmp_path: Path
) -> None:
    chosen = settings(public_url="https://bot.example")
    await own(chosen, Clock(start=NOW, speed=0)).host.publish(PHOTO, model="aitryon")

    assert photo_folder(chosen) == tmp_path / "data" / "photos"
    assert len(_names(photo_folder(chosen))) == 1


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]
