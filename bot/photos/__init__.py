"""Photos: opened safely, checked for free, made to fit, put side by side.

Pure computing on bytes, no files and no network; nothing here knows Telegram. The
functions block; `Studio` runs them in worker threads for the event loop.
"""

from bot.photos.card import side_by_side
from bot.photos.checking import Inspected, PictureInfo, check_picture, inspect
from bot.photos.fitting import (
    Normalised,
    normalise,
    normalise_like,
    reencode_for_telegram,
)
from bot.photos.opening import MAX_BYTES, NotAPicture
from bot.photos.studio import Studio

__all__ = [
    "MAX_BYTES",
    "Inspected",
    "Normalised",
    "NotAPicture",
    "PictureInfo",
    "Studio",
    "check_picture",
    "inspect",
    "normalise",
    "normalise_like",
    "reencode_for_telegram",
    "side_by_side",
]
