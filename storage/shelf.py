"""Photos as files in one folder, each with the time until which it may be handed out.

They are not rows: they come and go within an hour, should be in no backup of the database,
and leave the disk at once when they are taken away. A file's time of modification is when
its time is over, so that it survives a restart, and a copy made by somebody else's tool is
over at once. What a photo is and who may have it are the callers' business.
"""

import asyncio
import os
import secrets
from pathlib import Path

_UNFINISHED = ".part"  # the ending of a file that is still being written
_ABANDONED = 120.0  # seconds after which such a file is what a crash left behind


class FileShelf:
    """Keeps bytes under names that are plain file names. Every method may raise OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, name: str, data: bytes, until: float) -> None:
        """Keep something until a Unix time. It is there whole or not at all."""
        await asyncio.to_thread(self._keep, self._path(name), data, until)

    async def find(self, name: str, now: float) -> bytes | None:
        """Return what is kept under a name, None if there is nothing or its time is over."""
        return await asyncio.to_thread(_find, self._path(name), now)

    async def remove(self, name: str) -> None:
        """Take something away. Safe to repeat."""
        path = self._path(name)
        await asyncio.to_thread(path.unlink, missing_ok=True)

    async def sweep(self, now: float) -> int:
        """Take away everything whose time is over; return how many."""
        return await asyncio.to_thread(self._sweep, now)

    def _path(self, name: str) -> Path:
        if not name or name in {".", ".."} or name != Path(name).name or "\\" in name:
            msg = "a name on the shelf must be a plain file name"
            raise ValueError(msg)
        return self._folder / name

    def _keep(self, path: Path, data: bytes, until: float) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f"{secrets.token_hex(8)}{_UNFINISHED}")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            os.utime(part, (until, until))
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    def _sweep(self, now: float) -> int:
        swept = 0
        try:
            found = list(os.scandir(self._folder))
        except FileNotFoundError:
            return 0
        for entry in found:
            over = now - (_ABANDONED if entry.name.endswith(_UNFINISHED) else 0.0)
            try:
                if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime <= over:
                    Path(entry.path).unlink()
                    swept += 1
            except FileNotFoundError:
                continue  # withdrawn meanwhile
        return swept


def _find(path: Path, now: float) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read() if os.fstat(file.fileno()).st_mtime > now else None
    except FileNotFoundError:
        return None
