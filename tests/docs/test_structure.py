"""The drawing of the structure is what the code imports."""

from __future__ import annotations

from tests.docs.structure import PAGE, WORDS, drawn, structure


def test_the_drawing_on_the_page_is_what_the_code_imports() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == drawn(page)


def test_every_room_of_the_engine_stands_on_the_shared_words_and_none_on_the_tools() -> None:
    graph = structure()
    assert graph.out_degree(WORDS) == 0
    assert set(graph.predecessors("mutandis_tools")) <= {"mutandis_service"}
    assert graph.has_edge("decide", "link") and not graph.has_edge("link", "decide")
