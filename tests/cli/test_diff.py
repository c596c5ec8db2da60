"""`mutandis diff`: what changed in the rules and in the outcomes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run, write_book
from tests.evaluate.books import LAW, VOCABULARY, article, rule

from mutandis.backends.solver import terms
from mutandis.backends.solver.terms import NoSolverError
from mutandis.resources import schema_text
from mutandis.vocabulary import Vocabulary
from mutandis_tools.names import Names
from mutandis_tools.report.comparison_text import _but_for_figures
from mutandis_tools.report.rule_change_text import _by_article


def _amended(library: Path, folder: Path) -> Path:
    root = folder / "amended"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    text = rules.read_text().replace("<= 30 days", "<= 9 days")
    head, _, care = text.rpartition("---\n")
    rules.write_text(head.rstrip() + "\n" if "article: 3" in care else text)
    return root


def test_a_rulebook_is_the_same_as_itself(run: Run, library: Path) -> None:
    result = run("diff", library, library)
    assert (result.exit_code, result.output) == (0, "")


def test_one_rulebook_without_another_of_its_laws_is_told(run_on_the_laws: Run, library: Path) -> None:
    result = run_on_the_laws("diff", library)
    assert result.exit_code == 2
    assert "shipped with the program, have no law in common" in result.output


def test_where_a_rule_stands_in_its_file_changes_nothing(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "moved"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text("# A comment.\n" + rules.read_text())
    assert run("diff", library, root).output == ""


def test_an_amendment_shows_its_rules_what_they_reach_and_the_cases(run: Run, library: Path, tmp_path: Path) -> None:
    result = run("diff", library, _amended(library, tmp_path))
    assert result.exit_code == 1
    assert "  changed Statute Art. 1 (1) (requires): Books are lent to readers on two grounds.\n" in result.output
    assert "          reaches Statute Art. 2\n" in result.output
    assert "  removed Statute Art. 3: Damaged books are repaired.\n" in result.output
    assert (
        "  An adult asks for a book for ten days\n"
        "    was permitted: Statute Art. 1 (1) 1\n"
        "    is  forbidden: Statute Art. 1 (1) 1\n"
    ) in result.output


def _changed(library: Path, folder: Path, was: str, is_: str) -> Path:
    root = folder / "changed"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    assert was in rules.read_text()
    rules.write_text(rules.read_text().replace(was, is_, 1))
    return root


def test_what_a_change_reaches_is_told_in_the_order_of_the_law_in_data_too(run: Run, tmp_path: Path) -> None:
    later = [rule(f"({n})", "may: do thing", "when: it.read") for n in (10, 9)]
    for name, when in (("old", "it.a"), ("new", "it.b")):
        own = rule("(1)", "define: it.read", f"when: {when}")
        write_book(tmp_path / name, {"001-article.yaml": article(own, *later)})
    data = json.loads(run("diff", tmp_path / "old", tmp_path / "new", "--json").output)
    (change,) = data["rules"]
    assert change["reaches"] == ["act/1(9)", "act/1(10)"]


def test_what_a_place_reaches_is_told_once_though_two_rules_stand_there(run: Run, tmp_path: Path) -> None:
    both = ("must: keep thing", "must: burn thing")
    for name, when in (("old", "it.a"), ("new", "it.b")):
        ruled = [rule("(1)", effect, f"id: act/1(1)#{n}", f"when: {when}") for n, effect in enumerate(both)]
        ruled.append(rule("(2)", "may: do thing", "when: (1) applies"))
        write_book(tmp_path / name, {"001-article.yaml": article(*ruled)})
    output = run("diff", tmp_path / "old", tmp_path / "new").output
    assert output.count("  changed Act Art. 1 (1) (when)") == 2 and output.count("reaches Act Art. 1 (2)") == 1


def test_what_is_only_gone_or_only_new_is_said_to_be(run: Run, library: Path, tmp_path: Path) -> None:
    ground = "      2: reader.class is child and not book.rare\n"
    without = _changed(library, tmp_path, ground, "")
    told = "ground Statute Art. 1 (1) 2 {} the class of the reader is child"
    assert told.format("gone") in run("diff", library, without, "--no-proofs").output
    assert told.format("new") in run("diff", without, library, "--no-proofs").output


def test_where_only_a_citation_is_otherwise_words_say_which(run: Run, library: Path, tmp_path: Path) -> None:
    ground = "      2: reader.class is child and not book.rare\n"
    more = _changed(library, tmp_path, ground, f"{ground}      3: not book.rare\n")
    output = run("diff", library, more).output
    told = "    is    permitted, rests now also on Statute Art. 1 (1) 3\n"
    assert output.count(told) == 1  # maps are lent as books are, and rest on it through that clause


def test_what_was_numbered_anew_is_told_once_and_its_cases_come_out_alike(
    run: Run, library: Path, tmp_path: Path
) -> None:
    root = tmp_path / "inserted"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    text = rules.read_text().replace("  - at: (3)\n", "  - at: (4)\n").replace("of: (2)\n", "of: (3)\n")
    text = text.replace("at: (2) proviso", "at: (3) proviso").replace("  (4): the form", "  (5): the form")
    new = "  - at: (2)\n    summary: A rare book stays.\n    must_not: return book\n    when: book.rare\n"
    rules.write_text(text.replace("  - at: (2)\n", f"{new}  - at: (3)\n"))
    output = run("diff", library, root, "--no-proofs").output
    assert (
        "  moved   Statute Art. 1 (3) (at): A book comes back within thirty days.\n"
        "          at was Statute Art. 1 (2)\n"
        "             is  Statute Art. 1 (3)\n"
    ) in output
    assert "  moved   Statute Art. 1 (4) (at): Keeping a book too long costs a fee.\n" in output
    assert "  added   Statute Art. 1 (2): A rare book stays.\n" in output and "  removed " not in output
    assert "    is  required: Statute Art. 1 (3)\n" not in output
    told = "1 case is undetermined now, not having said: Is the item rare? A book asked for by another is due"
    assert told in " ".join(output.split())
    data = json.loads(run("diff", library, root, "--no-proofs", "--json").output)
    jsonschema.validate(data, json.loads(schema_text("comparison")))
    assert {one["change"] for one in data["rules"]} == {"moved", "added"}


def test_a_rule_in_other_words_of_equal_meaning_needs_no_other_summary(run: Run, library: Path, tmp_path: Path) -> None:
    was = "reader.class is child and not book.rare"
    turned = _changed(library, tmp_path, was, "not book.rare and reader.class is child")
    output = run("diff", library, turned).output
    assert "of equal meaning: no case comes out otherwise" in output
    assert "summary was not changed" not in output


def test_only_other_verdicts_can_be_asked_for(run: Run, library: Path, tmp_path: Path) -> None:
    root = _amended(library, tmp_path)
    assert "A map is lent" in run("diff", library, root).output
    assert "A map is lent" not in run("diff", library, root, "--verdicts").output


def test_what_is_declared_otherwise_is_told_in_sentences(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "declared"
    shutil.copytree(library, root)
    for file in root.rglob("*.yaml"):
        text = file.read_text()
        if file.name == "vocabulary.yaml":
            text = text.replace("repair the book, default: silent", "repair the book, default: forbidden").replace(
                "Is the item damaged?", "Is it torn?"
            )
            text = text.replace("presume: no", "presume: yes")
        elif file.name == "law.yaml":
            text = text.replace("enforced: 20", "enforced: 19", 1)
        elif "cases" in file.parts:
            text = text.replace("Fees bar a loan", "Fees always bar a loan")
        file.write_text(text)
    result = run("diff", library, root)
    assert result.exit_code == 1
    for sentence in (
        "`repair book` is now forbidden by default",
        "`item.asked_for_by_another` is presumed yes, was no (so too `book.asked_for_by_another`, `map.asked_for",
        "the question of `item.damaged` asks something else: “Is it torn?”, was “Is the item damaged?” (so too `book",
        "    and   it is not said: book asked for by another\n",
        "is in force from 19",
        "removed the case `Fees bar a loan` is gone",
        "added   the case `Fees always bar a loan` is new",
    ):
        assert sentence in result.output, result.output
    data = json.loads(run("diff", library, root, "--json").stdout)
    assert {one["about"] for one in data["declarations"]} == {"action", "fact", "instrument", "case"}


def test_a_rulebook_with_errors_cannot_be_compared(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "broken"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("reader.class is adult", "reader.klass is adult"))
    result = run("diff", library, root)
    assert result.exit_code == 2
    assert "cannot be compared" in result.output


def test_json_has_both_answers(run: Run, library: Path, tmp_path: Path) -> None:
    data = json.loads(run("diff", library, _amended(library, tmp_path), "--json").stdout)
    assert {"statute/1(1)", "statute/3 main", "statute/3 latter"} == {rule["provision"] for rule in data["rules"]}
    ten_days = next(case for case in data["cases"] if case["case"].startswith("An adult"))
    assert (ten_days["old"]["verdict"], ten_days["new"]["verdict"]) == ("permitted", "forbidden")


def test_every_case_is_asked_about_and_the_smallest_is_shown(run: Run, library: Path, tmp_path: Path) -> None:
    output = run("diff", library, _amended(library, tmp_path)).output
    assert "  differs lend the book\n    where " in output
    assert "loan: days of the loan: 10 days (the same from 10 days to 30 days)\n" in output
    assert re.search(r"    was   permitted: Statute Art. 1 \(1\) [12]\n", output)
    assert "Answers" not in run("diff", library, tmp_path / "amended", "--no-proofs").output


def test_what_changes_no_answer_is_proved_within_bounds_that_are_told(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "reworded"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("child and not book.rare", "child and not (book.rare or book.rare)"))
    result = run("diff", library, root)
    assert "  proved  no case comes out otherwise: lend the book" in result.output
    assert "within  every fact stated" in result.output
    assert "differs" not in result.output and result.exit_code == 1  # a rule says it in other words


def test_json_of_a_comparison_is_what_its_schema_says(run: Run, library: Path, tmp_path: Path) -> None:
    data = json.loads(run("diff", library, _amended(library, tmp_path), "--json").stdout)
    jsonschema.validate(data, json.loads(schema_text("comparison")))
    lend = next(one for one in data["answers"]["actions"] if one["action"] == "lend book")
    assert lend["witnesses"][0]["facts"]["loan.length"] == "10 days"
    assert lend["witnesses"][0]["spans"]["loan.length"] == ["10 days", "30 days"]


def test_saved_cases_are_cases_of_the_new_rulebook(run: Run, library: Path, tmp_path: Path) -> None:
    amended, saved = _amended(library, tmp_path), tmp_path / "saved"
    run("diff", library, amended, "--save-cases", saved)
    files = sorted(saved.iterdir())
    assert "lend-book-1.yaml" in [file.name for file in files]
    cases = amended / "statute" / "cases"
    for file in cases.iterdir():
        file.unlink()
    for file in files:
        shutil.copy(file, cases)
    assert f"{len(files)} cases: {len(files)} passed" in run("test", amended).output
    assert run("fmt", "--check", amended).exit_code == 0


def test_markdown_has_headings_and_blocks(run: Run, library: Path, tmp_path: Path) -> None:
    output = run("diff", library, _amended(library, tmp_path), "--markdown").output
    assert "### Rules\n\n```text\n" in output and "### Answers\n\n```text\n" in output


def test_without_the_solver_the_rest_is_compared_and_it_is_said(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> object:
        raise NoSolverError("proving needs the solver z3")

    monkeypatch.setattr(terms, "z3", missing)
    amended = _amended(library, tmp_path)
    result = run("diff", library, amended)
    assert result.exit_code == 1 and "Answers" not in result.stdout
    assert "only the cases of files were compared: proving needs the solver z3" in result.stderr
    assert run("diff", library, amended, "--save-cases", tmp_path / "saved").exit_code == 2


def _in_git(library: Path, folder: Path) -> tuple[Path, Callable[..., None]]:
    """The library's rulebook in a work tree of git, committed once."""
    root = folder / "tree" / "books"
    shutil.copytree(library, root)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(root.parent), *who, *arguments], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "as it was")
    return root, git


