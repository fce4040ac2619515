"""What is told of an order that another model draws, and what is asked before a dearer one does."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from bot.detours import Way, left_out
from bot.dialogue.events import JobPressed
from bot.dialogue.words import JobAction
from bot.messages import Button, Content
from bot.orders import Order, TryOn
from bot.views.callbacks import encode
from bot.views.keyboards import under_job
from bot.views.phrases import credits_, model, size
from bot.views.texts import has, plain, text

Priced: TypeAlias = tuple[Order, int]
"""An order and what it costs, in credits; all its pictures together."""


def noted(
    language: str, content: Content, wished: Priced, drawn: Priced, pictures: int = 1
) -> Content:
    """Return a progress message that says how what is drawn differs from what was ordered."""
    (before, was), (after, price) = wished, drawn
    lines = [text(language, "detour.instead", **_names(language, before, after))]
    if without := _without(language, before, after):
        lines.append(text(language, "detour.without", options=without))
    if price != was:
        costs = {"credits": credits_(language, price), "was": credits_(language, was)}
        key = "detour.price" if pictures == 1 else "detour.price_all"
        lines.append(text(language, key, **costs, n=pictures))
    return replace(content, text="\n".join((content.text, *lines)))


def question(
    language: str,
    job_id: int,
    number: int,
    *,
    wished: Order,
    way: Way,
    prices: tuple[int, int],
    pictures: int = 1,
) -> Content:
    """Return the question whether a dearer model may draw an order.

    `prices`: what all its pictures cost now, and would cost then.
    """
    was, price = (credits_(language, one) for one in prices)
    names = _names(language, wished, way.order)
    lines = [text(language, "detour.ask", credits=price, was=was, **names)]
    if without := _without(language, wished, way.order):
        lines.append(text(language, "detour.without", options=without))
    if pictures > 1:
        lines.append(text(language, "detour.ask_all", n=pictures))
    lines.append(text(language, "detour.ask_until"))

    def button(action: JobAction, said: str) -> tuple[Button]:
        return (Button(said, encode(JobPressed(job_id, action, number))),)

    return Content(
        "\n".join(lines),
        (
            button(JobAction.YES, plain(language, "job.yes", credits=price)),
            button(JobAction.NO, plain(language, "job.no", credits=was)),
        ),
    )


def asked(language: str, *, job_id: int) -> Content:
    """Return the progress of an order that waits for its person's answer."""
    cancel = under_job(language, job_id, JobAction.CANCEL)
    return Content(text(language, "progress.asked"), (cancel,))


def settled(language: str, how: str, credits: int) -> Content:  # noqa: A002  the word
    """Return what a question says once it came to its end; `how` is one of `Settled`."""
    given_back = credits_(language, credits)
    return Content(text(language, f"detour.settled.{how}", credits=given_back))


def _names(language: str, before: Order, after: Order) -> dict[str, str]:
    return {"before": model(language, before.model), "after": model(language, after.model)}


def _without(language: str, wished: Order, order: Order) -> str:
    """Return what falls away, in words; empty: nothing."""
    options = [_option(language, wished, name) for name in left_out(wished, order)]
    return plain(language, "list.comma").join(options)


_OWN_KEY: Mapping[str, str] = MappingProxyType({"face": "face"})
"""The options whose every value has words of its own."""


def _option(language: str, wished: Order, name: str) -> str:
    if name in _OWN_KEY:
        return plain(language, f"detour.option.{name}.{getattr(wished, name)}")
    if name == "size" and isinstance(wished, TryOn):
        return plain(language, "detour.option.size", size=size(language, wished.size))
    key = f"detour.option.{name}"
    return plain(language, key if has(key) else "detour.option.other")
