"""The transition table drawn as a mermaid state diagram, for the docs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bot.dialogue.states import Idle, State
from bot.dialogue.table import ANYWHERE, OWN, Arc

EVERYWHERE = "Anywhere"


def mermaid() -> str:
    """Return the diagram: every arc that may leave its state, and once what all states share."""
    lines = ["stateDiagram-v2", f"    [*] --> {Idle.__name__}"]
    lines += _arrows(EVERYWHERE, ANYWHERE)
    for state, arcs in OWN.items():
        lines += _arrows(state.__name__, arcs)
    return "\n".join(lines)


def _arrows(source: str, arcs: Mapping[str, Arc]) -> Iterator[str]:
    labels: dict[type[State], list[str]] = defaultdict(list)
    for name, arc in arcs.items():
        for target in arc.to:
            labels[target].append(name)
    for target in sorted(labels, key=lambda state: state.__name__):
        if target.__name__ != source:
            yield f"    {source} --> {target.__name__} : {', '.join(labels[target])}"
