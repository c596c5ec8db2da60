"""Draws the packages of the code and what imports what into docs/architecture.md: `python tests/docs/structure.py`.

Nothing of the code is run: the imports are read from its syntax. An arrow that follows from others is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn by tests/docs/structure.py -->\n", "<!-- end of the drawing -->\n"
FOLDERS = (ROOT / "engine", ROOT / "tools")
WORDS = "the words every stage shares"
SHARED = frozenset(
    [
        "amounts",
        "arguments",
        "calendar",
        "citation",
        "collector",
        "dataclass",
        "datatypes",
        "diagnostic_codes",
        "diagnostics",
        "parts",
        "errors",
        "files",
        "paths",
        "resources",
        "source",
        "suggest",
        "values",
        "vocabulary",
    ]
)


def package_of(module: str) -> str:
    """The room a module stands in: a folder of the engine, one of the other packages, or the shared words."""
    top, *rest = module.split(".")
    if top != "mutandis":
        return top
    first = rest[0] if rest else "api"
    if first in SHARED:
        return WORDS
    return f"{first}/{rest[1]}" if first == "backends" and len(rest) > 1 and rest[1] in BACKENDS else first


BACKENDS = ("columns", "interpret", "python", "solver")


def imports_of(path: Path) -> Iterator[str]:
    """The project's own modules that a file imports, in functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(module), names=names, level=0):
                if module != "mutandis":  # its `__init__` only hands the API on
                    yield module
                yield from (f"{module}.{name.name}" for name in names)
            case ast.Import(names=names):
                yield from (name.name for name in names)


@cache
def structure() -> nx.DiGraph[str]:
    """Packages, and an edge from each to what it imports."""
    rooms = {
        path: package_of(".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__"))
        for base in FOLDERS
        for package in base.glob("mutandis*")
        for path in sorted(package.rglob("*.py"))
    }
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(rooms.values())
    for path, room in rooms.items():
        for imported in map(package_of, imports_of(path)):
            if imported in graph and imported != room:
                graph.add_edge(room, imported)
    return graph


def drawing() -> str:
    """The structure as a Mermaid chart, upper floors first."""
    graph = structure()
    groups = nx.condensation(graph)
    kept = nx.transitive_reduction(groups)
    members = {number: sorted(groups.nodes[number]["members"]) for number in groups}
    lines = ["flowchart TD"]
    for number in sorted(groups, key=lambda one: members[one]):
        told = "<br>".join(members[number])
        lines.append(f'  {_key(members[number])}["{told}"]')
    arrows = sorted((_key(members[one]), _key(members[other])) for one, other in kept.edges)
    lines += [f"  {one} --> {other}" for one, other in arrows]
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


def _key(names: list[str]) -> str:
    return "words" if names == [WORDS] else "_".join(name.replace("/", "_") for name in names)


def drawn(page: str) -> str:
    """The page with the drawing as the code is now."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{drawing()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
