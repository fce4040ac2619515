"""Pictures sent as files: every format a phone or a shop has, and photos that lie on their side."""

import asyncio
from pathlib import Path

from PIL import Image

from tests.journeys.checks import picture_is_right
from tests.journeys.house import ANNA, BEN, OLGA, House, open_house
from tests.journeys.photos import decoded, encoded, photo


def lying(name: str) -> bytes:
    """Return a photo as a phone held upright writes it: on its side, with a note."""
    note = Image.Exif()
    note[0x0112] = 6
    turned = decoded(photo(name)).transpose(Image.Transpose.ROTATE_90)
    return encoded(turned, "JPEG", quality=95, exif=note.tobytes())


FILES = {
    "HEIC and PNG": ((photo("woman", "HEIF"), "me.heic"), (photo("tee", "PNG"), "tee.png")),
    "BMP and WEBP": ((photo("woman", "BMP"), "me.bmp"), (photo("tee", "WEBP"), "tee.webp")),
    "JPEG on its side": ((lying("woman"), "DSC1.JPG"), (lying("tee"), "DSC2.JPG")),
}


async def test_picture_files_of_every_format_end_in_a_picture(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        pairs = zip((ANNA, BEN, OLGA), FILES, strict=True)
        await asyncio.gather(*(_with_files(house, guest, kinds) for guest, kinds in pairs))


async def _with_files(house: House, person_id: int, kinds: str) -> None:
    guest = house.guest(person_id)
    (person, person_name), (garment, garment_name) = FILES[kinds]
    await guest.agree()
    await guest.send_photos(person, as_files=True, names=(person_name,))
    await guest.tap(await guest.shown("ask.wear"), "wear.top")
    await guest.shown("ask.garment.top")
    await guest.send_photos(garment, as_files=True, names=(garment_name,))
    await guest.tap(await guest.shown("card.top"), "button.go")
    await picture_is_right(house, guest, await guest.result(), photo("woman"), ["tee"])


async def test_an_album_of_files_is_an_album(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        anna = house.guest()
        await anna.agree()
        (person, person_name), (garment, garment_name) = FILES["HEIC and PNG"]
        await anna.send_photos(person, garment, as_files=True, names=(person_name, garment_name))
        await anna.tap(await anna.shown("ask.wear_unnamed"), "wear.top")
        await anna.tap(await anna.shown("card.top"), "button.go")
        await picture_is_right(house, anna, await anna.result(), photo("woman"), ["tee"])
