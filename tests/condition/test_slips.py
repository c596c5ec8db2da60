"""A slip is underlined where it is, and told in a drafter's words."""

from __future__ import annotations

import pytest

from mutandis.condition.parse import parse_condition
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


def test_what_stands_in_quotes_is_no_slip() -> None:
    text = 'a.a is "x = y && shall (" b.b'
    (found,) = parse_condition(text, origin_of_text(text)).diagnostics
    assert (found.span.column, found.message) == (27, "`b.b` cannot stand here")
