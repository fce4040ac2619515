"""What a benchmark module's `run()` returns, and how it is shown."""

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure beside its target. `notes` are further lines worth knowing."""

    what: str
    figure: str
    target: str
    met: bool
    notes: tuple[str, ...] = ()


def results_of(name: str) -> tuple[Result, ...]:
    """Run one benchmark of this package."""
    measured = importlib.import_module(f"tests.benchmarks.{name}").run()
    return (measured,) if isinstance(measured, Result) else tuple(measured)


HEADINGS = ("benchmark", "figure", "target", "met")


def table(results: Iterable[Result]) -> str:
    """Return the results as a plain-text table, notes below it."""
    results = list(results)
    rows = [
        HEADINGS,
        *((r.what, r.figure, r.target, "yes" if r.met else "NO") for r in results),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(["-" * width for width in widths], widths))
    for result in results:
        lines += [f"{result.what}: {note}" for note in result.notes]
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
