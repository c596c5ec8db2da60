"""A log decided again: identical under the same rulebook, and under another one it is told what flips and by what."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.log.conftest import ADULT, LIBRARY, draft_of
from typer.testing import CliRunner, Result

from mutandis import Rulebook
from mutandis.decide.flip import Flip
from mutandis.diagnostics import MutandisError
from mutandis_log import DecisionLog, Draft
from mutandis_log.export import export
from mutandis_log.removal import prune, redact
from mutandis_log.replay import replay
from mutandis_tools.main import build_app


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library's rulebook with a loan of a week at most."""
    folder = tmp_path_factory.mktemp("amended") / "library"
    shutil.copytree(LIBRARY, folder)
    rules = folder / "statute/lending/001-lending.yaml"
    written = rules.read_text(encoding="utf-8")
    rules.write_text(written.replace("30 days", "7 days"), encoding="utf-8")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def log(place: Path, book: Rulebook) -> DecisionLog:
    """Loans of 5, 6, 7, 8 and 9 days, and one of a length that nobody said."""
    opened = DecisionLog(place)
    facts = [{**ADULT, "loan.length": f"{days} days"} for days in range(5, 10)]
    opened.append(*(draft_of(book, one) for one in facts), draft_of(book, {"reader.class": "adult"}))
    return opened


def _assessment(book: Rulebook, facts: dict[str, Any], open_too: bool) -> Draft:
    found = [d for d in book.assess(facts) if open_too or d.verdict.value != "undetermined"]
    question = {"by": None, "at": None, "law_as_of": None, "holidays": None, "open": open_too}
    written = book.record("lend book", facts).facts
    return Draft.of_assessment(found, book.content_hash, written, question)


def test_the_same_rulebook_gives_the_same_answers_byte_for_byte(log: DecisionLog, book: Rulebook) -> None:
    log.append(_assessment(book, ADULT, False), _assessment(book, {"reader.class": "adult"}, True))
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, found.identical, found.same_rulebook, found.same_program) == (8, 8, 8, 8)
    assert found.is_identical and not found.flips and not found.otherwise


def test_another_rulebook_flips_what_it_limits_and_says_by_which_provision(
    log: DecisionLog, book: Rulebook, amended: Path
) -> None:
    found = replay(log.entries(), lambda entry: Rulebook.load(amended), samples=1)
    assert (found.decided, found.identical, found.flipped, found.same_rulebook) == (6, 0, 2, 0)
    (flip,) = found.flips
    assert flip == Flip("lend book", "permitted", "forbidden", ("statute/1(1) breached",), (), (), 2, (4,))
    assert ("limits", 4, (1,)) in [(one.what, one.count, one.samples) for one in found.otherwise]


def test_an_assessment_flips_action_by_action(place: Path, book: Rulebook, amended: Path) -> None:
    log = DecisionLog(place)
    log.append(_assessment(book, ADULT, False))
    found = replay(log.entries(), lambda entry: Rulebook.load(amended))
    assert found.flipped == 1 and {flip.action for flip in found.flips} >= {"lend book"}


def test_what_an_assessment_leaves_out_is_not_told_and_no_action_that_there_is_not(place: Path, book: Rulebook) -> None:
    log = DecisionLog(place)
    log.append(_assessment(book, ADULT, False))
    (entry,) = log.entries()
    verdicts = json.loads(entry.said("answer.")["verdicts"])
    later = replay([entry], lambda entry: book, law_as_of=dt.date(1800, 1, 1))
    assert verdicts and later.flips
    assert {(flip.before, flip.after) for flip in later.flips} == {
        (verdict, "not_told") for verdict in verdicts.values()
    }
    other = replay([entry], lambda entry: Rulebook.load(LIBRARY.parent / "fixtures" / "tax"))
    assert not other.flips and other.refused


def test_what_was_taken_out_is_counted_and_not_decided(log: DecisionLog, book: Rulebook) -> None:
    redact(log, {"loan"}, because="asked for", who="kim", numbers=[1, 2])
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, [(one.what, one.count) for one in found.left_out]) == (4, [("redacted", 2)])
    prune(log, "9999-01-01", because="time is over", who="kim")
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, [(one.what, one.count) for one in found.left_out]) == (0, [("pruned", 6)])


def test_a_question_that_the_rulebook_does_not_have_is_told(log: DecisionLog, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(LIBRARY, folder)
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("length", "duration"), encoding="utf-8")
    found = replay(log.entries(), lambda entry: Rulebook.load(folder))
    assert [(one.what, one.count) for one in found.refused] == [("the vocabulary has no fact `loan.length`", 5)]
    assert found.decided == 1 and not found.is_identical


def _of_another_program(book: Rulebook, says: dict[str, str | None], **question: object) -> Draft:
    draft = draft_of(book)
    told = {name: text for name, text in {**draft.says, **says}.items() if text is not None}
    return Draft(draft.kind, draft.asker, {**draft.question, **question}, told)


@pytest.mark.parametrize(
    ("says", "otherwise"),
    [
        ({"answer.missing": None}, "missing"),
        ({"answer.cited": None}, "cited"),
        ({"answer.breaches": None}, "breaches"),
        ({"answer.former": "[1]"}, "former"),
        ({"answer.verdict": None}, "in another form than this program's"),
        ({"answer.cited": "5"}, "in another form than this program's"),
        ({"answer.cited": '["act/1"]'}, "in another form than this program's"),
    ],
)
def test_an_answer_of_another_version_of_the_program_is_compared_part_by_part(
    log: DecisionLog, book: Rulebook, says: dict[str, str | None], otherwise: str
) -> None:
    log.append(_of_another_program(book, says, program="0.0.1"))
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, found.identical, found.same_program, found.flipped) == (7, 6, 6, 0)
    assert [(one.what, one.samples) for one in found.otherwise] == [(otherwise, (7,))]


