"""At most one bot per database file.

Two engines on one file would both submit the same paid jobs, so whoever opens the
database holds a lock beside it for as long as it lives. The operating system gives the
lock back when the process dies, however it dies. Readers (backups, a database browser)
do not take it.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

from storage.unusable import DatabaseUnusable

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def hold(database: Path) -> Callable[[], None]:
    """Take the lock of `database` and return what gives it back."""
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        msg = (
            f"The folder of the database {database} cannot be written ({error.strerror})."
            " Create it, or give the user that runs the bot write access to it."
        )
        raise DatabaseUnusable(msg) from error
    file = os.fdopen(descriptor, "r+b")
    try:
        _lock(file)
    except OSError as error:
        file.close()
        msg = (
            f"The database {database} is in use by another bot. Stop that one first, or give"
            " this one its own DATABASE_PATH."
        )
        raise DatabaseUnusable(msg) from error
    return file.close
