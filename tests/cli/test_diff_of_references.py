"""Amendments after which cases and conditions name a provision by another number."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from tests.cli.conftest import Run, write_book
from tests.evaluate.books import article, rule

from mutandis.citation import parse_citation
from mutandis.resources import schema_text
from mutandis_tools.comparison.renaming import Renaming

FIRST = rule("(1)", "may: do thing", "when: it.a")
BY_GROUNDS = "may: keep thing", "grounds: {1: it.a, 2: it.b}"
CASE = (
    "case: What was ordered under the second\nlaw: act\nat: 2020-03-02\nfacts: {it.basis: act/%s}\n"
    "ask: {decide: tell thing, by: warden}\nexpect: {verdict: forbidden, cites: [%s]}\n"
)


def _banned_under(at: str, places: str) -> str:
    return rule(at, "must_not: tell thing", f"when: it.basis falls under {places}")


def _before(folder: Path) -> Path:
    rules = article(FIRST, rule("(2)", *BY_GROUNDS), _banned_under("(3)", "(1), (2)"))
    return write_book(folder / "old", {"001-a.yaml": rules, "cases/a.yaml": CASE % ("1(2)2", "1(3)")})


def test_a_paragraph_that_became_an_article_is_stated_by_its_new_number(run: Run, tmp_path: Path) -> None:
    """What was ordered under it is asked about by both numbers, so that nothing comes out otherwise."""
    own = article(rule("main", *BY_GROUNDS)).replace("article: 1", "article: 2")
    new = write_book(
        tmp_path / "new",
        {
            "001-a.yaml": article(FIRST, _banned_under("(2)", "(1), 2")),
            "002-b.yaml": own,
            "cases/a.yaml": CASE % ("2.2", "1(2)"),
        },
    )
    output = run("diff", _before(tmp_path), new).output
    assert "differs" not in output and "Cases\n" not in output
    assert "  proved  no case comes out otherwise: burn it, keep it, tell it\n" in output
    assert "  renumbered Act Art. 1 (2) 2 is Act Art. 2, subparagraph 2 now, and is told by its old number\n" in output
    assert "  changed the case `What was ordered under the second` names provisions by their new numbers\n" in output


def test_a_reference_that_was_not_numbered_anew_is_shown(run: Run, tmp_path: Path) -> None:
    """A paragraph is inserted before what is referred to, and the reference names the new one."""
    inserted = rule("(2)", "may: do thing", "when: it.c")
    for places, differs in (("(1), (2)", True), ("(1), (3)", False)):
        rules = article(FIRST, inserted, rule("(3)", *BY_GROUNDS), _banned_under("(4)", places))
        new = write_book(tmp_path / str(differs), {"001-a.yaml": rules, "cases/a.yaml": CASE % ("1(3)2", "1(4)")})
        output = run("diff", _before(tmp_path / places), new).output
        assert ("  differs tell it\n    where it: basis: Act Art. 1 (2)" in output) is differs, output
        assert ("proved  no case comes out otherwise: burn it, keep it, tell it" in output) is not differs


def test_a_paragraph_that_became_a_sentence_has_no_subparagraphs() -> None:
    """What stood in one is called as before, and the old rulebook is not asked about it: it has no such provision."""
    names = Renaming({"act/1(2)": "act/1(3) latter"}, citing=frozenset({"it.basis"}))
    assert names.new_place("act/1(2)") == "act/1(3) latter"
    assert names.new_place("act/1(2)1") == "act/1(2)1"
    assert names.facts_before({"it.basis": "act/1(3) latter", "it.a": True}) == {"it.basis": "act/1(2)", "it.a": True}
    assert parse_citation(str(names.facts_before({"it.basis": "act/1(2)1"})["it.basis"])).is_external


def test_what_is_newly_told_beside_what_was_told_is_no_first_limit(run: Run, tmp_path: Path) -> None:
    may = rule("(1)", "may: do thing", "requires: how.days <= 9 days")
    case = CASE.replace("tell thing", "do thing").replace("it.basis: act/%s", "how.days: 5 days").replace("%s", "1(1)")
    case = case.replace("forbidden", "permitted")
    more = rule("(2)", "limits: do thing", "requires: how.days <= 20 days")
    old = write_book(tmp_path / "old", {"001-a.yaml": article(may), "cases/a.yaml": case})
    new = write_book(tmp_path / "new", {"001-a.yaml": article(may, more), "cases/a.yaml": case})
    output = run("diff", old, new).output
    assert "    was no other limit\n    is  limits " in output, output


def test_a_proviso_that_became_a_paragraph_is_left_by_what_applies_its_paragraph(run: Run, tmp_path: Path) -> None:
    """It says the same of the action it speaks to, and nothing any more of the one to which the clause carried it."""
    ban, clause = rule("(1)", "must_not: do thing", "when: it.a"), ("apply: (1)", "construe: {do thing: tell thing}")
    proviso = "may: do thing", "when: it.b", "despite: (1)"
    books = [
        write_book(tmp_path / name, {"001-a.yaml": article(ban, rule(at, *proviso), rule("(3)", *clause))})
        for name, at in (("old", "(1) proviso"), ("new", "(2)"))
    ]
    output = run("diff", *books).output
    assert "  moved   Act Art. 1 (2) (at): A rule.\n" in output and "of equal meaning" not in output
    assert "          no longer carried by Act Art. 1 (3)\n" in output
    assert "  differs tell it\n" in output and "proved  no case comes out otherwise: do it\n" in output
    told = json.loads(run("diff", *books, "--json").output)
    assert [one["left_by"] for one in told["rules"]] == [["act/1(3)"]]
    jsonschema.validate(told, json.loads(schema_text("comparison")))


def test_a_rule_that_moved_to_the_place_of_one_that_is_gone_is_not_taken_for_it(run: Run, tmp_path: Path) -> None:
    """Both have one id, and only of the one that is there still it is said that it means the same."""
    first, second = (("must_not: keep thing", f"when: it.a{more}") for more in (" and not it.a", ""))
    old = write_book(tmp_path / "old", {"001-a.yaml": article(rule("(1)", *first), rule("(2)", *second))})
    new = write_book(tmp_path / "new", {"001-a.yaml": article(rule("(1)", *second))})
    old_text = (old / "act/001-a.yaml").read_text().replace("summary: A rule.", "summary: The first.", 1)
    (old / "act/001-a.yaml").write_text(old_text)
    lines = run("diff", old, new).output.splitlines()
    equal = "          of equal meaning: no case comes out otherwise"
    assert lines[lines.index("  moved   Act Art. 1 (1) (at): A rule.") + 1] == equal
    assert lines.count(equal) == 1 and "  removed Act Art. 1 (1): The first." in lines
