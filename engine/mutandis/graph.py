"""The graph of a rulebook: what refers to what, and so what depends on what.

Nodes are provisions (`act/77(1)2`), derived facts, actions, external law, and whatever a provision delegates to. An
edge runs from what refers to what is referred to and keeps the place in the file that makes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from mutandis.citation import Citation, CitationRange, parse_citation
from mutandis.condition.tree import Applies, Expression, Fact, FallsUnder, walk
from mutandis.dataclass import replace
from mutandis.link.construe import as_citation
from mutandis.link.program import Program
from mutandis.link.provisions import Provisions, index_provisions
from mutandis.link.rule_parts import located_expressions
from mutandis.paths import find_circles, shortest_ways
from mutandis.rulebook.model import Rule, Source
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import Vocabulary

EdgeKind = Literal[
    "contains",
    "cites",
    "falls_under",
    "reads",
    "defines",
    "orders",
    "applies",
    "delegates",
    "penalises",
    "governs",
]
NodeKind = Literal["provision", "fact", "action", "external", "delegate"]


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """`source` refers to `target`.

    `contains`: a provision to one inside it. `reads`: a provision to a derived fact, `defines`: a derived fact to the
    provision that gives it its value. `orders`: what goes before to what gives way. `governs`: an action to a provision
    that speaks of it, or to the clause that applies one which does; `through` then has the chains of clauses by which
    the provision speaks of it, outermost first, an empty one where it does as it stands.
    """

    source: str
    target: str
    kind: EdgeKind
    span: Span = field(default=NOWHERE, compare=False)
    through: tuple[tuple[str, ...], ...] = field(default=(), compare=False)


Route = tuple[Edge, ...]
"""Edges one after another, as they are followed."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Every node with its kind, and every edge, both sorted. `missing` are provisions referred to that do not exist."""

    nodes: Mapping[str, NodeKind]
    edges: tuple[Edge, ...]
    missing: frozenset[str] = frozenset()


def build_graph(source: Source, program: Program | None = None, known: Collection[Citation] = ()) -> Graph:
    """The graph of `source`; with the linked `program`, actions and the provisions that reach them through clauses too.

    `known` are provisions that the laws' texts have, as for `link`.
    """
    provisions = index_provisions(source.articles, known)
    edges: dict[Edge, Edge] = {}
    for rule in provisions.rules:
        for edge in _edges_of_rule(rule, provisions, source.vocabulary):
            edges.setdefault(edge, edge)
    for edge in _edges_of_program(program) if program is not None else ():
        edges.setdefault(edge, edge)
    places = {place for found in (provisions.places, provisions.open_places) for ps in found.values() for place in ps}
    nodes: dict[str, NodeKind] = {str(place): "provision" for place in places}
    for edge in edges:
        nodes.setdefault(edge.source, _kind_of(edge.source, source.vocabulary))
        delegated = edge.kind == "delegates"
        nodes.setdefault(edge.target, "delegate" if delegated else _kind_of(edge.target, source.vocabulary))
    cited = [parse_citation(name) for name, kind in nodes.items() if kind == "provision"]
    for edge in _containment(cited):
        edges.setdefault(edge, edge)
    missing = {str(c) for c in cited if provisions.status(CitationRange(c, c)) == "dangling"}
    return Graph(dict(sorted(nodes.items())), tuple(sorted(edges)), frozenset(missing))


# --- asking -----------------------------------------------------------------------------------------------------------


def dependencies(graph: Graph, node: str) -> tuple[Route, ...]:
    """What `node` depends on, directly or through others: a shortest path to each, nearest first.

    A provision depends on what it refers to, on what stands inside it, and on what goes before it, not on what gives
    way to it.
    """
    return _paths(graph, node, ((edge.source, edge.target, edge) for edge in _as_dependencies(graph)))


def dependents(graph: Graph, node: str) -> tuple[Route, ...]:
    """What depends on `node`, directly or through others: a shortest path to each, nearest first (impact).

    A route starts at `node`; each of its edges is followed from what is depended on to what depends.
    """
    return _paths(graph, node, ((edge.target, edge.source, edge) for edge in _as_dependencies(graph)))


def circles(graph: Graph) -> tuple[Route, ...]:
    """The circles of dependence: a shortest one through each group of nodes that depend on each other.

    Texts may refer to each other in a circle without harm; only definitions, references that decide, applications and
    orders count (S9), and a provision may read what it defines itself. Provisions are coarser than rules: whether a
    circle keeps a rulebook from being decided is for `link` to say.
    """
    own = {(edge.target, edge.source) for edge in graph.edges if edge.kind == "defines"}
    deciding = [
        edge
        for edge in _as_dependencies(graph)
        if edge.kind not in ("cites", "delegates", "penalises", "governs")
        and not (edge.kind == "reads" and (edge.source, edge.target) in own)
    ]
    edges = {(edge.source, edge.target): edge for edge in reversed(deciding)}
    found = find_circles(edges)
    return tuple(tuple(edges[a, b] for a, b in zip(c, (*c[1:], c[0]), strict=True)) for c in found)


