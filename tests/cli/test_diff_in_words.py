"""What a case of a difference states, and in which words it is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.cli.conftest import Run, write_book
from tests.evaluate.books import VOCABULARY, article, rule

from mutandis_tools.comparison.answers import Asked
from mutandis_tools.comparison.witness import _out_of_order, without_the_rest
from mutandis_tools.report.meaning_text import _bound

WORDS = VOCABULARY.replace(
    "      good: {type: yes/no, question: Is it good?}",
    "      good: {type: yes/no, question: Is it good?}\n      size: {type: count, question: How large?}",
)


def _book(folder: Path, *rules: str) -> Path:
    return write_book(folder, {"vocabulary.yaml": WORDS, "001-article.yaml": article(*rules)})


@pytest.mark.parametrize(
    ("relation", "bound", "told"),
    [
        ("at_most", "2024-04-27", "until 2024-04-27 at the latest"),
        ("at_least", "2024-04-27T09:00", "from 2024-04-27T09:00 at the earliest"),
        ("at_most", "30 days", "at most 30 days"),
        ("at_least", "", "at least what is not known yet"),
    ],
)
def test_a_bound_on_a_day_is_no_amount(relation: str, bound: str, told: str) -> None:
    assert _bound(relation, bound) == told


def test_a_number_that_a_member_states_is_not_what_a_list_is_counted_against(run: Run, tmp_path: Path) -> None:
    duty = rule("(1)", "must: tell thing", "when: every p in it.parts has (p.size <= 200)")
    counted = rule("(1)", "must: tell thing", "when: (the number of p in it.parts where (p.size > 200)) >= 30")
    for text, told in ((duty, False), (counted, True)):
        old = _book(tmp_path / f"old {told}", text)
        new = _book(tmp_path / f"new {told}", text.replace("200", "150"))
        output = run("diff", old, new).output
        assert ("  differs tell it\n" in output) is not told and ("counted against 30" in output) is told, output


def test_of_what_may_be_none_that_is_said_where_it_does() -> None:
    case = Asked({"it.until": dt.date(2020, 1, 1), "it.on": dt.date(2020, 1, 1), "it.a": True})

    def holds(other: Asked) -> bool:
        return {"it.until", "it.on"} <= other.facts.keys()

    assert dict(without_the_rest(case, holds, ["it.until"]).facts) == {"it.until": None, "it.on": dt.date(2020, 1, 1)}


def test_a_moment_that_ends_before_the_day_on_which_it_began_is_out_of_order() -> None:
    began, ends = dt.date(2020, 1, 2), dt.datetime(2020, 1, 1, 23, 59)
    assert _out_of_order(Asked({"shift.began_on": began, "shift.ends_at": ends})) == 1
    assert _out_of_order(Asked({"shift.began_on": began, "shift.ends_at": dt.datetime(2020, 1, 2)})) == 0


def test_one_of_a_kind_is_not_told_as_several(run: Run, tmp_path: Path) -> None:
    book = _book(tmp_path / "book", rule("(1)", "must: tell thing", "when: it.a"))
    output = run("check", book, "--deep", "--action", "tell thing").output
    assert output.startswith("1 action asked about all cases: nothing found\n"), output


def test_a_bundle_has_no_pages_that_could_be_out_of_date(run: Run, tmp_path: Path) -> None:
    old = _book(tmp_path / "old", rule("(1)", "must: tell thing", "when: it.a"))
    new = _book(tmp_path / "new", rule("(1)", "must: tell thing", "when: it.b"))
    assert run("bundle", "-r", new, tmp_path / "new.bundle").exit_code == 0
    output = run("diff", old, tmp_path / "new.bundle").output
    assert "  differs tell it\n" in output and "chapter pages" not in output


def test_the_only_value_that_could_be_stated_is_no_stretch(run: Run, tmp_path: Path) -> None:
    old = _book(tmp_path / "old", rule("(1)", "must: tell thing", "when: it.count <= 1"))
    new = _book(tmp_path / "new", rule("(1)", "must: tell thing", "when: it.count <= 1 and it.count >= 1"))
    output = run("diff", old, new).output
    assert "    where it: count: 0\n" in output, output


def test_what_is_not_so_in_a_case_is_said_in_a_sentence(run: Run, tmp_path: Path) -> None:
    def book(name: str, when: str) -> Path:
        words = WORDS.replace("      a: {type: yes/no,", "      a: {type: yes/no, says: the thing is open,")
        words = words.replace("      b: {type: yes/no,", "      b: {type: yes/no, says: all things are open,")
        files = {
            "vocabulary.yaml": words,
            "001-article.yaml": article(rule("(1)", "must: tell thing", f"when: {when}")),
        }
        return write_book(tmp_path / name, files)

    old, new = book("old", "not it.a and not it.b and not it.c"), book("new", "it.a and it.b and it.c")
    output = run("diff", old, new).output
    assert "    where the thing is not open\n" in output, output
    assert "    and   it is not so that all things are open\n" in output
    assert "    and   it: c: no\n" in output


CASE = (
    "case: Nobody says whether\nlaw: act\nat: 2020-03-02\nfacts: {it.b: yes}\nask: {decide: tell thing, by: warden}\n"
    "expect: {verdict: undetermined}\n"
)


def test_what_comes_out_otherwise_where_something_is_open_is_of_no_equal_meaning(run: Run, tmp_path: Path) -> None:
    """Proved is what is so of complete cases; a case of a file that leaves a fact open shows more."""
    old = _book(tmp_path / "old", rule("(1)", "must: tell thing", "when: it.a or not it.a or it.c"))
    new = _book(tmp_path / "new", rule("(1)", "must: tell thing", "when: it.a or not it.a"))
    for book in (old, new):
        (book / "act" / "cases").mkdir()
        (book / "act" / "cases" / "a.yaml").write_text(CASE.replace("it.b: yes", "it.c: yes"))
    output = run("diff", old, new).output
    assert "Cases\n  1 case is undetermined now, not having said: A?\n" in output, output
    assert "of equal meaning" not in output
    assert "otherwise but those of files told above, which leave something open: tell it\n" in output


def test_what_is_left_to_others_about_more_of_its_article_turns_no_verdict(run: Run, tmp_path: Path) -> None:
    duty, more = rule("(1)", "must: tell thing", "when: it.a"), rule("(2)", "may: do thing", "when: it.b")
    left = "delegate: presidential_decree", "within: [%s]"
    books = [
        _book(tmp_path / name, duty, more, rule("(3)", *left).replace("%s", places))
        for name, places in (("old", "(1)"), ("new", "(1), (2)"))
    ]
    assert "          no verdict turns on it: " in run("diff", *books).output
