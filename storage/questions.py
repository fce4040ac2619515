"""Questions put to an operator with buttons: whose they are, and until when they count.

What the answers mean is their writer's business; here they are text.
"""

from dataclasses import dataclass

from storage.database import Tx


@dataclass(frozen=True, slots=True)
class Question:
    """A question. Times are Unix seconds."""

    id: int
    operator_id: int
    answers: str
    until: float
    answered_at: float | None


async def ask(tx: Tx, operator_id: int, answers: str, now: float, until: float) -> int:
    """Keep a question and return its id."""
    return await tx.insert(
        "INSERT INTO questions (operator_id, answers, asked_at, until) VALUES (?, ?, ?, ?)",
        (operator_id, answers, now, until),
    )


async def get(tx: Tx, question_id: int) -> Question | None:
    """Return a question, or None."""
    row = await tx.row(
        "SELECT id, operator_id, answers, until, answered_at FROM questions WHERE id = ?",
        (question_id,),
    )
    return None if row is None else Question(*row)


async def answered(tx: Tx, question_id: int, now: float) -> bool:
    """Mark a question as answered; False if it was before."""
    written = await tx.run(
        "UPDATE questions SET answered_at = ? WHERE id = ? AND answered_at IS NULL",
        (now, question_id),
    )
    return written == 1


async def prune(tx: Tx, before: float) -> int:
    """Forget questions that ended before a time."""
    return await tx.run("DELETE FROM questions WHERE until < ?", (before,))
