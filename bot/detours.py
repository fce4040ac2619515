"""Pure: another way for an order whose model cannot draw it.

A model that leaves nothing out goes before one that lacks an option, and then one that costs
no more before a dearer one, the least dear first; where that is the same, the order of preference
decides. When
another way is looked for, and who is asked, is left to the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from bot.orders import Order, Refine, Restyle, TryOn, cost, moved
from providers.spec import ModelSpec


@dataclass(frozen=True, slots=True)
class Way:
    """An order as another model can draw it. `credits` is its price, `cost` in 1/1000 CNY."""

    order: Order
    spec: ModelSpec
    credits: int
    cost: int


def way(wished: Order, spec: ModelSpec, price: int | None = None) -> Way:
    """Return the way with a model that can draw this, whatever it has to leave out.

    At a `price` in credits that was agreed on, or at the usual one.
    """
    order = moved(wished, spec)
    return Way(order, spec, spec.credits if price is None else price, cost(order, spec))


def ways(wished: Order, price: int, specs: Iterable[ModelSpec]) -> list[Way]:
    """Return all ways to draw an order that has cost so many credits, the best first."""
    found = [way(wished, spec) for spec in specs if _able(spec, wished)]
    return sorted(
        found, key=lambda one: (bool(left_out(wished, one.order)), max(one.credits, price))
    )


def left_out(wished: Order, order: Order) -> tuple[str, ...]:
    """Return the names of the options that are not as they were wished."""
    return tuple(
        field.name
        for field in fields(wished)
        if field.name != "model" and getattr(wished, field.name) != getattr(order, field.name)
    )


def _able(spec: ModelSpec, order: Order) -> bool:
    match order:
        case TryOn(wear=wear):
            return wear in spec.wears
        case Restyle(style=style):
            return style in spec.styles
        case Refine():
            return spec.refines
