"""What operators read about the models: health, reason, since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.phrases import duration, took
from bot.views.texts import has, plain, text
from storage.pauses import BY_OPERATOR, Pause
from storage.worklists import Load


@dataclass(frozen=True, slots=True)
class State:
    """How a model stands. `runtime` is what its tasks usually take, in seconds; None: unknown."""

    pause: Pause | None
    load: Load
    runtime: float | None


def models(language: str, lines: Sequence[str], everything: Pause | None, now: float) -> str:
    """Return how all models stand."""
    head = [text(language, "admin.models")]
    if everything is not None:
        since = duration(language, max(0.0, now - everything.since))
        head.append(text(language, "admin.models.closed", since=since))
    return "\n\n".join([*head, *lines])


def model(language: str, name: str, state: State, now: float) -> str:
    """Return how one model stands."""
    load = text(
        language,
        "admin.models.load",
        waiting=state.load.waiting,
        drawn=state.load.in_progress,
        runtime=_usually(language, state.runtime),
    )
    title = text(language, "admin.models.name", health=_health(language, state.pause), name=name)
    why = [] if state.pause is None else [_why(language, state.pause, now)]
    return "\n".join([title, load, *why])


def _usually(language: str, runtime: float | None) -> str:
    return plain(language, "admin.unknown") if runtime is None else took(language, runtime)


def _health(language: str, pause: Pause | None) -> str:
    if pause is None:
        return plain(language, "admin.models.well")
    by = "operator" if pause.reason == BY_OPERATOR else "itself"
    return plain(language, f"admin.models.held_by_{by}")


def _why(language: str, pause: Pause, now: float) -> str:
    key = f"alert.{pause.reason}"
    reason = plain(language, key) if has(key) else pause.reason
    since = duration(language, max(0.0, now - pause.since))
    if pause.reason == BY_OPERATOR:
        return text(language, "admin.models.by_operator", since=since)
    if pause.until is None:
        return text(language, "admin.models.why", reason=reason, since=since)
    left = duration(language, max(0.0, pause.until - now))
    return text(language, "admin.models.until", reason=reason, since=since, left=left)


# --- holding back and letting go -------------------------------------------------------


def _what(language: str, name: str | None) -> str:
    return plain(language, "admin.models.all") if name is None else name


def pause_(language: str, name: str | None, waiting: int) -> str:
    """Ask whether this shall really be held back."""
    return text(language, "admin.pause.ask", what=_what(language, name), waiting=waiting)


def paused(language: str, name: str | None, waiting: int) -> str:
    """Tell that this is held back now."""
    return text(language, "admin.pause", what=_what(language, name), waiting=waiting)


def paused_already(language: str, name: str | None) -> str:
    """Say that an operator holds this back already."""
    return text(language, "admin.pause.already", what=_what(language, name))


def resumed(language: str, name: str | None, still: Sequence[str]) -> str:
    """Tell that this was let go, and what is held back still."""
    said = text(language, "admin.resume", what=_what(language, name))
    return said + _still(language, still)


def not_paused(language: str, name: str | None, still: Sequence[str]) -> str:
    """Say that nobody holds this back, and what is held back still."""
    said = text(language, "admin.resume.already", what=_what(language, name))
    return said + _still(language, still)


def _still(language: str, still: Sequence[str]) -> str:
    if not still:
        return ""
    return "\n" + text(language, "admin.resume.still", models=", ".join(still))
