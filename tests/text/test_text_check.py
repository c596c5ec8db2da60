"""Rules compared with the numbers and references of a text: what is told of a provision, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shipped import shipped_source
from tests.text.official_texts import LAWS, official_text, texts_folder

from mutandis.resources import rulebook_folder
from mutandis.rulebook.load import load_text
from mutandis_tools.text_check.check import check_against_texts

LAW = """
law: ponds
title: Ponds Act
short: Ponds
rank: 1
instruments:
  - {id: Act No. 7, promulgated: 2001-01-05, enforced: 2001-07-06}
  - id: Act No. 8
    promulgated: 2005-03-01
    enforced: 2005-04-01
    enforced_parts: [{provisions: ["1(1)"], "on": 2006-01-01}]
"""
VOCABULARY = """
terms:
  keeper:
    role: yes
    attributes: {living: {type: yes/no, presume: yes, question: Is the keeper alive?}}
  pond:
    attributes:
      stay: {type: duration, unit: any, parameter: yes, question: How long?}
      rest: {type: duration, unit: days, parameter: yes, question: How long is the rest?}
      share: {type: number, parameter: yes, question: What share?}
      ducks: {type: count, question: How many ducks are there?}
      keeper_age: {type: duration, unit: years, question: How old is the keeper?}
      filled_on: {type: date, question: When was it filled?}
      fee: {type: money, unit: won, parameter: yes, question: What is paid?}
  weir:
    attributes: {open: {type: yes/no, question: Is it open?}}
  keeper_of_weir:
    kind_of: keeper
    role: yes
    attributes: {ill: {type: yes/no, question: Is he ill?}}
actions:
  use pond: {default: forbidden, by: keeper}
  drain pond: {default: silent, by: keeper}
  open weir: {default: silent, by: keeper}
  rest keeper: {default: silent, by: keeper}
"""


def told(wording: str, rules: str, *, more: str = "", excused: str = "", folder: Path) -> list[str]:
    """The messages about a law whose Article 1 has this wording and these rules; `more` is what follows the article."""
    folder.joinpath("ponds.txt").write_text(
        f"PONDS ACT\nAct No. 7, Jan. 5, 2001\n\nArticle 1 (Ponds)\n{wording}\n\n{more or 'ADDENDA'}\n", encoding="utf-8"
    )
    article = f"law: ponds\narticle: 1\ntitle: Ponds\nrules:\n{rules}{excused}"
    texts = {"ponds/law.yaml": LAW, "ponds/vocabulary.yaml": VOCABULARY, "ponds/001.yaml": article}
    source = load_text({name: text.strip() + "\n" for name, text in texts.items()})
    assert source.diagnostics == ()
    return [one.message for one in check_against_texts(source, source.laws, folder)]


def rule(*lines: str, at: str = "(1)") -> str:
    return "".join([f"  - at: {at}\n    summary: What is said.\n", *(f"    {line}\n" for line in lines)])


USED = ("may: use pond", "by: keeper")


@pytest.mark.parametrize(
    ("wording", "lines"),
    [
        ("(1) A keeper may use a pond for up to fifteen days.", (*USED, "requires: pond.stay <= 15 days")),
        ("(1) A keeper may use a pond for not more than one week.", (*USED, "requires: pond.rest <= 7 days")),
        ("(1) A keeper may use a pond for not more than two years.", (*USED, "requires: pond.stay <= 24 months")),
        ("(1) A keeper may use a pond within 48 hours.", (*USED, "requires: pond.stay <= 48 hours")),
        ("(1) A keeper may use two thirds of a pond.", (*USED, "requires: pond.share <= 2/3")),
        ("(1) A keeper may use a pond with at least three ducks.", (*USED, "when: pond.ducks >= 3")),
        ("(1) A keeper aged under 19 years may use a pond.", (*USED, "when: pond.keeper_age < 19 years")),
        ("(1) A keeper may use a pond for 2 million won.", (*USED, "requires: pond.fee is 2000000 won")),
        ("(1) A keeper may use a pond filled on May 4, 2003.", (*USED, "when: pond.filled_on is 2003-05-04")),
        ("(1) A keeper shall drain a pond twice a year.", ("must: drain pond", "recurs: two times a year")),
    ],
)
def test_a_number_is_found_however_it_is_written(wording: str, lines: tuple[str, ...], tmp_path: Path) -> None:
    assert told(wording, rule(*lines), folder=tmp_path) == []


@pytest.mark.parametrize(
    ("wording", "lines", "shown"),
    [
        ("(1) A keeper may use a pond for up to fifteen days.", (*USED, "requires: pond.stay <= 51 days"), "15 day"),
        ("(1) A keeper may use a pond for up to 15 days.", (*USED, "requires: pond.stay <= 15 hours"), "15 day"),
        ("(1) A keeper may use two thirds of a pond.", (*USED, "requires: pond.share <= 1/3"), "2/3"),
        ("(1) A keeper shall drain a pond twice a year.", ("must: drain pond",), "2 time per year"),
        (
            "(1) A keeper may use a pond filled on May 4, 2003.",
            (*USED, "when: pond.filled_on is 2003-05-05"),
            "2003-05-04",
        ),
    ],
)
def test_a_number_that_no_rule_has_is_told(wording: str, lines: tuple[str, ...], shown: str, tmp_path: Path) -> None:
    assert told(wording, rule(*lines), folder=tmp_path) == [f"no rule at `ponds/1(1)` has `{shown}`"]


PROVISO = "(1) A keeper may use a pond for up to 15 days: Provided, That an ill keeper may use it for up to 30 days."


def test_the_number_of_a_proviso_is_looked_for_at_the_proviso(tmp_path: Path) -> None:
    both = rule(*USED, "requires: [pond.stay <= 15 days, pond.stay <= 30 days]")
    assert told(PROVISO, both, folder=tmp_path) == ["no rule at `ponds/1(1) proviso` has `30 day`"]
    apart = rule(*USED, "requires: pond.stay <= 15 days") + rule(
        *USED, "requires: pond.stay <= 30 days", "instead_of: (1) main", at="(1) proviso"
    )
    assert told(PROVISO, apart, folder=tmp_path) == []


ORDER = "(1) A keeper may use a pond.\n(2) Notwithstanding paragraph (1), no keeper who is ill shall use a pond."


def test_notwithstanding_is_followed_by_an_order_only(tmp_path: Path) -> None:
    ban = ("must_not: use pond", "by: keeper", "when: keeper_of_weir.ill")
    without = rule(*USED) + rule(*ban, at="(2)")
    assert told(ORDER, without, folder=tmp_path) == ["no rule at `ponds/1(2)` follows its reference to `ponds/1(1)`"]
    assert told(ORDER, rule(*USED) + rule(*ban, "despite: (1)", at="(2)"), folder=tmp_path) == []


UNDER = "(1) A keeper may open the weir.\n(2) A keeper who opens a weir under paragraph (1) shall drain the pond."


@pytest.mark.parametrize(
    ("when", "followed"),
    [
        ("weir.open", True),  # about the same thing
        ("1(1) applies", True),  # named
        ("pond.ducks > 1 or pond.ducks < 1", False),
        ("keeper_of_weir.ill", False),  # a role joins no rule to another
        ("keeper.living", False),  # nor does what is presumed of one
    ],
)
def test_a_reference_is_followed_by_name_or_by_what_it_is_about(when: str, followed: bool, tmp_path: Path) -> None:
    rules = rule("may: open weir", "by: keeper", "when: keeper.living") + rule(
        "must: drain pond", "by: keeper", f"when: {when}", at="(2)"
    )
    expected = [] if followed else ["no rule at `ponds/1(2)` follows its reference to `ponds/1(1)`"]
    found = told(UNDER, rules, folder=tmp_path)
    assert [one for one in found if "has" not in one] == expected


def test_what_is_left_to_a_decree_is_delegated(tmp_path: Path) -> None:
    wording = "(1) A keeper may use a pond as prescribed by Presidential Decree."
    assert told(wording, rule(*USED), folder=tmp_path) == [
        "no rule at `ponds/1(1)` follows its reference to `ext:presidential-decree`"
    ]
    assert told(wording, rule(*USED) + rule("delegate: presidential_decree"), folder=tmp_path) == []


ADDENDA = """ADDENDA <Act No. 7, Jan. 5, 2001>
Article 1 (Enforcement Date)
This Act shall enter into force six months after the date of its promulgation.

