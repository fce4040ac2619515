"""The files of a local Telegram: who has which id, what they may be sent as, their links.

Bots name files by `file_id`, people see them by `file_unique_id`. A download link comes
from getFile and works for an hour. Nothing here knows of messages.
"""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.errors import refuse
from bot.demo.telegram.pictures import Darkroom, Scaled

MAX_UPLOAD = 50 * 1024 * 1024  # bytes; Bot API, sendDocument
MAX_DOWNLOAD = 20 * 1024 * 1024  # bytes; Bot API, getFile
LINK_LIFETIME = 3600.0  # seconds; Bot API, getFile: "at least 1 hour"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: with a request, or from a person."""

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One downloadable file. `kind` is the server's word for it: Photo or Document or another."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    media_type: str
    extension: str  # with the dot

    def names(self) -> Json:
        """Return the three fields that every file object begins with."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }


@dataclass(frozen=True, slots=True)
class _Link:
    file: StoredFile
    until: float


class Files:
    """Every file that was ever sent, in memory."""

    def __init__(self, darkroom: Darkroom, life: int = 0) -> None:
        self._darkroom = darkroom
        self._life = life
        self._by_id: dict[str, StoredFile] = {}
        self._by_unique: dict[str, StoredFile] = {}
        self._media: dict[str, Any] = {}  # file_id → what a message shows when it is sent again
        self._links: dict[str, _Link] = {}

    # --- bringing files in ---------------------------------------------------------

    async def add_photo(self, upload: Upload, *, checked: bool) -> list[Json]:
        """Store a photo and return its PhotoSizes, smallest first."""
        sizes = [
            self._size(one) for one in await self._darkroom.develop(upload.data, checked=checked)
        ]
        for size in sizes:
            self._media[size["file_id"]] = sizes
        return sizes

    async def add_document(self, upload: Upload) -> Json:
        """Store a file as it is and return its Document."""
        document = self.add("Document", upload)
        document["file_name"] = upload.filename
        small = await self._darkroom.thumbnail(upload.data)
        if small is not None:
            document["thumbnail"] = self._size(small)
        self._media[document["file_id"]] = document
        return document

    def add(self, kind: str, upload: Upload, **fields: object) -> Json:
        """Store any other kind of file and return its object with `fields` added."""
        guessed = mimetypes.guess_type(upload.filename)[0]
        media_type = guessed or upload.media_type or "application/octet-stream"
        stored = self._store(kind, upload.data, media_type)
        shown = {**stored.names(), "mime_type": media_type, **fields}
        self._media[stored.file_id] = shown
        return shown

    def _size(self, scaled: Scaled) -> Json:
        stored = self._store("Photo", scaled.data, "image/jpeg")
        return {**stored.names(), "width": scaled.width, "height": scaled.height}

    def _store(self, kind: str, data: bytes, media_type: str) -> StoredFile:
        number = self._life + len(self._by_id) + 1
        extension = ".jpg" if media_type == "image/jpeg" else mimetypes.guess_extension(media_type)
        stored = StoredFile(
            _id(f"{kind}-{number}", 48),
            _id(f"unique-{number}", 11),
            kind,
            data,
            media_type,
            extension or "",
        )
        self._by_id[stored.file_id] = stored
        self._by_unique[stored.unique_id] = stored
        return stored

    # --- using them again ----------------------------------------------------------

    def known(self, file_id: str) -> StoredFile:
        """Return the file a bot names.

        Raises:
            ApiError: if there is none.

        """
        stored = self._by_id.get(file_id)
        if stored is None:
            refuse("wrong file identifier/HTTP URL specified")
        return stored

    def again(self, file_id: str, kind: str) -> Any:  # noqa: ANN401  list of sizes, or an object
        """Return what a message shows when a known file is sent again as `kind`."""
        stored = self.known(file_id)
        if stored.kind != kind:
            msg = f"can't use file of type {stored.kind} as {kind}"
            refuse(msg)
        return self._media[file_id]

    def shown_to_people(self, unique_id: str, side: int | None = None) -> StoredFile | None:
        """Return a file by its unique id; of a photo, the smallest size of at least `side` px."""
        stored = self._by_unique.get(unique_id)
        sizes = self._media.get(stored.file_id) if stored else None
        if stored is None or side is None or not isinstance(sizes, list):
            return stored
        wanted = next(
            (size for size in sizes if max(size["width"], size["height"]) >= side), sizes[-1]
        )
        return self._by_id[wanted["file_id"]]

    # --- handing them out ----------------------------------------------------------

    def link(self, file_id: str, now: float) -> Json:
        """Return the File with a path that works for an hour."""
        stored = self._by_id.get(file_id)
        if stored is None:
            refuse("invalid file_id")
        if len(stored.data) > MAX_DOWNLOAD:
            refuse("file is too big")
        folder = "photos" if stored.kind == "Photo" else "documents"
        path = f"{folder}/file_{_id(f'{file_id}-{now}', 16)}{stored.extension}"
        self._links[path] = _Link(stored, now + LINK_LIFETIME)
        return {**stored.names(), "file_path": path}

    def opened(self, path: str, now: float) -> StoredFile | None:
        """Return what lies behind a path from `link`, None if it expired or never was."""
        link = self._links.get(path)
        if link is None or now > link.until:
            self._links.pop(path, None)
            return None
        return link.file


def _id(text: str, length: int) -> str:
    # Looks random, but is the same in every run: tests can be repeated exactly.
    digest = hashlib.sha512(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")[:length]
