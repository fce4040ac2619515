import sys
from pathlib import Path

import pytest

from tests.architecture.source import (
    ROOMS,
    ROOT,
    Module,
    calls,
    circle,
    functions,
    imports,
    inside,
    modules,
)

MAY_IMPORT = {
    "bot": {"bot", "providers", "storage"},
    "providers": {"providers"},
    "storage": {"storage"},
}

PURE = (
    "bot.detours",
    "bot.dialogue",
    "bot.orders",
    "bot.schedule",
    "bot.messages",
    "providers.base",
    "providers.causes",
    "providers.spec",
    "providers.wishes",
)
OUTSIDE_WORLD = {  # of the standard library: what makes an answer depend on more than its question
    "asyncio",
    "concurrent",
    "http",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "selectors",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
    "uuid",
}
IMPURE_CALLS = {"open", "print", "input", "breakpoint", "exec", "eval"}
WALL_CLOCK = {"now", "utcnow", "today"}  # methods of datetime and date

# Who may know the library that speaks the Bot API. `bot.files` downloads with it.
TELEGRAM = (
    "bot.app",
    "bot.courier",
    "bot.demo",
    "bot.files",
    "bot.handlers",
    "bot.intake",
    "bot.routes",
)
SQL = ("storage",)
CLOCK = "bot.clock"
WAITING = {"asyncio.sleep", "time.sleep", "time.time", "time.monotonic", "time.perf_counter"}

MOST_LINES = 400  # of a file
MOST_FUNCTION_LINES = 60

SOURCE = modules(*ROOMS)


def pure(module: Module) -> bool:
    """Tell whether a module has to be pure: it is on the list, or says so itself."""
    if module.path.name == "__main__.py":
        return False
    listed = any(inside(module.name, name) for name in PURE)
    return listed or module.docstring.startswith("Pure")


def outside(imported: set[str], names: set[str]) -> set[str]:
    return {one for one in imported if any(inside(one, name) for name in names)}


def impurities(module: Module, source: dict[str, Module]) -> set[str]:
    """Return what a pure module imports or calls but must not."""
    imported = imports(module, source)
    found = outside(imported, OUTSIDE_WORLD)
    for name in imported:
        if name in source:
            if not pure(source[name]):
                found.add(name)
        elif name.partition(".")[0] not in sys.stdlib_module_names:
            found.add(name)
    called = set(calls(module))
    found |= called & IMPURE_CALLS
    return found | {one for one in called if "." in one and one.rpartition(".")[2] in WALL_CLOCK}


@pytest.mark.parametrize("name", sorted(SOURCE))
def test_arrows_point_one_way(name: str) -> None:
    room = name.partition(".")[0]
    wrong = outside(imports(SOURCE[name], SOURCE), {*ROOMS, "tests"} - MAY_IMPORT[room])

    assert not wrong, f"{name} must not import {', '.join(sorted(wrong))}"


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {
        name: {one for one in imports(module, SOURCE) if one in SOURCE and one != name}
        for name, module in SOURCE.items()
    }

    assert circle(graph) == []


@pytest.mark.parametrize("name", sorted(name for name in SOURCE if pure(SOURCE[name])))
def test_a_pure_module_depends_on_its_arguments_alone(name: str) -> None:
    assert impurities(SOURCE[name], SOURCE) == set()


@pytest.mark.parametrize("name", PURE)
def test_what_has_to_be_pure_is_there(name: str) -> None:
    assert name in SOURCE


@pytest.mark.parametrize(
    ("library", "rooms"),
    [("telegram", TELEGRAM), ("sqlite3", SQL), ("aiosqlite", SQL)],
)
def test_a_library_is_known_only_where_it_belongs(library: str, rooms: tuple[str, ...]) -> None:
    users = {name for name, module in SOURCE.items() if outside(imports(module, SOURCE), {library})}
    strangers = {name for name in users if not any(inside(name, room) for room in rooms)}

    assert strangers == set()


def test_time_and_waiting_come_from_the_clock_alone() -> None:
    wrong = {
        f"{name}: {one}"
        for name, module in SOURCE.items()
        if name != CLOCK
        for one in {*calls(module), *imports(module, SOURCE)}
        if one == "time" or one in WAITING or _reads_now(one)
    }

    assert wrong == set()


def _reads_now(called: str) -> bool:
    owner, _, method = called.rpartition(".")
    return method in WALL_CLOCK and owner.rpartition(".")[2] in ("datetime", "date")


@pytest.mark.parametrize("name", sorted(SOURCE))
def test_a_module_says_what_it_is_for(name: str) -> None:
    assert len(SOURCE[name].docstring) > 20


def test_no_file_and_no_function_is_too_long() -> None:
    everything = {**SOURCE, **modules("tests")}
    files = {m.name: n for m in everything.values() if (n := m.text.count("\n")) > MOST_LINES}
    long = {
        f"{module.name}.{function}": lines
        for module in SOURCE.values()
        for function, lines in functions(module)
        if lines > MOST_FUNCTION_LINES
    }

    assert files | long == {}


# --- the rules above would notice ------------------------------------------------------


def written(root: Path, **files: str) -> dict[str, Module]:
    """Write a little program and read it as the real one is read."""
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return modules(*{name.partition("__")[0] for name in files}, root=root)


def test_imports_are_found_in_every_form(tmp_path: Path) -> None:
    source = written(
        tmp_path,
        bot__one="import telegram.error as e, json\nfrom . import two\nfrom .deep.three import x",
        bot__two="def f():\n    from storage import rows",
        bot__deep__three="from .. import two\nfrom ..one import y",
        storage__rows="",
    )

    assert imports(source["bot.one"], source) == {
        "telegram.error",
        "json",
        "bot.two",
        "bot.deep.three",
    }
    assert imports(source["bot.two"], source) == {"storage.rows"}
    assert imports(source["bot.deep.three"], source) == {"bot.two", "bot.one"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import time", {"time"}),
        ("from random import random", {"random"}),
        ("import httpx", {"httpx"}),
        ("from bot import files", {"bot.files"}),
        ("from datetime import datetime\ndatetime.now()", {"datetime.now"}),
        ("import datetime as d\nd.date.today()", {"d.date.today"}),
        ("open('x')", {"open"}),
        ("import urllib.request", {"urllib.request"}),
        ("import json, re\nfrom bot.orders import x\nfrom urllib.parse import quote", set()),
    ],
)
def test_an_impurity_is_noticed(tmp_path: Path, text: str, found: set[str]) -> None:
    source = written(tmp_path, bot__schedule=text, bot__orders="", bot__files="")

    assert impurities(source["bot.schedule"], source) == found


def test_a_circle_is_noticed() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"b"}}

    assert circle(graph) == ["b", "d", "b"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_the_rooms_are_where_they_are_looked_for() -> None:
    assert all((ROOT / room / "__init__.py").is_file() for room in ROOMS)
