"""Whatever is typed, every question is answered: a file that does not read has less to tell, and nothing fails."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.editor.conftest import ARTICLE_1, ARTICLE_2, CASES, LAW, VOCABULARY

from mutandis_tools.editor.answers import definition, references, symbols
from mutandis_tools.editor.completion import propose
from mutandis_tools.editor.conditions import words_of
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.edits import applied, edits_between
from mutandis_tools.editor.fixes import fixes_of
from mutandis_tools.editor.folds import folds_of
from mutandis_tools.editor.hints import hints_of
from mutandis_tools.editor.hover import hover
from mutandis_tools.editor.lenses import Casebook, lenses_of
from mutandis_tools.editor.places import column, units
from mutandis_tools.editor.renames import target_at
from mutandis_tools.renaming.made import RenamingError
from mutandis_tools.wordings import OfficialTexts

FILES = {
    "act/law.yaml": LAW,
    "act/vocabulary.yaml": VOCABULARY,
    "act/001-visits.yaml": ARTICLE_1,
    "act/002-calls.yaml": ARTICLE_2,
    "act/cases/visits.yaml": CASES,
}
SIGNS = ["\n", "- ", "---\n", ": ", "|\n", "  ", "\t", "{", "[", "'", '"', "#", "&a", "!", "$", "()", "\\"]
WORDS = [
    "when: ",
    "grounds:\n",
    "facts:\n",
    "(1) proviso",
    "falls under ",
    "stay.days",
    "at: ",
    "𝒜",
    "법",
    "\u2028",
    "\r",
]
SCRAPS = st.one_of(st.sampled_from(SIGNS), st.sampled_from(WORDS), st.text(max_size=4))


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """A file with something put in, or a stretch taken out."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        text = text[:start] + draw(SCRAPS) + text[end:]
    return name, text


@cache
def _desk() -> Desk:
    """One desk for all examples, each of which types over what the last one did."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**FILES, "vocabulary.yaml": "terms: {}\n"}.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        desk = Desk(Path(folder))
        standing, faults = desk.read_whole({})
        desk.take(standing, faults)
        assert standing.files  # read while the folder is there
        return desk


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits(), st.data())
def test_every_question_is_answered(edit: tuple[str, str], data: st.DataObject) -> None:
    desk = _desk()
    name, text = edit
    desk.type(name, text)
    lines = desk.text(name).split("\n")
    row = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[row])))
    for fault in desk.faults(name):
        fixes_of(desk, fault)
    words = words_of(desk.sheet(name), desk.standing.vocabulary)
    assert list(words) == sorted(words, key=lambda one: (one.row, one.column))
    assert all(one.column + one.length <= len(lines[one.row]) for one in words)
    assert all(0 <= one.start < one.end < len(lines) for one in folds_of(lines))
    hover(desk, OfficialTexts({}), name, row, at)
    proposed = propose(desk, name, row, at)
    assert proposed.start <= at
    definition(desk, name, row, at)
    references(desk, name, row, at)
    symbols(desk, name)
    list(hints_of(desk, name))
    lenses_of(desk, Casebook(desk.standing), desk.sheet(name).rules)
    try:
        target = target_at(desk, name, row, at)
    except RenamingError:
        return
    assert lines[target.span.line - 1][target.span.column - 1 : target.span.end_column - 1] == target.shown


@given(st.lists(st.sampled_from("abc\n"), max_size=12), st.lists(st.sampled_from("abc\n"), max_size=12))
def test_edits_make_one_text_of_another(before: list[str], after: list[str]) -> None:
    one, other = "".join(before), "".join(after)
    assert applied(one, edits_between("file", one, other)) == other


@given(st.text(st.sampled_from("aé한𝒜"), max_size=8), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_a_column_comes_back_from_units(line: str, encoding: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    assert column(line, units(line, at, encoding), encoding) == at  # type: ignore[arg-type]
