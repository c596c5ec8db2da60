"""The graph of an opened rulebook: made once and kept, its nodes found by name, and what an amendment reaches in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from mutandis.citation import CitationError, parse_citation
from mutandis.diagnostics import MutandisError
from mutandis.graph import Edge, Graph, Route, build_graph, dependents
from mutandis.rulebook.law import Law
from mutandis.vocabulary import Vocabulary
from mutandis_tools.citing import form_of, read_provision
from mutandis_tools.comparison.rules import RuleChange
from mutandis_tools.names import what_there_is
from mutandis_tools.opening import Opened

_PART = "graph"
"""The part of what is kept of a rulebook that the graph is."""


class NoNodeError(MutandisError):
    """The graph has no node of a name, or several; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


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


def find_node(wanted: str, whole: Graph, laws: Mapping[str, Law], vocabulary: Vocabulary) -> tuple[str, Graph]:
    """The node that `wanted` names, and the graph with it; the law may be left out where only one has that place.

    An article or paragraph that nothing refers to is no node of its own: it becomes one that holds what stands in it.
    Raises `NoNodeError` where there is none, or where several laws have it.
    """
    candidates = [wanted]
    for law in laws:
        try:
            candidates.append(str(parse_citation(wanted, law=law)))
        except CitationError:
            continue
    with suppress(CitationError):
        candidates.append(str(read_provision(wanted, laws)))
    found: list[str] = []
    for name in dict.fromkeys(candidates):
        framed = whole if name in whole.nodes else _with_frame(whole, name)
        if framed is not None:
            found.append(name)
            whole = framed
    if not found:
        law, slash, _ = wanted.partition("/")
        named = [name for name, kind in whole.nodes.items() if kind != "provision"]
        otherwise = f"{form_of(laws)}, an action as the vocabulary does"
        help_ = what_there_is(law, laws) if slash else vocabulary.did_you_mean(wanted, "", otherwise, named)
        raise NoNodeError(f"the rulebook has no provision, action or derived fact `{wanted}`", help_)
    if len(found) > 1 and found[0] != wanted:
        raise NoNodeError(f"`{wanted}` is in several laws", f"say which: {', '.join(found)}")
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


def reached_by(rules: tuple[RuleChange, ...], old: Opened, new: Opened) -> dict[RuleChange, tuple[str, ...]]:
    """For every change, the provisions that depend on its place, in the rulebook that has it and in order."""
    graphs = {
        is_gone: build_graph(one.source, one.linked.program)
        for is_gone, one in ((True, old), (False, new))
        if any((change.kind == "removed") is is_gone for change in rules)
    }
    known: dict[tuple[bool, str], tuple[str, ...]] = {}
    for change in rules:
        is_gone = change.kind == "removed"
        whole = graphs[is_gone]
        if change.provision not in whole.nodes or (is_gone, change.provision) in known:
            continue
        ends: set[str] = set()
        for route in impact(whole, change.provision):
            edge = route[-1]
            end = edge.target if edge.kind == "orders" else edge.source
            if whole.nodes[end] == "provision" and edge.kind != "contains":
                ends.add(end)
        known[is_gone, change.provision] = tuple(sorted(ends, key=lambda place: parse_citation(place).sort_key()))
    return {change: known.get((change.kind == "removed", change.provision), ()) for change in rules}
