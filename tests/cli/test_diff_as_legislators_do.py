"""What amendments do: a body renamed throughout, a kind added to a definition, a ground before the catch-all one."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Run, write_book
from tests.evaluate.books import article, rule

from mutandis_tools.comparison.answers import Asked
from mutandis_tools.comparison.renamed_terms import renamed_terms
from mutandis_tools.comparison.witness import _in_order
from mutandis_tools.opening import open_rulebook

LIBRARY = Path(__file__).parents[1] / "library"
RULES, WORDS = "statute/lending/001-lending.yaml", "vocabulary.yaml"
Change = Callable[[str], str]


def _amended(folder: Path, **changes: Change) -> Path:
    """A copy of the library, with the rules, the words or every file changed."""
    root = folder / "amended"
    shutil.copytree(LIBRARY, root)
    files = {"rules": [root / RULES], "words": [root / WORDS], "every": sorted(root.rglob("*.yaml"))}
    for part, change in changes.items():
        for file in files[part]:
            file.write_text(change(file.read_text()))
    return root


def test_a_body_and_a_thing_renamed_throughout_are_told_once_and_nothing_comes_out_otherwise(
    run: Run, tmp_path: Path
) -> None:
    root = _amended(tmp_path, every=lambda text: re.sub(r"\blibrarian\b", "keeper", text))
    result = run("diff", LIBRARY, root)
    assert result.exit_code == 1
    assert "  changed the term `librarian` is called `keeper` now\n" in result.output
    assert "  changed `keeper` is called “keeper”, was called “librarian”\n" in result.output
    assert "Rules\n" not in result.output and "Cases\n" not in result.output
    assert "Answers\n  the same nothing differs that any of the " in result.output


def test_a_thing_is_renamed_with_its_actions_and_a_bound_that_changed_too_is_shown(run: Run, tmp_path: Path) -> None:
    root = _amended(tmp_path)
    assert run("rename", "term", "book", "volume", "--rulebook", root).exit_code == 0
    assert run("diff", LIBRARY, root, "--no-proofs").output.startswith(
        "Terms\n  changed the term `book` is called `volume` now\n"
    )
    rules = root / RULES
    rules.write_text(rules.read_text().replace("<= 30 days", "<= 20 days"))
    output = run("diff", LIBRARY, root).output
    assert "the term `book` is called `volume` now" in output
    assert " 21 days (the same from 21 days to 30 days)\n" in output
    assert "  removed " not in output and "  added " not in output


def test_an_action_under_another_verb_is_one_action_though_somebody_else_does_it(run: Run, tmp_path: Path) -> None:
    """`lend` is declared for all kinds of items; a rule speaks to books, another carries it to maps."""
    root = _amended(tmp_path, every=lambda text: re.sub(r"\blend (item|book|map)\b", r"issue \1", text))
    words, rules = root / WORDS, root / RULES
    words.write_text(words.read_text().replace("default: forbidden, by: librarian", "default: forbidden, by: reader"))
    rules.write_text(rules.read_text().replace("may: issue book\n    by: librarian", "may: issue book\n    by: reader"))
    result = run("diff", LIBRARY, root)
    assert "  changed the action `lend item` is called `issue item` (lend the item) now\n" in result.output
    assert "  by was librarian\n" in result.output and "             is  reader\n" in result.output
    assert "effect" not in result.output and "cannot be asked" not in result.output
    assert "  removed " not in result.output and "  added " not in result.output


def test_a_term_is_told_under_its_new_name_where_the_rulebooks_were_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _amended(tmp_path)
    assert run("rename", "term", "book", "volume", "--rulebook", root).exit_code == 0
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path / "cache"))
    for _ in range(2):  # read, and kept
        result = run("diff", LIBRARY, root)
        head, _, said = result.output.partition("\n\n")
        assert (head, result.exit_code) == ("Terms\n  changed the term `book` is called `volume` now", 1)
        assert said == "Answers\n  the same nothing differs that any of the 5 actions is decided by\n"


def _presuming(folder: Path, *rules: str) -> Path:
    return write_book(folder, {"001-article.yaml": article(*rules)})


DUTY = rule("(1)", "must: tell thing", "when: it.usual", "governed_by: it.on")
PRESUMING = {
    "where nobody says when, it is taken not to have happened yet": (
        rule("(2)", "deem: it.usual", "as: no", "when: it.until is present and it.until < today"),
        "presume: not yet",
    ),
    "what a case does not date is presumed to be under the law applied": (
        rule("(2)", "states: the day by which paragraph (1) is chosen", "governed_by: it.on"),
        "presume: under this law",
    ),
}


@pytest.mark.parametrize("told", PRESUMING)
def test_what_a_rule_no_longer_presumes_is_told_and_nothing_that_stayed_as_written(
    run: Run, tmp_path: Path, told: str
) -> None:
    plain, presumes = PRESUMING[told]
    old, new = _presuming(tmp_path / "old", DUTY, f"{plain}\n{presumes}"), _presuming(tmp_path / "new", DUTY, plain)
    told_of_rules = run("diff", old, new, "--no-proofs").output.partition("\n\n")[0]
    assert told_of_rules == (f"Rules\n  changed Act Art. 1 (2) (presumes): A rule.\n          presumes gone {told}")


def test_another_role_is_no_new_name_where_it_acts_elsewhere(tmp_path: Path) -> None:
    def change(text: str) -> str:
        return text.replace("librarian: {role: yes, label: librarian}", "clerk: {role: yes, label: clerk}")

    root = _amended(tmp_path, every=lambda text: change(text).replace("librarian", "reader"))
    assert renamed_terms(open_rulebook(LIBRARY).source, open_rulebook(root).source) == {}


def test_a_term_that_a_division_handles_is_renamed_there_too(run: Run, tmp_path: Path) -> None:
    root = _amended(tmp_path)
    divisions = root / "statute" / "divisions.yaml"
    divisions.write_text(
        "service: Library\nsource: its leaflet\ndivisions:\n  shelves:\n    title: Shelves\n    duties: books\n"
        "    terms: [book]\n"
    )
    assert run("rename", "term", "book", "volume", "--rulebook", root).exit_code == 0
    assert "    terms: [volume]\n" in divisions.read_text()


def test_a_kind_that_a_definition_newly_names_has_its_case(run: Run, tmp_path: Path) -> None:
    root = _amended(
        tmp_path,
        words=lambda text: text.replace("child: child,", "child: child, student: student,"),
        rules=lambda text: text.replace("1: reader.class is adult", "1: reader.class is one of [adult, student]"),
    )
    output = run("diff", LIBRARY, root).output
    assert "of equal meaning" not in output
    assert "  widened `reader.class`: can be more now; " in output
    was, is_ = "was   forbidden by default (nothing permits it)", "is    permitted: Statute Art. 1 (1) 1"
    assert "student" in output and f"    {was}\n    {is_}\n" in output


def test_a_value_renamed_throughout_is_told_once(run: Run, tmp_path: Path) -> None:
    """In the list of values, in conditions, in what is read as what, and in cases; with its label."""
    construed = "    construe:\n      adult: child\n"
    clause = f"  - at: (9)\n    summary: As for readers.\n    apply: 1(1)\n{construed}"
    old = _amended(tmp_path / "old", rules=lambda text: text.replace("not_modelled:", f"{clause}not_modelled:", 1))
    new = tmp_path / "new"
    shutil.copytree(old, new)
    for file in new.rglob("*.yaml"):
        file.write_text(re.sub(r"\badult\b(?=[:,\n\]])", "grown_up", file.read_text()))
    output = run("diff", old, new).output
    assert "  changed `reader.class`: the value `adult` is called `grown_up` now\n" in output
    assert "  the same nothing differs that any of the " in output
    assert not any(word in output for word in ("Rules\n", "Cases\n", "can no longer be", "widened"))


def test_a_construal_is_told_in_words_be_it_new_or_another(run: Run, tmp_path: Path) -> None:
    def clause(*construed: str) -> Change:
        lines = "".join(f"      {one}\n" for one in construed)
        told = f"  - at: (9)\n    summary: As for readers.\n    apply: 1(1)\n    construe:\n{lines}"
        return lambda text: text.replace("not_modelled:", f"{told}not_modelled:", 1)

    old = _amended(tmp_path / "old", rules=clause("adult: child"))
    new = _amended(tmp_path / "new", rules=clause("adult: guest", "librarian: reader"))
    assert (
        "          construe was “adult” is read as “child”\n"
        "                   is  “adult” is read as “guest”\n"
        "          construe new “librarian” is read as “reader”\n"
    ) in run("diff", old, new, "--no-proofs").output


def test_a_value_in_the_place_of_another_that_rules_name_elsewhere_is_another(run: Run, tmp_path: Path) -> None:
    root = _amended(
        tmp_path,
        words=lambda text: text.replace("guest: guest", "student: student"),
        rules=lambda text: text.replace("guest", "adult").replace("2: reader", "2: reader.class is student or reader"),
    )
    output = run("diff", LIBRARY, root, "--no-proofs").output
    assert "`reader.class` can no longer be `guest`" in output and "is called `student`" not in output


def test_what_a_fact_can_no_longer_be_is_of_no_equal_meaning(run: Run, tmp_path: Path) -> None:
    root = _amended(
        tmp_path,
        words=lambda text: text.replace(", guest: guest", ""),
        rules=lambda text: text.replace("reader.class is adult", "not reader.class is child"),
    )
    output = run("diff", LIBRARY, root).output
    assert "`reader.class` as it was declared" in output and "of equal meaning" not in output


def test_a_ground_before_the_last_moves_it_and_cases_of_it_are_answered_alike(run: Run, tmp_path: Path) -> None:
    def change(text: str) -> str:
        return text.replace("      2: reader", "      2: reader.class is guest and book.damaged\n      3: reader")

    output = run("diff", LIBRARY, _amended(tmp_path, rules=change)).output
    assert (
        "          number of ground was Statute Art. 1 (1) 2\n"
        "                           is  Statute Art. 1 (1) 3\n"
        "          ground Statute Art. 1 (1) 2 new "
    ) in output
    assert "  renumbered Statute Art. 1 (1) 2 is Statute Art. 1 (1) 3 now, and is told by its old number\n" in output
    assert "Cases\n" not in output
    assert "    is    permitted: Statute Art. 1 (1) 2 (new)\n" in output


def test_what_is_told_with_an_answer_is_named_where_it_is_another(run: Run, tmp_path: Path) -> None:
    root = _amended(tmp_path, rules=lambda text: text.replace("<= 30 days", "<= 25 days"))
    output = run("diff", LIBRARY, root).output
    assert (
        "    was limits days of the loan at most 30 days (Statute Art. 1 (1))\n"
        "    is  limits days of the loan at most 25 days (Statute Art. 1 (1))\n"
    ) in output


@pytest.mark.parametrize("holds_for", ["began", "ends", "neither"])
def test_nothing_ends_before_it_begins_where_a_case_can_do_without_that(holds_for: str) -> None:
    late, early = dt.date(2050, 1, 18), dt.date(2020, 1, 1)
    case = Asked({"sentence.began_on": late, "sentence.ends_on": early, "other.ends_on": early})

    def holds(other: Asked) -> bool:
        moved = {name for name, day in other.facts.items() if day != case.facts[name]}
        return moved == {f"sentence.{holds_for}_on"}

    facts = _in_order(case, holds).facts
    assert facts["other.ends_on"] == early
    moved = {"began": (early, early), "ends": (late, late), "neither": (late, early)}
    assert (facts["sentence.began_on"], facts["sentence.ends_on"]) == moved[holds_for]


def test_a_rule_that_no_longer_opens_its_law_as_a_whole_is_told_in_words(run: Run, tmp_path: Path) -> None:
    brings = "  - at: (9)\n    summary: Guests count.\n    define: reader.counts\n    when: reader.class is guest\n"
    words = _amended(
        tmp_path / "old",
        words=lambda text: text.replace(
            "      banned_on:", "      counts: {type: yes/no, label: counts}\n      banned_on:"
        ),
        rules=lambda text: text.replace("not_modelled:", f"{brings}    whole_law: yes\nnot_modelled:", 1),
    )
    new = tmp_path / "new"
    shutil.copytree(words, new)
    (new / RULES).write_text((new / RULES).read_text().replace("    whole_law: yes\n", ""))
    output = run("diff", words, new).output
    assert "          whole law gone a case in which it holds is under its law as a whole\n" in output
    assert "          no verdict turns on it: answers only name it beside what they rest on\n" in output
    assert "  the same nothing differs that any of the " in output


def test_a_matter_left_to_others_says_what_of_it_is_otherwise(run: Run, tmp_path: Path) -> None:
    left = "  - at: (8)\n    summary: The card is left to a decree.\n    delegate: decree\n    within: [(1), (2)]\n"
    old = _amended(
        tmp_path / "old",
        rules=lambda text: text.replace("not_modelled:", f"{left}not_modelled:", 1),
        words=_with_decree,
    )
    new = tmp_path / "new"
    shutil.copytree(old, new)
    rules = new / RULES
    rules.write_text(rules.read_text().replace("# ", "#  ").replace("delegate: decree", "delegate: ordinance"))
    rules.write_text(f"# Read anew.\n{rules.read_text()}")
    output = run("diff", old, new).output
    assert "  changed Statute Art. 1 (8) (delegate): The card is left to a decree.\n" in output
    assert "          no verdict turns on it: answers only name it beside what they rest on\n" in output


def _with_decree(text: str) -> str:
    roles = "  decree: {role: yes, label: decree}\n  ordinance: {role: yes, label: ordinance}\n"
    return text.replace("  librarian:", f"{roles}  librarian:", 1)


def test_a_case_that_can_no_longer_be_asked_says_why(run: Run, tmp_path: Path) -> None:
    """Where a length is reckoned in another unit from another least one, no case that stated it can be asked."""
    old = _amended(tmp_path / "old")
    new = _amended(tmp_path / "new", words=lambda text: text.replace("unit: days", "unit: weeks, min: 40 weeks", 1))
    output = run("diff", old, new, "--no-proofs").output
    assert re.search(r"\n  1 case can no longer be asked: `loan.length` is at least 280 days\n", output), output
    assert "cannot be asked" not in output
