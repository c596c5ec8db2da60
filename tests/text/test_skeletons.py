"""The file of a new article: what the wording suggests, and that it breaks nothing while nobody has filled it in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.text.inline_statutes import read_small
from typer.testing import CliRunner

from mutandis.rulebook.case_file import read_cases
from mutandis.rulebook.load import load_text
from mutandis_text.structure.reader import read_statute
from mutandis_tools.amendment.case_stubs import print_case_stubs
from mutandis_tools.amendment.hints import find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton
from mutandis_tools.main import build_app

_BOOK = Path(__file__).parent / "amended" / "rulebook"


def _skeleton(body: str, number: str = "1") -> str:
    document = read_small(body)
    article = find_article(document, number)
    assert article is not None
    return print_skeleton(article, gather_hints(document))


@pytest.mark.parametrize(
    ("sentence", "effect"),
    [
        ("A period of watch shall not exceed 24 hours.", "limits:"),
        ("The rest after a watch shall be not more than 24 hours.", "limits:"),
        ("No watch shall exceed 24 hours.", "limits:"),
        ("A keeper shall report within 24 hours.", "must:"),
        ("A keeper shall not rest.", "must_not:"),
        ("A keeper may rest for at least eight hours after each watch.", "may:"),
    ],
)
def test_the_effect_follows_the_wording(sentence: str, effect: str) -> None:
    lines = _skeleton(f"Article 1 (Watch)\n{sentence}").splitlines()
    assert f"  #   {effect}" in lines
    assert any(one.startswith("  #   requires: … <") for one in lines) is (effect == "limits:")


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("A keeper shall report within 24 hours.", "deadline: by … + 24 hours"),
        ("A keeper shall report without delay.", "deadline: without_delay"),
        ("The pay shall be handed out upon his/her release.", "deadline: on …   # upon his/her release"),
        ("The light shall be lit on the designated date.", "deadline: on …   # on the designated date"),
        ("The light shall be lit on such date.", "deadline: on …   # on such date"),
        ("A keeper shall send the record before the end of each year.", "deadline: by …   # end of the year"),
        ("A keeper shall send the record before the end of each term.", "deadline: before …   # before the end"),
        ("A keeper shall send the record before the end of each year.", "recurs: each year"),
        ("A keeper shall clean the lamp periodically.", "recurs: periodically"),
        ("A keeper may clean the lamp periodically.", ""),
        ("A keeper shall report, unless the master is there.", "unless:"),
        ("A keeper shall report, except where the master is there.", "unless:"),
        ("A horn may be sounded only when there is fog.", "limits:"),
    ],
)
def test_when_how_often_and_unless_follow_the_wording(sentence: str, line: str) -> None:
    lines = _skeleton(f"Article 1 (Watch)\n{sentence}").splitlines()
    keys = ("deadline", "recurs", "unless", "limits")
    assert f"  #   {line}" in lines if line else not any(f"  #   {key}" in one for one in lines for key in keys)


@pytest.mark.parametrize(
    ("opening", "key"),
    [
        (
            "A keeper shall submit an application with the following documents attached thereto:",
            "requires:   # all of them",
        ),
        ("A keeper may refuse leave in any of the following cases:", "grounds:"),
    ],
)
def test_what_must_all_be_there_is_no_row_of_alternatives(opening: str, key: str) -> None:
    lines = _skeleton(f"Article 1 (Leave)\n{opening}\n1. A plan;\n2. A certificate.").splitlines()
    assert f"  #   {key}" in lines


def test_a_clause_without_a_target_is_told_in_the_skeleton() -> None:
    skeleton = _skeleton("Article 1 (Apprentices)\nThe preceding Article shall apply mutatis mutandis to apprentices.")
    assert "  #   apply:\n" in skeleton
    assert "broken reference (preceding Article): lamp/1 has no preceding Article" in skeleton


def test_an_unfilled_skeleton_breaks_no_rulebook(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(_BOOK, book)
    text = tmp_path / "lighthouses.txt"
    text.write_text((_BOOK.parent / "lighthouses-new.txt").read_text(encoding="utf-8"), encoding="utf-8")

    def run(*words: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(build_app(), [str(word) for word in words])
        return result.exit_code, result.output

    code, told = run("new", "article", "lighthouses", "3", "--text", text, "--rulebook", book)
    assert code == 0, told
    code, told = run("check", book)
    assert "error" not in told
    assert run("fmt", "--check", book)[0] == 0


def test_a_deleted_article_has_a_title_to_fill_in() -> None:
    lines = _skeleton(
        "Article 1 (Watch)\nA keeper shall watch.\nArticle 2 Deleted. <by Act No. 2, Feb. 6, 2002>", "2"
    ).split("\n")
    assert "title: (say it in a few words)" in lines


_VOCABULARY = load_text(
    {
        "lamp/law.yaml": "law: lamp\ntitle: Lamp Act\nshort: Lamp\n",
        "lamp/vocabulary.yaml": """\
