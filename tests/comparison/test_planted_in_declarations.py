"""Amendments of what stands beside conditions: units of deadlines, defaults, what tells that a duty was done, ranks."""

from __future__ import annotations

import re

import pytest
from tests.evaluate import books
from tests.evaluate.books import book, rule

from mutandis.api import Rulebook
from mutandis.rulebook.case_file import read_cases
from mutandis_tools.casebook.ask import ask_case
from mutandis_tools.comparison.answers import Aspect
from mutandis_tools.comparison.saving import case_texts
from mutandis_tools.comparison.semantic import Effort, compare_meaning
from mutandis_tools.names import Names
from mutandis_tools.report.lines import plain
from mutandis_tools.report.meaning_text import meaning_text

Law = dict[str, tuple[str, ...]]
DUTY: Law = {"(1)": ("must: do thing", "when: it.a", "deadline: by it.on + 5 days")}
FINE: Law = {
    "(1)": ("must_not: do thing", "when: it.a"),
    "(2)": ("penalty:", "  of: (1)", "  any: [imprisonment up to 3 years, fine up to 5000 won]"),
}
WORDINGS: Law = {
    "(1)": ("may: do thing", "until: 2020-01-01", "governed_by: it.on"),
    "(2)": ("may: do thing", "when: it.a", "since: 2020-01-01", "governed_by: it.on"),
}
MILDER = {at: (*parts, "milder: yes") for at, parts in WORDINGS.items()}
ADVERSE = ("do thing: {label: do it,", "do thing: {label: do it, adverse: yes,")
DONE = "done: it.done_on"
DEFAULT = ("tell it, default: silent", "tell it, default: forbidden")
TELL: Law = {"(1)": ("must: tell thing", "when: it.a")}
PERMIT: Law = {"(1)": ("may: do thing", "when: it.judged", "requires: how.days <= 14 days")}
RANK = "rank: 2\nparent: act\n"
BAN = rule("(1)", "must_not: do thing", "when: it.b")


def _book(law: Law, *words: tuple[str, str], rank: str | None = None) -> Rulebook:
    """The rulebook with words of its vocabulary exchanged; with a decree of that rank, which bans."""
    with pytest.MonkeyPatch.context() as patch:
        vocabulary = books.VOCABULARY
        for was, is_ in words:
            assert was in vocabulary, was
            vocabulary = vocabulary.replace(was, is_, 1)
        patch.setattr(books, "VOCABULARY", vocabulary)
        if rank is not None:
            assert RANK in books.DECREE
            patch.setattr(books, "DECREE", books.DECREE.replace(RANK, f"rank: {rank}\n"))
        return book(*(rule(at, *parts) for at, parts in law.items()), decree="" if rank is None else BAN)


def _due(text: str) -> Law:
    return {"(1)": (*DUTY["(1)"][:2], f"deadline: {text}")}


def _penalty(text: str) -> Law:
    return {**FINE, "(2)": (*FINE["(2)"][:2], f"  any: {text}")}


