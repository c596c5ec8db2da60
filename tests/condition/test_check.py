"""What a checked condition is, and what is told of one that cannot be meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mutandis.citation import parse_citation_range
from mutandis.condition.check import Checked, check_condition
from mutandis.condition.guards import present_if
from mutandis.condition.parse import parse_condition
from mutandis.condition.render import render
from mutandis.condition.tree import (
    Applies,
    Arithmetic,
    Attribute,
    Choice,
    Compare,
    Expression,
    Fact,
    FallsUnder,
    If,
    Length,
    Not,
    Now,
    Quantified,
    Today,
    children,
)
from mutandis.datatypes import (
    COUNT,
    DATE,
    DAYS,
    DURATION,
    HOURS,
    MOMENT,
    MONTHS,
    NUMBER,
    PERIOD,
    PROVISION,
    TEXT,
    YES_NO,
    DataType,
)
from mutandis.source import origin_of_text
from mutandis.vocabulary import FactDeclaration, Term, Vocabulary

CLASS = DataType("enum", values=("sentenced", "unsentenced", "death_row"))
KIND = DataType("enum", values=("warning", "labour_service", "forfeiture"))
OFFENCES = DataType("enum", values=("escape", "assault"), several=True)
OFFICE = DataType("enum", values=("warden",), open=True)
WON = DataType("money", currency="won")
USD = DataType("money", currency="usd")
ACTIONS = DataType("list", term="sanction")

_FACTS: dict[str, DataType] = {
    "inmate.class": CLASS,
    "inmate.other_class": CLASS,
    "inmate.offences": OFFENCES,
    "inmate.ill": YES_NO,
    "inmate.born_on": DATE,
    "inmate.name": TEXT,
    "inmate.visits": COUNT,
    "inmate.score": NUMBER,
    "inmate.released_on": replace(DATE, optional=True),
    "inmate.left_at": replace(MOMENT, optional=True),
    "inmate.age_limit": replace(COUNT, optional=True),
    "order.by": OFFICE,
    "order.at": MOMENT,
    "order.basis": PROVISION,
    "leave.days": DAYS,
    "leave.used": DAYS,
    "leave.hours": HOURS,
    "leave.months": MONTHS,
    "leave.ceiling": DURATION,
    "fine.sum": WON,
    "fine.foreign": USD,
    "custody.period": PERIOD,
    "decision.actions": ACTIONS,
    "decision.extras": ACTIONS,
    "sanction.kind": KIND,
    "sanction.length": DAYS,
    "sanction.ended_on": replace(DATE, optional=True),
    "sanction.final": YES_NO,
    "sanction.parts": ACTIONS,
}


def _declare(name: str, type: DataType) -> FactDeclaration:
    created = (
        ("labour_service", parse_citation_range("act/108.2")),
        ("forfeiture", parse_citation_range("act/108.14")),
    )
    return FactDeclaration(
        name, type, "?", parameter=name == "leave.days", value_provisions=created if type == KIND else ()
    )


VOCABULARY = Vocabulary(
    {term: Term(term, term, ()) for term in dict.fromkeys(name.partition(".")[0] for name in _FACTS)},
    {name: _declare(name, type) for name, type in _FACTS.items()},
    {},
)


def check(text: str, expected: DataType | None = YES_NO, *, parameters: bool = False) -> Checked:
    """The condition `text`, checked as one of Article 95 of the Act."""
    parsed = parse_condition(text, origin_of_text(text, "f"))
    assert parsed.tree is not None, parsed.diagnostics
    return check_condition(
        parsed.tree,
        vocabulary=VOCABULARY,
        expected=expected,
        law="act",
        article="95",
        parameters_allowed=parameters,
    )


def accept(text: str, expected: DataType | None = YES_NO, *, parameters: bool = False) -> Expression:
    """The checked tree of a condition with which nothing is wrong."""
    checked = check(text, expected, parameters=parameters)
    assert checked.diagnostics == ()
    assert checked.tree is not None
    return checked.tree


# --- what is told, and where ------------------------------------------------------------------------------------------

FAULTS = [
    ("‹inmate.clas› is sentenced", "unknown-name", "did you mean `inmate.class`"),
    ("‹inmat.class› is sentenced", "unknown-name", "did you mean `inmate.class`"),
    ("‹inmate.final›", "unknown-name", "did you mean `sanction.final`"),
    ("‹warden.ill›", "unknown-name", "did you mean `inmate.ill`"),
    ("‹ceiling.zzzz›", "unknown-name", "declare the term `ceiling`"),
    ("‹inmate›", "unknown-name", "such as `inmate.class`"),
    ("‹sentenced›", "unknown-name", "`inmate.class is sentenced`"),
    ("‹xyzzy›", "unknown-name", "`term.fact`"),
    ("any m in decision.actions has (‹m.fina›)", "unknown-name", "did you mean `m.final`"),
    ("any m in decision.actions has (‹m›)", "unknown-name", "such as `m.kind`"),
    ("inmate.class is ‹sentence›", "unknown-choice", "did you mean `sentenced`"),
    ("‹xyzzy› is inmate.class", "unknown-choice", "sentenced, unsentenced, death_row"),
    ("inmate.class is one of [sentenced, ‹free›]", "unknown-choice", "the values are"),
    ("inmate.ill is ‹yes›", "type-mismatch", "stands by itself"),
    ("‹inmate.class›", "type-mismatch", "`fact is value`"),
    ("‹inmate.visits› and inmate.ill", "type-mismatch", "`count >= 1`"),
    ("not ‹custody.period›", "type-mismatch", "`period is within 15 days`"),
    ("‹decision.actions›", "type-mismatch", "`any m in list has (…)`"),
    ('‹inmate.class is "sentenced"›', "type-mismatch", "without quotes"),
    ("‹inmate.class < inmate.other_class›", "type-mismatch", "`is one of [...]`"),
    ("‹inmate.class is sanction.kind›", "type-mismatch", "share values"),
    ("‹inmate.offences > inmate.offences›", "type-mismatch", "`is one of [...]`"),
    ("‹custody.period < 15 days›", "type-mismatch", "`period is within 15 days`"),
    ("‹decision.actions is decision.extras›", "type-mismatch", "count its members"),
    ("‹inmate.born_on > 5›", "type-mismatch", "one type"),
    ("‹leave.used > 5›", "type-mismatch", "`5 days`"),
    ("‹fine.sum > 20000›", "type-mismatch", "`5000 won`"),
    ("‹inmate.born_on > 5 years›", "type-mismatch", "`begin + 6 months <= today`"),
    ("‹inmate.born_on + 5› <= today", "type-mismatch", "`+ 5 days`"),
    ("‹5 days + inmate.born_on› <= today", "type-mismatch", "date first"),
    ("‹inmate.born_on + today› <= today", "type-mismatch", "dates are not added"),
    ("‹inmate.born_on * 2› <= today", "type-mismatch", "vocabulary"),
    ("‹order.at - today› <= 3 days", "type-mismatch", "moments from moments"),
    ("‹fine.sum + 3› > 5 won", "type-mismatch", "vocabulary"),
    ("‹(inmate.visits + 1)› is present", "type-mismatch", "`term.fact is present`"),
    ("‹fine.sum > fine.foreign›", "unit-mismatch", "one currency"),
    ("fine.sum > ‹3 fortnights›", "unit-mismatch", "currencies are usd, won"),
    ("fine.sum > ‹3 wons›", "unit-mismatch", "`won`"),
    ("‹inmate.score / inmate.visits› > 2", "type-mismatch", "multiply instead"),
    ("‹inmate.score / 0› > 2", "impossible-number", "another number"),
    ("‹fine.sum / 5 usd› > 2", "unit-mismatch", "one currency"),
    ("‹leave.used / 2 months› > 2", "inexact-duration-arithmetic", "one after the other"),
    ("‹leave.months / 2› > 2 months", "inexact-duration-arithmetic", "fraction(1/3"),
    ("(round up fine.sum to ‹inmate.score›) > 2 won", "type-mismatch", "`round down X to 10 won`"),
    ("(round up fine.sum to ‹0 won›) > 2 won", "type-mismatch", "`round down X to 10 won`"),
    ("‹(round up fine.sum to 10)› > 2 won", "type-mismatch", "same currency"),
    ("‹(round up leave.used to 10)› > 2 days", "type-mismatch", "`fraction`"),
    ("‹(the smaller of fine.sum and fine.foreign)› > 2 won", "unit-mismatch", "one currency"),
    ("‹(the smaller of fine.sum and 3)› > 2 won", "type-mismatch", "one type"),
    ("‹(the smaller of today and inmate.born_on)› < today", "type-mismatch", "`the earlier of`"),
    ("‹(the later of today and now)› < today", "type-mismatch", "two dates"),
    ("‹(the larger of leave.used and leave.months)› > 2 days", "inexact-duration-comparison", "from a date"),
    ("‹(1/10 per year) * leave.used› > 2", "inexact-duration-arithmetic", "months or years"),
    ("‹fine.sum * (1/10 per year)› > 2 won", "type-mismatch", "for how long"),
    ("‹1/10 per year > 2 per month›", "unit-mismatch", "one unit of time"),
    ("‹1/10 per year > inmate.score›", "unit-mismatch", "one unit of time"),
    ("‹fine.sum + fine.foreign› > 3 won", "unit-mismatch", "one currency"),
    ("‹leave.used < 3 months›", "inexact-duration-comparison", "count both from a date"),
    ("‹leave.hours < 3 days›", "inexact-duration-comparison", "count both from a date"),
    ("‹24 hours is 1 day›", "inexact-duration-comparison", "count both from a date"),
    ("order.at is within 12 hours after ‹inmate.born_on›", "inexact-duration-comparison", "type moment"),
    ("‹leave.used + 3 months› > 3 months", "inexact-duration-arithmetic", "one after the other"),
    (
        "today > the end of ‹(1 year + 14 days)› after inmate.born_on",
        "inexact-duration-arithmetic",
        "`the end of 15 days after (the end of 3 months after begin)`",
    ),
    ("today > the end of the month of ‹leave.used›", "type-mismatch", "y being a date or a moment"),
    ("today > the end of the year of ‹inmate.released_on›", "unguarded-optional-fact", "guard it"),
    ("‹leave.months * 3/2› > 1 year", "inexact-duration-arithmetic", "fraction(1/3"),
    ("‹5 months * 1/2› > leave.months", "inexact-duration-arithmetic", "fraction(1/3"),
    ("‹leave.days› < 5 days", "misplaced-parameter", "move the condition to `requires`"),
    ("inmate.ill or 3 days - ‹leave.days› < leave.used", "misplaced-parameter", "`limits`"),
    ("‹inmate.released_on› <= today", "unguarded-optional-fact", "`inmate.released_on is present and …`"),
    ("‹inmate.released_on› + 1 year <= today", "unguarded-optional-fact", "guard it"),
    ("inmate.released_on is none and ‹inmate.released_on› <= today", "unguarded-optional-fact", "guard it"),
    ("inmate.released_on is present or ‹inmate.released_on› <= today", "unguarded-optional-fact", "guard it"),
    ("‹inmate.left_at› is within 3 hours after now", "unguarded-optional-fact", "guard it"),
    ("‹(if inmate.ill then inmate.released_on else today)› <= today", "unguarded-optional-fact", "guard it"),
    (
        "‹(if inmate.ill then inmate.released_on else today)› is a day off",
        "unguarded-optional-fact",
        "guard it",
    ),
    ("any m in decision.actions has (‹m.ended_on› < today)", "unguarded-optional-fact", "`m.ended_on is present"),
    (
        "any m in decision.actions has (any n in m.parts has (‹any o in n.parts has (o.final)›))",
        "quantifiers-too-deep",
        "define a fact",
    ),
    ("‹any leave in decision.actions has (inmate.ill)›", "variable-taken", "another name"),
    ("any m in decision.actions has (‹any m in m.parts has (m.final)›)", "variable-taken", "another name"),
    ("any m in ‹inmate.class› has (m.whatever)", "type-mismatch", "list of TERM"),
    ("(the number of ‹inmate.visits›) > 1", "type-mismatch", "list of TERM"),
    ("(the total of ‹m.kind› for m in decision.actions) > 1", "type-mismatch", "added up"),
    ("(the total of ‹xyzzy.x› for m in decision.actions) > 1", "unknown-name", ""),
    ("‹inmate.visits› is within 3 days after today", "type-mismatch", "`x is within 12 hours after y`"),
    ("today is within ‹3› after today", "type-mismatch", "`x is within 12 hours after y`"),
    ("‹today› is within 3 days", "type-mismatch", "from when"),
    ("fraction(1/3, from ‹now› to today, round up) > 3 days", "type-mismatch", "from DATE to DATE"),
    ("‹inmate.class› falls under 108.2", "no-creating-provision", "which `provision` creates them"),
    ("‹sanction.kind› falls under 109", "no-creating-provision", "`provision` of its values"),
    ("‹case falls under 97(1)4 to 97(1)2›", "bad-citation", "97(1)2 to 97(1)4"),
    ("‹case falls under 97(1)2 to 98(1)›", "bad-citation", "cite as"),
    ("(‹if inmate.ill then 3 else today›) is 3", "type-mismatch", "same type"),
    ("(‹if inmate.ill then fine.sum else fine.foreign›) > 3 won", "unit-mismatch", "one currency"),
]


@pytest.mark.parametrize(("marked", "slug", "help"), FAULTS, ids=lambda value: str(value)[:60])
def test_a_fault_is_told_once_at_its_place(marked: str, slug: str, help: str) -> None:
    text = marked.replace("‹", "").replace("›", "")
    checked = check(text)
    assert checked.tree is None
    (found,) = checked.diagnostics
    start, end = found.span.column - 1, found.span.end_column - 1
    plain = marked.replace("‹(", "(‹").replace(")›", "›)") if text[start - 1 : start] == "(" else marked
    assert f"{text[:start]}‹{text[start:end]}›{text[end:]}" in (marked, plain), found
    assert found.slug == slug
    assert help in found.help
    assert found.message[0] in "`abcdefghijklmnopqrstuvwxyz" and not found.message.endswith(".")


NO_VALUES = {
    "is none": "null nil empty nothing missing blank undefined absent unknown",
    "is present": "known given set defined specified stated",
    "today - 1 day": "yesterday",
    "today + 1 day": "tomorrow",
    "in digits": "two three four five six seven eight nine ten eleven twelve",
    ">=": "more less later earlier longer shorter older younger over above",
}


def test_a_value_is_guarded_beside_it_and_not_inside() -> None:
    (told,) = check("inmate.released_on + 1 year", DATE).diagnostics
    assert told.help == "say beside it when there is one: `when: inmate.released_on is present`"


@pytest.mark.parametrize(
    ("word", "help"), [(word, help) for help, words in NO_VALUES.items() for word in words.split()]
)
def test_a_word_in_the_place_of_a_value_is_told_what_to_write(word: str, help: str) -> None:
    (found,) = check(f"leave.used is {word}").diagnostics
    assert (found.slug, found.span.column) == ("unknown-name", len("leave.used is ") + 1)
    assert help in found.help


def test_all_faults_of_a_condition_are_told_at_once() -> None:
    checked = check("inmate.clas is sentenced and leave.days < 3 months and inmate.released_on < today")
    assert [found.slug for found in checked.diagnostics] == [
        "unknown-name",
        "misplaced-parameter",
        "inexact-duration-comparison",
        "unguarded-optional-fact",
    ]


@pytest.mark.parametrize(
    ("text", "expected", "slug"),
    [
        ("inmate.visits", NUMBER, None),
        ("inmate.score", COUNT, "type-mismatch"),
        ("sentenced", CLASS, None),
        ("if inmate.ill then sentenced else inmate.other_class", CLASS, None),
        ("warning", CLASS, "unknown-choice"),
        ("inmate.offences", DataType("enum", values=OFFENCES.values), "type-mismatch"),
        ("escape", OFFENCES, None),
        ("anybody", OFFICE, None),
        ("order.by", CLASS, "type-mismatch"),
        ("50 hours", DURATION, None),
        ("if inmate.ill then 50 hours else 3 months", DURATION, None),
        ("50 hours", DAYS, "unit-mismatch"),
        ("leave.ceiling", DAYS, "unit-mismatch"),
        ("leave.ceiling * 3/2", DURATION, None),
        ("inmate.born_on + 6 months", DATE, None),
        ("inmate.born_on + 6 hours", DATE, "type-mismatch"),
        ("inmate.born_on + 6 hours", MOMENT, None),
        ("5000 won", USD, "unit-mismatch"),
        ("fine.sum * 3/2", WON, None),
        ("fine.sum / 3", WON, None),
        ("fine.sum / 300 won", NUMBER, None),
        ("fine.sum / 300 won", COUNT, "type-mismatch"),
        ("round up fine.sum / 300 won to 1", COUNT, None),
        ("round half to even inmate.score to 1/10", NUMBER, None),
        ("round half up fine.sum to 10 won", WON, None),
        ("the larger of fine.sum and 2000 won", WON, None),
        ("the larger of inmate.visits and inmate.score", NUMBER, None),
        ("the smaller of inmate.visits and 3", COUNT, None),
        ("the earlier of today and inmate.born_on", DATE, None),
        ("1 year and 6 months", MONTHS, None),
        ("leave.months / 1 year", NUMBER, None),
        ("fine.sum * (1/10 per year * leave.months)", WON, None),
        ("fine.sum * (leave.used * 2 per week)", WON, None),
        ("1/10 per year * 2", DataType("number", per="year"), None),
        ("1/10 per year", NUMBER, "unit-mismatch"),
        ("today - inmate.born_on", DAYS, None),
        ("now - order.at", HOURS, None),
        ("(the number of decision.actions)", COUNT, None),
        ("(the total of m.length for m in decision.actions)", DAYS, None),
        ("decision.actions", ACTIONS, None),
        ("inmate.released_on", DATE, None),
        ("true", YES_NO, None),
    ],
)
def test_a_value_serves_where_its_type_is_asked_for(text: str, expected: DataType, slug: str | None) -> None:
    found = check(text, expected)
    assert [diagnostic.slug for diagnostic in found.diagnostics] == ([slug] if slug else [])


@pytest.mark.parametrize(
    "text",
    [
        "inmate.released_on is present and inmate.released_on <= today",
        "inmate.released_on <= today and inmate.released_on is present",
        "inmate.released_on is none or inmate.released_on <= today",
        "not (inmate.released_on is none or inmate.released_on <= today)",
        "not inmate.released_on is none and inmate.released_on <= today",
        "inmate.ill and (inmate.released_on is present and (inmate.ill or inmate.released_on <= today))",
        "(inmate.released_on is present and inmate.ill) and inmate.released_on <= today",
        "inmate.released_on is 2020-01-01 and inmate.released_on <= today",
        "inmate.released_on is today",
        "inmate.age_limit is one of [3, 4] and inmate.age_limit + 1 < 4",
        "if inmate.released_on is present then inmate.released_on <= today else inmate.ill",
        "(if inmate.released_on is present then inmate.released_on else today) is a day off",
        "(if inmate.released_on is none then today else inmate.released_on) + 1 month <= today",
        "inmate.released_on is none or (inmate.released_on is present and inmate.released_on <= today)",
        "any m in decision.actions has (m.ended_on is present and m.ended_on < today)",
        "(the number of m in decision.actions where (m.ended_on is none or m.ended_on < today)) > 1",
    ],
)
def test_a_guard_lets_an_optional_fact_be_reckoned_with(text: str) -> None:
    assert render(accept(text)) == render_of(text)


def render_of(text: str) -> str:
    """The canonical form of an unchecked condition."""
    tree = parse_condition(text).tree
    assert tree is not None
    return render(tree)


def test_equality_of_two_optional_facts_is_no_guard() -> None:
    # Both may be none, and none is none.
    tree = parse_condition("inmate.released_on is inmate.left_at").tree
    assert tree is not None
    assert present_if(tree, True) == frozenset()


# --- what a checked tree is -------------------------------------------------------------------------------------------


def test_names_become_facts_attributes_values_and_the_clock() -> None:
    tree = accept("any m in decision.actions has (m.kind is warning and today <= now)")
    assert isinstance(tree, Quantified)
    assert tree.source == Fact("decision.actions")
    first, second = children(tree.body)
    assert first == Compare("is", Attribute("m", "kind"), Choice("warning"))
    assert second == Compare("<=", Today(), Now())


def test_citations_become_absolute_where_the_rule_stands() -> None:
    assert accept("not case falls under (1)") == Not(FallsUnder(None, (("act/95(1)", "act/95(1)"),)))
    assert accept("case falls under 97(1)2 to 97(1)4, (2) proviso") == FallsUnder(
        None, (("act/97(1)2", "act/97(1)4"), ("act/95(2) proviso", "act/95(2) proviso"))
    )
    assert accept("sanction.kind does not fall under 108.4 to 108.14") == FallsUnder(
        Fact("sanction.kind"), (("act/108.4", "act/108.14"),), True
    )
    assert accept("juvenile-decree/3(1) applies") == Applies("juvenile-decree/3(1)")


@pytest.mark.parametrize(
    "text",
    [
        "inmate.class is sentenced and not inmate.ill",
        "inmate.class is not one of [sentenced, death_row] or inmate.offences is escape",
        "inmate.born_on + 6 months <= today and order.at + 12 hours >= now",
        "order.at is within 12 hours before now and order.at is within 3 days after today",
        "custody.period is within 15 days",
        "every m in decision.actions has (m.length * 3/2 <= 30 days and m.kind falls under 108.2)",
        "(the total of m.length for m in decision.actions where (m.final)) <= leave.used",
        'if inmate.ill then inmate.visits * 2 + 1 > inmate.score else inmate.name is "x"',
        "fraction(1/3, from inmate.born_on to today, round up) <= leave.used",
        "order.basis falls under 97(1) and case falls under (1)2 and (2) applies",
    ],
)
def test_every_node_of_a_checked_tree_has_its_type_and_place(text: str) -> None:
    pending = [accept(text)]
    while pending:
        node = pending.pop()
        assert node.type is not None, node
        assert node.span.file == "f"
        pending.extend(children(node))


def test_a_checked_tree_checks_again_to_itself() -> None:
    tree = accept("leave.used + leave.days <= 20 days and inmate.class is sentenced", parameters=True)
    again = check_condition(
        tree, vocabulary=VOCABULARY, expected=YES_NO, law="act", article="95", parameters_allowed=True
    )
    assert again.tree == tree
    refused = check_condition(
        tree, vocabulary=VOCABULARY, expected=YES_NO, law="act", article="95", parameters_allowed=False
    )
    assert [found.slug for found in refused.diagnostics] == ["misplaced-parameter"]


def test_the_types_of_the_branches_are_joined() -> None:
    tree = accept("if inmate.ill then 50 hours else leave.ceiling", DURATION)
    assert isinstance(tree, If)
    assert tree.type == DURATION
    assert isinstance(tree.consequent, Length)
    assert tree.consequent.type == HOURS


def test_a_variable_bound_outside_is_known_inside() -> None:
    parsed = parse_condition("m.final and inmate.released_on < today")
    assert parsed.tree is not None
    checked = check_condition(
        parsed.tree,
        vocabulary=VOCABULARY,
        expected=YES_NO,
        law="act",
        article="95",
        parameters_allowed=False,
        variables={"m": "sanction"},
        present=frozenset({"inmate.released_on"}),
    )
    assert checked.diagnostics == ()


def test_an_amount_that_cannot_be_negative_is_a_count() -> None:
    tree = accept("inmate.visits + 3 > inmate.score - 3/2")
    assert isinstance(tree, Compare)
    assert isinstance(tree.left, Arithmetic) and isinstance(tree.right, Arithmetic)
    assert (tree.left.type, tree.right.type) == (COUNT, NUMBER)


def test_a_parameter_in_a_value_is_told_of_the_value() -> None:
    (found,) = check("leave.days + leave.used", DAYS).diagnostics
    assert (found.slug, "cannot give a fact its value" in found.message) == ("misplaced-parameter", True)
    assert "`requires` or `limits`" in found.help
