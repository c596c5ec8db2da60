"""A compiled decision is a decision in every respect, and its code holds nothing that a drafter wrote but constants."""

from __future__ import annotations

import datetime as dt
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import CodeType

import pytest
from tests.strategies.deciders import decide
from tests.strategies.vocabulary import VOCABULARY

from mutandis.api import Rulebook
from mutandis.backends import unit as units
from mutandis.backends.engine import Engine
from mutandis.backends.python.expressions import FUNCTIONS
from mutandis.backends.sparing import OFTEN
from mutandis.citation import parse_citation
from mutandis.condition import tree as t
from mutandis.datatypes import DATE, DAYS, YES_NO, DataType
from mutandis.decide.decision import CompiledDecision
from mutandis.decide.result import PlainDecision, Verdict, as_data
from mutandis.link.cone import cone_of
from mutandis.link.program import (
    Beat,
    Bound,
    Component,
    Derivation,
    DerivedFact,
    LinkedEntry,
    LinkedGround,
    LinkedRequirement,
    Norm,
    Program,
)
from mutandis.rulebook.law import Interval
from mutandis.values import UNKNOWN, Duration
from mutandis.vocabulary import FactDeclaration, Vocabulary

ACTION = "do thing"
PLACE = parse_citation("act/1(1)")


def fact(name: str, type_: DataType = YES_NO) -> t.Fact:
    return t.Fact(name, type=type_)


def days(number: int) -> t.Length:
    return t.Length(number, "day", type=DAYS)


def may(number: int = 1, **more: object) -> Norm:
    place = parse_citation(f"act/{number}(1)")
    return Norm(f"{place}#{ACTION}", f"{place}#{ACTION}", place, "may", ACTION, "It may be done.", **more)  # type: ignore[arg-type]  # fields of a norm


def program(*norms: Norm, beats: tuple[Beat, ...] = (), derived: dict[str, DerivedFact] | None = None) -> Program:
    component = Component(ACTION, "forbidden", norms, beats)
    return Program({}, VOCABULARY, {ACTION: component}, derived or {}, {}, "0" * 64)


BOUNDED = LinkedRequirement(
    PLACE,
    t.Compare("<=", fact("how.days", DAYS), days(5), type=YES_NO),
    ("how.days",),
    Bound("how.days", "<=", days(5)),
)
GROUNDS = tuple(LinkedGround(parse_citation(f"act/1(1){k}"), fact(f"it.{name}")) for k, name in enumerate("abc", 1))


def test_a_compiled_decision_equals_the_plain_record_of_the_same_answer() -> None:
    book = program(may(grounds=GROUNDS, requires=(BOUNDED,)))
    facts = {"it.a": True, "it.b": True, "it.c": False, "how.days": 3}
    found = Engine(book).decide(ACTION, facts)
    expected = decide(book, ACTION, facts)
    assert found == expected
    assert expected == found
    assert found.citations == ("act/1(1)1", "act/1(1)2")
    assert hash(found) == hash(Engine(book).decide(ACTION, facts))


def test_a_compiled_decision_can_be_copied_pickled_and_changed() -> None:
    found = Engine(program(may())).decide(ACTION, {})
    assert pickle.loads(pickle.dumps(found)) == found
    changed = replace(found, verdict=Verdict.SILENT)
    assert type(changed) is PlainDecision
    assert (changed.verdict, changed.cited) == (Verdict.SILENT, found.cited)


def test_what_was_worked_out_once_is_the_same_at_the_second_look() -> None:
    found = Engine(program(may(requires=(BOUNDED,)))).decide(ACTION, {"how.days": 3})
    assert found.limits is found.limits
    assert found.considered is found.considered


def test_compiled_code_refers_to_nothing_but_names_of_ours() -> None:
    hostile = "it.x'); __import__('os').system('true') #"
    kind = DataType("enum", values=("__builtins__", "exec('1')"))
    declared = FactDeclaration(hostile, kind, "?")
    book = program(may(when=(t.Compare("is", fact(hostile, kind), t.Choice("exec('1')", type=kind), type=YES_NO),)))
    book = replace(book, vocabulary=Vocabulary({}, {hostile: declared}, {}))
    engine = Engine(book)
    assert engine.decide(ACTION, {hostile: "exec('1')"}).verdict is Verdict.PERMITTED
    assert engine.decide(ACTION, {}).missing == (hostile,)
    unit = engine.unit(ACTION, None, dt.date.max)
    functions = [unit.decide, *unit.readers.values()]
    ours = {
        *FUNCTIONS,
        *("UNKNOWN", "Gap", "__class__", "get", "applies", "names", "choices", "len"),
        *("FALLS", "shapes", "untriggered", "unit", "decide_in_doubt", "new", "CompiledDecision", "Setting"),
        *CompiledDecision.__slots__,
    }
    for function in functions:
        assert function is not None
        code = function.__code__
        assert isinstance(code, CodeType)
        assert {name for name in code.co_names if name not in ours and not name[1:].isdigit()} == set()
        assert function.__globals__["__builtins__"] == {}


