"""Reading again gives what reading for the first time does."""

from __future__ import annotations

from pathlib import Path

from mutandis.rulebook.case_file import load_cases
from mutandis.rulebook.load import load_source, load_text
from mutandis.rulebook.rereading import Rereading

BOOK = Path(__file__).parents[1] / "fixtures" / "diagnostics" / "unguarded-optional-fact" / "good"
RULES, WORDS = "act/001-suspension.yaml", "act/vocabulary.yaml"


def test_a_changed_file_is_read_anew_and_the_others_are_not() -> None:
    again = Rereading()
    first = load_source(BOOK, again)
    same = load_source(BOOK, again)
    assert same == first and same.articles[0].rules is first.articles[0].rules
    changed = {RULES: first.files[RULES].replace("1 year", "2 years")}
    assert load_source(BOOK, again, changed) == load_text({**first.files, **changed}) != first


def test_rules_are_read_anew_where_the_vocabulary_changed() -> None:
    again = Rereading()
    first = load_source(BOOK, again)
    renamed = {WORDS: first.files[WORDS].replace("released_on", "let_go_on")}
    after = load_source(BOOK, again, renamed)
    assert after == load_text({**first.files, **renamed})
    assert {one.slug for one in after.diagnostics} == {"unknown-name"}
    assert load_source(BOOK, again) == first


def test_line_ends_make_no_difference() -> None:
    again = Rereading()
    texts = load_source(BOOK, again).files
    windows = {name: text.replace("\n", "\r\n") for name, text in texts.items()}
    assert load_text(windows, again).articles == load_text(texts).articles


def test_a_text_stands_over_a_file_and_beside_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "act" / "cases"
    folder.mkdir(parents=True)
    (folder / "b.yaml").write_text("case: B\nlaw: act\nfacts: {}\nask: {assess: everything}\n", encoding="utf-8")
    over = {"act/cases/a.yaml": (folder / "b.yaml").read_text(encoding="utf-8").replace("B", "A")}
    assert [case.name for case in load_cases(tmp_path, Rereading(), over).cases] == ["A", "B"]
    over["act/cases/b.yaml"] = over["act/cases/a.yaml"].replace("A", "C")
    assert [case.name for case in load_cases(tmp_path, Rereading(), over).cases] == ["A", "C"]