ADDENDA <Act No. 8, Mar. 1, 2005>
Article 1 (Enforcement Date)
This Act shall enter into force on April 1, 2005: Provided, That the amended provisions of Article 1 (1) shall enter \
into force on {day}."""


@pytest.mark.parametrize(("day", "missing"), [("January 1, 2006", []), ("January 2, 2006", ["2006-01-02"])])
def test_enforcement_may_stand_in_the_instruments(day: str, missing: list[str], tmp_path: Path) -> None:
    found = told("(1) A keeper may use a pond.", rule(*USED), more=ADDENDA.format(day=day), folder=tmp_path)
    assert found == [f"no rule at `ponds/addenda-8/1 proviso` has `{shown}`" for shown in missing]


def test_an_excuse_covers_its_own_place_and_range_only(tmp_path: Path) -> None:
    wording = "(1) A keeper may use a pond under Articles 7 through 9."
    excuse = "excused:\n  - {{at: {at}, reference: {cited}, reason: they were never written}}\n"
    covered = told(wording, rule(*USED), excused=excuse.format(at="(1)", cited="7 to 9"), folder=tmp_path)
    assert covered == []
    part = told(wording, rule(*USED), excused=excuse.format(at="(1)", cited="8 to 9"), folder=tmp_path)
    assert [one.partition(":")[0] for one in part] == ["no rule at `ponds/1(1)` follows its reference to `ponds/7`"]
    elsewhere = told(wording, rule(*USED), excused=excuse.format(at="(2)", cited="7 to 9"), folder=tmp_path)
    assert len(elsewhere) == 3 and "nothing at `ponds/1(2)` needs an excuse for `ponds/7 to ponds/9`" in elsewhere


def test_the_shipped_rules_have_what_the_official_texts_have() -> None:
    for law in LAWS:
        official_text(law)  # skips where a text is absent
    source = shipped_source()
    locked = [law for law in source.laws if rulebook_folder().joinpath(law).joinpath("text.lock").is_file()]
    assert [str(one) for one in check_against_texts(source, locked, texts_folder())] == []
