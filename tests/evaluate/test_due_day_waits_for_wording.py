"""A due day that hangs on a definition of which the wording is not held names the definition's place (S41, S51)."""

from __future__ import annotations

import datetime as dt

from tests.oracle.agreement import load
from tests.oracle.by_hand import book_of

from mutandis.explain import as_text, explain
from mutandis_tools.names import Names
from mutandis_tools.report.decision_outline import outline_decision

BOOK = """
- {at: act/1(1), define: it.due, as: it.began + 1 month, since: 2020-03-01, governed_by: it.began}
- {at: act/1(1), define: it.due, not_held: an earlier wording, until: 2020-03-01, governed_by: it.began}
- {at: act/2(1), must: tell dog, deadline: by it.due}
"""


def test_the_place_of_the_definition_is_named() -> None:
    loaded = load(book_of(BOOK))
    assert loaded is not None
    rulebook, _ = loaded
    facts = rulebook.read({"it": {"began": "2020-02-01"}, "dog": {"told_on": "none"}})
    decision = rulebook.decide("tell dog", facts, at=dt.date(2020, 3, 2))
    (due,) = decision.deadlines
    assert (due.due, due.unknown_for, due.wording) == (None, (), ("act/1(1)",))
    outline = outline_decision(decision, Names(rulebook.laws, rulebook.vocabulary))
    (section,) = [one for one in outline.sections if one.title == "Due"]
    assert section.items[0].text == "by a day that depends on wording not held: Act Art. 1 (1); not done"
    told = as_text(explain(decision, rulebook.program, facts, at=dt.date(2020, 3, 2)))
    assert "deadline: by a day that depends on wording that is not held: Act Art. 1 (1)" in told
