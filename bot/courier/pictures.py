"""The pictures of messages: from their description to what the Bot API takes.

A picture Telegram has is sent by its id. Everything else is bytes: stored ones, made to
fit a photo's limits, or several photos drawn side by side.
"""

from dataclasses import dataclass

from telegram import InputFile

from bot.files import FileGone, Files, FileTooLarge
from bot.messages import (
    Picture,
    SideBySide,
    StoredPicture,
    StyleGallery,
    TelegramPhoto,
    TextFile,
    UsageChart,
)
from bot.photos import Studio
from storage import pictures
from storage.database import Database

# Bot API, sendPhoto
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000  # px, width and height together
PHOTO_RATIO = 20  # longer to shorter side

PHOTOS = {"image/jpeg": "jpg", "image/png": "png"}
ENDINGS = PHOTOS | {"image/webp": "webp", "image/bmp": "bmp"}


class PictureGone(Exception):  # noqa: N818  names what happened
    """The picture is no longer kept anywhere; the message can only go without it."""


@dataclass(frozen=True, slots=True)
class Darkroom:
    """Finds or draws pictures."""

    db: Database
    files: Files
    studio: Studio

    async def photo(self, picture: Picture) -> str | InputFile:
        """Return a photo to send. Raises `PictureGone`, `TelegramAway`."""
        match picture:
            case TelegramPhoto(file_id):
                return file_id
            case StoredPicture(picture_id):
                return await self._fitted(await self._stored(picture_id))
            case SideBySide(file_ids):
                return _file(await self._side_by_side(file_ids), "card.jpg")
            case StyleGallery(styles):
                return _file(await self.studio.style_gallery(styles), "styles.jpg")
            case UsageChart(days):
                return _file(await self.studio.usage_chart(days), "usage.png")
            case TextFile():
                raise PictureGone

    async def document(self, picture: Picture, name: str) -> str | InputFile:
        """Return a picture to send as it is, as a file. Raises `PictureGone`, `TelegramAway`."""
        match picture:
            case TelegramPhoto(file_id):
                return file_id
            case StoredPicture(picture_id):
                stored = await self._stored(picture_id)
                return _file(stored.data, f"{name}.{ENDINGS.get(stored.media_type, 'img')}")
            case SideBySide(file_ids):
                return _file(await self._side_by_side(file_ids), f"{name}.jpg")
            case StyleGallery(styles):
                return _file(await self.studio.style_gallery(styles), f"{name}.jpg")
            case UsageChart(days):
                return _file(await self.studio.usage_chart(days), f"{name}.png")
            case TextFile(lines, ending):
                return _file(lines.encode("utf-8-sig"), f"{name}.{ending}")

    async def _fitted(self, stored: pictures.StoredPicture) -> InputFile:
        """Return a picture as it is where a photo may be like that; Telegram shrinks it itself."""
        ending = PHOTOS.get(stored.media_type)
        if ending is not None and _fits(stored):
            return _file(stored.data, f"picture.{ending}")
        return _file(await self.studio.reencode_for_telegram(stored.data), "picture.jpg")

    async def _stored(self, picture_id: str) -> pictures.StoredPicture:
        async with self.db.reading() as tx:
            stored = await pictures.get(tx, picture_id)
        if stored is None:
            raise PictureGone
        return stored

    async def _side_by_side(self, file_ids: tuple[str, ...]) -> bytes:
        try:
            images = [await self.files.fetch(file_id) for file_id in file_ids]
        except (FileGone, FileTooLarge) as error:
            raise PictureGone from error
        return await self.studio.side_by_side(images)


def _fits(stored: pictures.StoredPicture) -> bool:
    short, long = sorted((stored.width, stored.height))
    return (
        len(stored.data) <= PHOTO_BYTES
        and short + long <= PHOTO_SIDES
        and long <= PHOTO_RATIO * short
    )


def key(picture: Picture) -> str:
    """Return what tells this picture from others, to see whether an edit changes it."""
    match picture:
        case TelegramPhoto(file_id):
            return f"telegram:{file_id}"
        case StoredPicture(picture_id):
            return f"stored:{picture_id}"
        case SideBySide(file_ids):
            return f"side:{'+'.join(file_ids)}"
        case StyleGallery(styles):
            return f"styles:{'+'.join(styles)}"
        case UsageChart(days):
            return f"usage:{days}"
        case TextFile(lines):
            return f"file:{lines}"


def _file(data: bytes, name: str) -> InputFile:
    return InputFile(data, filename=name, read_file_handle=False)
