"""`mutandis ask`: the most decisive question first, an end when the answer is settled."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from tests.cli.conftest import LIBRARY, Run

from mutandis.backends.interpret import interpreter
from mutandis.questions.next_question import Interview, Question, start_interview
from mutandis_tools.interview.session import DONT_KNOW, Back, Leave, Said, hold_interview
from mutandis_tools.opening import open_rulebook


def _answers(folder: Path, text: str) -> Path:
    path = folder / "answers.yaml"
    path.write_text(text)
    return path


def test_an_interview_ends_when_the_answer_is_settled(run: Run, tmp_path: Path) -> None:
    answers = _answers(tmp_path, "reader: {class: adult, fees_owed: 20000 won}\n")
    output = run("ask", "lend book", "--answers", answers).output
    assert "1. How much does the reader owe in fees?\n" in output
    assert "asked for Statute Art. 1 (1), proviso: the fees owed of the reader are more than 10,000 won" in output
    assert "2. " not in output
    assert "lend the book: forbidden\n" in output


def test_an_answer_that_states_what_rules_derive_is_a_fact_from_the_beginning(
    run_on_the_laws: Run, tmp_path: Path
) -> None:
    first = _answers(tmp_path, "inmate.class: unsentenced\ninmate.proceeding_attended: court\n")
    output = run_on_the_laws("ask", "wear plain_clothes", "--at", "2023-06-01", "--answers", first).output
    assert "What is the inmate attending?" in output and "Upon what is the inmate held?" not in output
    follows = _answers(tmp_path, "inmate.held_upon: arrest\ninmate.proceeding_attended: court\n")
    output = run_on_the_laws("ask", "wear plain_clothes", "--at", "2023-06-01", "--answers", follows).output
    assert output.startswith("1. Upon what is the inmate held?")


def test_what_was_said_is_shown_with_its_unit(run: Run, tmp_path: Path) -> None:
    answers = _answers(tmp_path, "reader.fees_owed: 20000 won\n")
    assert "  fees owed of the reader: 20000 won\n" in run("ask", "lend book", "--answers", answers).output


def test_dont_know_goes_on_and_may_leave_the_answer_open(run: Run, tmp_path: Path) -> None:
    output = run("ask", "lend book", "--answers", _answers(tmp_path, "reader.fees_owed: 0 won\n")).output
    assert "class of the reader: unknown" in output
    assert "lend the book: undetermined: not settled" in output


def test_facts_of_a_case_are_not_asked_again(run: Run, tmp_path: Path) -> None:
    output = run(
        "ask", "lend book", "--case", "a-child", "--answers", _answers(tmp_path, "reader.fees_owed: 0 won\n")
    ).output
    assert "1. " not in output
    assert "forbidden by default: nothing encoded permits it" in output


def test_an_answer_that_is_not_allowed_ends_a_scripted_interview_as_a_finding(run: Run, tmp_path: Path) -> None:
    result = run("ask", "lend book", "--answers", _answers(tmp_path, "reader.fees_owed: 3 days\n"))
    assert result.exit_code == 1
    assert "reader.fees_owed" in result.output


def test_without_a_terminal_and_without_answers_it_is_wrong_use(run: Run, tmp_path: Path) -> None:
    assert run("ask", "lend book").exit_code == 2
    assert run("ask", "lend book", "--answers", tmp_path / "none.yaml").exit_code == 2
    result = run("ask", "lend boook")
    assert result.exit_code == 2
    assert "lend book" in result.output


def test_a_file_of_answers_that_is_no_mapping_is_told(run: Run, tmp_path: Path) -> None:
    result = run("ask", "lend book", "--answers", _answers(tmp_path, "- 1\n"))
    assert result.exit_code == 1
    assert "MUT015 wrong-shape" in result.output


def test_an_answer_for_what_the_vocabulary_does_not_have_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    result = run("ask", "lend book", "--answers", _answers(tmp_path, "reader:\n  clas: adult\n"))
    assert result.exit_code == 1
    assert "MUT130 unknown-fact: the vocabulary has no fact `reader.clas`" in result.output
    assert "answers.yaml:2:9" in result.output
    assert "did you mean `reader.class`?" in result.output


def test_an_interview_keeps_who_asks_and_counts_answers_that_nobody_asked_for(run: Run, tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(
        "case: A reader lends\nlaw: statute\nfacts: {reader.class: adult}\nask: {decide: lend book, by: reader}\n"
    )
    answers = _answers(tmp_path, "reader.fees_owed: 0 won\nloan.length: 40 days\n")
    asked = run("ask", "lend book", "--case", case, "--answers", answers).output
    decided = run("decide", case, "-f", "reader.fees_owed=0 won", "-f", "loan.length=40 days").output
    assert asked.rpartition("lend the book:")[2] == decided.rpartition("lend the book:")[2]
    alone = run(
        "ask",
        "lend book",
        "--answers",
        _answers(tmp_path, "reader: {class: adult, fees_owed: 0 won}\nloan.length: 40 days\n"),
    )
    assert "lend the book: forbidden" in alone.output


class Stubborn:
    """Answers wrongly first, then rightly, then leaves; remembers what it was told."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def respond(self, question: Question, problem: str) -> Said | Back | Leave:
        self.problems.append(problem)
        match len(self.problems):
            case 1:
                return Said("three days")
            case 2:
                return Said(DONT_KNOW)
            case _:
                return Leave()


