"""The same policy as a Mutandis rulebook, of one article or of many, built from rule files like any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.policy import GROUNDS, Answer, Case
from mutandis.api import Rulebook
from mutandis.decide.result import Decision
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

_INMATE = """  inmate:
    role: yes
    label: inmate
    attributes:
      class:
        type: one of
        values: {sentenced: sentenced inmate, unsentenced: unsentenced inmate, death_row: death row inmate}
        question: Which class of inmate is it?
      days_served: {type: count, question: How many days have been served?}
      term_days: {type: count, question: How many days is the term?}
      record_excellent: {type: yes/no, question: Is the record excellent?, found_by: warden}
""" + "".join(f"      {ground}: {{type: yes/no, question: Does {ground} hold?}}\n" for ground in GROUNDS)
_LAW = "law: act\ntitle: Benchmark Act\nshort: Act\nrank: 1\ninstruments: []\n"
_TERM = """  release_{n}:
    label: release {n}
    attributes:
      days_asked: {{type: duration, unit: days, parameter: yes, question: How many days are asked?}}
      days_used: {{type: duration, unit: days, question: How many days have been used?}}
"""
_RULES = """law: act
article: {article}
title: Temporary release {n}
rules:
  - at: (1)
    summary: Up to twenty days a year on any of six grounds.
    may: grant release_{n}
    by: warden
    when:
      - inmate.class is sentenced
      - inmate.record_excellent
      - inmate.days_served * 3 >= inmate.term_days
    grounds:
"""
_GROUNDS = "".join(f"      {k}: inmate.{ground}\n" for k, ground in enumerate(GROUNDS, 1))
_REQUIRES = """    requires:
      - release_{n}.days_used + release_{n}.days_asked <= 20 days
"""


def article_files(articles: int, own: bool = False) -> dict[str, str]:
    """The rule files of a rulebook with that many articles of the policy; the first one is Article 77.

    With `own` every article is about an inmate of its own, so that no two read the same fact.
    """
    inmates = "".join(_INMATE.replace("inmate:", f"inmate_{n}:", 1) for n in range(articles)) if own else _INMATE
    terms = "".join(_TERM.format(n=n) for n in range(articles))
    actions = "".join(
        f"  grant release_{n}: {{label: grant release {n}, default: forbidden, by: warden}}\n" for n in range(articles)
    )
    files = {
        "act/law.yaml": _LAW,
        "act/vocabulary.yaml": f"terms:\n  warden: {{role: yes, label: warden}}\n{inmates}{terms}actions:\n{actions}",
    }
    for n in range(articles):
        article = 77 + n
        text = _RULES.format(article=article, n=n) + _GROUNDS + _REQUIRES.format(n=n)
        files[f"act/release/{article:04}-release.yaml"] = text.replace("inmate.", f"inmate_{n}.") if own else text
    return files


def rulebook(articles: int, own: bool = False) -> Rulebook:
    """That rulebook, loaded and linked."""
    linked = link(load_text(article_files(articles, own)))
    if linked.program is None:
        raise SystemExit("\n".join(str(d) for d in linked.diagnostics))
    return Rulebook(linked.program)


def stated_facts(case: Case, articles: int = 1, own: bool = False) -> dict[str, Any]:
    """The case under the vocabulary's names; every article asks for the same days."""
    facts: dict[str, Any] = {}
    for inmate in [f"inmate_{n}" for n in range(articles)] if own else ["inmate"]:
        facts[f"{inmate}.class"] = case["inmate_class"]
        facts[f"{inmate}.days_served"] = case["days_served"]
        facts[f"{inmate}.term_days"] = case["term_days"]
        facts[f"{inmate}.record_excellent"] = case["record_excellent"]
        for ground, held in zip(GROUNDS, ground_values(case), strict=True):
            facts[f"{inmate}.{ground}"] = held
    for n in range(articles):
        facts[f"release_{n}.days_asked"] = case["days_asked"]
        facts[f"release_{n}.days_used"] = case["days_used"]
    return facts


def ground_values(case: Case) -> tuple[bool, ...]:
    """Which grounds hold, in order."""
    return (
        case["ground_1"],
        case["ground_2"],
        case["ground_3"],
        case["ground_4"],
        case["ground_5"],
        case["ground_6"],
    )


Ask = Callable[[Any], Decision]


def in_full(ask: Ask) -> Ask:
    """`ask`, and then reading everything that the report calls a full decision."""

    def full(facts: Any) -> Decision:
        decision = ask(facts)
        _ = decision.verdict, decision.citations, decision.limits, decision.breaches, decision.missing
        return decision

    return full


def full_decision(book: Rulebook) -> Ask:
    """A full decision by `Rulebook.decide`, on facts that were read."""
    decide = book.decide

    def full(facts: Any) -> Decision:
        decision = decide("grant release_0", facts)
        _ = decision.verdict, decision.citations, decision.limits, decision.breaches, decision.missing
        return decision

    return full


def answer(decision: Decision) -> Answer:
    """A decision in the terms of the policy."""
    return decision.verdict.value, list(decision.citations)
