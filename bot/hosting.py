"""Where photos are published, as the settings say, and what the web server hands out of it.

The hosts themselves are the providers'; here they get their shelf, their key and their
clock. DashScope's own storage is not here: it comes with its models.
"""

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bot.clock import Clock
from bot.housekeeping import Sweep
from bot.settings import Settings
from bot.web import PHOTOS_PATH, Photos
from providers.base import PhotoHost
from providers.bucket import Bucket, BucketAccess
from providers.own_server import OwnServer
from storage.shelf import FileShelf

FOLDER = "photos"  # beside the database


@dataclass(frozen=True, slots=True)
class Hosting:
    """A photo host for all services, and what it asks of the rest of the bot.

    `photos` is what the web server hands out, `sweep` takes away what a crash left behind,
    now and then.
    """

    host: PhotoHost
    sweep: Sweep
    photos: Photos | None = None


def hosting(settings: Settings, clock: Clock) -> Hosting | None:
    """Return the chosen host, None if each service's own storage is wanted."""
    match settings.photo_host:
        case "self":
            own = OwnServer(
                FileShelf(photo_folder(settings)),
                f"{settings.public_url}{PHOTOS_PATH}",
                now=clock.now,
            )
            return Hosting(own, own.sweep, own.fetch)
        case "s3":
            bucket = Bucket(_access(settings), now=clock.now)
            return Hosting(bucket, bucket.sweep)
        case "dashscope":
            return None


def photo_folder(settings: Settings) -> Path:
    """Return where photos are kept that this bot hands out itself."""
    return settings.database_path.parent / FOLDER


def _access(settings: Settings) -> BucketAccess:
    return BucketAccess(
        url=settings.s3_url or "",
        bucket=settings.s3_bucket or "",
        region=settings.s3_region or "",
        access_key=_plain(settings.s3_access_key),
        secret_key=_plain(settings.s3_secret_key),
    )


def _plain(secret: SecretStr | None) -> str:
    return "" if secret is None else secret.get_secret_value()
