"""A view of the graph as text: a tree for a terminal, Mermaid for a page, DOT for Graphviz."""

from __future__ import annotations

from mutandis.graph import NodeKind
from mutandis_tools.report.graph_view import GraphView, ViewEdge
from mutandis_tools.report.lines import Line, Piece, fold, line, printable

_DOT_SHAPES: dict[NodeKind, str] = {
    "provision": "box",
    "fact": "ellipse",
    "action": "hexagon",
    "external": "note",
    "delegate": "note",
}
_MERMAID_SHAPES: dict[NodeKind, tuple[str, str]] = {
    "provision": ("[", "]"),
    "fact": ("([", "])"),
    "action": ("{{", "}}"),
    "external": ("[/", "/]"),
    "delegate": ("[/", "/]"),
}


_LEAST = 24
"""What is deep in the tree still gets so many columns."""


def graph_tree(view: GraphView, columns: int = 200) -> tuple[Line, ...]:
    """The view as an indented tree; the bars go on beside what does not fit on a line of so many columns."""
    lines = [line(Piece(printable(view.label(view.root)), "heading"))]
    _grow(view, view.root, "", lines, columns)
    if view.left_out:
        lines.append(line(Piece(f"{view.left_out} more, farther away", "quiet")))
    return tuple(lines)


def _grow(view: GraphView, node: str, stem: str, lines: list[Line], columns: int) -> None:
    steps = view.children(node)
    for number, step in enumerate(steps):
        is_last = number == len(steps) - 1
        below = stem + ("   " if is_last else "│  ")
        told = line(
            Piece(f"{_step_words(step)} ", "quiet"),
            Piece(printable(view.label(step.far)), "place"),
            Piece(f" ({printable(step.instances)})" if step.instances else "", "quiet"),
        )
        first = Piece(stem + ("└─ " if is_last else "├─ "), "quiet")
        after = Piece(below + ("│  " if view.children(step.far) else "   "), "quiet")
        folded = fold([told], max(columns - len(first.text), _LEAST))
        lines += [line(after if place else first, *one) for place, one in enumerate(folded)]
        _grow(view, step.far, below, lines, columns)


def _step_words(step: ViewEdge) -> str:
    if step.edge.source == step.near:
        return step.words
    return {
        "contains": "stands in",
        "cites": "cited by",
        "falls_under": "asked about by",
        "reads": "read by",
        "defines": "defines",
        "orders": "gives way to",
        "applies": "applied by",
        "delegates": "comes from",
        "penalises": "breach punished by",
        "governs": "governs",
    }[step.edge.kind]


def _words(step: ViewEdge) -> str:
    return f"{step.words}, {step.instances}" if step.instances else step.words


def graph_mermaid(view: GraphView) -> str:
    """A Mermaid flowchart."""
    ids = {node.id: f"n{number}" for number, node in enumerate(view.nodes)}
    lines = ["flowchart LR"]
    for node in view.nodes:
        left, right = _MERMAID_SHAPES[node.kind]
        lines.append(f'  {ids[node.id]}{left}"{_mermaid_text(node.label)}"{right}')
    for step in view.edges:
        lines.append(f'  {ids[step.edge.source]} -->|"{_mermaid_text(_words(step))}"| {ids[step.edge.target]}')
    return "\n".join(lines) + "\n"


def _mermaid_text(text: str) -> str:
    # Mermaid writes characters of its own syntax as entities with a number sign.
    return "".join(c if c.isalnum() or c in " .,()-_/" else f"#{ord(c)};" for c in printable(text))


def graph_dot(view: GraphView) -> str:
    """A digraph in the DOT language."""
    lines = ["digraph mutandis {", "  rankdir=LR;", '  node [fontname="sans-serif"];']
    for node in view.nodes:
        lines.append(f"  {_dot_text(node.id)} [label={_dot_text(node.label)}, shape={_DOT_SHAPES[node.kind]}];")
    for step in view.edges:
        source, target = _dot_text(step.edge.source), _dot_text(step.edge.target)
        lines.append(f"  {source} -> {target} [label={_dot_text(_words(step))}];")
    return "\n".join([*lines, "}"]) + "\n"


def _dot_text(text: str) -> str:
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