def test_eight_threads_give_the_answers_of_one() -> None:
    book = program(may(grounds=GROUNDS, requires=(BOUNDED,)), may(2, when=(fact("it.b"),)))
    values: tuple[object, ...] = (True, False, UNKNOWN)
    numbers: tuple[object, ...] = (3, 6, UNKNOWN)
    cases = [{"it.a": a, "it.b": b, "how.days": n} for a in values for b in values for n in numbers] * 20
    alone = Engine(book)
    expected = [as_data(alone.decide(ACTION, case)) for case in cases]
    together = Engine(book)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda case: as_data(together.decide(ACTION, case)), cases)) == expected


def test_each_in_force_interval_is_compiled_when_it_is_first_asked_for() -> None:
    engine = Engine(program(may(force=Interval(dt.date(2020, 3, 1), dt.date(2020, 4, 1)))))
    assert engine._versions == {}
    verdicts = {
        day: engine.decide(ACTION, {}, None, day).verdict
        for day in (dt.date(2020, 2, 29), dt.date(2020, 3, 1), dt.date(2020, 3, 31), dt.date(2020, 4, 1))
    }
    assert list(verdicts.values()) == [
        Verdict.FORBIDDEN_BY_DEFAULT,
        Verdict.PERMITTED,
        Verdict.PERMITTED,
        Verdict.FORBIDDEN_BY_DEFAULT,
    ]
    assert [unit is not None for unit in engine._versions[ACTION, None].units] == [True, True, True]


def test_a_unit_remembers_a_bounded_number_of_shapes() -> None:
    found: dict[object, object] = dict.fromkeys(range(units.MOST_SHAPES))
    units._remember(found, "new", None)  # type: ignore[arg-type]  # what is remembered does not matter
    assert list(found) == ["new"]


def test_a_fact_nobody_needs_need_not_be_known_for_the_total_path() -> None:
    engine = Engine(program(may(when=(fact("it.a"),), grounds=GROUNDS)))
    assert engine.decide(ACTION, {"it.a": False}).verdict is Verdict.FORBIDDEN_BY_DEFAULT
    assert engine.unit(ACTION, None, dt.date.max).readers == {}


def test_an_unknown_yes_no_fact_never_counts_as_either() -> None:
    book = program(may(when=(t.Compare("is", fact("it.a"), t.Truth(True, type=YES_NO), type=YES_NO),)), may(2))
    for facts in ({"it.a": UNKNOWN}, {}):
        assert as_data(Engine(book).decide(ACTION, facts)) == as_data(decide(book, ACTION, facts))


def test_rules_that_contradict_each_other_about_a_fact_are_named() -> None:
    def define(number: int, value: bool) -> Derivation:
        place = parse_citation(f"act/8{number}")
        return Derivation(str(place), place, "define", (LinkedEntry(place, None, t.Truth(value, type=YES_NO)),))

    flag = DerivedFact("it.flag", YES_NO, (define(2, True), define(1, False)))
    book = program(may(when=(fact("it.flag"),)), derived={"it.flag": flag})
    found = Engine(book).decide(ACTION, {})
    assert (found.verdict, found.cause) == (Verdict.CONFLICT, "values")
    assert found == decide(book, ACTION, {})
    value = Engine(book).value("it.flag", {})
    assert (value.known, value.provisions, value.conflicting) == (False, ("act/82", "act/81"), (True, False))


def test_the_value_of_a_derived_fact_cites_the_entry_that_gives_it() -> None:
    place = parse_citation("act/80(1)1")
    entry = LinkedEntry(place, fact("it.a"), t.Day(dt.date(2020, 3, 1), type=DATE))
    due = DerivedFact("it.due", DATE, (Derivation("act/80(1)", PLACE, "define", (entry,)),))
    engine = Engine(program(derived={"it.due": due}))
    known = engine.value("it.due", {"it.a": True})
    assert (known.known, known.value, known.provisions) == (True, dt.date(2020, 3, 1), ("act/80(1)1",))
    none = engine.value("it.due", {"it.a": False})
    assert (none.known, none.value, none.provisions, none.failed) == (True, None, ("act/80(1)1",), ("it.a",))
    waiting = engine.value("it.due", {})
    assert (waiting.known, waiting.missing) == (False, ("it.a",))
    assert engine.value("it.used", {"it.used": 3}).value == Duration(3, "days")


