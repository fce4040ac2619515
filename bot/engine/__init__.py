"""The engine: what happens to an order between its acceptance and its picture.

    queued → preparing → submitting → running → collecting → delivering → done

Where the answer to a submit is the picture itself, nothing runs: submitting → collecting.

Each state has a room that does its work: it looks for rows that are due, starts what can
be started and says when to look again. Rooms know nothing of each other; they meet in the
table `jobs`, where each move is a compare-and-swap, so a job is never worked on twice and
a restart at any point goes on where it was. Ways out of the line (refusals, failures,
cancellations) stand in `remedies`, `ending` and `cancelling`.
"""

from bot.engine.engine import POINTS, Engine
from bot.engine.tools import Rules

__all__ = ["POINTS", "Engine", "Rules"]
