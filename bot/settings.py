"""The environment, read once, as one frozen `Settings`.

Values come from the environment, else from the file `.env`; secrets may also stand in a
file of their own, named by NAME_FILE. `load` reports every problem at once and in words,
and never shows a secret. How texts become values is said in `bot.values`.
"""

import difflib
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic import ValidationInfo as Info
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    SettingsConfigDict,
)

from bot import values
from bot.redaction import Redactor
from bot.values import Address
from bot.views.texts import LANGUAGES
from providers import repaint
from providers.catalogue import SPECS
from providers.dashscope import BASE_URL

ENV_FILE = Path(".env")
TELEGRAM = "https://api.telegram.org"

Updates: TypeAlias = Literal["polling", "webhook"]
PhotoHosting: TypeAlias = Literal["dashscope", "self", "s3"]
RestyleStyles: TypeAlias = Literal["documented", "all"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
LogFormat: TypeAlias = Literal["text", "json"]

_SECRETS = (  # may be given as NAME_FILE
    "telegram_bot_token",
    "dashscope_api_key",
    "s3_access_key",
    "s3_secret_key",
)
_SIMILAR = 0.85  # of difflib: TELEGRAM_TOKEN is meant for us, DATABASE_URL need not be
_WHERE_FROM = {
    "telegram_bot_token": "@BotFather gives you one when you create a bot",
    "dashscope_api_key": "no picture can be drawn without it; create one in Alibaba Cloud's"
    " Model Studio",
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
class _Unusable:
    """Stands for a secret that could not be read from its file."""

    why: str


def _read(reader: Callable[[str], Any]) -> BeforeValidator:
    """Make a validator of a reader; what is no text any more is taken as it is."""

    def read(value: object) -> object:
        if isinstance(value, _Unusable):
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
    dashscope_api_key: Annotated[SecretStr, _read(values.secret)]
    dashscope_url: Annotated[str, _read(values.web_address)] = BASE_URL
    dashscope_workspace: Annotated[str | None, _read(str)] = None
    tryon_models: Annotated[
        tuple[str, ...], _read(values.several_of([spec.model for spec in SPECS if spec.wears]))
    ] = ("aitryon-plus", "aitryon", "wan2.7-image-pro", "qwen-image-3.0")
    restyle_models: Annotated[
        tuple[str, ...], _read(values.several_of([spec.model for spec in SPECS if spec.styles]))
    ] = (repaint.MODEL,)
    restyle_styles: Annotated[RestyleStyles, _one_of(RestyleStyles)] = "documented"
    photo_host: Annotated[PhotoHosting, BeforeValidator(_photo_host), _one_of(PhotoHosting)] = (
        Field(default_factory=lambda found: "self" if found["public_url"] else "dashscope")
    )
    s3_url: Annotated[str | None, _FOR_S3, _read(values.web_address)] = None
    s3_bucket: Annotated[str | None, _FOR_S3, _read(values.bucket)] = None
    s3_region: Annotated[str | None, _FOR_S3, _read(values.region)] = None
    s3_access_key: Annotated[SecretStr | None, _FOR_S3, _read(values.secret)] = None
    s3_secret_key: Annotated[SecretStr | None, _FOR_S3, _read(values.secret)] = None
    daily_credits: Annotated[int, _read(values.whole_number)] = 5
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
    def webhook_secret(self) -> str:
        """What Telegram has to show with each update: the same after a restart."""
        token = self.telegram_bot_token.get_secret_value()
        return hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be read by anybody: for redaction."""
        given = [getattr(self, name) for name in _SECRETS]
        said = [one.get_secret_value() for one in given if one is not None]
        return (*said, self.webhook_secret)


class SettingsProblem(Exception):  # noqa: N818  says what there is, not that it is an error
    """The settings cannot be used; `lines` says in words what to mend."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def load(env_file: Path = ENV_FILE) -> Settings:
    """Read the environment. Raises `SettingsProblem` with all that is wrong with it."""
    try:
        given = _given(env_file)
    except (OSError, UnicodeError) as error:
        why = type(error).__name__
        raise SettingsProblem([f"{env_file} cannot be read as UTF-8 text ({why})"]) from None
    try:
        return Settings.model_validate({**given, **_from_files(given)})
    except ValidationError as error:
        lines = [*_problems(error), *_oddities(given)]
    hide = Redactor()  # somebody may have put a secret where another value belongs
    raise SettingsProblem(map(hide, lines))


def oddities(env_file: Path = ENV_FILE) -> tuple[str, ...]:
    """Return a line for each name in the environment that was probably meant for us."""
    return tuple(_oddities(_given(env_file)))


def _given(env_file: Path) -> dict[str, str]:
    """Return all names, in small letters, that are set to something."""
    file = DotEnvSettingsSource(_Reader, env_file=env_file, env_file_encoding="utf-8").env_vars
    environment = EnvSettingsSource(_Reader).env_vars
    both = {**file, **environment}
    return {name: text for name, text in both.items() if text is not None and text.strip()}


class _Reader(BaseSettings):
    """Tells the two sources how to read."""

    model_config = SettingsConfigDict(env_ignore_empty=True)


def _from_files(given: Mapping[str, str]) -> dict[str, str | _Unusable]:
    """Return the secrets that stand in files of their own."""
    files = {name: given[f"{name}_file"] for name in _SECRETS if f"{name}_file" in given}
    return {
        name: _Unusable(f"is given twice; drop it or {name.upper()}_FILE")
        if name in given
        else _content(file)
        for name, file in files.items()
    }


def _content(file: str) -> str | _Unusable:
    try:
        text = Path(file).read_text("utf-8")
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or a name that cannot be
        return _Unusable(f"the file {file!r} cannot be read ({type(error).__name__})")
    return text if text.strip() else _Unusable(f"the file {file!r} is empty")


def _problems(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0])
        match problem["type"]:
            case "missing":
                yield f"{name.upper()} is missing: {_WHERE_FROM[name]}"
            case "value_error":
                yield f"{name.upper()}: {problem['ctx']['error']}"
            case "default_factory_not_called":
                pass  # because of a value that is reported itself
            case _:
                yield f"{name.upper()}: {problem['msg']}"


def _oddities(given: Iterable[str]) -> Iterator[str]:
    names = {name.upper() for name in given}
    known = {name.upper() for name in Settings.model_fields}
    known |= {f"{name.upper()}_FILE" for name in _SECRETS}
    for name in sorted(names - known):
        if meant := _meant(name, sorted(known - names)):
            yield f"{name} is no setting; did you mean {meant}?"


def _meant(name: str, missing: Sequence[str]) -> str | None:
    """Return which of our names, none of them given, this one was probably meant to be."""
    words = set(name.split("_"))
    for ours in missing:
        if len(words) > 1 and words < set(ours.removesuffix("_FILE").split("_")):
            return ours
    close = difflib.get_close_matches(name, missing, 1, _SIMILAR)
    return close[0] if close else None
