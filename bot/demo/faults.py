"""Faults to order: what a local service should do wrong next, and how often.

A local service asks `take` at the start of each call and obeys what it gets. What a
kind of fault means is the service's own business: it declares the kinds it knows, so
that a misspelt fault is refused when it is ordered instead of silently never happening.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ANY_CALL = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; `params` say how (`retry_after`, `seconds`, …)."""

    kind: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def number(self, name: str, default: float) -> float:
        """Return a parameter as a number, or `default` where the order did not say."""
        value = self.params.get(name)
        return float(value) if isinstance(value, int | float | str) else default

    def text(self, name: str, default: str) -> str:
        """Return a parameter as text, or `default` where the order did not say."""
        value = self.params.get(name)
        return default if value is None else str(value)


@dataclass(slots=True)
class _Order:
    target: str
    call: str
    fault: Fault
    left: int

    def fits(self, target: str, call: str, match: Mapping[str, object]) -> bool:
        return (
            self.target == target
            and self.call in {ANY_CALL, call.lower()}
            and all(
                str(self.fault.params[name]) == str(value)
                for name, value in match.items()
                if name in self.fault.params
            )
        )


class Faults:
    """The faults that are still to happen, oldest first."""

    def __init__(self) -> None:
        self._kinds: dict[str, frozenset[str]] = {}
        self._orders: list[_Order] = []

    def declare(self, target: str, kinds: Iterable[str]) -> None:
        """Say which kinds of fault the service `target` knows."""
        self._kinds[target] = frozenset(kinds)

    def add(self, target: str, call: str, kind: str, times: int = 1, **params: object) -> None:
        """Order a fault for the next `times` calls of `call` (case does not matter, "*": any).

        A parameter that the service also passes to `take` narrows the fault down:
        with `chat_id=7` it waits for a call about chat 7.

        Raises:
            ValueError: if the target or its kind of fault is not known.

        """
        known = self._kinds.get(target)
        if known is None:
            msg = f"Unknown target {target!r}; choose one of {sorted(self._kinds)}."
            raise ValueError(msg)
        if kind not in known:
            msg = f"{target} has no fault {kind!r}; choose one of {sorted(known)}."
            raise ValueError(msg)
        if times < 1:
            msg = f"times is {times}; a fault happens at least once."
            raise ValueError(msg)
        self._orders.append(
            _Order(target, call.lower(), Fault(kind, MappingProxyType(params)), times)
        )

    def take(self, target: str, call: str, **match: object) -> Fault | None:
        """Return the oldest fault ordered for this call and count it as happened."""
        for order in self._orders:
            if order.fits(target, call, match):
                order.left -= 1
                if order.left == 0:
                    self._orders.remove(order)
                return order.fault
        return None

    def clear(self) -> None:
        """Forget every fault that has not happened yet."""
        self._orders.clear()

    def waiting(self) -> list[dict[str, object]]:
        """List the faults still to happen, for display."""
        return [
            {
                "target": order.target,
                "call": order.call,
                "kind": order.fault.kind,
                "times": order.left,
                **order.fault.params,
            }
            for order in self._orders
        ]
