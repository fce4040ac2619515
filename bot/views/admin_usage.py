"""What operators read about what was used: narrow tables that fit on a phone."""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum

from bot.views.admin_orders import cause
from bot.views.texts import plain, text
from storage.usage import Use

_GAP = "  "


class Group(StrEnum):
    """How orders ended, as far as it is counted."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    OPEN = "open"


_GROUPS = {
    "done": Group.DONE,
    "delivering": Group.DONE,  # drawn and paid
    "failed": Group.FAILED,
    "cancelled": Group.CANCELLED,
}


def group_of(state: str) -> Group:
    """Return as what an order in this state is counted."""
    return _GROUPS.get(state, Group.OPEN)


def table(language: str, ends: tuple[str, str], uses: Sequence[Use], people: int) -> str:
    """Return all of it in words and numbers."""
    head = text(language, "admin.usage_head", first=ends[0], last=ends[1])
    if not uses:
        return "\n".join([head, text(language, "admin.usage_none")])
    blocks = [head, _pre(_totals(language, uses, people)), _pre(_by_model(language, uses))]
    failed = _causes(language, uses)
    if failed:
        blocks += [text(language, "admin.usage_why"), _pre(failed)]
    return "\n".join(blocks)


def legend(language: str) -> str:
    """Say what the colours of the chart mean."""
    return text(language, "admin.usage_legend")


def file(language: str) -> str:
    """Say what the file holds."""
    return text(language, "admin.usage_file")


def _totals(language: str, uses: Sequence[Use], people: int) -> list[tuple[str, ...]]:
    groups = {group: _orders(uses, group) for group in Group}
    rows: list[tuple[str, ...]] = [(str(_orders(uses)), plain(language, "admin.usage_of.orders"))]
    rows += [
        (str(number), plain(language, f"admin.usage_of.{group}"))
        for group, number in groups.items()
        if number
    ]
    rows += [
        (str(people), plain(language, "admin.usage_of.people")),
        (str(sum(use.credits for use in uses)), plain(language, "admin.usage_of.credits")),
        (_money(uses), plain(language, "admin.usage_of.cny")),
    ]
    return rows


def _by_model(language: str, uses: Sequence[Use]) -> list[tuple[str, ...]]:
    titles = ("done", "failed", "cny", "model")
    rows = [tuple(plain(language, f"admin.usage_of.{name}") for name in titles)]
    for model in dict.fromkeys(use.model for use in uses):
        own = [use for use in uses if use.model == model]
        numbers = (str(_orders(own, Group.DONE)), str(_orders(own, Group.FAILED)), _money(own))
        rows.append((*numbers, model))
    return rows


def _causes(language: str, uses: Sequence[Use]) -> list[tuple[str, ...]]:
    failed = [use for use in uses if use.cause]
    numbers = {
        name: sum(use.orders for use in failed if use.cause == name)
        for name in dict.fromkeys(use.cause for use in failed)
    }
    by_number = sorted(numbers, key=lambda name: -numbers[name])
    return [(str(numbers[name]), cause(language, name)) for name in by_number]


def _orders(uses: Iterable[Use], group: Group | None = None) -> int:
    return sum(use.orders for use in uses if group in {None, group_of(use.state)})


def _money(uses: Iterable[Use]) -> str:
    return f"{sum(use.cost for use in uses) / 1000:.2f}"


# --- laying out ------------------------------------------------------------------------


def _pre(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows as a table: all columns but the last one aligned to the right."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    lines = [
        _GAP.join(
            [
                *(
                    " " * (width - _width(cell)) + cell
                    for width, cell in zip(widths, row, strict=False)
                ),
                row[-1],
            ]
        )
        for row in rows
    ]
    return f"<pre>{html.escape(chr(10).join(lines), quote=False)}</pre>"


def _width(words: str) -> int:
    """Return how many places a text takes in a fixed-width font; Chinese takes two each."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)
