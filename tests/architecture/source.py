"""The program's source as data: its modules, what each imports and what each calls."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "providers", "storage")


@dataclass(frozen=True, slots=True)
class Module:
    """One file. `name` is dotted; a package is named like its folder."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    @property
    def package(self) -> str:
        """What relative imports start from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


def modules(*rooms: str, root: Path = ROOT) -> dict[str, Module]:
    """Read all files of these rooms."""
    found = {}
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            text = path.read_text("utf-8")
            name = ".".join(path.relative_to(root).with_suffix("").parts)
            name = name.removesuffix(".__init__")
            found[name] = Module(name, path, text, ast.parse(text))
    return found


def imports(module: Module, known: Mapping[str, Module]) -> set[str]:
    """Return the dotted names of what a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= set(_imported_from(node, module, known))
    return found


def _imported_from(
    node: ast.ImportFrom, module: Module, known: Mapping[str, Module]
) -> Iterator[str]:
    base = node.module or ""
    if node.level:
        above = module.package.split(".")
        above = above[: len(above) - node.level + 1]
        base = ".".join([*above, base] if base else above)
    for alias in node.names:
        whole = f"{base}.{alias.name}"
        yield whole if whole in known else base


def inside(name: str, room: str) -> bool:
    """Tell whether a dotted name is a room or in it."""
    return name == room or name.startswith(f"{room}.")


def calls(module: Module) -> Iterator[str]:
    """Yield the dotted text of everything a module calls, such as "datetime.now"."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return a way from a module back to itself, or nothing."""
    done: set[str] = set()

    def follow(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for target in sorted(graph.get(name, set())):
            if found := follow(target, [*way, name]):
                return found
        done.add(name)
        return []

    for name in sorted(graph):
        if found := follow(name, []):
            return found
    return []


def functions(module: Module) -> Iterator[tuple[str, int]]:
    """Yield every function of a module and how many lines it has."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1