def _interview() -> Interview:
    program = open_rulebook(LIBRARY).linked.program
    assert program is not None
    return start_interview(interpreter(program), "lend book", {})


def test_an_answer_that_does_not_fit_is_asked_for_again_and_leaving_keeps_the_rest() -> None:
    opened, respondent = open_rulebook(LIBRARY), Stubborn()
    end = hold_interview(_interview(), respondent, opened.names, lambda lines: None)
    assert respondent.problems[0] == ""
    assert "reader.fees_owed" in respondent.problems[1]
    assert end.asked == ("reader.fees_owed",)


def test_an_interview_is_saved_as_a_case_that_passes(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LIBRARY, book)
    file = book / "statute" / "cases" / "asked.yaml"
    answers = _answers(tmp_path, "reader: {class: adult, fees_owed: 20000 won}\n")
    output = run(
        "ask", "lend book", "--answers", answers, "--save", file, "--at", "2020-03-01", "--rulebook", book
    ).output
    assert f"saved in {file}" in output.replace("\n", " ")
    saved = file.read_text()
    assert saved.startswith("case: lend the book, forbidden\n")
    assert "at: 2020-03-01\n" in saved
    assert "  reader.fees_owed: 20000 won\n" in saved
    assert "ask: {decide: lend book}\nexpect:\n  verdict: forbidden\n" in saved
    assert run("test", file, "--rulebook", book).exit_code == 0


def test_a_second_case_of_the_same_name_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(LIBRARY, book)
    file = book / "statute" / "cases" / "begun.yaml"
    said = ("new", "case", "lend book", file, "-f", "reader.fees_owed=20000 won", "--rulebook", book)
    assert run(*said).exit_code == 0
    once = file.read_text()
    again = run(*said)
    assert again.exit_code == 1
    assert "two cases of the file are named" in again.output
    assert file.read_text() == once
    assert run(*said, "--name", "Fees: twice the limit").exit_code == 0
    assert '\n---\ncase: "Fees: twice the limit"\n' in file.read_text()
    assert run("test", file, "--rulebook", book).exit_code == 0


def test_a_fact_that_does_not_read_saves_no_case(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "begun.yaml"
    assert run("new", "case", "lend book", file, "-f", "reader.fees_owed=3 days").exit_code == 1
    assert run("new", "case", "lend boook", file).exit_code == 2
    assert not file.exists()


def test_a_case_that_is_refused_leaves_no_new_folder(run: Run, tmp_path: Path) -> None:
    refused = run("new", "case", "lend book", tmp_path / "new" / "one.yaml", "--name", " ")
    assert refused.exit_code == 1 and "`case` is a text" in refused.output
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_knows_is_left_out_and_the_saved_case_is_undetermined(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "open.yaml"
    run("ask", "lend book", "--answers", _answers(tmp_path, "reader.fees_owed: 0 won\n"), "--save", file)
    saved = file.read_text()
    assert "reader.class" not in saved.partition("expect")[0]
    assert "  verdict: undetermined\n" in saved
    assert "  missing: [book.rare, reader.class]" in saved


class Wavering:
    """Goes back before anything was asked, answers, goes back, answers otherwise, leaves."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        answers: list[Said | Back | Leave] = [Back(), Said("3 won"), Back(), Said("20000 won"), Leave()]
        self.answers = iter(answers)

    def respond(self, question: Question, problem: str) -> Said | Back | Leave:
        self.heard.append((question.fact, problem))
        return next(self.answers)


def test_going_back_takes_the_answer_before_back() -> None:
    opened, respondent = open_rulebook(LIBRARY), Wavering()
    end = hold_interview(_interview(), respondent, opened.names, lambda lines: None)
    assert [fact for fact, _ in respondent.heard] == [*["reader.fees_owed"] * 2, "reader.class", "reader.fees_owed"]
    assert respondent.heard[1] == ("reader.fees_owed", "this is the first question.")
    assert end.asked == ("reader.fees_owed",)
    assert end.written == {"reader.fees_owed": "20000 won"}


def test_members_of_a_list_are_asked_about_each_told_and_saved_within_the_list(
    run_on_the_laws: Run, tmp_path: Path
) -> None:
    answers = _answers(tmp_path, "visit.goods_passed: [{likely_criminal_tool: no}, {}]\n")
    file = tmp_path / "asked.yaml"
    given = ["-f", "visit.in_progress=yes", "--answers", answers, "--save", file]
    output = run_on_the_laws("ask", "suspend visit", *given).output
    assert "   of goods that have changed hands, no. 2\n" in output
    assert "goods that have changed hands: 2 (no. 1: the goods are likely to serve as tools of crime: no)\n" in output
    assert "kind of the goods, goods that have changed hands, no. 2: unknown\n" in output
    assert "  visit.goods_passed: [{likely_criminal_tool: no," in file.read_text()
    assert run_on_the_laws("test", file).exit_code == 0


def test_answers_come_through_a_pipe_and_a_folder_is_told_as_one(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "answers.yaml"
    os.mkfifo(pipe)
    writing = threading.Thread(target=pipe.write_text, args=("reader: {class: adult, fees_owed: 20000 won}\n",))
    writing.start()
    assert "lend the book: forbidden\n" in run("ask", "lend book", "--answers", pipe).output
    writing.join()
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    for told in (run("ask", "lend book", "--answers", folder), run("decide", folder)):
        assert told.exit_code == 2
        assert "is a folder" in told.output
