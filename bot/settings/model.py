"""Everything that can be set, with its defaults and what it must be like."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic import ValidationInfo as Info
from pydantic_core import PydanticCustomError

from bot import values
from bot.settings.choice import KEYS, Choice, sorted_out
from bot.values import Address
from bot.views.texts import LANGUAGES
from providers import damo, fashn, repaint
from providers.catalogue import SPECS
from providers.dashscope import BASE_URL

TELEGRAM = "https://api.telegram.org"

Updates: TypeAlias = Literal["polling", "webhook"]
PhotoHosting: TypeAlias = Literal["dashscope", "self", "s3"]
RestyleStyles: TypeAlias = Literal["documented", "all"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
LogFormat: TypeAlias = Literal["text", "json"]

SECRETS = (  # may be given as NAME_FILE
    "telegram_bot_token",
    "dashscope_api_key",
    "damo_appcode",
    "fashn_api_key",
    "s3_access_key",
    "s3_secret_key",
)
WHERE_FROM = {
    "telegram_bot_token": "@BotFather gives you one when you create a bot",
    "dashscope_api_key": "no picture can be drawn without a key; create one in Alibaba Cloud's"
    " Model Studio, or set DAMO_APPCODE or FASHN_API_KEY",
    "s3_url": "with PHOTO_HOST=s3 it is the address of the storage service, such as"
    " https://oss-cn-beijing.aliyuncs.com",
    "s3_bucket": "with PHOTO_HOST=s3 it is the bucket that photos are put into for an hour",
    "s3_region": "with PHOTO_HOST=s3 it is where the bucket is, as its service writes it, such as"
    " oss-cn-beijing or eu-central-1; some take anything, such as us-east-1",
    "s3_access_key": "with PHOTO_HOST=s3 it is the id of a key that may put, get, list and delete"
    " objects in the bucket",
    "s3_secret_key": "with PHOTO_HOST=s3 it is the secret half of the key",
}


@dataclass(frozen=True, slots=True)
class Unusable:
    """Stands for a secret that could not be read from its file."""

    why: str


def _read(reader: Callable[[str], Any]) -> BeforeValidator:
    """Make a validator of a reader; what is no text any more is taken as it is."""

    def read(value: object) -> object:
        if isinstance(value, Unusable):
            raise ValueError(value.why)  # noqa: TRY004  pydantic takes only these for refusals
        return reader(value.strip()) if isinstance(value, str) else value

    return BeforeValidator(read)


def _one_of(kind: Any) -> BeforeValidator:  # noqa: ANN401  a Literal has no type of its own
    return _read(values.one_of(get_args(kind)))


def _public_url(value: str | None, info: Info) -> str | None:
    official = info.data.get("telegram_api_url") == TELEGRAM
    if value and official and not value.startswith("https://"):
        msg = f"{value!r} must begin with https://; Telegram sends updates to nothing else"
        raise ValueError(msg)
    return value


def _updates(value: str, info: Info) -> str:
    if value == "webhook" and info.data.get("public_url", "") is None:
        msg = "'webhook' needs PUBLIC_URL, the address under which Telegram reaches this bot"
        raise ValueError(msg)
    return value


def _photo_host(value: str, info: Info) -> str:
    if value == "self" and info.data.get("public_url", "") is None:
        msg = "'self' needs PUBLIC_URL, the address under which services fetch photos from this bot"
        raise ValueError(msg)
    if value == "dashscope" and info.data.get("dashscope_api_key", "") is None:
        msg = (
            "'dashscope' needs DASHSCOPE_API_KEY; without it set PUBLIC_URL, so that this bot hands"
            " photos out itself, or PHOTO_HOST=s3 with a bucket"
        )
        raise ValueError(msg)
    return value


def _some_key(value: object, info: Info) -> object:
    if value is None and not any(info.data.get(name) for name in KEYS.values()):
        kind = "missing"  # as pydantic calls it where a value is needed in any case
        raise PydanticCustomError(kind, "is missing")
    return value


def _some_model(value: tuple[str, ...], info: Info) -> tuple[str, ...]:
    if "dashscope_api_key" not in info.data or "photo_host" not in info.data:
        return value  # what is wrong there is told there
    given = [name for name in KEYS.values() if info.data.get(name)]
    usable, left_out = sorted_out(
        value, setting=info.field_name or "", given=given, photo_host=info.data["photo_host"]
    )
    if not usable:
        needs = ", ".join(f"{one.model} needs {one.needs}" for one in left_out)
        msg = f"none of these models can be used: {needs}"
        raise ValueError(msg)
    return value


def _needed_for_s3(value: object, info: Info) -> object:
    if value is None and info.data.get("photo_host") == "s3":
        kind = "missing"  # as pydantic calls it where a value is needed in any case
        raise PydanticCustomError(kind, "is missing")
    return value


_FOR_S3 = BeforeValidator(_needed_for_s3)


class Settings(BaseModel):
    """All that can be set, under the names and defaults of the README's table, in small letters.

    Of several validators the last one runs first: text is read before it is judged.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
        validate_default=True,  # what is not given may still be missed
    )

    telegram_bot_token: Annotated[SecretStr, _read(values.bot_token)]
    telegram_api_url: Annotated[str, _read(values.web_address)] = TELEGRAM
    admin_ids: Annotated[tuple[int, ...], _read(values.numeric_ids)] = ()
    database_path: Annotated[Path, _read(values.path)] = Path("data/fitting-room.db")
    listen: Annotated[Address, _read(values.address)] = Address("127.0.0.1", 8080)
    public_url: Annotated[str | None, BeforeValidator(_public_url), _read(values.web_address)] = (
        None
    )
    updates: Annotated[Updates, BeforeValidator(_updates), _one_of(Updates)] = Field(
        default_factory=lambda found: "webhook" if found["public_url"] else "polling"
    )
    fashn_api_key: Annotated[SecretStr | None, _read(values.secret)] = None
    fashn_url: Annotated[str, _read(values.web_address)] = fashn.BASE_URL
    damo_appcode: Annotated[SecretStr | None, _read(values.secret)] = None
    damo_url: Annotated[str, _read(values.web_address)] = damo.BASE_URL
    dashscope_api_key: Annotated[
        SecretStr | None, BeforeValidator(_some_key), _read(values.secret)
    ] = None
    dashscope_url: Annotated[str, _read(values.web_address)] = BASE_URL
    dashscope_workspace: Annotated[str | None, _read(str)] = None
    photo_host: Annotated[PhotoHosting, BeforeValidator(_photo_host), _one_of(PhotoHosting)] = (
        Field(default_factory=lambda found: "self" if found["public_url"] else "dashscope")
    )
    tryon_models: Annotated[
        tuple[str, ...],
        AfterValidator(_some_model),
        _read(values.several_of([spec.model for spec in SPECS if spec.wears])),
    ] = ("aitryon-plus", "aitryon", "wan2.7-image-pro", "qwen-image-3.0", damo.MODEL, fashn.MODEL)
    restyle_models: Annotated[
        tuple[str, ...], _read(values.several_of([spec.model for spec in SPECS if spec.styles]))
    ] = (repaint.MODEL, "wan2.7-image-pro")
    restyle_styles: Annotated[RestyleStyles, _one_of(RestyleStyles)] = "documented"
    s3_url: Annotated[str | None, _FOR_S3, _read(values.web_address)] = None
    s3_bucket: Annotated[str | None, _FOR_S3, _read(values.bucket)] = None
    s3_region: Annotated[str | None, _FOR_S3, _read(values.region)] = None
    s3_access_key: Annotated[SecretStr | None, _FOR_S3, _read(values.secret)] = None
    s3_secret_key: Annotated[SecretStr | None, _FOR_S3, _read(values.secret)] = None
    daily_credits: Annotated[int, _read(values.whole_number)] = 5
    group_daily_credits: Annotated[int, _read(values.whole_number)] = 20
    daily_budget_cny: Annotated[Decimal, _read(values.money)] = Decimal(50)
    timezone: Annotated[ZoneInfo, _read(values.time_zone)] = ZoneInfo("UTC")
    default_language: Annotated[str, _read(values.one_of(LANGUAGES))] = "en"
    log_level: Annotated[LogLevel, _one_of(LogLevel)] = "info"
    log_format: Annotated[LogFormat, _one_of(LogFormat)] = "text"

    @property
    def daily_budget(self) -> int:
        """The daily cap in thousandths of a CNY, as the ledger counts."""
        return int(self.daily_budget_cny * 1000)

    @property
    def choice(self) -> Choice:
        """Which of the models can be used with these settings."""
        given = [name for name in KEYS.values() if getattr(self, name)]
        tryon, restyle = (
            sorted_out(
                getattr(self, name),
                setting=name.upper(),
                given=given,
                photo_host=self.photo_host,
                by_default=name not in self.model_fields_set,
            )
            for name in ("tryon_models", "restyle_models")
        )
        return Choice(tryon[0], restyle[0], (*tryon[1], *restyle[1]))

    @property
    def webhook_secret(self) -> str:
        """What Telegram has to show with each update: the same after a restart."""
        token = self.telegram_bot_token.get_secret_value()
        return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be read by anybody: for redaction."""
        given = [getattr(self, name) for name in SECRETS]
        said = [one.get_secret_value() for one in given if one is not None]
        return (*said, self.webhook_secret)
