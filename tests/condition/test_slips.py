"""A slip is underlined where it is, and told in a drafter's words."""

from __future__ import annotations

import pytest

from mutandis.condition.parse import parse_condition
from mutandis.condition.slip_table import SLIPS as TABLE
from mutandis.source import origin_of_text

# The stretch between ‹ and › is what must be underlined.
SLIPS = [
    ("inmate.class ‹=› sentenced", "write `is` for equality"),
    ("inmate.class ‹==› sentenced", "write `is` for equality"),
    ("inmate.class ‹!=› sentenced", "write `is not`"),
    ("inmate.class ‹<>› sentenced", "write `is not`"),
    ("a.a ‹=>› 3", "write `>=`"),
    ("a.a ‹≥› 3", "write `>=`"),
    ("a.a ‹≤› 3", "write `<=`"),
    ("a.a ‹&&› b.b", "write `and`"),
    ("a.a ‹||› b.b", "write `or`"),
    ("‹!›a.a", "write `not`"),
    ("a.a ‹AND› b.b", "small letters"),
    ("a.a is ‹'›x'", "without any"),
    ("a.a is ‹“›x”", "straight double quotes"),
    ('a.a is ‹"›x', 'end the text with `"`'),
    ("inmate ‹shall› be sentenced", "states what is so"),
    ("inmate.a ‹may not› b", "the rule's effect"),
    ("a.a ‹unless› b.b", "`unless` with its own place"),
    ("a.a ‹isn't› x", "write `is not`"),
    ("a.a ‹is not in› [x, y]", "`is not one of [a, b]`"),
    ("a.a ‹is in› [x, y]", "`is one of [a, b]`"),
    ("a.a ‹is one› [x, y]", "`is one of [a, b]`"),
    ("a.a is one of ‹x›, y", "square brackets"),
    ("a.a ‹is at least› 3", "write `>=`"),
    ("a.a ‹is greater than› 3", "write `>`"),
    ("a.a <= the end of 3 ‹business days› after b.b", "write `working days`"),
    ("a.a <= the end of 3 ‹calendar days› after b.b", "run on over days off"),
    ("a.a <= the end of ‹a fortnight› after b.b", "write `2 weeks`"),
    ("a.a <= the end of the month ‹after› b.b", "`the end of the month following that of x`"),
    ("a.a <= the end of the year ‹preceding› b.b", "`preceding that of`"),
    ("a.a <= the end of the ‹following month› of b.b", "`following that of x`"),
    ("a.a <= ‹the last day of› b.b", "`the end of the month of x`"),
    ("a.a <= the end of the ‹half year› of b.b", "`the end of the half-year of x`"),
    ("a.a ‹is not less than› 3", "write `>=`"),
    ("a.a ‹is before› b.b", "write `<`"),
    ("a.a ‹is between› 1 and 3", "write both ends"),
    ("1 < a.a ‹<› 3", "join with `and`"),
    ("‹all› m in l.l has (m.x)", "`any`, `every` or `no`"),
    ("every m in l.l ‹where› (m.x)", "`has` after"),
    ("at least 3 m in l.l ‹has› (m.x)", "`where` after a number"),
    ("any m in l.l has ‹m›.x", "in parentheses"),
    ("at least 2 m in l.l where ‹m›.x", "in parentheses"),
    ("a.a <= ‹20000000won›", "between the number and its unit: `20000000 won`"),
    ("a.a <= ‹15days›", "`15 days`"),
    ("a.a <= ‹20,000,000› won", "without commas"),
    ("a.a <= ‹1.5› days", "such as 3/2"),
    ("a.a >= ‹50 %› * b.b", "as a fraction"),
    ("a.a >= ‹₩500›", "currency after it"),
    ("today > ‹1.3.2020›", "`2020-03-01`"),
    ("today > ‹2020-3-1›", "`2020-03-01`"),
    ("now > ‹2020-03-01 10:00›", "put a T"),
    ("now > ‹2020-03-01T10:00:00›", "two digits each"),
    ("‹(›a.a and b.b", "add the missing `)`"),
    ("a.a is one of ‹[›x, y", "add the missing `]`"),
    ("a.a and b.b‹)›", "remove it"),
    ("case falls under ‹Article› 97", "by numbers alone"),
    ("case falls under ‹97 (1)› 2", "no spaces inside"),
    ("case ‹falls within› 97(1)", "write `falls under`"),
    ("a.a‹;› b.b", "no such sign"),
    ("a.a is‹\u00a0›x", "ordinary one"),
    ("if a.a then b.b‹›", "`if … then … else …`"),
    ("a.a is‹›", "a fact or a value"),
    ("‹and› b.b", "a fact or a value"),
    ("a.a and ‹or› b.b", "a fact or a value"),
    ("the ‹greater› of a.a and b.b", "the larger of"),
    ("the ‹minimum› of a.a and b.b", "the smaller of"),
    ("‹round›(a.a, 10) > 3", "round down X to 10 won"),
    ("round ‹a.a› to 10 > 3", "round down X to 10 won"),
    ("a.a ‹rounded down› to 10 > 3", "round down X to 10 won"),
    ("round half up a.a to ‹the nearest› 10 > 3", "round half up X to 10 won"),
    ("‹floor›(a.a) > 3", "`round down X to 1`"),
    ("a.a ‹b.b›", "`and` or `or`"),
    ("a.a is within 3 days ‹from› b.b", "`after` or `before`"),
    ("case falls under ‹x›", "a citation such as 97(1)2"),
    ("the ‹sum› of a.a", "`number of` or `total of`"),
    ("a.a‹\xad›is x", "a sign that does not show stands here (copie"),
    ("a.a ‹=› yes", "a yes/no fact stands by itself: write `term."),
    ("a.a is one of ‹[]›", "an empty list holds nothing: name the values"),
    ("a.a is one of [x‹,›, y]", "a comma too many: leave it out"),
    ("a.a is one of [x, y‹,›]", "a comma too many: leave it out"),
    ("a.a is ‹ｘ›", "write `x`: this is of double width"),
    ("a‹->›b is x", "a fact is written with its term before a ful"),
    ("a‹[›'b'] is x", "a fact is written with its term before a ful"),
    ("a.a ‹∧› b.b", "write `and`"),
    ("a.a ‹∨› b.b", "write `or`"),
    ("‹¬› a.a", "write `not`"),
    ("a.a ‹< =› 3", "write `<=` or `>=`, without a space in it"),
    ("a.a ‹< >› 3", "compare once: `<`, `<=`, `>` or `>=`"),
    ("a.a ‹is no›", "a yes/no fact stands by itself: write `term."),
    ("1 < a.a ‹in› [1, 2]", "write `is one of [a, b]`, or `is not one of "),
    ("a.a >= 1 and ‹<=› 3", "compare two things at a time: `a <= x and x "),
    ("a.a ‹//› why", "a comment begins with ` #`, outside the cond"),
    ("a.a ‹--› why", "a comment begins with ` #`, outside the cond"),
    ("a.a ‹=<› 3", "write `<=`"),
    ("a.a ‹×› 3 > 2", "write `*`"),
    ("a.a ‹·› 3 > 2", "write `and`; a product is written with `*`"),
    ("a.a ‹–› 3 > 2", "write `-`, the plain hyphen"),
    ("dog‹'s› leash is x", "a fact is written with its term before a ful"),
    ("a.a ‹and/or› b.b", "write `or`: it holds where both hold, too"),
    ("a.a ‹xor› b.b", "write `(a and not b) or (b and not a)`"),
    ("a.a ‹but› b.b", "write `and`"),
    ("a.a ‹nor› b.b", "write `and not`"),
    ("‹neither› a.a nor b.b", "write `not a and not b`"),
    ("‹either› a.a or b.b", "leave `either` out: `a or b`"),
    ("any m.x ‹has› y", "give the member a name: `any m in L has (m.f"),
    ("a.a ‹is neither› x nor y", "write `is not one of [a, b]`"),
    ("a.a ‹equals› x", "write `is`, or `is not`"),
    ("a.a ‹is older than› 14", "compare with a day: `x + 1 year < today`"),
    ("a.a is 3 ‹to› 5", "write both ends: `a <= x and x <= b`"),
    ("a.a ‹in› 3", "write both ends: `a <= x and x <= b`"),
    ("a.a ‹in› [x, y]", "write `is one of [a, b]`, or `is not one of "),
    ("a.a ‹is not more than› 3", "write `<=`"),
    ("a.a ‹is less than› 3", "write `<`"),
    ("a.a ‹is at most› 3", "write `<=`; `at most` counts the members of "),
    ("a.a ‹is after› b.b", "write `>` to put one date after another"),
    ("a.a ‹at least› 3", "write `>=`"),
    ("a.a ‹at most› 3", "write `<=`"),
    ("a.a ‹no less than› 3", "write `>=`"),
    ("‹at most› 3 hours", "say what is bounded: `term.fact <= 2 hours`"),
    ("a.a ‹more than› 3", "write `>`"),
    ("a.a ‹below› 3", "write `<`"),
    ("a.a ‹exists›", "write `is present`"),
    ("a.a ‹within› 3 days after b.b", "write `is within 3 days after X`"),
    ("a.a is within ‹the last› 3 months", "write `is within 12 months before today`, or"),
    ("‹days since› a.a > 3", "compare with a day: `x + 3 days <= today`, o"),
    ("‹age› of a.a > 3", "compare with the day of birth: `x.born_on + "),
    ("the ‹average› of a.a > 3", "there is no average: compare `the total of m"),
    ("a.a ‹since› 2020-01-01", "compare dates: `x >= 2020-01-01`, `x < y`"),
    ("‹when› a.a", "leave `when` out: the key says it already"),
    ("a.a ‹provided that› b.b", "write `and`, or put what must hold too in an"),
    ("a.a ‹holds›", "a yes/no fact stands by itself: write `term."),
    ("a.a > ‹two› hours", "write the number in digits: `2 hours`"),
    ("a.a > ‹half an› hour", "write it in the smaller unit: `30 minutes`"),
    ("‹exactly one› of a.a, b.b", "write out what may hold together: `(a and no"),
    ("‹any of› (a.a, b.b)", "write `a or b`, or a list under `any:` (`all"),
    ("a.a ‹contains› x", "of a fact of several values write `is v`; of"),
    ("a.a ‹like› x", "values are compared as a whole: `is a`, `is "),
    ("at least 2 ‹of› a.a", "give the members a name: `at least 3 m in L "),
    ("a.a > ‹won 3000›", "write the sum with its currency after it: `3"),
    ("a.a > 1 hour ‹30 minutes›", "add the two: `1 hour + 30 minutes`"),
    ("a.a > ‹1e3›", "write the number in plain digits: `1000`"),
    ("a.a > ‹20 000› won", "write the number without points or blanks: `"),
    ("a.a > ‹2,5›", "numbers are exact: write a fraction, such as"),
    ("a.a > ‹EUR 20›", "write the sum with its currency after it, as"),
    ("a.a > 3 ‹March› 2020", "write a date as `2020-03-01`: year, month, d"),
    ("a.a > 3 ‹working days›", "working days are counted from a day: `the en"),
    ("a.a is a ‹Monday›", "days of the week are written in small letter"),
    ("a.a is a ‹weekday›", "a date is a `monday` to `sunday`, a `holiday"),
    ("a.a > ‹50k›", "write the number in full: `50000 won`"),
    ("a.a > ‹1 million won›", "write the number in digits: `1000000 won`"),
    ("a.a > ‹10:30›", "write a length as `2 hours`, a moment as `20"),
    ("a.a > 3 ‹Tage›", "`Tage` is not a unit: units of time and curr"),
    ("case falls under ‹§› 3", "cite by numbers alone: `97(1)2`, `(1)2` in t"),
    ("‹falls under› 97(1)", "say what falls under it: `case falls under 9"),
    ("3 - ‹the smaller of› a.a and b.b > 2", "put it into parentheses: `x - (the smaller o"),
    ("today‹(›) > a.a", "`today` and `now` stand without parentheses"),
    ("‹max›(a.a, b.b) > 2", "write `the larger of a and b`, `the smaller "),
    ("‹count›(a.a) > 2", "write `the number of L`, L being a list"),
    ("‹sum›(a.a) > 2", "write `the total of m.x for m in L`"),
    ("‹foo›(a.a) > 2", "a condition calls no functions: the referenc"),
    ("dog ‹has› bitten", "a fact is one name, with its term before a f"),
    ("‹the› dog is leashed", "name the fact alone, with its term before a "),
    ("‹yes› a.a", "a yes/no fact stands by itself: write `term."),
    ("a.a and ‹the dog›", "name the fact alone, with its term before a "),
    ("a.a > 3 days ‹before› b.b", "count from the day: `today - 3 months`, `x +"),
    ("‹${›a.a}", "name the fact alone, `term.fact`: a conditio"),
    ("‹{›a.a}", "group with round parentheses"),
    ("a.a‹.›", "a condition ends without a full stop"),
    ("a.a‹,› b.b", "join with `and`; conditions of which all mus"),
    ("a.a‹、› b.b", "values are parted by a plain comma, conditio"),
    ("a.a ‹…›", "write the condition out in full"),
    ("a.a ‹☃› b.b", "a condition has no such sign; names are lowe"),
    ("‹unless› a.a", "write `not (…)`, or give the rule an `unless`"),
    ("a.a ‹otherwise› b.b", "write `if a then b else c`"),
    ("‹else›", "say when it holds"),
    ("‹a› dog who barks", "name the fact alone"),
    ("dog ‹that› barks", "name the fact alone"),
    ("‹provided› dog.leashed", "leave `provided` out"),
    ("a.a ‹not earlier than› 2020-01-01", "write `>=`"),
    ("a.a ‹not later than› 2020-01-01", "write `<=`"),
    ("a.a ‹does not exceed› 3", "write `<=`"),
    ("a.a ‹exceeding› 3", "write `>`"),
    ("a.a ‹from› 2020-01-01", "write `>=`"),
    ("a.a ‹on or before› b.b", "write `<=`"),
    ("a.a ‹on or after› b.b", "write `>=`"),
    ("a.a ‹before› b.b", "write `<` to put"),
    ("a.a ‹after› b.b", "write `>` to put"),
    ("a.a ‹from› 1 to 3", "write both ends"),
    ("a.a > 1 year ‹ago›", "count back from today"),
    ("a.a ‹40 or more›", "write `>=` before the value"),
    ("a.a ‹40 or less›", "write `<=` before the value"),
    ("‹at least› 40 a.a", "`x >= 40`"),
    ("‹at most› 40 days a.a", "`x <= 40`"),
    ("‹number of› l.l > 3", "write `the number of`"),
    ("a‹..›a", "one full stop"),
    ("‹applies› 1(2)", "the place stands before it"),
    ('case falls under ‹"›1(2)"', "without quotes"),
    ("‹all› l.l are x", "`any`, `every` or `no`"),
    ("‹›", "a fact or a value"),
]