@pytest.mark.parametrize("with_filter", [True, False], ids=["as it is", "before Python 3.11.4"])
def test_the_older_rulebook_is_read_out_of_git_and_nothing_is_checked_out(
    run: Run, library: Path, tmp_path: Path, with_filter: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_filter:
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
    root, git = _in_git(library, tmp_path)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("<= 30 days", "<= 9 days"))
    before = {path: path.read_bytes() for path in root.parent.rglob("*.yaml")}
    result = run("diff", "--git", "main", root, "--no-proofs")
    assert result.exit_code == 1
    assert "requires was the " in result.stdout
    assert {path: path.read_bytes() for path in root.parent.rglob("*.yaml")} == before
    git("commit", "-q", "-am", "amended")
    assert run("diff", "--git", "HEAD", root).exit_code == 0
    assert run("diff", "--git", "HEAD~1", root, "--no-proofs").stdout == result.stdout


def test_what_git_cannot_give_is_told(run: Run, library: Path, tmp_path: Path) -> None:
    root, _ = _in_git(library, tmp_path)
    assert "git knows no revision `nowhere`" in run("diff", "--git", "nowhere", root).stderr
    assert "git knows no revision `--all`" in run("diff", "--git", "--all", root).stderr
    alone = tmp_path / "alone"
    shutil.copytree(library, alone)
    result = run("diff", "--git", "main", alone)
    assert result.exit_code == 2 and "inside a work tree of git" in result.stderr
    shutil.move(root, root.parent / "moved")
    assert "has no folder `moved`" in run("diff", "--git", "main", root.parent / "moved").stderr


