"""Laws about what is cited: it is in force, it is enough, and it is all that decides."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from tests.strategies.deciders import decide
from tests.strategies.laws import law, only, with_component
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import known_facts

from mutandis.decide.result import Verdict
from mutandis.link.program import Program

BOTH = pytest.mark.parametrize("action", [FIRST, SECOND])


@law
@given(programs(apart=True), known_facts(parameters=False), clocks)
@BOTH
def test_the_cited_norms_alone_give_the_same_verdict(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    before = decide(program, action, facts, at=at)
    assume(before.verdict != Verdict.UNDETERMINED and before.cause != "values" and before.cited)
    component = program.components[action]
    cited = {c.norm for c in before.cited}
    effective = {c.norm for c in before.considered if c.status == "effective"}
    # A limit is cited with the permission it bears on: its place stands in `limits`, `breaches` or `unmet`.
    kept = [
        i for i, n in enumerate(component.norms) if n.key in cited or (n.direction == "limits" and n.key in effective)
    ]
    alone = with_component(program, only(component, kept))
    after = decide(alone, action, facts, at=at)
    assert after.verdict == before.verdict
    # Of norms that take each other's place, which it is may be plain once what left it open is gone.
    assert set(after.citations) <= set(before.citations)
    if all(c.status != "unknown" for c in before.considered):
        assert after.citations == before.citations


@law
@given(programs(apart=True), known_facts(parameters=False), clocks)
@BOTH
def test_every_cited_norm_is_effective_or_weakened(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decision = decide(program, action, facts, at=at)
    status = {c.norm: c.status for c in decision.considered}
    for cited in decision.cited:
        # Wording that is not held may leave open which of two norms it is that decides.
        assert status[cited.norm] in ("effective", "weakened", "unknown")
        assert cited.provisions
    assert len({c.norm for c in decision.cited}) == len(decision.cited)


@law
@given(programs(apart=True), known_facts(parameters=False), clocks)
@BOTH
def test_every_beaten_norm_names_what_beat_it(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decision = decide(program, action, facts, at=at)
    considered = {c.norm: c.status for c in decision.considered}
    for beaten in decision.beaten:
        assert beaten.by
        assert considered[beaten.norm] in ("beaten", "weakened")
    assert {b.norm for b in decision.beaten} == {n for n, s in considered.items() if s in ("beaten", "weakened")}
