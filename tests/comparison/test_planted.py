"""Amendments of a small law: every one that changes an answer has its case, every neutral one its proof."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate import books
from tests.evaluate.books import book, rule

from mutandis.values import Period
from mutandis_tools.comparison.answers import Aspect
from mutandis_tools.comparison.semantic import Effort, SubjectDifference, compare_meaning
from mutandis_tools.comparison.witness import Witness
from mutandis_tools.names import Names
from mutandis_tools.report.lines import plain
from mutandis_tools.report.meaning_text import meaning_text

LAW = {
    "(1)": ("may: do thing", "when: it.a", "requires: how.days <= 15 days"),
    "(2)": ("must_not: do thing", "when: it.b and it.count >= 3", "despite: (1)", "unless: it.c"),
    "(3)": ("must: tell thing", "when: it.b or it.c", "deadline: by it.on + 30 days"),
    "(4)": ("may: keep thing", "grounds:", "  1: it.kind is red", "  2: it.kind is green and it.used < 10 days"),
    "(5)": ("define: it.read", "when: it.judged or at least 2 x in it.parts where (x.good)"),
    "(6)": ("must: burn thing", "when: it.read and it.usual"),
    "(7)": ("penalty:", "  of: (2)", "  any: [fine up to 5000 won]"),
}


def _compare(new: dict[str, tuple[str, ...]]) -> tuple[SubjectDifference, ...]:
    return compare_meaning(_book(LAW), _book(new), effort=Effort(steps=100_000_000, cases=300)).actions


def _book(law: dict[str, tuple[str, ...]]):  # type: ignore[no-untyped-def]
    return book(*(rule(at, *parts) for at, parts in law.items()))


def _amended(at: str, was: str, is_: str) -> dict[str, tuple[str, ...]]:
    parts = LAW[at]
    assert any(was in part for part in parts)
    return {**LAW, at: tuple(part.replace(was, is_) for part in parts)}


def _without(at: str, key: str) -> dict[str, tuple[str, ...]]:
    return {**LAW, at: tuple(part for part in LAW[at] if not part.startswith(key))}


def _with(at: str, *parts: str) -> dict[str, tuple[str, ...]]:
    return {**LAW, at: (*LAW.get(at, ()), *parts)}


def _told(found: tuple[SubjectDifference, ...]) -> list[tuple[str, Aspect, str, str]]:
    return [(w.subject[1], w.aspect, w.old.verdict, w.new.verdict) for one in found for w in one.witnesses]


SEMANTIC = {
    "bound lowered": (_amended("(1)", "15", "10"), ("do thing", "verdict", "permitted", "forbidden")),
    "bound raised": (_amended("(1)", "15", "20"), ("do thing", "verdict", "forbidden", "permitted")),
    "bound strict": (_amended("(1)", "<=", "<"), ("do thing", "verdict", "permitted", "forbidden")),
    "limit told otherwise": (_amended("(1)", "<= 15", "< 16"), ("do thing", "limits", "permitted", "permitted")),
    "limit raised for some": (
        _amended("(1)", "how.days <= 15 days", "if it.c then how.days <= 20 days else how.days <= 15 days"),
        ("do thing", "limits", "permitted", "permitted"),
    ),
    "limit dropped": (_without("(1)", "requires"), ("do thing", "verdict", "forbidden", "permitted")),
    "limit added": (
        LAW | {"(9)": ("limits: do thing", "requires: how.heard")},
        ("do thing", "verdict", "permitted", "forbidden"),
    ),
    "count raised": (_amended("(2)", ">= 3", ">= 4"), ("do thing", "verdict", "forbidden", "permitted")),
    "count strict": (_amended("(2)", ">= 3", "> 3"), ("do thing", "verdict", "forbidden", "permitted")),
    "and for or": (_amended("(3)", " or ", " and "), ("tell thing", "verdict", "required", "silent")),
    "or for and": (_amended("(2)", " and ", " or "), ("do thing", "verdict", "permitted", "forbidden")),
    "condition dropped": (_without("(1)", "when"), ("do thing", "verdict", "forbidden_by_default", "permitted")),
    "condition added": (
        _amended("(1)", "it.a", "it.a and it.d"),
        ("do thing", "verdict", "permitted", "forbidden_by_default"),
    ),
    "condition turned": (
        _amended("(1)", "it.a", "not it.a"),
        ("do thing", "verdict", "permitted", "forbidden_by_default"),
    ),
    "exception dropped": (_without("(2)", "unless"), ("do thing", "verdict", "permitted", "forbidden")),
    "exception wider": (
        _amended("(2)", "unless: it.c", "unless: it.c or it.d"),
        ("do thing", "verdict", "forbidden", "permitted"),
    ),
    "order dropped": (_without("(2)", "despite"), ("do thing", "verdict", "forbidden", "conflict")),
    "may becomes must": (_amended("(1)", "may", "must"), ("do thing", "verdict", "permitted", "required")),
    "must becomes may": (_amended("(3)", "must", "may"), ("tell thing", "verdict", "required", "permitted")),
    "ban becomes duty": (
        _amended("(6)", "must:", "must_not:"),
        ("burn thing", "verdict", "required", "forbidden"),
    ),
    "exemption": (_amended("(6)", "must:", "need_not:"), ("burn thing", "verdict", "required", "exempt")),
    "ground added": (_with("(4)", "  3: it.kind is blue"), ("keep thing", "verdict", "silent", "permitted")),
    "ground dropped": (_without("(4)", "  1"), ("keep thing", "verdict", "permitted", "silent")),
    "ground strict": (_amended("(4)", "< 10", "<= 10"), ("keep thing", "verdict", "silent", "permitted")),
    "grounds exchanged": (
        _with("(4)")
        | {
            "(4)": ("may: keep thing", "grounds:", "  1: it.kind is green and it.used < 10 days", "  2: it.kind is red")
        },
        ("keep thing", "citations", "permitted", "permitted"),
    ),
    "demand of a duty added": (
        _with("(6)", "requires: how.heard"),
        ("burn thing", "breaches", "required", "required"),
    ),
    "deadline shorter": (_amended("(3)", "30", "27"), ("tell thing", "deadlines", "required", "required")),
    "deadline in months": (_amended("(3)", "30 days", "1 month"), ("tell thing", "deadlines", "required", "required")),
    "deadline dropped": (_without("(3)", "deadline"), ("tell thing", "deadlines", "required", "required")),
    "definition wider": (_amended("(5)", "at least 2", "at least 1"), ("burn thing", "verdict", "silent", "required")),
    "definition narrower": (
        _amended("(5)", "at least 2", "at least 6"),
        ("burn thing", "verdict", "required", "silent"),
    ),
    "definition without judgement": (
        _amended("(5)", "it.judged or ", ""),
        ("burn thing", "verdict", "required", "silent"),
    ),
    "rule gone": ({k: v for k, v in LAW.items() if k != "(6)"}, ("burn thing", "verdict", "required", "silent")),
    "rule new": (
        _with("(8)", "must_not: keep thing", "when: it.d", "despite: (4)"),
        ("keep thing", "verdict", "permitted", "forbidden"),
    ),
    "penalty gone": ({k: v for k, v in LAW.items() if k != "(7)"}, ("do thing", "penalties", "forbidden", "forbidden")),
    "penalty higher": (_amended("(7)", "5000", "9000"), ("do thing", "penalties", "forbidden", "forbidden")),
    "bearer": (_with("(3)", "by: doctor"), ("tell thing", "citations", "required", "required")),
}


@pytest.mark.parametrize("name", SEMANTIC)
def test_what_changes_an_answer_has_its_case(name: str) -> None:
    amended, expected = SEMANTIC[name]
    found = _compare(amended)
    assert expected in _told(found), _told(found)
    assert all(one.complete for one in found), [one.reasons for one in found]
    # What is kept is not burnt: one action of the group changes with the other.
    group = {"keep thing", "burn thing"}
    assert {one.name for one in found if one.standing == "differs"} - group <= {expected[0]}


NEUTRAL = {
    "or turned": _amended("(3)", "it.b or it.c", "it.c or it.b"),
    "and turned": _amended("(2)", "it.b and it.count >= 3", "it.count >= 3 and it.b"),
    "more than two": _amended("(2)", "it.count >= 3", "it.count > 2"),
    "not fewer": _amended("(2)", "it.count >= 3", "not (it.count < 3)"),
    "exception of nothing": _with("(3)", "unless: it.d and not it.d"),
    "named twice": _amended("(3)", "it.b or it.c", "it.b or (it.c and not it.b)"),
    "at most nine days": _amended("(4)", "it.used < 10 days", "it.used <= 9 days"),
    "De Morgan": _amended("(3)", "it.b or it.c", "not (not it.b and not it.c)"),
    "absorbed": _amended("(1)", "it.a", "it.a or (it.a and it.d)"),
    "definition turned": _amended("(5)", "it.judged or at", "it.usual and it.judged or it.judged or at"),
    "one limit for both": _amended(
        "(1)", "how.days <= 15 days", "if it.c then how.days <= 15 days else how.days <= 15 days"
    ),
    "deadline in weeks": _amended("(3)", "it.on + 30 days", "it.on + 4 weeks + 2 days"),
}


@pytest.mark.parametrize("name", NEUTRAL)
def test_what_changes_no_answer_is_proved(name: str) -> None:
    found = _compare(NEUTRAL[name])
    assert {one.standing for one in found} == {"proved"}, found
    assert found[0].bounds


def test_a_rulebook_is_the_same_as_itself_without_solving() -> None:
    found = compare_meaning(_book(LAW), _book(LAW))
    assert found.actions == found.values == () and "do thing" in found.same


def _witness(found: tuple[SubjectDifference, ...], aspect: Aspect) -> Witness:
    return next(w for one in found for w in one.witnesses if w.aspect == aspect)


def test_the_case_stands_at_the_boundary_with_nothing_in_it_that_is_not_needed() -> None:
    witness = _witness(_compare(_amended("(1)", "15", "10")), "verdict")
    assert witness.case.facts["how.days"] == 11 and witness.spans["how.days"] == (11, 15)
    assert witness.case.facts["it.a"] is True and "it.kind" not in witness.case.facts


def test_a_case_does_not_depend_on_what_was_asked_before() -> None:
    alone = _compare(_amended("(4)", "< 10", "<= 10"))
    _compare(_amended("(1)", "15", "20"))
    assert _compare(_amended("(4)", "< 10", "<= 10")) == alone


def test_of_two_ways_the_case_takes_the_one_with_fewer_facts() -> None:
    law: dict[str, tuple[str, ...]] = {"(1)": ("may: tell thing", "when: it.b and it.c and it.count > 3 or it.a")}
    amended = {"(1)": ("must: tell thing", *law["(1)"][1:])}
    (found,) = compare_meaning(_book(law), _book(amended)).actions
    witness = found.witnesses[0]
    assert dict(witness.case.facts) == {"it.a": True} and witness.fewest


def test_a_list_is_longer_than_what_it_is_counted_against() -> None:
    witness = _witness(_compare(_amended("(5)", "at least 2", "at least 6")), "verdict")
    parts = witness.case.facts["it.parts"]
    assert isinstance(parts, tuple) and 2 <= len(parts) <= 5


def test_a_deadline_is_told_with_both_days() -> None:
    witness = _witness(_compare(_amended("(3)", "30", "27")), "deadlines")
    (old,), (new,) = witness.old.deadlines, witness.new.deadlines
    assert dt.date.fromisoformat(str(old[-1])) - dt.date.fromisoformat(str(new[-1])) >= dt.timedelta(days=1)


def test_what_cannot_be_lowered_is_searched_and_said_to_be() -> None:
    old = _with("(8)", "may: tell thing", "when: it.span <= 3 days")
    new = {**old, "(8)": ("may: tell thing", "when: it.span <= 4 days")}
    (found,) = compare_meaning(_book(old), _book(new), effort=Effort(cases=400)).actions
    assert found.standing in ("differs", "searched") and found.tried == 400 and found.reasons and not found.complete


def test_a_fact_that_is_defined_now_is_compared_as_stated() -> None:
    old = {at: parts for at, parts in LAW.items() if at != "(5)"}
    found = compare_meaning(_book(old), _book(LAW))
    assert found.actions == () and "burn thing" in found.same  # which reads the fact, and nothing else is otherwise
    assert found.stated == ("it.read",)
    book_now = _book(LAW)
    names = Names(book_now.laws, book_now.vocabulary, book_now.program)
    told = plain(meaning_text(found, names, names, lambda _: None))
    assert "as stated `it.read`: rules of one of the two alone give this" in " ".join(told.split())
    amended = {**LAW, "(6)": ("must: burn thing", "when: it.read or it.usual")}
    one = next(a for a in compare_meaning(_book(old), _book(amended)).actions if a.name == "burn thing")
    assert one.standing == "differs" and one.complete
    assert "cases that state `it.read`, which rules give in one of the two" in one.bounds
    assert all("it.parts" not in witness.case.facts for witness in one.witnesses)


def test_running_out_of_steps_is_told() -> None:
    (found,) = compare_meaning(
        _book(LAW), _book(NEUTRAL["deadline in weeks"]), effort=Effort(steps=1, cases=50)
    ).actions
    assert (found.standing, found.tried, found.reasons) == ("searched", 50, ("the solver ran out of steps",))


def test_days_from_a_moment_are_due_later_than_as_many_hours() -> None:
    (old, new) = (
        _book({"(1)": ("must: tell thing", f"deadline: by it.began + {due}")}) for due in ("5 days", "120 hours")
    )
    (found,) = compare_meaning(old, new).actions
    assert found.complete and "deadlines" in {witness.aspect for witness in found.witnesses}


def test_a_penalty_from_a_later_day_leaves_a_gap_that_is_shown() -> None:
    since = _book(_with("(7)", "since: 2000-01-01"))
    later = _book({**LAW, "(7)": ("penalty:", "  of: (2)", "  any: [fine up to 9000 won]", "since: 2027-01-01")})
    (found,) = compare_meaning(since, later).actions
    told = {(w.case.law_as_of, bool(w.old.penalties), bool(w.new.penalties)) for w in found.witnesses}
    assert {(at is not None and at.year >= 2027, old, new) for at, old, new in told} == {
        (True, True, True),  # another penalty under the law of 2027
        (False, True, False),  # and none before it
    }
    assert all(at is not None for at, _, _ in told)


def test_what_comes_with_other_norms_is_shown_once() -> None:
    """Where the ban falls away, what the permission demands is broken wherever the ban had been enough."""
    old = {
        **LAW,
        "(1)": (
            "may: do thing",
            "when: it.a",
            "requires:",
            "  - how.days <= 15 days",
            "  - how.heard",
            "  - how.level < 5",
        ),
    }
    new = {place: parts for place, parts in old.items() if place not in ("(2)", "(7)")}
    (found,) = compare_meaning(_book(old), _book(new), effort=Effort(steps=100_000_000)).actions
    aspects = [one.aspect for one in found.witnesses]
    assert {"verdict", "limits", "breaches"} <= set(aspects)
    assert all(aspects.count(one) == 1 for one in ("limits", "breaches")), aspects
    assert len({one.aspect: one for one in found.witnesses}["breaches"].new.breaches) == 1


def test_cases_are_of_our_time_where_they_can_be() -> None:
    (found,) = _compare(SEMANTIC["deadline shorter"][0])
    case = found.witnesses[0].case
    days = [value for value in (case.at, *case.facts.values()) if isinstance(value, dt.date)]
    assert days and all(day.year >= 1998 for day in days), days


def test_no_stretch_is_told_of_days_where_days_of_the_week_decide() -> None:
    """Five days and three end on one Monday where they begin on a Wednesday."""
    old = _amended("(3)", "30 days", "5 days")
    new = _amended("(3)", "30 days", "3 days")
    (found,) = compare_meaning(_book(old), _book(new)).actions
    (witness,) = [one for one in found.witnesses if one.aspect == "deadlines"]
    assert "it.on" in witness.case.facts and "it.on" not in witness.spans


def test_what_a_case_leaves_unsaid_is_told_where_something_else_is_presumed(monkeypatch: pytest.MonkeyPatch) -> None:
    old = _book(LAW)
    words = books.VOCABULARY
    monkeypatch.setattr(books, "VOCABULARY", words.replace("Usual?, presume: yes", "Usual?, presume: no"))
    new = _book(LAW)
    found = compare_meaning(old, new)
    was, is_ = (Names(one.laws, one.vocabulary, one.program) for one in (old, new))
    told = plain(meaning_text(found, was, is_, lambda _: None))
    assert "    and   it is not said: it usual\n" in told.replace("where it is", "and   it is")


def test_no_deadline_and_one_in_words_are_told_so() -> None:
    old, new = _without("(3)", "deadline"), _with("(3)")
    worded = {**LAW, "(3)": (*_without("(3)", "deadline")["(3)"], "deadline: without_delay")}
    for other, said in ((new, "is    required, is due by "), (worded, "is    required, is due without delay (")):
        found = compare_meaning(_book(old), _book(other))
        names = Names({}, _book(other).vocabulary)
        told = plain(meaning_text(found, names, names, lambda _: None))
        assert "was   required, no deadline\n" in told and said in told, told


def test_a_bound_that_a_fact_had_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    old = _book(LAW)
    monkeypatch.setattr(books, "VOCABULARY", books.VOCABULARY.replace("max: 60", "max: 40"))
    (found,) = compare_meaning(old, _book(LAW)).actions
    assert found.standing == "proved" and "`how.days` as it was declared" in found.bounds


def test_a_period_counted_by_hours_has_its_case_at_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    words = books.VOCABULARY.replace(
        "  how:\n    label: how\n    attributes:\n",
        "  how:\n    label: how\n    attributes:\n"
        "      stay: {type: period, parameter: yes, counting: burden, question: From when until when?}\n",
    )
    monkeypatch.setattr(books, "VOCABULARY", words)

    def stays_of(hours: int):  # type: ignore[no-untyped-def]
        return _book({"(1)": ("may: do thing", f"requires: how.stay is within {hours} hours")})

    effort = Effort(steps=100_000_000, cases=300)
    (said,) = compare_meaning(stays_of(24), stays_of(25), effort=effort).actions
    stays = {w.aspect: w.case.facts["how.stay"] for w in said.witnesses}
    stay = stays["verdict"]
    assert isinstance(stay, Period) and isinstance(stay.start, dt.datetime) and stay.until is not None
    assert stay.until - stay.start == dt.timedelta(hours=24, minutes=1)


def test_an_action_that_is_new_is_told_with_a_case_of_each_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    old = _book(LAW)
    monkeypatch.setattr(
        books, "VOCABULARY", f"{books.VOCABULARY}  sell thing: {{label: sell it, default: forbidden, by: warden}}\n"
    )
    new = _book({**LAW, "(8)": ("may: sell thing", "when: it.a", "requires: how.days <= 7 days", "since: 2027-01-01")})
    found = compare_meaning(old, new)
    (one,) = found.actions
    assert (one.name, one.standing, one.complete) == ("sell thing", "added", True)
    shown = {w.new.verdict: w.case for w in one.witnesses if w.aspect == "verdict"}
    assert set(shown) == {"permitted", "forbidden"} and {w.old.verdict for w in one.witnesses} == {
        "forbidden_by_default"
    }
    assert shown["forbidden"].facts == {"how.days": 8, "it.a": True}
    names = [Names(one.laws, one.vocabulary) for one in (old, new)]
    told = plain(meaning_text(found, names[0], names[1], lambda _: None))
    assert "  added sell it\n" in told and "is    permitted" in told and "was " not in told


def test_very_many_are_told_in_outline_by_the_way_they_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutandis_tools.report.meaning_text.MOST_IN_FULL", 1)
    old = {
        **LAW,
        "(3)": ("must: tell thing", "when: it.used < 10 days"),
        "(4)": ("must: keep thing", "when: it.used < 10 days"),
        "(6)": ("must: do thing", "when: it.used < 10 days"),
    }
    new = {at: tuple(part.replace("< 10", "< 20") for part in parts) for at, parts in old.items()}
    found = compare_meaning(_book(old), _book(new))
    names = Names({}, _book(old).vocabulary)
    outlined, whole = (plain(meaning_text(found, names, names, lambda _: None, in_full=full)) for full in (False, True))
    assert outlined.count("  differ  ") > 1 and whole.count("  differs ") == 4, outlined
    head, listed, one, where = outlined.split("  differ  ")[1].splitlines()[:4]
    assert head == "2: was silent (not regulated), is required" and one.startswith("    so ")
    assert listed == "    keep it (act Art. 1 (4)); tell it (act Art. 1 (3))"
    assert "10 days" in where
    assert "ways to come out otherwise, " in outlined and "no case of a file comes out otherwise" not in outlined


MEASURES = {
    "a period": ("how.stay is within 24 hours", "how.stay"),
    "members": ("every x in it.parts has (x.good or x.days <= 3 days)", "it.parts[1].days"),
    "ways": ("not it.a or how.days <= 3 days", "how.days"),
}

ALIKE = {
    "a period": ("how.stay is within 1440 minutes", "how.stay is within 24 hours and (it.a or not it.a)"),
    "members": (
        "every x in it.parts has (x.days <= 3 days or x.good)",
        "every x in it.parts has (x.good or x.days <= 1 day + 2 days)",
        "every x in it.parts has (x.good or x.days <= 3 days or (x.good and x.days <= 9 days))",
    ),
    "ways": (
        "if it.a then how.days <= 1 day + 2 days else not it.a",
        "not (it.a and how.days > 3 days)",
        "how.days <= 3 days or not it.a or (it.a and how.days <= 2 days)",
    ),
}
"""The same limits, in other words."""
APART = {
    "a period": ("how.stay is within 25 hours", "how.stay is within 1 day"),
    "members": (
        "every x in it.parts has (x.good or x.days < 4 days)",
        "every x in it.parts has (x.good or x.days <= 4 days)",
        "every x in it.parts has (x.days <= 3 days)",
    ),
    "ways": ("not it.a or how.days <= 4 days", "not it.a or how.days < 4 days", "not it.b or how.days <= 3 days"),
}


@pytest.mark.parametrize("name", MEASURES)
def test_a_bound_that_is_set_twice_is_a_limit_that_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No verdict turns on it, and a decision names the place of each."""
    stay = "stay: {type: period, parameter: yes, counting: burden, question: From when until when?}"
    words = books.VOCABULARY.replace(
        "    label: how\n    attributes:\n", f"    label: how\n    attributes:\n      {stay}\n"
    )
    monkeypatch.setattr(books, "VOCABULARY", words)
    condition, bounded = MEASURES[name]
    old: dict[str, tuple[str, ...]] = {"(1)": ("may: do thing", f"requires: '{condition}'")}
    new = {**old, "(2)": ("limits: do thing", f"requires: '{condition}'")}
    (found,) = compare_meaning(_book(old), _book(new), effort=Effort(cases=100)).actions
    told = [w for w in found.witnesses if w.aspect == "limits" and w.new.verdict == "permitted"]
    assert told and {atom[:3] for atom in told[0].new.limits - told[0].old.limits} == {("act/1(2)", bounded, "at_most")}
    assert found.complete, found.reasons
    names = Names({}, _book(old).vocabulary)
    assert "is    permitted, limits " in plain(
        meaning_text(compare_meaning(_book(old), _book(new)), names, names, lambda _: None)
    )
    for other in ALIKE[name]:
        (one,) = compare_meaning(_book(old), _book({"(1)": ("may: do thing", f"requires: '{other}'")})).actions
        assert one.standing == "proved", (other, one)
    for other in APART[name]:
        (one,) = compare_meaning(_book(old), _book({"(1)": ("may: do thing", f"requires: '{other}'")})).actions
        assert one.standing == "differs" and one.complete, (other, one)
        assert "limits" in [w.aspect for w in one.witnesses if w.old.verdict == w.new.verdict == "permitted"]