def test_one_rulebook_is_compared_as_of_two_days(run: Run, library: Path) -> None:
    result = run("diff", library, "--law-as-of", "2019-01-01", "2026-01-01")
    assert result.exit_code == 1 and "Answers" in result.stdout
    assert run("diff", library, "--law-as-of", "2026-01-01", "2026-02-01").output == ""
    assert "`soon` is no day" in run("diff", library, "--law-as-of", "2019-01-01", "soon").stderr
    assert run("diff", library, library, "--law-as-of", "2019-01-01", "2026-01-01").exit_code == 2


def test_bundles_are_compared_by_what_they_answer(run: Run, library: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.mutandis", tmp_path / "new.mutandis"
    run("bundle", old, "--rulebook", library)
    run("bundle", new, "--rulebook", _amended(library, tmp_path))
    assert old.is_file() and new.is_file()
    result = run("diff", old, new)
    assert result.exit_code == 1 and "  differs lend the book\n" in result.stdout
    assert "a bundle has no rule files" in result.stderr
    assert run("diff", old, library).exit_code == 0


def test_a_page_needs_no_other_file_and_escapes_what_it_shows(run: Run, library: Path, tmp_path: Path) -> None:
    amended, page = _amended(library, tmp_path), tmp_path / "out" / "changes.html"
    rules = amended / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("Books are lent to readers", "Books <b>are</b> lent to readers"))
    assert run("diff", library, amended, "--html", page).exit_code == 1
    text = page.read_text()
    assert text.startswith("<!doctype html>") and "&lt;b&gt;are&lt;/b&gt;" in text and "<b>" not in text
    assert "<h2>Answers</h2>" in text and "http" not in text and "<script" not in text