@pytest.mark.parametrize(("marked", "help"), SLIPS, ids=[marked for marked, _ in SLIPS])
def test_a_slip_is_told_at_its_place(marked: str, help: str) -> None:
    text = marked.replace("‹", "").replace("›", "")
    (found,) = parse_condition(text, origin_of_text(text, "f")).diagnostics
    assert found.slug == "condition-syntax"
    start, end = found.span.column - 1, found.span.end_column - 1
    underlined = f"{text[:start]}‹{text[start:end]}›{text[end:]}"
    assert underlined == marked, found
    assert help in found.help
    assert found.message[0] in "`abcdefghijklmnopqrstuvwxyz" and not found.message.endswith(".")


def test_every_slip_of_the_table_decides_one_of_these(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [marked.replace("‹", "").replace("›", "") for marked, _ in SLIPS]

    def told() -> list[object]:
        found = [parse_condition(text, origin_of_text(text)).diagnostics for text in texts]
        return [(one.help, one.span.column, one.span.end_column) for diagnostics in found for one in diagnostics]

    whole = told()
    idle = []
    for one in TABLE:
        monkeypatch.setattr("mutandis.condition.slips.SLIPS", tuple(slip for slip in TABLE if slip is not one))
        if told() == whole:
            idle.append(one.pattern.pattern)
    assert idle == []


def test_how_many_working_days_can_be_counted() -> None:
    text = "the end of 10000 working days after a.a > today"
    (found,) = parse_condition(text, origin_of_text(text)).diagnostics
    assert (found.slug, found.span.column, found.span.end_column) == ("impossible-number", 12, 30)
    assert "at most 4 digits" in found.help
    assert not parse_condition(text.replace("10000", "9999"), origin_of_text(text)).diagnostics


def test_what_stands_in_quotes_is_no_slip() -> None:
    text = 'a.a is "x = y && shall (" b.b'
    (found,) = parse_condition(text, origin_of_text(text)).diagnostics
    assert (found.span.column, found.message) == (27, "`b.b` cannot stand here")