def test_the_cone_of_a_norm_is_what_takes_it_away_and_the_limits_that_bind_that() -> None:
    norms = (
        replace(may(1), direction="limits"),
        replace(may(2), direction="must_not"),
        may(3),
        may(4),
    )
    component = Component(ACTION, "forbidden", norms, (Beat(1, 2, "despite"), Beat(3, 1, "despite")))
    cone, position = cone_of(component, 2)
    assert [str(n.citation) for n in cone.norms] == ["act/1(1)", "act/2(1)", "act/3(1)", "act/4(1)"]
    assert (position, cone.beats) == (2, (Beat(1, 2, "despite"), Beat(3, 1, "despite")))
    # How a norm is to be done takes it away no more than what only makes a permission of a duty.
    assert [str(n.citation) for n in cone_of(component, 3)[0].norms] == ["act/4(1)"]
    duty, exemption = replace(may(1), direction="must"), replace(may(2), direction="need_not")
    weakened = Component(ACTION, "forbidden", (duty, exemption), (Beat(1, 0, "despite"),))
    assert [str(n.citation) for n in cone_of(weakened, 0)[0].norms] == ["act/1(1)"]


def test_what_lifts_a_limit_is_not_in_the_cone_of_what_else_the_limit_binds() -> None:
    norms = (replace(may(1), direction="limits"), may(2), may(3))
    component = Component(
        ACTION,
        "forbidden",
        (*norms, replace(may(4), direction="must_not")),
        (Beat(1, 0, "lifts"), Beat(2, 3, "despite")),
    )
    assert [str(n.citation) for n in cone_of(component, 3)[0].norms] == ["act/1(1)", "act/3(1)", "act/4(1)"]


def test_a_norm_that_is_asked_about_is_in_force_on_the_version_date_of_each_question() -> None:
    asking = may(1, when=(t.Applies("act/2(1)", type=YES_NO),))
    asked = may(2, when=(fact("it.a"),), force=Interval(dt.date(2020, 6, 1), None))
    components = {
        "one": Component("one", "forbidden", (asking,), ()),
        "two": Component("two", "forbidden", (asked,), ()),
    }
    book = Program({}, VOCABULARY, components, {}, {"act/2(1)": (("two", 0),)}, "0" * 64)
    engine = Engine(book)
    for day, expected in ((31, Verdict.FORBIDDEN_BY_DEFAULT), (32, Verdict.PERMITTED)):
        version = dt.date(2020, 5, 1) + dt.timedelta(days=day - 1)
        assert engine.decide("one", {"it.a": True}, law_as_of=version).verdict is expected
        assert decide(book, "one", {"it.a": True}, law_as_of=version).verdict is expected


def test_a_case_that_states_half_of_what_is_read_is_assessed_by_one_function() -> None:
    actions = {
        name: replace(may(grounds=GROUNDS, requires=(BOUNDED,)), action=name) for name in ("one", "two", "three")
    }
    components = {name: Component(name, "forbidden", (norm,), ()) for name, norm in actions.items()}
    engine = Engine(Program({}, VOCABULARY, components, {}, {}, "0" * 64))
    little: dict[str, object] = {"it.a": True}
    most: dict[str, object] = {"it.a": True, "it.b": False, "how.days": 3}
    for facts, compiled in ((little, False), (most, True), (little, True), ({**most, "it.c": True}, True)):
        found = engine.assess(facts)
        assert [decision.action for decision in found] == ["one", "three", "two"]
        assert list(found) == [decide(engine.program, name, facts) for name in sorted(actions)]
        (together,) = engine.rounds._together.values()
        assert (together._function is not None) is compiled


def test_what_wording_that_is_not_held_demanded_of_a_permission_waits_for_the_wording_too() -> None:
    unheld = may(2, opaque="an earlier wording", requires=(LinkedRequirement(PLACE, fact("it.b")),))
    ban = replace(may(3), direction="must_not")
    counted = fact("it.count", DataType("count"))
    bound = LinkedRequirement(
        PLACE,
        t.Compare("<", fact("how.count", DataType("count")), counted, type=YES_NO),
        ("how.count",),
        Bound("how.count", "<", counted),
    )
    book = program(unheld, ban, may(4, requires=(bound,)))
    found = Engine(book).decide(ACTION, {})
    assert found == decide(book, ACTION, {})
    assert found.missing == ("it.count",)


def test_a_rulebook_walks_first_and_compiles_what_is_asked_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rulebook, "often", OFTEN)
    book = Rulebook(program(may(when=(fact("it.a"),))))
    facts: dict[str, object] = {"it.a": True}
    compiled = Engine(book.program).decide(ACTION, facts)
    found: list[tuple[bool, bool]] = []
    for _ in range(2 * OFTEN):
        decision = book.decide(ACTION, facts, trusted=True)
        assert isinstance(decision, CompiledDecision)
        assert decision == compiled  # works out what the answer rests on, which asks again
        found.append((decision._shape.is_total, ACTION in book._quick))
    assert (found[0], found[-1]) == ((False, False), (True, True))
