"""The same try-on with each photo host: whole, withdrawn at the end, and across a restart."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from bot.hosting import photo_folder
from tests.journeys.checks import picture_is_right
from tests.journeys.guest import Guest
from tests.journeys.house import House, open_house
from tests.journeys.photos import photo
from tests.s3 import BUCKET, LocalS3, s3, s3_server

__all__ = ["s3", "s3_server"]

LONG = 60.0  # seconds a task takes, where something has to happen meanwhile


@asynccontextmanager
async def house_with_own_photos(folder: Path) -> AsyncIterator[House]:
    """Open a house whose bot hands photos out itself, without a proxy in front."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    settings: dict[str, Any] = {
        "listen": f"127.0.0.1:{port}",
        "public_url": f"http://127.0.0.1:{port}",
        "updates": "polling",
    }
    async with open_house(folder, **settings) as house:
        yield house


async def ordered(guest: Guest) -> None:
    await guest.tap(await guest.card(photo("woman"), photo("tee")), "button.go")


def urls(order: Mapping[str, Any]) -> list[str]:
    """Return the addresses of photos that the image service was told."""
    found = order["input"]
    return [found["person_image_url"], found["top_garment_url"]]


async def statuses(addresses: list[str]) -> list[int]:
    async with httpx.AsyncClient(trust_env=False) as client:
        return [(await client.get(address)).status_code for address in addresses]


async def withdrawn(addresses: list[str]) -> list[int]:
    """Return what the addresses answer once their photos are gone, which takes a moment."""
    async with asyncio.timeout(10):
        found = await statuses(addresses)
        while 200 in found:
            found = await statuses(addresses)
    return found


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.exists() else []


async def test_the_bot_hands_photos_out_itself_and_takes_them_away(tmp_path: Path) -> None:
    async with house_with_own_photos(tmp_path) as house:
        anna = house.guest()
        await ordered(anna)
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])

        (order,) = house.ordered()
        assert all(url.startswith(f"{house.settings.public_url}/p/") for url in urls(order))
        assert await withdrawn(urls(order)) == [404, 404]
        assert names(photo_folder(house.settings)) == []
        assert house.calls("dashscope", "upload") == []


async def test_photos_outlive_a_restart_and_are_taken_away_after_it(tmp_path: Path) -> None:
    async with house_with_own_photos(tmp_path) as house:
        house.server.dashscope.set_runtime("aitryon-plus", LONG)
        anna = house.guest()
        await ordered(anna)
        await anna.shown("progress.drawing")
        await house.end()
        assert len(names(photo_folder(house.settings))) == 2

        await house.start()
        (order,) = house.ordered()
        assert await statuses(urls(order)) == [200, 200]
        await anna.result()

        assert await withdrawn(urls(order)) == [404, 404]
        assert names(photo_folder(house.settings)) == []


async def test_a_cancelled_order_leaves_no_photo_behind(tmp_path: Path) -> None:
    async with house_with_own_photos(tmp_path) as house:
        house.server.faults.add("dashscope", "submit", "stuck_pending")
        anna = house.guest()
        await ordered(anna)
        await anna.tap(await anna.shown("progress.drawing"), "job.cancel")
        await anna.shown("progress.cancelled")

        (order,) = house.ordered()
        assert await withdrawn(urls(order)) == [404, 404]


async def test_photos_in_a_bucket_are_private_and_deleted_in_the_end(
    tmp_path: Path, s3: LocalS3
) -> None:
    settings: dict[str, Any] = {
        "photo_host": "s3",
        "s3_url": s3.url,
        "s3_bucket": BUCKET,
        "s3_region": "us-east-1",
        "s3_access_key": SecretStr("AKIACANARY0000"),
        "s3_secret_key": SecretStr("canary/secret+0123456789"),
    }
    async with open_house(tmp_path, **settings) as house:
        house.server.dashscope.set_runtime("aitryon-plus", LONG)
        anna = house.guest()
        await ordered(anna)
        await anna.shown("progress.drawing")
        (order,) = house.ordered()
        assert await statuses([url.partition("?")[0] for url in urls(order)]) == [403, 403]
        await anna.result()

        assert await withdrawn(urls(order)) == [404, 404]
        assert s3.objects() == []
        assert house.calls("dashscope", "upload") == []