terms:
  keeper: {role: yes, label: keeper}
  harbour_master: {role: yes, label: harbour master}
  tower:
    label: tower
    attributes:
      damaged: {type: yes/no, label: damaged by a storm, question: Has a storm damaged it?}
      painted: {type: yes/no, label: painted red, question: Is it red?}
actions:
  close tower: {label: close the tower, default: silent}
  open tower: {label: open the tower, default: silent}
""",
    }
).vocabulary


def _suggested(body: str) -> list[str]:
    document = read_small(body)
    article = find_article(document, "1")
    assert article is not None
    return print_skeleton(article, gather_hints(document, _VOCABULARY)).splitlines()


def test_who_acts_on_whom_and_the_words_of_the_vocabulary_are_suggested() -> None:
    lines = _suggested(
        "Article 1 (Towers)\nWhere a storm damaged the tower, the harbour master shall close the tower for keepers."
    )
    assert "  #   by: harbour_master" in lines
    assert "  #   to: keeper" in lines
    assert "  # # vocabulary: close tower, tower.damaged" in lines


@pytest.mark.parametrize(
    ("body", "bearer"),
    [
        ("A keeper shall buy oil: Provided, That it may be sold to others.", ["keeper", "keeper"]),
        ("A keeper shall buy oil. In such cases, he or she may sell it.", ["keeper", "keeper"]),
        ("A keeper shall buy oil: Provided, That a boy who watches may sell it.", ["keeper"]),
        ("A keeper need not buy oil.", ["keeper"]),
        ("Every year, a keeper shall buy oil.", ["keeper"]),
        ("Oil shall be kept out of decisions by a keeper.", []),
        ("A keeper of the harbour shall contain oil.", []),
        (
            'When the head of a harbour or the head of a port (hereinafter referred to as the "harbour master") buys'
            " oil, he or she shall report.",
            ["harbour_master"],
        ),
    ],
)
def test_who_acts_in_further_manners(body: str, bearer: list[str]) -> None:
    lines = _suggested(f"Article 1 (Oil)\n{body}")
    assert [line.partition("by: ")[2] for line in lines if line.startswith("  #   by: ")] == bearer


def test_a_bound_is_a_limit_of_its_own_beside_the_act() -> None:
    lines = _suggested("Article 1 (Rest)\nA keeper may rest for not more than eight hours in a day.")
    assert "  #   may:" in lines
    at = lines.index("  #   limits:")
    assert lines[at - 2 : at + 2] == [
        "  # - at: main",
        "  #   summary:",
        "  #   limits:",
        "  #   requires: … <= 8 hours per day",
    ]


def test_a_proviso_that_only_lifts_is_an_unless_of_its_rule() -> None:
    lines = _suggested(
        "Article 1 (Towers)\n(1) A keeper shall close the tower: Provided, That this shall not apply in fair weather."
    )
    at = lines.index("  #   unless:")
    assert lines[at : at + 3] == ["  #   unless:", "  #     at: (1) proviso", "  #     when:"]
    assert not any("- at: (1) proviso" in one for one in lines)


def test_references_stand_in_a_comment_with_what_they_do() -> None:
    lines = _suggested("Article 1 (Towers)\n(1) A keeper may rest.\n(2) The rest under paragraph (1) shall be entered.")
    assert "  # # refers to: (1) (under)" in lines


def test_since_when_the_wording_is_in_force_and_the_one_before_it() -> None:
    text = (_BOOK.parent / "lighthouses-new.txt").read_text(encoding="utf-8")
    document = read_statute(text, "lighthouses")
    article = find_article(document, "2")
    assert article is not None
    lines = print_skeleton(article, gather_hints(document)).splitlines()
    at = lines.index("  #   id: lighthouses/2(1)#earlier wording")
    assert lines[at - 2 : at + 5] == [
        "  #   since: 2014-02-10",
        "  # - at: (1)",
        "  #   id: lighthouses/2(1)#earlier wording",
        "  #   summary: The wording before Act No. 7700 is not held.",
        "  #   must:",
        "  #   not_held: replaced by Act No. 7700",
        "  #   until: 2014-02-10",
    ]
    # A paragraph that was inserted had no wording before.
    assert "  #   id: lighthouses/2(3)#earlier wording" not in lines
    assert lines.count("  #   since: 2014-02-10") == 3


def test_another_wording_than_the_lock_holds_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(_BOOK, book)
    text = tmp_path / "lighthouses.txt"
    official = (_BOOK.parent / "lighthouses-old.txt").read_text(encoding="utf-8")
    arguments = ["new", "article", "lighthouses", "3", "--text", str(text), "--rulebook", str(book)]
    text.write_text(official.replace("assistant", "helper"), encoding="utf-8")
    refused = CliRunner().invoke(build_app(), arguments)
    assert refused.exit_code == 1
    assert "has another wording of lighthouses/3" in " ".join(refused.output.split())
    printed = CliRunner().invoke(build_app(), [*arguments, "--print"])
    assert printed.exit_code == 0
    assert "another wording of lighthouses/3" in " ".join(printed.stderr.split())
    text.write_text(official, encoding="utf-8")
    assert CliRunner().invoke(build_app(), arguments).exit_code == 0


@pytest.mark.parametrize("said", ["Article 3", "lighthouses/3", "3(1)", "art. 3"])
def test_the_article_may_be_named_as_people_name_it(said: str) -> None:
    text = _BOOK.parent / "lighthouses-old.txt"
    arguments = ["new", "article", "lighthouses", said, "--text", str(text), "--rulebook", str(_BOOK), "--print"]
    result = CliRunner().invoke(build_app(), arguments)
    assert (result.exit_code, result.stdout.splitlines()[1]) == (0, "article: 3")


def test_cases_to_write_are_a_file_of_comments_that_becomes_cases(tmp_path: Path) -> None:
    document = read_small("Article 1 (Rest)\n(1) A keeper may rest for eight hours.\n(2) A keeper shall watch.")
    article = find_article(document, "1")
    assert article is not None
    stubs = print_case_stubs(article, gather_hints(document))
    begun = read_cases(stubs, "cases.yaml")
    assert (begun.cases, begun.diagnostics) == ((), ())
    assert read_cases("\n", "cases.yaml").diagnostics[0].code == "MUT035"
    assert "# tests: 1(1)\n" in stubs
    assert "# # the boundary: 8 hours, and the next below or above\n" in stubs


def test_two_bounds_of_a_sentence_are_one_limit() -> None:
    text = "Article 1 (Rest)\nA keeper may rest for not more than eight hours a day and not more than two days a month."
    lines = _suggested(text)
    at = lines.index("  #   requires:")
    assert lines[at + 1 : at + 3] == ["  #     - … <= 8 hours per day", "  #     - … <= 2 days per month"]


def test_a_paragraph_of_addenda_is_no_article() -> None:
    document = read_small("Article 1 (Rest)\nA keeper may rest.", after="\nADDENDA\n(1) (Enforcement Date) At once.\n")
    assert all(find_article(document, f"{one.body.id.partition('/')[2]}(1)") is None for one in document.addenda)


def test_what_is_lifted_is_what_the_clause_names_not_what_its_cases_come_under() -> None:
    body = (
        "Article 1 (Lamps)\n(1) A keeper shall light a lamp.\n(2) A keeper shall buy a bell.\n"
        "(3) Paragraph (1) shall not apply to a bell under paragraph (2).\n"
    )
    assert "  #   despite: (1)" in _skeleton(body).splitlines()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("The number of lamps shall not exceed 25.", "  requires: … <= 25"),
        ("The fee shall not exceed 50 won.", "  requires: … <= 50 won"),
        ("The speed at which boats may sail shall be as follows:\n1. By day: ten;\n2. By night: five.", "  define:"),
        ("Articles 7 and 8 shall not apply to boats.", "  despite:"),
    ],
)
def test_a_cap_what_is_as_follows_and_what_lifts_what_is_not_there(words: str, line: str) -> None:
    assert line in [one.removeprefix("  # ") for one in _skeleton(f"Article 1 (Lamps)\n{words}").splitlines()]


def test_a_length_that_says_whom_a_sentence_is_about_is_no_limit() -> None:
    told = _skeleton("Article 1 (Lamps)\nA keeper shall rest one day where a watch is shorter than one year.")
    assert "limits:" not in told


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("None of the following persons shall be let in:\n1. A thief;\n2. A liar.", "must_not:"),
        ("None of the keepers shall apply for oil.", "must_not:"),
        ("Neither the keeper nor the clerk shall apply for oil.", "must_not:"),
        ("Those who are liable to imprisonment shall be held apart.", "must:"),
        ("A keeper shall submit a report on the amount under the former Act.", "must:"),
        ("A keeper shall pay at the rate under the former Act.", "apply:"),
        ("A keeper who sells oil shall be subject to an administrative fine not exceeding 10,000 won.", "penalty:"),
        ("The punishment under Article 9 shall also be imposed on a helper.", "penalty:"),
        ("The form of a lamp shall be prescribed by Presidential Decree.", "delegate: presidential_decree"),
        ("A keeper shall bring the papers prescribed by Presidential Decree.", "must:"),
        ("This Act shall apply to every tower of the coast.", "define:"),
        ("The amended provisions of Article 1 shall apply to towers built from now on.", "states:"),
        ("The previous provisions shall apply to towers that stand already.", "apply:"),
        ("The Bell Act shall be repealed.", "states:"),
        ("The claim shall expire when three years have passed.", "states:"),
        ("A guest shall be governed by this Act as if he/she were a keeper.", "deem:"),
        ("A lamp taken by unlawful means shall not be lit.", "must_not:"),
        ("A lamp means a thing that burns.", "define:"),
        ("The term of office of a keeper shall not exceed three years.", "limits:"),
        ("The term of office of a keeper shall be three years.", "define:"),
        ("A keeper shall be chosen ten days after his/her term of office ends.", "must:"),
        ("The rules on lamps shall apply mutatis mutandis to bells.", "apply:"),
        ("The Bell Act shall be partially amended as follows:", "states:"),
        ("The order shall lose its effect.", "states:"),
        ("The fees are as specified in attached Table 1.", "define:"),
        ("For the purposes of this Act:\n1. A lamp means a thing that burns.", "define:"),
        ("The day shall be as set forth in the corresponding subparagraph:\n1. A lamp: May 1.", "define:"),
        (
            "A fee shall be in accordance with the following particulars:\n1. A lamp: 10 won;\n2. A bell: 5 won.",
            "grounds:",
        ),
        (
            "A keeper shall report by the 10th day of the following month.",
            "deadline: by …   # 10 day of the following month",
        ),
        ("A keeper shall give notice not later than ten days before the feast.", "deadline: by … - 10 days"),
        ("A keeper shall clean the lamp at least once every two years.", "recurs: every two years"),
    ],
)
def test_what_further_hands_write_begins_with_the_key_it_needs(words: str, line: str) -> None:
    assert f"  #   {line}" in _skeleton(f"Article 1 (Watch)\n{words}").splitlines()
