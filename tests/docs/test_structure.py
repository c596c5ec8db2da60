"""The drawing of the structure is what the code imports."""

from __future__ import annotations

import re
import tomllib

import pytest
from tests.docs.structure import PAGE, ROOT, WORDS, drawn, structure

NAMED_OTHERWISE = {"z3-solver": "z3", "prometheus-client": "Prometheus client", "opentelemetry": "OpenTelemetry"}
"""What the page calls a distribution whose name is not its library's."""
OF_CONTRIBUTORS = {"test", "bench", "dev"}


def test_the_drawing_on_the_page_is_what_the_code_imports() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == drawn(page)


def test_every_room_of_the_engine_stands_on_the_shared_words_and_none_on_the_tools() -> None:
    graph = structure()
    assert graph.out_degree(WORDS) == 0
    assert set(graph.predecessors("mutandis_tools")) <= {"mutandis_service"}
    assert graph.has_edge("decide", "link") and not graph.has_edge("link", "decide")


def libraries() -> set[str]:
    """The distributions that the library or its extras install, besides its own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(one for name in extras.keys() - OF_CONTRIBUTORS for one in extras[name])]
    return {re.split(r"[\[<>=]", one)[0] for one in asked} - {"mutandis"}


@pytest.mark.parametrize("library", sorted(libraries()))
def test_the_page_says_behind_which_module_each_library_stands(library: str) -> None:
    name = NAMED_OTHERWISE.get(library, NAMED_OTHERWISE.get(library.partition("-")[0], library)).lower()
    rows = [line.lower() for line in PAGE.read_text("utf-8").splitlines() if line.startswith("|")]
    assert any(name in row.split("|")[1] for row in rows)


def test_the_page_names_every_folder_of_the_tools() -> None:
    page = PAGE.read_text("utf-8")
    folders = [path.parent.name for path in (ROOT / "tools/mutandis_tools").glob("*/__init__.py")]
    assert [name for name in folders if f"\n{name}/" not in page] == []