def test_a_rule_is_told_part_by_part_and_what_may_be_out_of_date(run: Run, library: Path, tmp_path: Path) -> None:
    output = run("diff", library, _amended(library, tmp_path)).stdout
    assert "          requires was the days of the loan are at most 30 days\n" in output
    assert "                   is  the days of the loan are at most 9 days\n" in output
    assert "          touches librarian, reader\n" in output
    assert "the summary was not changed with the rule: Statute Art. 1 (1): " in output
    assert "chapter pages to write again (`mutandis chapters`): statute/lending.md" in output


def test_a_rule_in_other_words_is_told_to_mean_the_same(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "reworded"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("child and not book.rare", "child and not (book.rare or book.rare)"))
    output = run("diff", library, root).stdout
    assert "of equal meaning: no case comes out otherwise" in output
    assert "of equal meaning" not in run("diff", library, root, "--no-proofs").stdout


def test_a_flip_that_no_case_holds_is_told(run: Run, library: Path, tmp_path: Path) -> None:
    root = tmp_path / "amended"
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("<= 30 days", "<= 29 days"))
    flip = "no case of a file comes out otherwise in this way"
    assert flip in run("diff", library, root).stdout
    data = json.loads(run("diff", library, _amended(library, tmp_path / "other"), "--json").stdout)
    lend = next(one for one in data["answers"]["actions"] if one["action"] == "lend book")
    assert lend["witnesses"][0]["held_by"] == "An adult asks for a book for ten days"


def _copy_with(library: Path, root: Path, *changes: tuple[str, str]) -> Path:
    shutil.copytree(library, root)
    rules = root / "statute" / "lending" / "001-lending.yaml"
    text = rules.read_text()
    for was, is_ in changes:
        assert was in text
        text = text.replace(was, is_, 1)
    rules.write_text(text)
    return root


