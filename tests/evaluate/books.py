"""Rulebooks of one article in a few lines, interpreted and compiled, which must agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, as_data
from mutandis.diagnostics import Severity
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
DECREE = "law: decree\ntitle: The Decree\nshort: Decree\nrank: 2\nparent: act\ninstruments: []\n"
VOCABULARY = """
terms:
  it:
    label: it
    attributes:
      a: {type: yes/no, question: A?}
      b: {type: yes/no, question: B?}
      c: {type: yes/no, question: C?}
      d: {type: yes/no, question: D?}
      judged: {type: yes/no, question: Judged?, found_by: warden}
      usual: {type: yes/no, question: Usual?, presume: yes}
      kind: {type: one of, values: {red: red, green: green, blue: blue}, question: Which kind?}
      basis: {type: provision, question: Under which provision?}
      count: {type: count, question: How many?}
      mark: {type: number, min: 0, max: 10, question: Which mark?}
      fee: {type: money, unit: won, question: Which fee?}
      used: {type: duration, unit: days, question: How many days were used?}
      span: {type: duration, unit: any, question: How long is the span?}
      on: {type: date, question: On which day?}
      began: {type: moment, question: When did it begin?}
      until: {type: date, optional: yes, question: Until when?}
      done_on: {type: date, optional: yes, question: When was it done?}
      parts: {type: list of part, question: Which parts?}
      read: {type: yes/no, question: Is it read?}
      due: {type: date, question: When is it due?}
      seen: {type: date, counting: hours, question: When was it seen?}
  part:
    label: part
    attributes:
      good: {type: yes/no, question: Is it good?}
      days: {type: duration, unit: days, question: How long?}
  how:
    label: how
    attributes:
      days: {type: duration, unit: days, parameter: yes, max: 60, question: For how many days?}
      heard: {type: yes/no, parameter: yes, question: Was the doctor heard?}
      level: {type: number, parameter: yes, question: At what level?}
      from_day: {type: date, parameter: yes, question: From which day?}
  thing: {label: thing}
  warden: {role: yes, label: warden}
  doctor: {role: yes, label: doctor}
actions:
  do thing: {label: do it, default: forbidden, by: warden, done: it.done_on}
  tell thing: {label: tell it, default: silent, by: warden}
  keep thing: {label: keep it, default: silent, group: disposal}
  burn thing: {label: burn it, default: silent, group: disposal}
"""
DAY = dt.date(2020, 3, 1)


def book(*rules: str, decree: str = "", vocabulary: str = "") -> Rulebook:
    """The rulebook of one article with these rules, each a YAML list entry, and a decree's article."""
    files = {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": vocabulary or VOCABULARY,
        "act/001-article.yaml": article(*rules),
    }
    if decree:
        files |= {"decree/law.yaml": DECREE, "decree/001-article.yaml": article(decree, law="decree")}
    return rulebook_of(files)


def rulebook_of(files: Mapping[str, str]) -> Rulebook:
    """The rulebook of these files, text by path, which have no error."""
    source = load_text(files)
    linked = link(source)
    errors = [str(d) for d in (*source.diagnostics, *linked.diagnostics) if d.severity is Severity.ERROR]
    assert linked.program is not None and not errors, "\n".join(errors)
    return Rulebook(linked.program)


def article(*rules: str, law: str = "act") -> str:
    """The file of one article with these rules, each a YAML list entry."""
    listed = "\n".join("  - " + "\n    ".join(rule.strip().splitlines()) for rule in rules)
    return f"law: {law}\narticle: 1\ntitle: An article\nrules:\n{listed}\n"


def rule(at: str, effect: str, *more: str) -> str:
    """One rule: its place, its effect, and further keys line by line."""
    return "\n".join([f"at: {at}", "summary: A rule.", effect, *more])


def decide(
    rulebook: Rulebook,
    facts: dict[str, object] | None = None,
    action: str = "do thing",
    *,
    at: dt.date | None = DAY,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> Decision:
    """The interpreted decision, which the compiled one equals in every part."""
    read = rulebook.read(facts or {})
    asked = {"at": at, "law_as_of": law_as_of, "by": by, "holidays": holidays}
    decision = rulebook.decide(action, read, reference=True, **asked)  # type: ignore[arg-type]  # the keywords above
    compiled = rulebook.decide(action, read, **asked)  # type: ignore[arg-type]  # the keywords above
    assert as_data(compiled) == as_data(decision)
    return decision


def verdict(rulebook: Rulebook, facts: dict[str, object] | None = None, action: str = "do thing") -> str:
    """The verdict alone."""
    return decide(rulebook, facts, action).verdict.value
