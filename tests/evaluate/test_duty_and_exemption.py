"""A duty and the exemption that its own exclusion grants never come together (S2, S31)."""

from __future__ import annotations

from mutandis import Rulebook, Verdict
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

FILES = {
    "act/law.yaml": "law: act\ntitle: An Act\nshort: Act\nrank: 1\ninstruments: []\n",
    "act/vocabulary.yaml": """
terms:
  warden: {role: yes, label: warden}
  inmate:
    role: yes
    label: inmate
    attributes:
      bereaved: {type: yes/no, question: Has a family member died?}
      prefers_to_work: {type: yes/no, question: Does the inmate prefer to go on working?}
  work: {label: work}
actions:
  exempt_from work: {label: exempt the inmate from work, default: silent, by: warden}
""",
    "act/work/001-exemption.yaml": """
law: act
article: 1
title: Exemption
rules:
  - at: (1)
    summary: The bereaved are exempted unless they prefer to work.
    must: exempt_from work
    by: warden
    when: inmate.bereaved
    unless:
      at: (1) proviso
      when: inmate.prefers_to_work
""",
}


def test_an_unknown_exclusion_leaves_the_duty_or_its_exemption_but_no_conflict() -> None:
    program = link(load_text(FILES)).program
    assert program is not None
    book = Rulebook(program)
    decision = book.decide("exempt_from work", {"inmate.bereaved": True})
    assert decision.verdict is Verdict.UNDETERMINED
    assert Verdict.CONFLICT not in decision.reachable
    assert {Verdict.REQUIRED, Verdict.EXEMPT} <= set(decision.reachable)
    assert decision.missing == ("inmate.prefers_to_work",)
    assert decision == book.decide("exempt_from work", {"inmate.bereaved": True}, reference=True)
