"""The part of a rulebook's graph that a person asked for: one node, and what lies in one direction of it."""

from __future__ import annotations

from collections.abc import Iterable

from mutandis.dataclass import dataclass
from mutandis.graph import Edge, Graph, NodeKind, Route
from mutandis_tools.names import Names

EDGE_WORDS = {
    "contains": "contains",
    "cites": "cites",
    "falls_under": "asks what falls under",
    "reads": "reads",
    "defines": "is defined by",
    "orders": "goes before",
    "applies": "applies",
    "delegates": "leaves to",
    "penalises": "punishes breach of",
    "governs": "is governed by",
}


@dataclass(frozen=True, slots=True)
class ViewNode:
    """A node as it is drawn. `depth` counts the steps from the node that was asked about."""

    id: str
    label: str
    kind: NodeKind
    depth: int


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """A step of the view, from the nearer to the farther node; `edge` may point either way."""

    near: str
    far: str
    edge: Edge
    instances: str = ""
    """By which clauses the farther node speaks of the nearer one, where it does not only as it stands."""

    @property
    def words(self) -> str:
        """What the edge says, from its source to its target."""
        return EDGE_WORDS[self.edge.kind]


@dataclass(frozen=True, slots=True)
class GraphView:
    """A tree of shortest ways from `root`. `left_out` counts what lies deeper than was asked for."""

    root: str
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    left_out: int

    def children(self, node: str) -> tuple[ViewEdge, ...]:
        """The steps that lead on from `node`."""
        return tuple(edge for edge in self.edges if edge.near == node)

    def label(self, node: str) -> str:
        """How a node is called."""
        return next(one.label for one in self.nodes if one.id == node)


def view_of(graph: Graph, root: str, routes: Iterable[Route], names: Names, depth: int | None = None) -> GraphView:
    """The view of `routes`, each of which begins at `root`; `depth` cuts them after so many steps."""
    nodes = {root: ViewNode(root, _label(root, graph, names), graph.nodes[root], 0)}
    steps: dict[str, ViewEdge] = {}
    left_out = 0
    for route in routes:
        if depth is not None and len(route) > depth:
            left_out += 1
            continue
        near = root
        for number, edge in enumerate(route, 1):
            far = edge.target if edge.source == near else edge.source
            nodes.setdefault(far, ViewNode(far, _label(far, graph, names), graph.nodes[far], number))
            steps.setdefault(far, ViewEdge(near, far, edge, _instances(edge, names)))
            near = far
    return GraphView(root, tuple(nodes.values()), tuple(steps.values()), left_out)


def _instances(edge: Edge, names: Names) -> str:
    if not any(edge.through):
        return ""
    ways = [f"applied by {' → '.join(names.provision(one) for one in chain)}" for chain in edge.through if chain]
    return "; ".join([*(["as it stands"] if () in edge.through else []), *ways])


def _label(node: str, graph: Graph, names: Names) -> str:
    match graph.nodes[node]:
        case "provision":
            return names.provision(node)
        case "action":
            return names.action(node)
        case "fact":
            return names.fact(node)
        case "delegate":
            return names.party(node)
        case _:
            return node.replace("_", " ")