@pytest.mark.parametrize("cited", ['[{"provisions":[null]}]', '["zzz"]', '[{"provisions":[["act/1"]]}]'])
def test_a_place_that_is_no_text_in_an_answer_of_another_verdict_ends_no_replay(
    log: DecisionLog, book: Rulebook, cited: str
) -> None:
    altered: dict[str, str | None] = {"answer.cited": cited, "answer.verdict": '"forbidden"'}
    log.append(_of_another_program(book, altered), _of_another_program(book, {"answer.verdict": '"forbidden"'}))
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, found.flipped, [flip.samples for flip in found.flips]) == (8, 1, [(8,)])
    assert [(one.what, one.samples) for one in found.otherwise] == [("in another form than this program's", (7,))]


def test_an_assessment_of_which_one_decision_cannot_be_read_counts_no_flip(place: Path, book: Rulebook) -> None:
    log = DecisionLog(place)
    draft = _assessment(book, ADULT, True)
    first, *others, last = sorted(json.loads(draft.says["answer.decisions"]), key=lambda one: str(one["action"]))
    altered = json.dumps([{**first, "verdict": "altered"}, *others, {**last, "cited": ["zzz"]}])
    log.append(Draft(draft.kind, draft.asker, draft.question, {**draft.says, "answer.decisions": altered}))
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, found.flipped, found.flips) == (1, 0, ())
    assert [one.what for one in found.otherwise] == ["in another form than this program's"]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"at": "2020-02-31"}, "`at` of a record: there is no day `2020-02-31`"),
        ({"holidays": "new year"}, "`holidays` of a record is a list of days, or null"),
        ({"program": 5}, "`program` of a record is a text"),
    ],
)
def test_an_entry_that_is_no_question_stops_no_replay(
    log: DecisionLog, book: Rulebook, question: dict[str, object], message: str
) -> None:
    log.append(_of_another_program(book, {}, **question), draft_of(book))
    found = replay(log.entries(), lambda entry: book)
    assert (found.decided, found.identical, found.is_identical) == (7, 7, False)
    assert [(one.what, one.samples) for one in found.refused] == [(message, (7,))]


@pytest.mark.parametrize("cited", ['["act/1"]', '[{"provisions":[5]}]'])
def test_a_table_of_answers_that_this_program_does_not_write_names_the_entry(
    log: DecisionLog, book: Rulebook, cited: str
) -> None:
    log.append(_of_another_program(book, {"answer.cited": cited}))
    with pytest.raises(MutandisError, match="entry 7 of the log cannot be read"):
        list(export(log.entries(), "csv"))


def test_the_day_of_the_law_in_force_is_another_date_than_that_of_the_question(
    place: Path, book: Rulebook, amended: Path
) -> None:
    log = DecisionLog(place)
    log.append(draft_of(book))
    long_ago = replay(log.entries(), lambda entry: book, law_as_of=dt.date(1900, 1, 1))
    assert long_ago.flipped == 1 and long_ago.flips[0].no_longer == ("statute/1(1)1",)


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(build_app("replay"), ["replay", str(place), *map(str, arguments)])

    return invoke


def test_the_command_tells_identical_flips_and_its_exit(log: DecisionLog, run: Any, amended: Path) -> None:
    same = run("--rulebook", LIBRARY)
    assert same.exit_code == 0 and "6 entries decided again" in same.output and "identical" in same.output
    other = run("--rulebook", amended)
    assert other.exit_code == 1
    assert "permitted → forbidden" in other.output and "by Statute Art. 1 (1) (breached)" in other.output
    assert "entries 4, 5" in other.output
    data = json.loads(run("--rulebook", amended, "--json").stdout)
    assert (data["flipped"], data["flips"][0]["samples"]) == (2, [4, 5])
    assert run("--rulebook", "none").exit_code == 2
    assert run("--rulebook", LIBRARY, "--since", "never").exit_code == 2
    assert "there is no entry" in run("--rulebook", LIBRARY, "--until", "2000-01-01").output


def test_of_several_rulebooks_each_entry_has_its_own_or_the_one_known_on_a_day(
    log: DecisionLog, run: Any, amended: Path
) -> None:
    both = ("-r", f"library@2020-01-01={LIBRARY}", "-r", f"library@2024-01-01={amended}")
    assert run(*both).exit_code == 0
    assert run(*both, "--known-on", "2023-12-31").exit_code == 0
    assert run(*both, "--known-on", "2024-01-01").exit_code == 1
    assert run(*both, "--known-on", "2019-12-31").exit_code == 2


def test_how_many_entries_are_of_the_same_rulebook_is_told(log: DecisionLog, run: Any, amended: Path) -> None:
    changed = Rulebook.load(amended)
    log.append(draft_of(changed, {"reader.class": "adult"}))
    told = run("--rulebook", amended).output
    assert "7 entries decided again, 1 of them by the same rulebook, by the same program" in told


def test_what_no_entry_is_about_is_told(log: DecisionLog, place: Path) -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(build_app(), ["replay", str(place), "-r", str(LIBRARY), *arguments])

    slip = run("--action", "lend bok")
    assert slip.exit_code == 2 and "no entry is about `lend bok`" in slip.output and "`lend book`" in slip.output
