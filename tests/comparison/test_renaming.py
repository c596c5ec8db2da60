"""Amendments that rename and renumber, change what is presumed or holds by default, or come with another day."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.evaluate.books import DECREE, LAW, VOCABULARY, article, rule
from tests.link.books import article as article_of

from mutandis.api import Rulebook
from mutandis.diagnostics import Severity
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Article, Source
from mutandis_tools.comparison.dependence import touched_by_amendment
from mutandis_tools.comparison.renaming import find_renaming
from mutandis_tools.comparison.rules import compare_rules
from mutandis_tools.comparison.semantic import SemanticDifference, SubjectDifference, compare_meaning
from mutandis_tools.opening import open_rulebook

LIBRARY = Path(__file__).parents[1] / "library"
Change = Callable[[str], str]


def _compare(folder: Path, rules: Change = str, words: Change = str, law: Change = str) -> SemanticDifference:
    root = folder / "amended"
    shutil.copytree(LIBRARY, root)
    for name, change in (
        ("statute/lending/001-lending.yaml", rules),
        ("vocabulary.yaml", words),
        ("statute/law.yaml", law),
    ):
        file = root / name
        file.write_text(change(file.read_text()))
    old, new = open_rulebook(LIBRARY), open_rulebook(root)
    for opened in (old, new):
        faults = (*opened.source.diagnostics, *opened.linked.diagnostics)
        assert opened.linked.program is not None, [str(d) for d in faults if d.severity is Severity.ERROR]
    assert old.linked.program is not None and new.linked.program is not None
    renaming = find_renaming(old.source.articles, new.source.articles, old.source.vocabulary, new.source.vocabulary)
    return compare_meaning(Rulebook(old.linked.program), Rulebook(new.linked.program), renaming=renaming)


def _of(found: SemanticDifference, action: str) -> SubjectDifference:
    return next(one for one in found.actions if one.name == action)


def _renamed(text: str) -> str:
    return text.replace("fees_owed", "debts")


def test_a_fact_under_another_name_changes_nothing(tmp_path: Path) -> None:
    found = _compare(tmp_path, rules=_renamed, words=_renamed)
    assert dict(found.renaming.facts) == {"reader.fees_owed": "reader.debts"}
    assert {one.standing for one in found.actions} == {"proved"}


def test_a_renamed_fact_with_another_bound_is_shown_by_its_new_name(tmp_path: Path) -> None:
    found = _compare(tmp_path, lambda text: _renamed(text).replace("> 10000 won", "> 9000 won"), _renamed)
    witness = _of(found, "lend book").witnesses[0]
    assert witness.case.facts["reader.debts"] == 9001 and witness.spans["reader.debts"] == (9001, 10000)


def _inserted(text: str) -> str:
    """A ban as paragraph (2); the duty to bring a book back becomes (3), its penalty (4)."""
    text = text.replace("(3)\n    summary: Keeping", "(4)\n    summary: Keeping").replace("of: (2)", "of: (3)")
    text = text.replace("at: (2)", "at: (3)").replace("  (4): the form", "  (5): the form")
    ban = "  - at: (2)\n    summary: Damaged books stay.\n    must_not: lend book\n"
    ban += "    when: book.damaged\n    despite: (1)\n"
    return text.replace("  - at: (3)\n    summary: A book comes", ban + "  - at: (3)\n    summary: A book comes")


def test_an_inserted_paragraph_is_shown_and_those_behind_it_are_only_renumbered(tmp_path: Path) -> None:
    found = _compare(tmp_path, rules=_inserted)
    assert found.renaming.places["statute/1(2)"] == "statute/1(3)"
    witness = next(w for w in _of(found, "lend book").witnesses if w.old.verdict == "permitted")
    assert witness.new.verdict == "forbidden"
    assert witness.case.facts["book.damaged"] is True
    assert {atom[0] for atom in witness.new.citations} == {"new statute/1(2)"}
    assert not _of(found, "return book").witnesses


@pytest.mark.parametrize(
    ("was", "is_", "verdict"), [("presume: no", "presume: yes", "required"), (", presume: no", "", "undetermined")]
)
def test_what_is_presumed_is_asked_with_the_fact_not_given(tmp_path: Path, was: str, is_: str, verdict: str) -> None:
    found = _of(_compare(tmp_path, words=lambda text: text.replace(was, is_)), "return book")
    witness = next(w for w in found.witnesses if w.aspect == "verdict")
    assert "book.asked_for_by_another" not in witness.case.facts
    assert witness.new.verdict == verdict != witness.old.verdict


def test_another_default_is_shown_without_any_norm(tmp_path: Path) -> None:
    def change(text: str) -> str:
        return text.replace("label: repair the book, default: silent", "label: repair the book, default: forbidden")

    (witness,) = _of(_compare(tmp_path, words=change), "repair book").witnesses
    assert (witness.old.verdict, witness.new.verdict) == ("silent", "forbidden_by_default")


def test_another_construal_is_shown(tmp_path: Path) -> None:
    narrower = "apply: 1(1)\n    when: not reader.class is child\n    construe"
    found = _compare(tmp_path, rules=lambda text: text.replace("apply: 1(1)\n    construe", narrower))
    (verdict,) = [w for w in _of(found, "lend map").witnesses if w.aspect == "verdict" and w.old.verdict == "permitted"]
    assert verdict.case.facts["reader.class"] == "child"


def test_a_transitional_clause_is_shown_under_the_version_it_is_about(tmp_path: Path) -> None:
    found = _compare(tmp_path, law=lambda text: text.replace("enforced: 2020", "enforced: 2021", 1))
    one = _of(found, "lend book")
    assert one.standing == "differs" and all(w.case.law_as_of is not None for w in one.witnesses)
    assert {w.new.verdict for w in one.witnesses} == {"forbidden_by_default"}


def _articles(*rules: str) -> Sequence[Article]:
    text = "law: act\narticle: 7\ntitle: An article\nrules:\n" + "".join(f"  - {one}\n" for one in rules)
    return load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/007-a.yaml": text}).articles


def test_what_is_left_to_others_moves_with_its_number_and_to_whom_it_is_left() -> None:
    """A paragraph is inserted before it, and it is left to a decree and no longer to an ordinance."""

    old = _articles("{at: (2), summary: Left to an ordinance., delegate: ordinance_of_the_ministry_of_justice}")
    new = _articles(
        "{at: (2), summary: A ban., must_not: do thing}",
        "{at: (3), summary: Left to a decree., delegate: presidential_decree}",
    )
    added, moved = compare_rules(old, new)
    assert (added.kind, added.provision) == ("added", "act/7(2)")
    assert (moved.kind, [edit.part for edit in moved.edits]) == ("moved", ["at", "delegate", "summary"])


def test_what_an_act_leaves_to_a_decree_moves_there_and_its_place_is_not_that_of_the_delegation() -> None:
    duty = "  - {at: (1), summary: A duty., must: tell thing, by: warden, when: it.a}\n"
    manner = "{at: %s, summary: %s, delegate: %s}\n"
    ordinance = "  - " + manner % ("(1)", "How is left to an ordinance.", "ordinance_of_the_ministry_of_justice")
    decree = "  - " + manner % ("main", "What is told is left to a decree.", "presidential_decree")
    old, new = (
        load_text(
            {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "decree/law.yaml": DECREE}
            | {f"{law}/{number:03}-a.yaml": article_of(str(number), text, law) for law, number, text in written}
        )
        for written in ([("act", 7, duty + ordinance)], [("act", 7, decree), ("decree", 3, duty)])
    )
    told = [(change.kind, change.provision) for change in compare_rules(old.articles, new.articles)]
    assert told == [("moved", "act/7 main"), ("moved", "decree/3(1)")]
    renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
    assert dict(renaming.places) == {"act/7(1)": "decree/3(1)"}
    books = [link(source).program for source in (old, new)]
    assert books[0] is not None and books[1] is not None
    found = compare_meaning(Rulebook(books[0]), Rulebook(books[1]), renaming=renaming)
    assert [(one.name, one.standing) for one in found.actions] == [("tell thing", "proved")]


def test_a_rule_that_holds_until_what_follows_it_is_told_to_end() -> None:
    """The former wording has an id of its own; what holds from then on is told against it."""

    ban = "at: (2), summary: A ban., must_not: do thing, when: it.used > {} days"
    old = _articles(f"{{{ban.format(40)}, since: 2020-01-01}}")
    new = _articles(
        f"{{{ban.format(60)}, since: 2026-07-01}}",
        f"{{{ban.format(40)}, id: until 2026, since: 2020-01-01, until: 2026-07-01}}",
    )
    told = {
        change.rule: [(edit.part, edit.now and edit.now.text) for edit in change.edits]
        for change in compare_rules(old, new)
    }
    assert {change.kind for change in compare_rules(old, new)} == {"changed"} and len(told) == 2
    assert [("in force", "from 2020-01-01 until 2026-07-01")] in told.values()
    assert [("when", "it.used > 60 days"), ("in force", "from 2026-07-01")] in told.values()
    ended = next(change for change in compare_rules(old, new) if len(change.edits) == 1)
    assert not ended.is_summary_old


def test_of_two_rules_alike_that_end_on_different_days_one_is_what_was_there_before() -> None:
    ban = "at: (2), summary: A ban., must_not: do thing"
    old = _articles(f"{{{ban}}}")
    new = _articles(f"{{{ban}, id: short, until: 2025-01-01}}", f"{{{ban}, id: long, until: 2026-01-01}}")
    told = [(change.kind, [edit.part for edit in change.edits]) for change in compare_rules(old, new)]
    assert len(told) == 2 and ("changed", ["in force"]) in told and {kind for kind, _ in told} == {"changed", "added"}


def test_a_rule_that_ends_for_events_of_a_later_day_is_told_to_end() -> None:
    """As a transitional clause has it: what happened before that day stays under the former wording."""
    ban = "at: (2), summary: A ban., must_not: do thing, when: it.used > {} days"
    old = _articles(f"{{{ban.format(40)}}}")
    new = _articles(
        f"{{{ban.format(40)}, governed_by: it.on, until: 2027-01-01}}",
        f"{{{ban.format(60)}, governed_by: it.on, since: 2027-01-01}}",
    )
    told = [(change.kind, [edit.part for edit in change.edits]) for change in compare_rules(old, new)]
    assert ("changed", ["governed by", "in force"]) in told and {kind for kind, _ in told} == {"changed", "added"}
    assert not any(change.is_summary_old for change in compare_rules(old, new))


def test_a_rule_whose_bearer_alone_is_another_is_told_apart_from_its_former_wording() -> None:
    """Two rules of one place and object have in their ids what tells them apart, which is no part of either."""
    ban, earlier = "at: (2), summary: %s, must_not: do thing, by: %s", "until: 2020-01-01}"
    old = _articles(f"{{{ban % ('Now.', 'warden')}, since: 2020-01-01}}", f"{{{ban % ('Once.', 'warden')}, {earlier}")
    new = _articles(f"{{{ban % ('Now.', 'doctor')}, since: 2020-01-01}}", f"{{{ban % ('Once.', 'warden')}, {earlier}")
    (change,) = compare_rules(old, new)
    assert (change.kind, [edit.part for edit in change.edits]) == ("changed", ["by"])


def _of_articles(*numbers: str) -> tuple[Rulebook, Source]:
    """A ban on what has its basis under articles 3 to 5, and a right at each of the articles."""
    ranged = rule("(1)", "must_not: tell thing", "when: it.basis falls under 3 to 5")
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/001-article.yaml": article(ranged)}
    for at, number in enumerate(numbers, 2):
        written = article(rule("(1)", f"may: {'burn' if number == '5' else 'keep'} thing", f"when: it.{'abc'[at % 3]}"))
        files[f"act/{at:03}-article.yaml"] = written.replace("article: 1\n", f"article: {number}\n")
    source = load_text(files)
    linked = link(source)
    assert linked.program is not None, [str(one) for one in (*source.diagnostics, *linked.diagnostics)]
    return Rulebook(linked.program), source


@pytest.mark.parametrize(("was", "is_"), [("8", "4-2"), ("4-2", "8")])
def test_an_article_renumbered_into_a_range_or_out_of_it_touches_what_asks_about_the_range(was: str, is_: str) -> None:
    (old, before), (new, after) = _of_articles("3", "5", was), _of_articles("3", "5", is_)
    renaming = find_renaming(before.articles, after.articles, before.vocabulary, after.vocabulary)
    assert renaming.places == {f"act/{was}(1)": f"act/{is_}(1)"}
    assert ("action", "tell thing") in touched_by_amendment(old.program, new.program, {}, renaming.places)
    assert _of(compare_meaning(old, new, renaming=renaming), "tell thing").standing == "differs"


@pytest.mark.parametrize(
    ("kept", "places"), [("must_not: burn thing", {}), ("states: A purpose.", {"act/7(2)": "act/7(3)"})]
)
def test_a_provision_that_goes_on_saying_something_has_its_number(kept: str, places: dict[str, str]) -> None:
    """What it said besides has a number of its own now; a provision is not told to be another by what it says still."""
    duty, stays = "at: (%s), summary: A duty., must: tell thing, when: it.a", "{at: (2), summary: It stays., %s}"
    old = _articles(f"{{{duty % 2}}}", stays % kept)
    new = _articles(f"{{{duty % 3}}}", stays % kept)
    words = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY}).vocabulary
    assert find_renaming(old, new, words, words).places == places
    assert [change.kind for change in compare_rules(old, new)] == ["moved"]
