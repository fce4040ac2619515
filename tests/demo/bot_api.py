"""Checks JSON against the Bot API's own description (`data/bot_api.json`), recursively."""

import json
from pathlib import Path
from typing import Any

_SPEC: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "bot_api.json").read_text())
_ARRAY = "Array of "
_SCALARS: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
}

METHODS: dict[str, dict[str, Any]] = _SPEC["methods"]


def problems_of_result(method: str, result: object) -> list[str]:
    """Return what is wrong with a method's result."""
    return _any_of(METHODS[method]["returns"], result, method)


def problems_of(kind: str, value: object) -> list[str]:
    """Return what is wrong with a value of this type: missing, unknown or mistyped fields."""
    return _problems(kind, value, kind)


def _problems(kind: str, value: object, where: str) -> list[str]:
    if kind.startswith(_ARRAY):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no array"]
        inner = kind.removeprefix(_ARRAY)
        return [
            problem
            for number, item in enumerate(value)
            for problem in _problems(inner, item, f"{where}[{number}]")
        ]
    if kind in _SCALARS:
        fits = isinstance(value, _SCALARS[kind])
        if isinstance(value, bool):
            fits = kind == "Boolean"
        return [] if fits else [f"{where}: {value!r} is no {kind}"]
    described = _SPEC["types"].get(kind)
    if described is None:
        return [f"{where}: the type {kind} is not among those emulated"]
    if "subtypes" in described:
        return _any_of(described["subtypes"], value, where)
    return _problems_of_object(described["fields"], value, where)


def _problems_of_object(fields: dict[str, Any], value: object, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no object"]
    problems = [
        f"{where}.{name} is missing"
        for name, field in fields.items()
        if field["required"] and name not in value
    ]
    for name, item in value.items():
        if name not in fields:
            problems.append(f"{where}.{name} is unknown")
        else:
            problems += _any_of(fields[name]["types"], item, f"{where}.{name}")
    return problems


def _any_of(kinds: list[str], value: object, where: str) -> list[str]:
    """Return nothing if any of the types fits, else what the best of them lacks."""
    tried = [_problems(kind, value, where) for kind in kinds]
    return min(tried, key=len)