SEMANTIC: dict[str, tuple[Rulebook, Rulebook, tuple[Aspect, str, str]]] = {
    "days become working days": (
        _book(DUTY),
        _book(_due("by the end of 5 working days after it.on")),
        ("deadlines", "required", "required"),
    ),
    "days become months": (_book(DUTY), _book(_due("by it.on + 5 months")), ("deadlines", "required", "required")),
    "working days before": (
        _book(_due("before the end of 5 working days before it.on")),
        _book(_due("before the end of 4 working days before it.on")),
        ("deadlines", "required", "required"),
    ),
    "another default": (_book(TELL), _book(TELL, DEFAULT), ("verdict", "silent", "forbidden_by_default")),
    "done is another fact": (_book(DUTY), _book(DUTY, (DONE, "done: it.until")), ("breaches", "required", "required")),
    "done is told by nothing": (_book(DUTY), _book(DUTY, (f", {DONE}", "")), ("breaches", "required", "required")),
    "a demand dropped": (
        _book({"(1)": ("may: do thing", "requires:", "  - how.heard", "  - how.days <= 14 days")}),
        _book({"(1)": ("may: do thing", "requires:", "  - how.days <= 14 days")}),
        ("verdict", "forbidden", "permitted"),
    ),
    "a decree becomes an act": (
        _book(PERMIT, rank="2"),
        _book(PERMIT, rank="1"),
        ("verdict", "permitted", "conflict"),
    ),
    "the milder law counts": (
        _book(WORDINGS, ADVERSE),
        _book(MILDER, ADVERSE),
        ("verdict", "permitted", "forbidden_by_default"),
    ),
    "the milder law no longer counts": (
        _book(MILDER, ADVERSE),
        _book(WORDINGS, ADVERSE),
        ("verdict", "forbidden_by_default", "permitted"),
    ),
    "what is done is against the person": (
        _book(MILDER),
        _book(MILDER, ADVERSE),
        ("verdict", "permitted", "forbidden_by_default"),
    ),
    "a unit with its bound": (
        _book(PERMIT),
        _book(
            {"(1)": (*PERMIT["(1)"][:2], "requires: how.days <= 1 month")},
            ("unit: days, parameter: yes, max: 60,", "unit: months, parameter: yes,"),
        ),
        ("limits", "permitted", "permitted"),
    ),
    "a penalty's range": (
        _book(FINE),
        _book(_penalty("[imprisonment up to 5 years, fine up to 5000 won]")),
        ("penalties", "forbidden", "forbidden"),
    ),
    "one of the penalties": (
        _book(FINE),
        _book(_penalty("[fine up to 5000 won]")),
        ("penalties", "forbidden", "forbidden"),
    ),
    "a rate for another time": (
        _book({"(1)": ("may: do thing", "requires: how.level <= 3 per year * 1 year")}),
        _book({"(1)": ("may: do thing", "requires: how.level <= 3 per month * 12 months")}),
        ("limits", "permitted", "permitted"),
    ),
}  # fmt: skip
SEARCHED = {name for name in SEMANTIC if "milder" in name or "unit" in name or "against the person" in name}
"""These are not lowered."""


@pytest.mark.parametrize("name", SEMANTIC)
def test_what_changes_an_answer_has_its_case(name: str) -> None:
    old, new, expected = SEMANTIC[name]
    (found,) = compare_meaning(old, new, effort=Effort(steps=100_000_000, cases=300)).actions
    told = [(w.aspect, w.old.verdict, w.new.verdict) for w in found.witnesses]
    assert expected in told, told
    assert found.complete is (name not in SEARCHED), found.reasons


NEUTRAL = {
    "a lower rank yet": (_book(PERMIT, rank="2"), _book(PERMIT, rank="3")),
    "five working days are a week": (
        _book(_due("by the end of 5 working days after it.on")),
        _book({"(1)": (*_due("by the end of 5 working days after it.on")["(1)"], "unless: it.b and not it.b")}),
    ),
    "a rate by the month": (
        _book({"(1)": ("may: do thing", "requires: how.level <= 36 per year * 1 year")}),
        _book({"(1)": ("may: do thing", "requires: how.level <= 3 per month * 12 months")}),
    ),
}


@pytest.mark.parametrize("name", NEUTRAL)
def test_what_changes_no_answer_is_proved(name: str) -> None:
    (found,) = compare_meaning(*NEUTRAL[name]).actions
    assert found.standing == "proved", found


def test_who_finds_a_fact_and_the_unit_it_is_asked_in_decide_nothing() -> None:
    other = _book(PERMIT, ("found_by: warden", "found_by: doctor"), ("days, parameter: yes,", "weeks, parameter: yes,"))
    found = compare_meaning(_book(PERMIT), other)
    assert not found.actions and "do thing" in found.same


def test_where_nothing_tells_that_a_duty_was_done_it_is_not_said_to_be_kept() -> None:
    old, new = _book(DUTY), _book(DUTY, (f", {DONE}", ""))
    names = [Names(one.laws, one.vocabulary, one.program) for one in (old, new)]
    told = plain(meaning_text(compare_meaning(old, new), names[0], names[1], lambda _: None))
    assert "breached: Act Art. 1 (1) (too late)" in told and "is    required, nothing found broken\n" in told


