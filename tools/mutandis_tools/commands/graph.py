"""`mutandis graph`: what a provision depends on, and what depends on it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

import typer

from mutandis.citation import CitationError, parse_citation
from mutandis.graph import Edge, Graph, Route, build_graph, dependencies, dependents
from mutandis.suggest import did_you_mean
from mutandis_tools.commands.common import RulebookOption, with_files_or_stop
from mutandis_tools.opening import Opened
from mutandis_tools.report.graph_svg import graph_svg
from mutandis_tools.report.graph_text import graph_dot, graph_mermaid, graph_tree
from mutandis_tools.report.graph_view import view_of
from mutandis_tools.terminal import show, stop, working, write

_PART = "graph"
"""The part of what is kept of a rulebook that the graph is."""


class Format(StrEnum):
    """How a graph is written."""

    TEXT = "text"
    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("graph", epilog="Example: mutandis graph 'act/95(1)' --reverse --format svg > impact.svg")(graph)


def graph(
    provision: Annotated[
        str,
        typer.Argument(
            metavar="PROVISION", help="A provision (`act/77(1)`), an action or a derived fact.", show_default=False
        ),
    ],
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TEXT,
    reverse: Annotated[bool, typer.Option("--reverse", help="What depends on it, not what it depends on.")] = False,
    depth: Annotated[
        int | None, typer.Option("--depth", min=1, metavar="N", help="Only what is at most so many steps away.")
    ] = None,
    rulebook: RulebookOption = None,
) -> None:
    """Show what a provision depends on or, with `--reverse`, what depends on it: what an amendment would reach."""
    opened = with_files_or_stop(rulebook)
    with working("drawing the graph"):
        whole = graph_of(opened)
    root, whole = _find_node(provision, whole, opened)
    routes = impact(whole, root) if reverse else dependencies(whole, root)
    view = view_of(whole, root, routes, opened.names, depth)
    match format_:
        case Format.TEXT:
            show(graph_tree(view))
        case Format.MERMAID:
            write(graph_mermaid(view))
        case Format.DOT:
            write(graph_dot(view))
        case Format.SVG:
            write(graph_svg(view))


def graph_of(opened: Opened) -> Graph:
    """The graph of the rulebook, as it was kept, without the places in its files, or built anew and kept."""
    kept = opened.shelf.fetch(_PART)
    if kept is not None:
        nodes: Any = kept.record("graph", "nodes")
        edges: Any = kept.record("graph", "edges")
        missing: Any = kept.record("graph", "missing")
        read = (Edge(a, b, kind, through=tuple(map(tuple, through))) for a, b, kind, through in edges)
        return Graph(nodes, tuple(read), frozenset(missing))
    known = {p.citation for lock in opened.locks.values() for p in lock.provisions if p.citation is not None}
    built = build_graph(opened.source, opened.linked.program, known)
    listed = [[edge.source, edge.target, edge.kind, edge.through] for edge in built.edges]
    sections = {"graph": {"nodes": dict(built.nodes), "edges": listed, "missing": sorted(built.missing)}}
    opened.shelf.keep(_PART, sections)
    return built


def impact(whole: Graph, root: str) -> tuple[Route, ...]:
    """What depends on `root` or on anything inside it; a way through an inner place begins with the step to it."""
    inside = _inside(whole, root)
    places = {root, *inside}
    found: dict[str, Route] = {}
    for place in (root, *sorted(inside, key=lambda name: parse_citation(name).sort_key())):
        first = () if place == root else (Edge(root, place, "contains"),)
        for route in dependents(whole, place):
            through = _walk(place, route)
            # A way that leads through another place inside is told from there.
            if not places.intersection(through):
                found.setdefault(through[-1], (*first, *route))
    return tuple(sorted(found.values(), key=len))


def _walk(start: str, route: Route) -> tuple[str, ...]:
    """The nodes that `route` reaches from `start`, in order."""
    nodes: list[str] = []
    for edge in route:
        start = edge.target if edge.source == start else edge.source
        nodes.append(start)
    return tuple(nodes)


def _inside(whole: Graph, root: str) -> frozenset[str]:
    if whole.nodes[root] != "provision":
        return frozenset()
    outer = parse_citation(root)
    others = [name for name, kind in whole.nodes.items() if kind == "provision" and name != root]
    return frozenset(name for name in others if outer.covers(parse_citation(name)))


def _find_node(wanted: str, whole: Graph, opened: Opened) -> tuple[str, Graph]:
    """The node that `wanted` names, and the graph with it; the law may be left out where only one has that place.

    An article or paragraph that nothing refers to is no node of its own: it becomes one that holds what stands in it.
    """
    candidates = [wanted]
    for law in opened.source.laws:
        try:
            candidates.append(str(parse_citation(wanted, law=law)))
        except CitationError:
            continue
    found = list(dict.fromkeys(name for name in candidates if name in whole.nodes))
    if not found:
        for name in dict.fromkeys(candidates):
            framed = _with_frame(whole, name)
            if framed is not None:
                found.append(name)
                whole = framed
    if not found:
        help_ = did_you_mean(wanted, whole.nodes, "name it as rule files do, e.g. `act/77(1)` or `suspend visit`")
        stop(f"the rulebook has no provision, action or derived fact `{wanted}`", help_)
    if len(found) > 1 and found[0] != wanted:
        stop(f"`{wanted}` is in several laws", f"say which: {', '.join(found)}")
    return found[0], whole


def _with_frame(whole: Graph, name: str) -> Graph | None:
    try:
        framed = replace(whole, nodes={**whole.nodes, name: "provision"})
        inside = _inside(framed, name)
    except CitationError:
        return None
    inner = {edge.target for edge in whole.edges if edge.kind == "contains" and edge.source in inside}
    outermost = sorted(inside - inner, key=lambda place: parse_citation(place).sort_key())
    edges = (Edge(name, place, "contains") for place in outermost)
    return replace(framed, edges=(*edges, *whole.edges)) if inside else None
