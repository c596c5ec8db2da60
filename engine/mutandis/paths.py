"""Ways through plain edges between names: circles among them, and the shortest way to everything that can be reached.

networkx finds the circles, and none of its types shows here. It is imported where it is used: most rulebooks have no
circle to look for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Step = tuple[str, str]


def find_circles(edges: Iterable[Step]) -> tuple[tuple[str, ...], ...]:
    """The circles among `edges`: a shortest one through the first node of each mutually reachable group.

    Each is its nodes in order, the first not repeated.

    >>> find_circles([("a", "b"), ("b", "a"), ("c", "c")])
    (('a', 'b'), ('c',))
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(set(edges)))
    found: list[tuple[str, ...]] = []
    for part in nx.strongly_connected_components(graph):
        start = min(part)
        if len(part) == 1:
            if graph.has_edge(start, start):
                found.append((start,))
            continue
        within = graph.subgraph(sorted(part))
        backs = [nx.shortest_path(within, following, start) for following in sorted(within.successors(start))]
        shortest = min(backs, key=lambda path: (len(path), path))
        found.append((start, *shortest[:-1]))
    return tuple(sorted(found))


def shortest_ways(start: str, edges: Iterable[Step]) -> dict[str, tuple[str, ...]]:
    """A shortest way from `start` to each node that can be reached, `start` itself included; none if it has no edge.

    >>> shortest_ways("a", [("a", "b"), ("b", "c"), ("a", "c")])
    {'a': ('a',), 'b': ('a', 'b'), 'c': ('a', 'c')}
    """
    following: dict[str, list[str]] = {}
    ends: set[str] = set()
    for one, other in edges:
        following.setdefault(one, []).append(other)
        ends.add(other)
    if start not in following and start not in ends:
        return {}
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    pending = [start]
    for node in pending:
        for other in following.get(node, ()):
            if other not in ways:
                ways[other] = (*ways[node], other)
                pending.append(other)
    return ways