BEARERS = {
    "narrowed": ("[warden, doctor]", "doctor", {("warden", "permitted", "forbidden_by_default")}),
    "exchanged": (
        "warden",
        "doctor",
        {("warden", "permitted", "forbidden_by_default"), ("doctor", "forbidden_by_default", "permitted")},
    ),
    "everybody no longer": ("", "doctor", {("warden", "permitted", "forbidden_by_default")}),
    "the other way round": ("[warden, doctor]", "[doctor, warden]", set()),
}


@pytest.mark.parametrize("name", BEARERS)
def test_who_may_no_longer_is_asked_about_alone(name: str) -> None:
    """Everybody may as before; the case asks about the one who may not, and is kept so."""
    was, is_, expected = BEARERS[name]
    ban = {"(2)": ("must_not: do thing", "when: it.b", "despite: (1)")}
    old, new = (
        _book({"(1)": ("may: do thing", "when: it.a", *([f"by: {by}"] if by else [])), **ban}) for by in (was, is_)
    )
    found = compare_meaning(old, new)
    (one,) = found.actions
    assert {(w.case.by, w.old.verdict, w.new.verdict) for w in one.witnesses if w.case.by} == expected
    for text in (text for _, text in case_texts(found, new) if ", by: " in text):
        (case,) = read_cases(text, "case.yaml").cases
        answers = [ask_case(book, case, book.read(case.facts))[0] for book in (old, new)]
        assert case.ask.by and answers[0] and not answers[1], text
    names = Names(new.laws, new.vocabulary, new.program)
    told = plain(meaning_text(found, names, names, lambda _: None))
    assert told.count("asked about: ") == len(expected), told


def test_a_limit_that_is_told_with_other_grounds_is_known() -> None:
    """The case keeps what the limit is reckoned from, though the verdict does not need it."""
    may = "may: do thing", "requires:", "  - how.heard", "  - how.days <= it.used"
    ban = "must_not: do thing", "when: it.a", "despite: (1)"
    (found,) = compare_meaning(_book({"(1)": may}), _book({"(1)": may, "(2)": ban})).actions
    told = [atom for w in found.witnesses if w.aspect == "limits" for atom in w.old.limits]
    assert told and all(atom[-1] for atom in told), found.witnesses


PRESUMED = {
    "a day": ("until: {type: date, optional: yes,", "presume: none,", "it.until is none or it.until >= it.on"),
    "a choice": ("kind: {type: one of,", "presume: red,", "it.kind is not blue"),
    "several": ("kind: {type: one of,", "several: yes, optional: yes, presume: none,", "not it.kind is blue"),
}


@pytest.mark.parametrize("name", PRESUMED)
def test_what_is_not_presumed_any_more_is_not_known(name: str) -> None:
    """Proved or shown as everything else, be it a day, a choice or several."""
    declared, presumed, when = PRESUMED[name]
    law: Law = {"(1)": ("must: tell thing", f"when: {when}")}
    plain = re.sub("presume: [a-z]+,", "", presumed)
    old, new = (_book(law, (declared, f"{declared} {said}")) for said in (presumed, plain))
    (found,) = compare_meaning(old, new).actions
    assert ("required", "undetermined") in [(w.old.verdict, w.new.verdict) for w in found.witnesses], found
    assert found.complete, found.reasons


def test_an_amount_of_which_nothing_is_presumed_any_more_is_searched() -> None:
    """It lies between two ends, and no term does."""
    law: Law = {"(1)": ("must: tell thing", "when: it.count < 3")}
    declared = "count: {type: count,"
    (found,) = compare_meaning(_book(law, (declared, f"{declared} presume: 0,")), _book(law)).actions
    assert "lies between two ends" in " ".join(found.reasons) and not found.complete


def test_what_many_norms_leave_open_is_not_proved_to_be_the_same() -> None:
    """A case that does not state what was presumed leaves them all open, and is one of those asked about."""
    law: Law = {f"({n})": ("must: tell thing", f"when: it.usual and it.count is {n}") for n in range(1, 12)}
    law["(12)"] = ("must: tell thing", "when: it.usual and it.count > 11")
    (found,) = compare_meaning(_book(law), _book(law, ("question: Usual?, presume: yes", "question: Usual?"))).actions
    assert not found.complete and "where a case does not state `it.usual`" in " ".join(found.reasons)
    assert ("required", "undetermined") in [(w.old.verdict, w.new.verdict) for w in found.witnesses]