def dangling(graph: Graph) -> tuple[Edge, ...]:
    """The references to provisions that do not exist."""
    return tuple(e for e in graph.edges if e.kind != "contains" and graph.missing & {e.source, e.target})


def _as_dependencies(graph: Graph) -> Iterator[Edge]:
    # What gives way depends on what goes before it, so an order is followed against the way it is written.
    for edge in graph.edges:
        yield replace(edge, source=edge.target, target=edge.source) if edge.kind == "orders" else edge


def _paths(graph: Graph, node: str, steps: Iterable[tuple[str, str, Edge]]) -> tuple[Route, ...]:
    by_step: dict[tuple[str, str], Edge] = {}
    for start, end, edge in steps:
        if edge.kind == "orders":
            edge = replace(edge, source=edge.target, target=edge.source)  # shown as it is written
        if (start, end) not in by_step:
            by_step[start, end] = edge
    reached = shortest_ways(node, by_step)
    paths = [tuple(by_step[a, b] for a, b in pairwise(way)) for way in reached.values()]
    ends = {path: way[-1] for path, way in zip(paths, reached.values(), strict=True)}
    return tuple(sorted((path for path in paths if path), key=lambda path: (len(path), ends[path], path)))


# --- building ---------------------------------------------------------------------------------------------------------


def _edges_of_rule(rule: Rule, provisions: Provisions, vocabulary: Vocabulary) -> Iterator[Edge]:
    at = str(rule.at)

    def to(kind: EdgeKind, cited: CitationRange, span: Span) -> Iterator[Edge]:
        return _edges_to(at, kind, cited, span, provisions)

    for place, expression in located_expressions(rule):
        yield from _edges_of_expression(str(place), expression, provisions, vocabulary)
    for order in rule.orders:
        for target in order.targets:
            for edge in to("orders", target, order.span):
                gives_way = order.relation == "subject_to"
                yield replace(edge, source=edge.target, target=edge.source) if gives_way else edge
    for target in rule.apply:
        yield from to("applies", target, rule.span)
    for external in rule.external:
        yield Edge(at, str(external), "applies", rule.span)
    for target in rule.within:
        yield from to("cites", target, rule.span)
    if rule.penalty is not None:
        for target in rule.penalty.of:
            yield from to("penalises", target, rule.span)
    for construal in rule.construe:
        for name in (construal.source, *construal.targets):
            cited = as_citation(name, rule.at)
            if cited is not None:
                yield from to("cites", cited, construal.span)
    if rule.effect == "delegate" and rule.text:
        yield Edge(at, rule.text, "delegates", rule.span)
    if rule.effect in ("define", "deem") and rule.target:
        yield Edge(rule.target, at, "defines", rule.span)
    for action in rule.actions:
        yield Edge(action, at, "governs", rule.span)


def _edges_to(source: str, kind: EdgeKind, cited: CitationRange, span: Span, provisions: Provisions) -> Iterator[Edge]:
    for member in provisions.members(cited) or tuple(sorted({cited.first, cited.last})):
        yield Edge(source, str(member), kind, span)


def _edges_of_expression(
    place: str, expression: Expression, provisions: Provisions, vocabulary: Vocabulary
) -> Iterator[Edge]:
    for part in walk(expression):
        match part:
            case FallsUnder(ranges=ranges, span=span):
                for first, last in ranges:
                    cited = CitationRange(parse_citation(first), parse_citation(last))
                    yield from _edges_to(place, "falls_under", cited, span, provisions)
            case Applies(citation=citation, span=span):
                one = parse_citation(citation)
                yield from _edges_to(place, "cites", CitationRange(one, one), span, provisions)
            case Fact(name=name, span=span):
                declared = vocabulary.facts.get(name)
                if declared is not None and declared.derived:
                    yield Edge(place, name, "reads", span)
            case _:
                pass


def _edges_of_program(program: Program) -> Iterator[Edge]:
    for action, component in program.components.items():
        through: dict[str, dict[tuple[str, ...], None]] = defaultdict(dict)
        for norm in component.norms:
            for chain in norm.sources or ((),):
                through[str(norm.citation)].setdefault(tuple(str(step.citation) for step in chain))
        for norm in component.norms:
            yield Edge(action, str(norm.citation), "governs", norm.span, tuple(through[str(norm.citation)]))
            for chain in norm.sources:
                yield from (Edge(action, str(step.citation), "governs", norm.span) for step in chain)


def _containment(cited: Iterable[Citation]) -> Iterator[Edge]:
    by_article: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation in cited:
        by_article[citation.law, citation.article].append(citation)
    for article in by_article.values():
        for inner in article:
            around = [outer for outer in article if outer != inner and outer.covers(inner)]
            # Two places can cover each other (`14` and `14 main`); the shorter is then the outer one.
            around = [outer for outer in around if not inner.covers(outer) or len(str(outer)) < len(str(inner))]
            if around:
                nearest = max(around, key=lambda outer: (len(str(outer)), outer.sort_key()))
                yield Edge(str(nearest), str(inner), "contains")


def _kind_of(name: str, vocabulary: Vocabulary) -> NodeKind:
    if name in vocabulary.actions:
        return "action"
    if name in vocabulary.facts:
        return "fact"
    return "external" if name.startswith("ext:") else "provision"
