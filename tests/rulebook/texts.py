"""Small rulebooks, written out: the texts of their files, and what loading them gives."""

from __future__ import annotations

from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Rule, Source

LAW = "law: act\ntitle: Visits Act\nshort: Act\nrank: 1\n"

VOCABULARY = """\
terms:
  warden: {role: yes}
  inmate:
    role: yes
    attributes:
      class: {type: one of, values: [sentenced, unsentenced, death_row], question: Which class?}
      age: {type: count, question: How old?}
  contact:
    label: contact
    attributes:
      in_progress: {type: yes/no, question: "Is the {term} taking place?"}
      suspended_at: {type: moment, optional: yes, question: When was it stopped?}
  visit:
    kind_of: contact
    label: visit
    attributes:
      announced_on: {type: date, optional: yes, question: When was it announced?}
      length: {type: duration, unit: hours, parameter: yes, question: How long?}
      lawful: {type: yes/no}
      due_on: {type: date}
  call: {kind_of: contact, label: call}
actions:
  suspend contact: {label: suspend the contact, default: forbidden, by: warden, done: contact.suspended_at}
  inform inmate: {default: silent, by: warden}
"""


def load(rules: str = "", vocabulary: str = VOCABULARY, **files: str) -> Source:
    """The rulebook of article 1 with `rules` (its list items, indented by two), and further files by name."""
    texts = {"act/law.yaml": LAW, "act/vocabulary.yaml": vocabulary, **files}
    if rules:
        texts["act/001.yaml"] = f"law: act\narticle: 1\ntitle: Visits\nrules:\n{rules}"
    return load_text(texts)


def faults(source: Source) -> list[tuple[str, str]]:
    """Slug and place of every error; facts without a question are not errors."""
    return [(d.slug, f"{d.span.line}:{d.span.column}") for d in source.diagnostics if d.severity == "error"]


def rules(text: str, vocabulary: str = VOCABULARY) -> tuple[Rule, ...]:
    """The rules that `text` loads as, without a fault."""
    source = load(text, vocabulary)
    assert faults(source) == []
    return source.articles[0].rules


def rule(text: str) -> Rule:
    """The one rule: `text` is its keys after `at: main` and a summary, each indented by four."""
    (only,) = rules(f"  - at: (1)\n    summary: A rule.\n{text}")
    return only


def faults_of(text: str) -> list[tuple[str, str]]:
    """The faults of one rule; its first line is line 7 of the file."""
    return faults(load(f"  - at: (1)\n    summary: A rule.\n{text}"))
