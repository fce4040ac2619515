"""`/usage`: what was ordered, drawn and spent: a table, a chart and a file."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from bot.handlers.admin.arguments import Words
from bot.handlers.admin.office import Answer, Office, Told
from bot.messages import ChartDay, Content, Send, TextFile, UsageChart
from bot.views import admin_usage as words
from storage import usage
from storage.usage import Use

USUAL, MOST = 7, 90  # days

HEADER = ("day", "model", "state", "cause", "orders", "credits", "cost_cny")


def read_days(said: Words) -> int:
    """Read how many days, today included. Raises `Misread`."""
    days = said.number(least=1, most=MOST) if said.more() else USUAL
    said.end()
    return days


async def tell(office: Office, days: int) -> Answer:
    """Tell what was used."""
    last = date.fromisoformat(office.rules.day(office.now))
    span = [last - timedelta(days=days - 1 - number) for number in range(days)]
    ends = (span[0].isoformat(), last.isoformat())
    uses = await usage.uses(office.tx, *ends)
    people = await usage.people(office.tx, *ends)
    chart = UsageChart(tuple(_day(day.isoformat(), uses) for day in span))
    table = TextFile(_table(uses), "csv")
    language = office.language
    return Told(
        (
            Send(Content(words.table(language, ends, uses, people))),
            Send(Content(words.legend(language), picture=chart)),
            Send(
                Content(words.file(language), picture=table),
                as_file=True,
                filename=f"usage-{ends[0]}-{ends[1]}",
            ),
        )
    )


def _day(day: str, uses: Sequence[Use]) -> ChartDay:
    own = [use for use in uses if use.day == day]

    def orders(*groups: words.Group) -> int:
        return sum(use.orders for use in own if words.group_of(use.state) in groups)

    return ChartDay(
        day,
        orders(words.Group.DONE),
        orders(words.Group.FAILED),
        orders(words.Group.CANCELLED, words.Group.OPEN),
        sum(use.cost for use in own),
    )


def _table(uses: Sequence[Use]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    for use in uses:
        cost = f"{use.cost / 1000:.3f}"
        writer.writerow((use.day, use.model, use.state, use.cause, use.orders, use.credits, cost))
    return file.getvalue()
