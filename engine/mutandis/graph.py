"""The graph of a rulebook: what depends on what (networkx behind it, none of its types outside).

Nodes are texts: provisions (`act/77(1)2`), derived facts, actions. Edges are typed and keep the place that makes them.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx


def find_circles(edges: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The circles among `edges`: a shortest one through the first node of each strongly connected part, sorted.

    Each is its nodes in order, the first not repeated.
    """
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
