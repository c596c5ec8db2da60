"""`mutandis graph`: what a provision depends on and what depends on it, in four forms."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import Run

from mutandis.graph import Edge, Graph
from mutandis.resources import rulebook_folder
from mutandis.vocabulary import Vocabulary
from mutandis_tools.names import Names
from mutandis_tools.report.graph_svg import graph_svg
from mutandis_tools.report.graph_text import graph_dot, graph_mermaid, graph_tree
from mutandis_tools.report.graph_view import view_of
from mutandis_tools.report.lines import plain


def test_the_tree_shows_what_a_clause_applies(run: Run) -> None:
    assert run("graph", "statute/2 main").output == (
        "Statute Art. 2\n"
        "└─ applies Statute Art. 1 (1)\n"
        "   ├─ contains Statute Art. 1 (1), proviso\n"
        "   ├─ contains Statute Art. 1 (1) 1\n"
        "   └─ contains Statute Art. 1 (1) 2\n"
    )


def test_the_reverse_of_an_article_is_what_an_amendment_of_it_reaches(run: Run) -> None:
    assert run("graph", "1", "--reverse").output == (
        "Statute Art. 1\n"
        "├─ contains Statute Art. 1 (1)\n"
        "│  ├─ governs lend the book\n"
        "│  ├─ governs lend the map (applied by Statute Art. 2)\n"
        "│  └─ applied by Statute Art. 2\n"
        "└─ contains Statute Art. 1 (2)\n"
        "   └─ governs return the book\n"
    )


def test_depth_cuts_and_says_so(run: Run) -> None:
    output = run("graph", "statute/2 main", "--depth", "1").output
    assert output == "Statute Art. 2\n└─ applies Statute Art. 1 (1)\n3 more, farther away\n"


def test_mermaid_and_dot_point_every_edge_from_what_refers_to_what_is_referred_to(run: Run) -> None:
    mermaid = run("graph", "statute/2 main", "--depth", "1", "--format", "mermaid").output
    assert '  n0 -->|"applies"| n1\n' in mermaid
    dot = run("graph", "statute/1(1)", "--reverse", "--depth", "1", "--format", "dot").output
    assert '"statute/2 main" -> "statute/1(1)" [label="applies"];' in dot


def test_svg_has_a_box_for_every_node(run: Run) -> None:
    root = ET.fromstring(run("graph", "statute/2 main", "--format", "svg").output)
    assert len(root.findall("{http://www.w3.org/2000/svg}rect")) == 5


def test_who_makes_the_rest_is_called_by_its_label(run: Run) -> None:
    told = run("graph", "act/44", "--rulebook", Path(str(rulebook_folder()))).output
    assert "leaves to Ordinance of the Ministry of Justice\n" in told


def test_an_unknown_node_is_wrong_use_with_the_nearest_names(run: Run) -> None:
    result = run("graph", "lend bok")
    assert result.exit_code == 2
    assert "lend book" in result.output


@given(st.text(min_size=1, max_size=20))
def test_no_name_breaks_a_drawing(name: str) -> None:
    graph = Graph({"act/1": "provision", name: "delegate"}, (Edge("act/1", name, "delegates"),))
    names = Names({}, Vocabulary({}, {}, {}))
    view = view_of(graph, "act/1", [graph.edges], names)
    assert ET.fromstring(graph_svg(view)) is not None
    assert len(graph_mermaid(view).splitlines()) == 4
    assert graph_dot(view).count("\n") == 7
    assert len(plain(graph_tree(view)).splitlines()) == 2
