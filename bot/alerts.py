"""Alerts: what the operators are told when something needs a hand, seldom enough to be read.

Each cause is told at most once an hour; what happens meanwhile is counted and told with
the next one, which comes after that hour even if nothing more happens. The words are the
views'; the messages go out like all others.
"""

from collections.abc import Collection

from bot.codec import dump_outgoing
from bot.messages import Content, Send
from bot.redaction import Redactor
from bot.views import alerts as words
from bot.views.speaking import language_of
from storage import alerts, outbox, people
from storage.alerts import Due
from storage.database import Tx
from storage.outbox import NewRow


class Alerts:
    """Tells the operators, each in their own language, or in `default_language`.

    Part of the transaction in which the trouble is written down.
    """

    def __init__(self, operators: Collection[int], default_language: str) -> None:
        self._operators = tuple(operators)
        self._default_language = default_language
        self._redacted = Redactor()

    async def tell(self, tx: Tx, cause: str, now: float, detail: str = "") -> None:
        """Tell the operators about a cause, unless they were told within the hour."""
        due = await alerts.raise_(tx, cause, now, self._redacted(detail))
        if due is not None:
            await self._say(tx, due, now)

    async def tell_once(self, tx: Tx, cause: str, day: str, now: float, detail: str = "") -> None:
        """Tell the operators about a cause, unless they were told on this day."""
        if await alerts.once(tx, cause, day, now):
            await self._say(tx, Due(cause, 1, (self._redacted(detail),)), now)

    async def catch_up(self, tx: Tx, now: float) -> None:
        """Tell what was kept back for an hour."""
        for due in await alerts.overdue(tx, now):
            await self._say(tx, due, now)

    async def _say(self, tx: Tx, due: Due, now: float) -> None:
        rows = []
        for operator in self._operators:
            language = language_of(await people.get(tx, operator), self._default_language)
            rows.append(NewRow(operator, dump_outgoing(Send(_alert(due, language)))))
        await outbox.add(tx, rows, now)


def _alert(due: Due, language: str) -> Content:
    detail = "\n".join(due.details)
    return words.alert(due.cause, times=due.times, detail=detail, language=language)
