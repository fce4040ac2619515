"""Where the settings stand: the environment, the file `.env`, and files for secrets.

`load` reports every problem at once and in words, and never shows a secret.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    SettingsConfigDict,
)

from bot.redaction import Redactor
from bot.settings.model import SECRETS, WHERE_FROM, Settings, Unusable

ENV_FILE = Path(".env")
_SIMILAR = 0.85  # of difflib: TELEGRAM_TOKEN is meant for us, DATABASE_URL need not be


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


def _from_files(given: Mapping[str, str]) -> dict[str, str | Unusable]:
    """Return the secrets that stand in files of their own."""
    files = {name: given[f"{name}_file"] for name in SECRETS if f"{name}_file" in given}
    return {
        name: Unusable(f"is given twice; drop it or {name.upper()}_FILE")
        if name in given
        else _content(file)
        for name, file in files.items()
    }


def _content(file: str) -> str | Unusable:
    try:
        text = Path(file).read_text("utf-8")
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or a name that cannot be
        return Unusable(f"the file {file!r} cannot be read ({type(error).__name__})")
    return text if text.strip() else Unusable(f"the file {file!r} is empty")


def _problems(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0])
        match problem["type"]:
            case "missing":
                yield f"{name.upper()} is missing: {WHERE_FROM[name]}"
            case "value_error":
                yield f"{name.upper()}: {problem['ctx']['error']}"
            case "default_factory_not_called":
                pass  # because of a value that is reported itself
            case _:
                yield f"{name.upper()}: {problem['msg']}"


def _oddities(given: Iterable[str]) -> Iterator[str]:
    names = {name.upper() for name in given}
    known = {name.upper() for name in Settings.model_fields}
    known |= {f"{name.upper()}_FILE" for name in SECRETS}
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
