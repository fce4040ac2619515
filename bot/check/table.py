"""Pure: findings as a table for people, and as JSON for programs."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.check.findings import Bad, Doubtful, Finding, Good, Section, all_well

MARKS: Mapping[type[Finding], str] = MappingProxyType({Good: "✓", Doubtful: "!", Bad: "✗"})
PLAIN_MARKS: Mapping[type[Finding], str] = MappingProxyType({Good: "ok", Doubtful: "??", Bad: "NO"})
"""For terminals that cannot show the others."""

STATES: Mapping[type[Finding], str] = MappingProxyType(
    {Good: "good", Doubtful: "doubtful", Bad: "bad"}
)

_NARROWEST = 40  # characters for the words, however narrow the terminal is


def table(
    sections: Sequence[Section], *, width: int = 100, marks: Mapping[type[Finding], str] = MARKS
) -> str:
    """Return the findings as lines of at most `width` characters, as far as words can be cut."""
    items = [finding.item for section in sections for finding in section.findings]
    column = max(map(len, items), default=0)
    lines = [
        line
        for section in sections
        for line in [section.subject, *_rows(section.findings, column, width, marks), ""]
    ]
    return "\n".join([*lines, _in_all(sections)])


def document(sections: Sequence[Section]) -> str:
    """Return the findings as JSON."""
    found = [
        {
            "subject": section.subject,
            "item": finding.item,
            "state": STATES[type(finding)],
            "said": finding.said,
            "do": "" if isinstance(finding, Good) else finding.do,
        }
        for section in sections
        for finding in section.findings
    ]
    return json.dumps({"ok": all_well(sections), "findings": found}, ensure_ascii=False, indent=2)


def _rows(
    findings: Iterable[Finding], column: int, width: int, marks: Mapping[type[Finding], str]
) -> Iterator[str]:
    broadest = max(map(len, marks.values()))
    for finding in findings:
        head = f"  {marks[type(finding)]:<{broadest}} {finding.item:<{column}}  "
        indent = " " * len(head)
        room = max(width - len(head), _NARROWEST)
        said = textwrap.wrap(finding.said, room) or [""]
        yield f"{head}{said[0]}".rstrip()
        yield from (f"{indent}{line}" for line in said[1:])
        if not isinstance(finding, Good):
            yield from (f"{indent}{line}" for line in textwrap.wrap(f"-> {finding.do}", room))


def _in_all(sections: Iterable[Section]) -> str:
    found = [type(finding) for section in sections for finding in section.findings]
    bad, doubtful = found.count(Bad), found.count(Doubtful)
    if not bad and not doubtful:
        return "All is well."
    parts = [
        f"{count} {word if count == 1 else word + 's'}"
        for count, word in ((bad, "problem"), (doubtful, "warning"))
        if count
    ]
    tail = "The bot cannot work like this." if bad else "The bot can work."
    return f"{' and '.join(parts)}. {tail}"
