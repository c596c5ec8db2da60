"""`mutandis impact` on the made-up statute of a library, and on one in which a fee begins earlier."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run

from mutandis import Rulebook


def a_fact(library: Path) -> str:
    """A fact of the rulebook that is yes or no."""
    facts = Rulebook.load(library).vocabulary.facts
    return next(name for name, declared in facts.items() if declared.type.kind == "yes_no")


def test_nothing_changes_between_a_rulebook_and_itself(run: Run, library: Path, tmp_path: Path) -> None:
    population = tmp_path / "register.csv"
    population.write_text(f"number,{a_fact(library)}\n1,\n2,yes\n")
    done = run("impact", library, library, "--population", population)
    assert (done.exit_code, done.output) == (0, done.output)
    assert done.output.startswith("0 of 2 cases (0.0%) come out otherwise on ")


def test_what_changes_is_charted_with_provisions_and_samples(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "amended"
    shutil.copytree(library, other)
    book = Rulebook.load(library)
    action, citation = next(
        (name, str(component.norms[0].citation))
        for name, component in book.program.components.items()
        if component.norms and book.decide(name, {}).verdict.value not in ("silent", "forbidden_by_default")
    )
    number = citation.partition("/")[2].partition("(")[0]
    gone = [path for path in (other / "statute").rglob(f"{int(number):03}-*.yaml") if "cases" not in path.parts]
    assert len(gone) == 1, (citation, gone)
    gone[0].unlink()
    population = tmp_path / "register.csv"
    population.write_text(f"number,{a_fact(library)}\n7,\n8,\n")
    done = run("impact", library, other, "--population", population, "--action", action, "--samples", "1")
    assert done.exit_code == 1, done.output
    assert done.output.startswith("2 of 2 cases (100.0%) come out otherwise on 1 action\n")
    assert "█" in done.output
    assert "row 0: number 7" in done.output
    assert "row 1" not in done.output
    told = json.loads(run("impact", library, other, "-p", population, "--action", action, "--json").stdout)
    assert (told["rows"], told["changed"], told["flips"][0]["count"]) == (2, 2, 2)


def test_a_change_is_told_by_provisions_and_facts_as_people_name_them(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "amended"
    shutil.copytree(library, other)
    rules = other / "statute" / "lending" / "001-lending.yaml"
    rules.write_text(rules.read_text().replace("<= 30 days", "<= 20 days"))
    population = tmp_path / "register.csv"
    population.write_text(
        "number,reader.class,reader.fees_owed,loan.length\n1,adult,0,25\n2,adult,,10\n3,nobody,0,25\n"
    )
    output = run("impact", library, other, "-p", population, "--action", "lend book").output
    assert "    by Statute Art. 1 (1) (breached)\n" in output, output
    assert "statute/1" not in output


def test_what_one_rulebook_cannot_read_of_a_case_is_told_once(run: Run, library: Path, tmp_path: Path) -> None:
    other = tmp_path / "amended"
    shutil.copytree(library, other)
    words = other / "vocabulary.yaml"
    words.write_text(words.read_text().replace("guest: guest", "guest: guest, student: student"))
    population = tmp_path / "register.csv"
    population.write_text("number,reader.class\n1,student\n2,student\n3,adult\n")
    output = run("impact", library, other, "-p", population).output
    assert "2  cases of which the older rulebook cannot read all that is stated\n    row 0: number 1\n" in output, (
        output
    )
    assert output.count("cannot read all that is stated") == 1 and "→" not in output


def test_wrong_use_is_told(run: Run, library: Path, tmp_path: Path) -> None:
    done = run("impact", library, library, "--population", tmp_path / "none.csv")
    assert done.exit_code != 0
    assert run("impact", tmp_path / "none", library, "--population", tmp_path / "none.csv").exit_code == 2
    assert run("impact", library, library).exit_code == 2
    population = tmp_path / "cases.csv"
    population.write_text(f"number,{a_fact(library)}\n1,\n", encoding="utf-8")
    for slip in (("--action", "lend bok"), ("--by", "libarian")):
        done = run("impact", library, library, "--population", population, *slip)
        assert done.exit_code == 2 and "did you mean" in done.output
