"""How a decision is laid out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.shipped import shipped

from mutandis.api import Rulebook
from mutandis.decide.result import Breach, Cited, Decision, Limit, Note, SourceStep, Verdict
from mutandis.decide.result_parts import Authority, Beaten, Counted, CountingStep, DeadlineDue, Presumption
from mutandis.values import Duration, Period
from mutandis_tools.names import Names
from mutandis_tools.report.assessment_text import assessment_text
from mutandis_tools.report.decision_markdown import decision_markdown
from mutandis_tools.report.decision_text import decision_text
from mutandis_tools.report.lines import plain

LIBRARY = Rulebook.load(Path(__file__).parents[1] / "library")
NAMES = Names(LIBRARY.laws, LIBRARY.vocabulary)


def _decision() -> Decision:
    return LIBRARY.decide("lend book", {"reader": {"class": "adult", "fees_owed": "0 won"}})


def test_a_long_note_stays_in_its_column() -> None:
    decision = replace(_decision(), notes=(Note("statute/1(1)", "word " * 60),))
    lines = plain(decision_text(decision, NAMES)).splitlines()
    note = [line for line in lines if line.endswith("word")]
    assert len(note) > 1
    assert len({line.index("word") for line in note}) == 1
    assert max(len(line) for line in lines) <= 110


def test_bounds_of_one_permission_hold_together_and_those_of_several_each_alone() -> None:
    month, half, year = (Duration(number, "months") for number in (1, 6, 12))
    least = Limit("n", "statute/1(1)", "loan.length", "at_least", month, month, binding=True)
    most = replace(least, relation="at_most", inner=half, outer=half)
    other = replace(most, norm="m", provision="statute/2 main", inner=year, outer=year)
    decision = replace(_decision(), verdict=Verdict.CONDITIONAL, limits=(least, most))
    said = "permitted at least 1 month, Statute Art. 1 (1), and at most 6 months, Statute Art. 1 (1)"
    assert f"{said}\n" in plain(decision_text(decision, NAMES))
    decision = replace(decision, limits=(least, most, other))
    assert "Statute Art. 1 (1); or at most 1 year, Statute Art. 2\n" in plain(decision_text(decision, NAMES))
    rate = replace(least, parameter="loan.rate")
    given = replace(most, parameter="loan.sum", actual=month, margin=month)
    text = plain(decision_text(replace(decision, limits=(rate, most, given)), NAMES))
    assert "permitted with loan rate at least 1 month, Statute Art. 1 (1), and " in text
    assert "loan sum" not in text.partition("\n\n")[0]  # what is given is within its bound


def test_what_a_number_without_a_unit_bounds_is_named() -> None:
    three = Limit("n", "statute/1(1)", "loan.number", "at_most", 3, 3, binding=True)
    text = plain(decision_text(replace(_decision(), verdict=Verdict.CONDITIONAL, limits=(three,)), NAMES))
    assert "permitted with loan number at most 3, Statute Art. 1 (1)\n" in text


def test_a_bound_that_may_not_be_the_tightest_is_told_with_what_it_leaves_open() -> None:
    month, half, year = (Duration(number, "months") for number in (1, 6, 12))
    least = Limit("n", "statute/1(1)", "loan.length", "at_least", month, month, binding=True)
    most = replace(least, relation="at_most", inner=half, outer=half, binding=False)
    wider = replace(most, provision="statute/2 main", inner=year, outer=year)
    decision = replace(_decision(), verdict=Verdict.CONDITIONAL, limits=(least, wider, most))
    said = "permitted at least 1 month, Statute Art. 1 (1), and at most 6 months, Statute Art. 1 (1)"
    assert f"{said}, if it applies\n" in plain(decision_text(decision, NAMES))
    decision = replace(decision, unmet=("loan.length <= loan.usual or reader.trusted",))
    assert f"{said}; more is still to be met " in " ".join(plain(decision_text(decision, NAMES)).split())


def test_one_word_read_as_several_is_told_once() -> None:
    step = SourceStep("statute/2 main", (("book", "map"), ("book", "print"), ("reader", "guest")))
    cited = Cited("n", ("statute/1(1)",), "may", "decides", "Lent.", chains=((step,),))
    text = plain(decision_text(replace(_decision(), cited=(cited,)), NAMES))
    assert "through Statute Art. 2 → Statute Art. 1 (1)\n" in text
    assert "Statute Art. 2 reads book as map or print, reader as guest\n" in text


def test_what_is_breached_tells_what_it_binds_and_the_clause_it_comes_through() -> None:
    step = SourceStep("statute/2 main", ())
    cited = Cited("n", ("statute/1(1)",), "may", "decides", "Lent.", chains=((step,),))
    breaches = Breach("n", "statute/1(2)", "reader.trusted"), Breach("n", "statute/1(1)2", "reader.trusted")
    text = " ".join(plain(decision_text(replace(_decision(), cited=(cited,), breaches=breaches), NAMES)).split())
    assert "binds what Statute Art. 1 (1) permits, through Statute Art. 2 Statute Art. 1 (1) 2" in text
    assert text.count("binds what") == 1  # what stands in the norm's own place binds nothing else
    alone = replace(_decision(), cited=(replace(cited, chains=()),), breaches=breaches[1:])
    assert "Statute Art. 1 (1) 2 not met: reader.trusted" in " ".join(plain(decision_text(alone, NAMES)).split())
    told = plain(assessment_text([replace(_decision(), cited=(cited,), breaches=breaches)], 0, NAMES))
    assert "Statute Art. 1 (1), through Statute Art. 2" in told
    assert (
        "breached Statute Art. 1 (2) (binds what Statute Art. 1 (1) permits, through Statute Art. 2), not met:" in told
    )


def test_what_may_be_done_on_conditions_is_told_with_them_in_an_assessment() -> None:
    decision = replace(_decision(), verdict=Verdict.CONDITIONAL, unmet=("reader.trusted",))
    told = plain(assessment_text([decision], 0, NAMES))
    assert "May be done\n" in told and "\n    if reader.trusted\n" in told + "\n"
    assert "if " not in plain(assessment_text([replace(decision, verdict=Verdict.PERMITTED)], 0, NAMES))


def test_days_that_definitions_give_are_told_in_an_assessment() -> None:
    given = Authority("defines", "statute/2", facts=("reader.banned_until",), text="2020-03-04T10:00")
    other = replace(given, facts=("reader.class",), text="adult")
    told = plain(assessment_text([replace(_decision(), authority=(given, other))], 0, NAMES))
    assert "with " in told and "2020-03-04T10:00" in told and "adult" not in told


def test_clauses_are_told_in_the_order_in_which_they_lead_to_the_provision() -> None:
    chain = tuple(SourceStep(f"statute/{article} main", ()) for article in (2, 10, 2))
    cited = Cited("n", ("statute/1(1)",), "may", "decides", "Lent.", chains=(chain, chain[1:]))
    told = plain(assessment_text([replace(_decision(), cited=(cited,))], 0, NAMES))
    assert "through Statute Art. 2, Statute Art. 10\n" in told


def test_what_a_drafter_wrote_is_only_text_on_a_terminal_and_in_markdown() -> None:
    decision = replace(_decision(), notes=(Note("statute/1(1)", "\x1b[31m<script>*bold*\n# heading"),))
    assert "\x1b" not in plain(decision_text(decision, NAMES))
    page = decision_markdown(decision, NAMES)
    assert "<script>" not in page and "*bold*" not in page.replace("\\*", "")
    assert "\n# heading" not in page


def test_what_stands_in_the_way_is_told_as_being_so_and_what_lacks_as_failing() -> None:
    fails = Authority("stops_short", "statute/1(1)", "Lent.", conditions=("not what nobody knows",))
    assert "fails: not what nobody knows" in plain(decision_text(replace(_decision(), authority=(fails,)), NAMES))
    decision = shipped().decide(
        "use own_goods",
        {
            "disciplinary_action.kind": "own_goods_restriction",
            "disciplinary_action.being_executed": True,
            "own_goods.prescribed_medicine": True,
            "conduct.on": "2021-05-20",
        },
        at=dt.date(2021, 6, 10),
    )
    told = plain(decision_text(decision, Names(shipped().laws, shipped().vocabulary, shipped().program)))
    assert "in the way: they are medicine that a doctor has prescribed for treatment" in " ".join(told.split())
    assert "#" not in told


def test_a_place_that_the_case_falls_under_and_a_period_are_told_in_words() -> None:
    names = Names(shipped().laws, shipped().vocabulary, shipped().program)
    facts = {"supervised_person": {"standing": "probationer", "arrested_by_officer": True, "taken_to_office": False}}
    decision = shipped().decide("tell_of right_to_silence", facts, at=dt.date(2021, 6, 10))
    told = " ".join(plain(decision_text(decision, names)).split())
    assert "fails: the case falls under Probation Decree Art. 27 (1)" in told
    period = Period(dt.date(2021, 6, 1), dt.date(2021, 6, 15))
    assert names.value("stay.period", period) == "2021-06-01 to 2021-06-15"


def test_one_note_of_several_places_is_told_once_at_the_first() -> None:
    notes = (Note("statute/1(1)", "Open."), Note("statute/1(2)", "Open."), Note("statute/2 main", "Another."))
    text = plain(decision_text(replace(_decision(), notes=notes), NAMES))
    assert text.count("Open.") == 1 and "Another." in text
    assert "Statute Art. 1 (2)" not in text.partition("\nNotes\n")[2]


def test_what_gave_way_twice_to_one_place_is_told_once() -> None:
    twice = Beaten("a", "statute/1(1)", "may", (("statute/2 main", "despite"), ("statute/2 main", "despite")))
    text = plain(decision_text(replace(_decision(), beaten=(twice,)), NAMES))
    assert text.partition("\nGave way\n")[2].count("Statute Art. 2") == 1


def test_that_somebody_is_held_is_presumed_in_passing_and_other_presumptions_under_their_heading() -> None:
    decision = shipped().decide("use arms", {"arms.against_inmate": True}, at=dt.date(2023, 6, 1))
    held = Presumption("inmate.confined_in_correctional_facility", True, "")
    clause = Presumption("conduct.on", "2008-12-22 or later", "act/addenda-8728/4(1)")
    names = Names(shipped().laws, shipped().vocabulary, shipped().program)
    alone = plain(decision_text(replace(decision, presumptions=(held,)), names))
    assert "\npresumed: the inmate is held under the Act\n" in alone and "Presumed" not in alone
    both = plain(decision_text(replace(decision, presumptions=(held, clause)), names))
    assert "Presumed\n  day of the conduct  2008-12-22 or later" in both and "\npresumed: the inmate" in both
    assert "Presumed: the inmate is held under the Act." in decision_markdown(
        replace(decision, presumptions=(held,)), names
    )


def test_bans_none_of_which_need_apply_are_said_to_be_such() -> None:
    ban = Cited("n", ("statute/1(1)",), "must_not", "perhaps", "Closed on feast days.")
    unmet = Authority("stops_short", "statute/1(2)", "With a card.", conditions=("reader.has_card",))
    decision = replace(_decision(), verdict=Verdict.FORBIDDEN, cited=(ban, ban), authority=(unmet,))
    text = plain(decision_text(decision, NAMES))
    assert "if none does, since what comes nearest is not met\n" in text
    assert "if it applies: Closed on feast days." in text
    assert "one of these: Closed" in plain(decision_text(replace(decision, authority=()), NAMES))


def test_of_several_one_of_which_applies_each_is_told_once_where_what_tells_is_asked() -> None:
    one = Cited("n", ("statute/1(1)",), "may", "perhaps", "On feast days.")
    still = Authority("open", "statute/1(1)", "On feast days.", facts=("reader.class",))
    decision = replace(_decision(), cited=(one,), authority=(still,), missing=("reader.class",))
    assert plain(decision_text(decision, NAMES)).count("On feast days.") == 1
    assert plain(decision_text(replace(decision, missing=()), NAMES)).count("On feast days.") == 2


def test_a_due_day_that_is_counted_in_days_from_a_moment_is_told() -> None:
    opens, day = dt.datetime(2023, 6, 18, 18), dt.date(2023, 5, 15)
    counted = Counted(opens, Duration(34, "days"), dt.date(2023, 6, 17), day, (CountingStep("first_day_out", ""),))
    due = DeadlineDue("n", "statute/1(1)", "by", "", day, day, None, counted=counted)
    text = plain(decision_text(replace(_decision(), deadlines=(due,)), NAMES))
    assert "34 days before 2023-06-18T18:00, that day not counted: Monday 2023-05-15" in text
