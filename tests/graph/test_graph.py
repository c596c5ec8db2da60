"""What refers to what, what depends on what, circles, and references to nothing."""

from __future__ import annotations

from tests.link.books import article, source_of

from mutandis.graph import Edge, Graph, Route, build_graph, circles, dangling, dependencies, dependents
from mutandis.link.linker import link
from mutandis.paths import find_circles

DOCUMENTS = (
    article(
        "42",
        """
  - at: (1)
    summary: s
    may: suspend visit
    by: warden
    grounds: {1: visit.harmful, 2: inmate.ill}
  - {at: (2), summary: s, must_not: suspend visit, by: warden, despite: (1), when: case falls under (1)2}
  - {at: (3), summary: s, define: visit.due_on, as: visit.ended_on + 1 day}
  - {at: (4), summary: s, must: open cell, by: warden, when: visit.due_on <= today}
""",
    ),
    article("44", "  - {at: (3), summary: s, apply: 42(1) to 42(2), construe: {visit: telephone_call}}\n"),
    article("90", '  - {at: main, summary: s, apply: "ext:civil-act/750"}\n'),
    article("91", "  - {at: main, summary: s, delegate: presidential_decree}\n"),
    article("92", "  - {at: main, summary: s, penalty: {of: 42(2), any: [fine up to 10 won]}}\n"),
)


def graph_of(*documents: str) -> Graph:
    source = source_of(*documents)
    return build_graph(source, link(source).program)


def ends(routes: tuple[Route, ...], start: str) -> set[str]:
    found = {end for route in routes for edge in route for end in (edge.source, edge.target)}
    return found - {start}


def test_every_kind_of_reference_is_an_edge_that_knows_its_place() -> None:
    graph = graph_of(*DOCUMENTS)
    assert set(graph.edges) >= {
        Edge("act/42(2)", "act/42(1)", "orders"),
        Edge("act/42(2)", "act/42(1)2", "falls_under"),
        Edge("act/42(1)", "act/42(1)2", "contains"),
        Edge("visit.due_on", "act/42(3)", "defines"),
        Edge("act/42(4)", "visit.due_on", "reads"),
        Edge("act/44(3)", "act/42(1)", "applies"),
        Edge("act/44(3)", "act/42(2)", "applies"),
        Edge("act/90 main", "ext:civil-act/750", "applies"),
        Edge("act/91 main", "presidential_decree", "delegates"),
        Edge("act/92 main", "act/42(2)", "penalises"),
        Edge("suspend visit", "act/42(1)", "governs"),
        Edge("suspend telephone_call", "act/44(3)", "governs"),
    }
    assert all(edge.span.line > 0 for edge in graph.edges if edge.kind != "contains")
    kinds = {graph.nodes[name] for name in ("act/42(1)", "visit.due_on", "suspend visit")}
    assert kinds == {"provision", "fact", "action"}
    assert (graph.nodes["ext:civil-act/750"], graph.nodes["presidential_decree"]) == ("external", "delegate")


def test_edges_are_sorted_and_stand_once() -> None:
    edges = graph_of(*DOCUMENTS).edges
    assert list(edges) == sorted(set(edges))


def test_a_provision_depends_on_what_it_refers_to_directly_or_not() -> None:
    graph = graph_of(*DOCUMENTS)
    assert ends(dependencies(graph, "act/42(4)"), "act/42(4)") == {"visit.due_on", "act/42(3)"}
    first, second = dependencies(graph, "act/42(4)")
    assert [edge.kind for edge in first] == ["reads"]
    assert [edge.kind for edge in second] == ["reads", "defines"]


def test_what_gives_way_depends_on_what_goes_before_it() -> None:
    graph = graph_of(*DOCUMENTS)
    assert "act/42(2)" in ends(dependencies(graph, "act/42(1)"), "act/42(1)")
    assert Edge("act/42(2)", "act/42(1)", "orders") in {e for r in dependents(graph, "act/42(2)") for e in r}


def test_changing_a_ground_reaches_what_falls_under_it_and_the_actions_behind() -> None:
    reached = ends(dependents(graph_of(*DOCUMENTS), "act/42(1)2"), "act/42(1)2")
    assert {"act/42(1)", "act/42(2)", "act/44(3)", "suspend visit", "suspend telephone_call"} <= reached
    assert "act/42(4)" not in reached


def test_nothing_depends_on_a_name_that_is_not_there() -> None:
    assert dependents(graph_of(*DOCUMENTS), "act/999") == ()


def test_orders_against_each_other_are_a_circle() -> None:
    graph = graph_of(
        article(
            "1",
            """
  - {at: (1), summary: s, must_not: open cell, by: warden, despite: (2)}
  - {at: (2), summary: s, may: open cell, by: warden, despite: (1)}
""",
        )
    )
    (circle,) = circles(graph)
    assert {(edge.source, edge.target) for edge in circle} == {("act/1(1)", "act/1(2)"), ("act/1(2)", "act/1(1)")}


def test_a_definition_read_at_its_own_place_is_no_circle() -> None:
    graph = graph_of(
        article(
            "1",
            """
  - {at: (1), summary: s, define: visit.due_on, as: visit.ended_on + 1 day}
  - {at: (1), summary: s, must: open cell, by: warden, when: visit.due_on <= today}
""",
        )
    )
    assert circles(graph) == ()


def test_a_reference_to_nothing_dangles() -> None:
    graph = graph_of(article("1", "  - {at: main, summary: s, may: open cell, by: warden, subject_to: 7(3)}\n"))
    assert [(edge.source, edge.target) for edge in dangling(graph)] == [("act/7(3)", "act/1 main")]


def test_the_shortest_circle_through_the_first_name_is_told() -> None:
    assert find_circles([("a", "b"), ("b", "c"), ("c", "a"), ("b", "a"), ("d", "d"), ("e", "a")]) == (
        ("a", "b"),
        ("d",),
    )