def test_a_rule_in_the_place_of_another_is_the_same_rule_changed(run: Run, library: Path, tmp_path: Path) -> None:
    """An id has the effect in it, so a permission that becomes a duty has another."""
    root = _copy_with(library, tmp_path / "duty", ("may: lend book", "must: lend book"))
    output = run("diff", library, root, "--no-proofs").output
    assert "  changed Statute Art. 1 (1) (effect)" in output and "  removed " not in output and "  added " not in output
    assert "effect was may lend the book" in output and "is  must lend the book" in output


def test_rulebooks_with_the_same_files_are_told_to_be_the_same_without_looking(
    run: Run, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(library, tmp_path / "copy")
    monkeypatch.setenv("MUTANDIS_CACHE", str(tmp_path / "cache"))
    for _ in range(2):  # read, and kept
        assert run("diff", library, tmp_path / "copy").exit_code == 0
    data = json.loads(run("diff", library, tmp_path / "copy", "--json").output)
    jsonschema.validate(data, json.loads(schema_text("comparison")))
    assert data["answers"]["same"] > 0 and not data["rules"] and not data["answers"]["actions"]


DEFINITION = """law: act
article: 1
title: An article
rules:
  - at: (1)
    summary: What costs how much.
    define: it.fee
    as:
      1: {when: it.kind is red, value: 500 won}
      2: {when: it.kind is green, value: 700 won}
"""


def _defining(root: Path, rules: str) -> Path:
    case = "case: A red thing\ntests: [act/1(1)1]\nlaw: act\nfacts: {it.kind: red}\n"
    case += "ask: {value: it.fee}\nexpect: {value: 500 won, cites: [act/1(1)1]}\n"
    files = {"law.yaml": LAW, "vocabulary.yaml": VOCABULARY, "001-article.yaml": rules, "cases/red.yaml": case}
    for name, text in files.items():
        path = root / "act" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_another_value_of_what_no_action_reads_is_told_with_its_cases(run: Run, tmp_path: Path) -> None:
    old = _defining(tmp_path / "old", DEFINITION)
    new = _defining(tmp_path / "new", DEFINITION.replace("500", "600").replace("700", "800"))
    ended = run("diff", old, new)
    assert ended.exit_code == 1
    assert (
        "          as Act Art. 1 (1) 1 was 500 won where the kind of the it is red\n"
        "                              is  600 won where the kind of the it is red\n"
    ) in ended.output
    assert "  A red thing\n    was 500 won: Act Art. 1 (1) 1\n    is  600 won: Act Art. 1 (1) 1\n" in ended.output
    assert (
        "    was   700 won: Act Art. 1 (1) 2\n"
        "    is    800 won: Act Art. 1 (1) 2\n"
        "          no case of a file comes out otherwise in this way\n"
    ) in ended.output
    data = json.loads(run("diff", old, new, "--json").output)
    jsonschema.validate(data, json.loads(schema_text("comparison")))
    (value,) = data["answers"]["values"]
    assert (value["fact"], value["standing"], data["answers"]["actions"]) == ("it.fee", "differs", [])
    assert {one["held_by"] for one in value["witnesses"]} == {"A red thing", None}
    assert data["cases"] == [
        {
            "case": "A red thing",
            "about": "it.fee",
            "old": {"value": "500 won", "cites": ["act/1(1)1"]},
            "new": {"value": "600 won", "cites": ["act/1(1)1"]},
        }
    ]


def test_an_amount_is_held_by_a_case_of_other_figures_where_its_article_is_numbered_anew(
    run: Run, tmp_path: Path
) -> None:
    rules = DEFINITION.replace("500 won", "500 won * it.count").replace("700 won", "800 won * it.count")
    for root, number, factor in ((tmp_path / "old", "1", ""), (tmp_path / "new", "1-2", " * 2")):
        text = rules.replace("article: 1\n", f"article: {number}\n").replace("* it.count", f"* it.count{factor}")
        case = _defining(root, text) / "act" / "cases" / "red.yaml"
        asked = case.read_text().replace("act/1(1)1", f"act/{number}(1)1").replace("{it.kind: red}", "{FACTS}")
        told = asked.replace("FACTS", "it.kind: red, it.count: 37").replace(
            "500 won", f"{18500 * (2 if factor else 1)} won"
        )
        case.write_text(told)
        if factor:
            (root / "act" / "001-article.yaml").rename(root / "act" / "001-2-article.yaml")
    data = json.loads(run("diff", tmp_path / "old", tmp_path / "new", "--json").output)
    (value,) = data["answers"]["values"]
    assert {one["held_by"] for one in value["witnesses"]} == {"A red thing", None}


def test_an_amount_that_is_left_out_is_held_by_a_case_of_other_figures(run: Run, tmp_path: Path) -> None:
    rules = DEFINITION.replace("500 won", "500 won * it.count")
    gone = rules.replace("      1: {when: it.kind is red, value: 500 won * it.count}\n", "")
    for root, text, fee in ((tmp_path / "old", rules, "18500 won"), (tmp_path / "new", gone, "none")):
        case = _defining(root, text) / "act" / "cases" / "red.yaml"
        told = case.read_text().replace("it.kind: red", "it.kind: red, it.count: 37").replace("500 won", fee)
        case.write_text(told.replace(", cites: [act/1(1)1]", "") if text is gone else told)
    data = json.loads(run("diff", tmp_path / "old", tmp_path / "new", "--json").output)
    (value,) = data["answers"]["values"]
    assert [one["held_by"] for one in value["witnesses"]] == ["A red thing"]


def test_a_value_that_is_left_out_is_told_alone(run: Run, tmp_path: Path) -> None:
    old = _defining(tmp_path / "old", DEFINITION)
    new = _defining(tmp_path / "new", DEFINITION.replace("      1: {when: it.kind is red, value: 500 won}\n", ""))
    output = run("diff", old, new, "--no-proofs").output
    assert "          as Act Art. 1 (1) 1 gone 500 won where the kind of the it is red\n" in output
    assert output.count("won where") == 1
    assert "    was 500 won: Act Art. 1 (1) 1\n    is  none\n" in output


def test_an_article_numbered_anew_and_reworded_is_told_as_moved(run: Run, tmp_path: Path) -> None:
    """With another summary, with another condition, or at the main text of an article of its own."""
    rules = (
        "law: act\narticle: 1\ntitle: An article\nrules:\n"
        "  - at: (1)\n    summary: What the first says.\n    must: do thing\n    when: it.fee > 5 won\n"
        "  - at: (2)\n    summary: What the second says.\n    may: keep thing\n    when: it.fee < 3 won\n"
        "  - at: (3)\n    summary: What the third says.\n    must_not: keep thing\n    when: it.fee > 9 won\n"
    )
    old, new = _defining(tmp_path / "old", rules), _defining(tmp_path / "new", rules)
    article = new / "act" / "001-article.yaml"
    for root in (old, new):
        (root / "act" / "cases" / "red.yaml").unlink()
    text = article.read_text().replace("article: 1\n", "article: 1-2\n").replace("the second says", "else it says")
    article.unlink()
    (new / "act" / "001-2-costs.yaml").write_text(text.replace("the third says", "is new").replace("> 9", "> 8"))
    output = run("diff", old, new).output
    assert "  removed " not in output and "  added " not in output
    for number in ("1", "2", "3"):
        assert f"is  Act Art. 1-2 ({number})\n" in output
        assert f"Act Art. 1 ({number}) is Act Art. 1-2 ({number}) now, and is told by its old number" in output
    assert "when was the fee of the it is more than 9 won" in output


def test_cases_that_are_told_the_same_but_for_days_stand_together() -> None:
    def told(day: str) -> tuple[tuple[str, str], ...]:
        return (("no limit", f"limits the stay at most {day} (Act Art. 1)"),)

    days = ("2020-03-01", "2021-04-02", "2022-05-03")
    other = (("kept", "breached"),)
    found = list(_but_for_figures({**{told(day): [f"case of {day}"] for day in days}, other: ["other"]}))
    assert found[0] == (told(days[0]), [f"case of {day}" for day in days], True)
    assert found[1:] == [(other, ["other"], False)]
    assert [one[2] for one in _but_for_figures({told(day): [day] for day in days[:2]})] == [False, False]


def test_many_places_of_one_article_that_a_change_reaches_are_counted() -> None:
    names = Names({}, Vocabulary({}, {}, {}))
    places = ["act/2", *(f"act/3.{number}" for number in range(1, 5)), "act/4(1)"]
    told = [one.removeprefix("act ") for one in _by_article(places, names)]
    assert told == ["Art. 2", "Art. 3 (4 places)", "Art. 4 (1)"]
