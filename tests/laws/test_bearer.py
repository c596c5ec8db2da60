"""Laws about bearers: asking about one is never more generous than asking about nobody in particular (S48)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.books import VOCABULARY, article, program, source_of
from tests.strategies.deciders import decide
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts, known_facts

from mutandis.decide.bearer import for_bearer
from mutandis.decide.result import Verdict
from mutandis.link.linker import link
from mutandis.link.program import Program

ALLOWED = frozenset({Verdict.PERMITTED, Verdict.CONDITIONAL, Verdict.REQUIRED})
REFUSED = frozenset({Verdict.FORBIDDEN, Verdict.FORBIDDEN_BY_DEFAULT, Verdict.CONFLICT})
BOTH = pytest.mark.parametrize("action", [FIRST, SECOND])


@law
@given(programs(), known_facts(), clocks, st.sampled_from(("warden", "doctor", "inmate")))
@BOTH
def test_what_is_refused_to_all_is_allowed_to_nobody(
    action: str, program: Program, facts: dict[str, object], at: dt.date, by: str
) -> None:
    if decide(program, action, facts, at=at).verdict in REFUSED:
        assert decide(program, action, facts, at=at, by=by).verdict not in ALLOWED


@law
@given(programs(), given_facts(), clocks)
@BOTH
def test_bans_and_limits_stay_whoever_is_asked_about(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    component = program.components[action]
    kept = for_bearer(component, "warden", program.vocabulary)
    lasting = ("must_not", "limits", "need_not")
    assert [n.key for n in kept.norms if n.direction in lasting] == [
        n.key for n in component.norms if n.direction in lasting
    ]
    without, asked = (decide(program, action, facts, at=at, by=by) for by in (None, "warden"))
    assert not (set(without.reachable) <= REFUSED and set(asked.reachable) & ALLOWED)


def test_what_replaces_a_permission_replaces_it_for_others_too() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, may: suspend visit, by: director}
  - {at: (2), summary: s, may: suspend visit, by: warden, instead_of: (1), when: inmate.ill}
""",
        )
    )
    verdicts = [decide(book, "suspend visit", {"inmate.ill": ill}, by="director").verdict for ill in (False, True)]
    assert verdicts == [Verdict.PERMITTED, Verdict.FORBIDDEN_BY_DEFAULT]


def test_a_permission_of_others_lifts_no_ban() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, must_not: suspend visit}
  - {at: (1) proviso, summary: s, may: suspend visit, by: warden, despite: (1)}
  - {at: (2), summary: s, may: suspend visit, by: director}
""",
        )
    )
    verdicts = {by: decide(book, "suspend visit", {}, by=by).verdict for by in (None, "warden", "director")}
    assert verdicts == {
        None: Verdict.PERMITTED,
        "warden": Verdict.PERMITTED,
        "director": Verdict.CONFLICT,
    }


GATES = (
    VOCABULARY
    + """\
  keep_shut cell: {label: keep shut, default: silent, by: warden, group: gate}
  enter cell: {label: enter, default: forbidden, by: inmate, group: gate}
"""
)


@pytest.mark.parametrize("by", [None, "inmate", "warden"])
def test_what_a_duty_excludes_is_closed_to_who_would_do_it(by: str | None) -> None:
    rules = """
  - {at: (1), summary: Inmates may enter., may: enter cell, by: inmate}
  - {at: (1) proviso, summary: Kept shut., must: keep_shut cell, by: warden, despite: (1), when: inmate.ill}
"""
    found = link(source_of(article("1", rules), vocabulary=GATES)).program
    assert found is not None
    decision = decide(found, "enter cell", {"inmate.ill": True}, by=by)
    assert decision.verdict is Verdict.FORBIDDEN
    assert [(cited.provisions, cited.by) for cited in decision.cited] == [(("act/1(1) proviso",), ("inmate",))]


def test_an_exemption_that_follows_helps_whoever_owes_the_other() -> None:
    rules = """
  - {at: (2), summary: The warden discards it., must: discard book, by: warden}
  - {at: (2) proviso, summary: The director may keep it., may: keep book, by: director, despite: (2)}
"""
    found = link(source_of(article("1", rules))).program
    assert found is not None
    assert decide(found, "discard book", {}, by="warden").verdict is Verdict.PERMITTED
