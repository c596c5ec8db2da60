"""What may be written at a place of a file: keys, facts, actions, roles, provisions, units, values, or a whole rule.

It is told from the lines around the cursor, which need not read as YAML while they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from mutandis.condition.type_words import describe_type
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE, DataType
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.case_question import ACTION_KEYS
from mutandis.rulebook.division_file import is_division_file
from mutandis.rulebook.fields.case import ASK, CASE_FILE, EXPECT, VERDICTS
from mutandis.rulebook.fields.rules import (
    ARTICLE,
    DEADLINE_WORDS,
    EFFECT_KEYS,
    ENTRY,
    EXCLUSION,
    EXCUSE,
    GROUND,
    RULE,
)
from mutandis.rulebook.fields.table import Table
from mutandis.rulebook.fields.vocabulary import (
    DECLARED_ACTION,
    DECLARED_FACT,
    TERM,
    TYPES,
    VOCABULARY_FILE,
)
from mutandis.rulebook.model import ON_ACTIONS
from mutandis.vocabulary import FactDeclaration, Vocabulary
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.words import key_above, keys_above, sibling_keys

Kind = Literal["key", "fact", "action", "role", "provision", "value", "unit", "snippet"]

_MOST = 300
"""Proposals sent at once: more than a person reads, and few enough that sending them takes no time."""
_CONDITIONS = frozenset(
    {"when", "unless", "requires", "grounds", "as", "value", "deadline", "governed_by", "all", "any", "construe"}
)
_CITING = frozenset({"despite", "subject_to", "instead_of", "apply", "tests", "cites", "of", "within", "breaches"})
_ACTING = frozenset({*ON_ACTIONS, *ACTION_KEYS, "decide", "when", "next_question", "why_not"})
_OF_FACTS = frozenset({"define", "deem", "value", "missing"})

_COMPARED = re.compile(r"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) is (?:not )?(?:one of \[?)?(?:[a-z0-9_]+, )*[a-z0-9_]*$")
_ORDERED = re.compile(r"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) (?:<|<=|>|>=|is|is not) [a-z0-9_.]*$")
_NUMBER = re.compile(r"(?:([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) (?:<|<=|>|>=|is|is not) )?\d[\d_]* [a-z]*$")
_MEMBER = re.compile(r"\b([a-z][a-z0-9_]*) in ([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) (?:has|where) \(.*?\b\1\.[a-z0-9_]*$")
_KEY = re.compile(r"\s*(- )?[a-z_]*")
_UNDER = re.compile(r"\bfall(?:s)? under [\w/().-]*$")
_BEGUN = re.compile(r"[\w./()-]*$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be written at a place, and what it is. A snippet's `text` has the editor's placeholders."""

    label: str
    kind: Kind
    about: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may be written from the column `start` on; `more` tells that there is more of it."""

    start: int
    listed: tuple[Proposal, ...] = ()
    more: bool = False


def propose(desk: Desk, name: str, row: int, column: int) -> Proposals:
    """What may be written at the place."""
    lines = desk.sheet(name).lines
    if row >= len(lines):
        return Proposals(column)
    before = lines[row][:column]
    found = _BEGUN.search(before)
    start = found.start() if found is not None else column
    if re.match(r"\([a-z]", before[start:]):  # a parenthesis around a condition is no part of a name
        start += 1
    begun = before[start:].casefold()
    listed: list[Proposal] = []
    for one in _here(desk, name, lines, row, column):
        if begun in one.label.casefold():
            listed.append(one)
            if len(listed) > _MOST:
                return Proposals(start, tuple(listed[:-1]), True)
    return Proposals(start, tuple(listed))


def _here(desk: Desk, name: str, lines: Sequence[str], row: int, column: int) -> Iterator[Proposal]:
    before, vocabulary = lines[row][:column], desk.opened.source.vocabulary
    key = key_above(lines, row, column)
    last = name.rpartition("/")[2]
    if last == "law.yaml" or last == "text.lock":
        return
    if last == "vocabulary.yaml":
        yield from _in_vocabulary(lines, row, column, vocabulary, key, before)
        return
    in_cases = is_case_file(name)
    if is_division_file(name):
        if key in ("terms", "actions"):
            declared = vocabulary.terms if key == "terms" else vocabulary.actions
            yield from (Proposal(one.name, "action", one.label) for one in declared.values())
        return
    if key == "construe" or "construe" in keys_above(lines, row, len(lines[row]) - len(lines[row].lstrip())):
        yield from _construed(
            vocabulary, desk.sheet(name).law, before.partition(":")[0].strip() if ": " in before else ""
        )
        return
    if _KEY.fullmatch(before) is not None and not (key in _CONDITIONS and before.lstrip().startswith("- ")):
        yield from _keys(desk, name, lines, row, key) if not in_cases else _keys_of_case(vocabulary, lines, row, key)
        if key not in _CONDITIONS:
            return
    if key in ("by", "to"):
        yield from (Proposal(t.name, "role", t.label) for t in vocabulary.terms.values() if t.role)
    elif key == "verdict" or key == "reachable":
        yield from (Proposal(one, "value") for one in VERDICTS)
    elif key in _CITING or _UNDER.search(before) is not None:
        yield from _provisions(desk, name, row)
    elif key in _ACTING and (in_cases or key not in _CONDITIONS):  # a case asks `when` of an action
        yield from (Proposal(a.name, "action", a.label) for a in vocabulary.actions.values())
    elif in_cases and key in vocabulary.facts:
        yield from _values(vocabulary.facts[key])
    elif key in _OF_FACTS and not in_cases:
        yield from map(_fact, _at_home_first(vocabulary, desk.sheet(name).law))
    elif key in _CONDITIONS or in_cases:
        yield from _in_condition(vocabulary, desk.sheet(name).law, before, key)


# --- keys -------------------------------------------------------------------------------------------------------------


def _keys(desk: Desk, name: str, lines: Sequence[str], row: int, key: str) -> Iterator[Proposal]:
    above = keys_above(lines, row, len(lines[row]) - len(lines[row].lstrip(" -")))
    given = sibling_keys(lines, row)
    if not above:
        yield from _of_table(ARTICLE, given)
    elif above == ["rules"]:
        effect = next((one for one in EFFECT_KEYS if one in given), "")
        for one in RULE.fields:
            if one.key in EFFECT_KEYS:
                goes = not effect or one.key == "penalty"
            else:
                goes = not effect or not one.goes_with or effect in one.goes_with
            if goes and one.key not in given:
                yield Proposal(one.key, "key", one.meaning)
        if not given:
            yield from _snippets(_RULES, lines[row])
    elif key == "unless":
        yield from _of_table(EXCLUSION, given)
    elif key == "as":
        yield from _of_table(ENTRY, given)
    elif key == "grounds":
        number = max((int(one) for one in given if one.isdigit()), default=0) + 1
        yield Proposal("ground", "snippet", "a numbered ground", f"{number}: ${{1:condition}}")
        yield Proposal("ground with a list", "snippet", "conditions that must all hold", _LISTED.format(number))
    elif "grounds" in above:
        yield from _of_table(GROUND, given)
    elif above == ["excused"]:
        yield from _of_table(EXCUSE, given)


def _keys_of_case(vocabulary: Vocabulary, lines: Sequence[str], row: int, key: str) -> Iterator[Proposal]:
    above = keys_above(lines, row, len(lines[row]) - len(lines[row].lstrip(" -")))
    given = sibling_keys(lines, row)
    if not above:
        yield from _of_table(CASE_FILE, given)
        if not given:
            yield from _snippets(_CASES, lines[row])
    elif above == ["facts"]:
        yield from (Proposal(f.name, "key", _about(f)) for f in vocabulary.facts.values() if f.name not in given)
    elif above[-1] == "facts" and above[0] in vocabulary.terms:
        attributes = (vocabulary.facts[name] for name in vocabulary.facts_about(above[0]))
        yield from (Proposal(f.name.partition(".")[2], "key", _about(f)) for f in attributes)
    elif key == "ask":
        yield from _of_table(ASK, given)
    elif key == "expect":
        yield from _of_table(EXPECT, given)


def _in_vocabulary(
    lines: Sequence[str], row: int, column: int, vocabulary: Vocabulary, key: str, before: str
) -> Iterator[Proposal]:
    if key in ("by", "found_by"):
        yield from (Proposal(t.name, "role", t.label) for t in vocabulary.terms.values() if t.role)
    elif key == "kind_of":
        yield from (Proposal(t.name, "role", t.label) for t in vocabulary.terms.values())
    elif key == "type":
        yield from (Proposal(one, "value") for one in TYPES)
    elif key in ("done", "in_force"):
        yield from map(_fact, vocabulary.facts.values())
    elif key == "restricts":
        yield from (Proposal(a.name, "action", a.label) for a in vocabulary.actions.values())
    elif _KEY.fullmatch(before) is not None or before.rstrip(" ").endswith(("{", ",")):
        above = keys_above(lines, row, len(lines[row]) - len(lines[row].lstrip(" -")))
        given = sibling_keys(lines, row)
        depth = len(above) + (before.count("{") - before.count("}"))
        known: Table | None = None
        if "attributes" in above and depth >= 4:
            known = DECLARED_FACT
        elif depth == 2:
            known = DECLARED_ACTION if above[-1] == "actions" else TERM
        elif depth == 0:
            known = VOCABULARY_FILE
        if known is not None:
            yield from (one for one in _of_table(known, given) if f"{one.label}:" not in before)


def _of_table(table: Table, given: Sequence[str]) -> Iterator[Proposal]:
    """The keys of a mapping that are not there yet."""
    yield from (Proposal(one.key, "key", one.meaning) for one in table.fields if one.key not in given)


_LISTED = "{0}:\n  - ${{1:condition}}\n  - ${{2:condition}}"
_RULES = {
    "rule: may": "- at: ${1:(1)}\n  summary: ${2:What the provision says, in words of your own.}\n"
    "  may: ${3:verb term}\n  by: ${4:role}\n  when: ${0:condition}",
    "rule: must": "- at: ${1:(1)}\n  summary: ${2:What the provision says, in words of your own.}\n"
    "  must: ${3:verb term}\n  by: ${4:role}\n  when: ${5:condition}\n  deadline: ${0:without_delay}",
    "rule: must not": "- at: ${1:(1)}\n  summary: ${2:What the provision says, in words of your own.}\n"
    "  must_not: ${3:verb term}\n  by: ${4:role}\n  unless: ${0:condition}",
    "rule: define": "- at: ${1:(1)}\n  summary: ${2:When it holds, in words of your own.}\n"
    "  define: ${3:term.attribute}\n  when: ${0:condition}",
    "rule: apply mutatis mutandis": "- at: ${1:(1)}\n  summary: ${2:What is applied to what.}\n"
    "  apply: ${3:citation}\n  construe:\n    ${4:term}: ${5:term}\n  when: ${0:condition}",
    "rule with grounds": "- at: ${1:(1)}\n  summary: ${2:What the provision says, in words of your own.}\n"
    "  may: ${3:verb term}\n  by: ${4:role}\n  grounds:\n    1: ${5:condition}\n    2: ${0:condition}",
}
_CASES = {
    "case": "case: ${1:What happens, in a line}\nlaw: ${2:law}\ntests: [${3:citation}]\nat: ${4:2024-01-01}\nfacts:\n"
    "  ${5:term.attribute}: ${6:yes}\nask: {decide: ${7:verb term}}\nexpect:\n  verdict: ${0:permitted}",
}


def _snippets(known: dict[str, str], line: str) -> Iterator[Proposal]:
    begun = line.lstrip().startswith("-")
    for label, text in known.items():
        # The list's dash is there already where it was typed.
        yield Proposal(label, "snippet", "", text.removeprefix("- ") if begun else text)


# --- values and names -------------------------------------------------------------------------------------------------


def _in_condition(vocabulary: Vocabulary, law: str, before: str, key: str) -> Iterator[Proposal]:
    member = _MEMBER.search(before)
    listed = vocabulary.facts.get(member[2]) if member is not None else None
    if member is not None and listed is not None and listed.type.term:
        for name in vocabulary.facts_about(listed.type.term):
            attribute = vocabulary.facts[name]
            yield Proposal(f"{member[1]}.{name.partition('.')[2]}", "fact", _about(attribute))
        return
    compared = _COMPARED.search(before)
    if compared is not None and compared.group(1) in vocabulary.facts:
        fact = vocabulary.facts[compared.group(1)]
        if fact.type.kind == "enum":
            yield from _values(fact)
            return
    number = _NUMBER.search(before)
    if number is not None:
        yield from _units(vocabulary, vocabulary.facts.get(number.group(1) or ""))
        return
    if key == "deadline":
        yield from (Proposal(one, "value", "in the law's own words") for one in DEADLINE_WORDS)
    ordered = _ORDERED.search(before)
    wanted = vocabulary.facts.get(ordered.group(1)) if ordered is not None else None
    if wanted is not None and wanted.type.kind in ("date", "moment"):
        yield Proposal("today" if wanted.type.kind == "date" else "now", "value", "by the clock")
    for one in _at_home_first(vocabulary, law):
        if wanted is None or _goes_with(one.type, wanted.type):
            yield _fact(one)


def _goes_with(one: DataType, other: DataType) -> bool:
    times, numbers = ("date", "moment"), ("count", "number")
    if one.kind in times or one.kind in numbers:
        return other.kind in (times if one.kind in times else numbers)
    return (one.kind, one.values, one.currency) == (other.kind, other.values, other.currency)


def _units(vocabulary: Vocabulary, compared: FactDeclaration | None) -> Iterator[Proposal]:
    kind = compared.type.kind if compared is not None else ""
    if kind in ("", "duration", "period", "date", "moment"):
        family = compared.type.family if compared is not None and kind == "duration" else None
        for unit, (of, _) in UNIT_IN_BASE.items():
            if family is None or of == family:
                yield Proposal(f"{unit}s", "unit", "a length of time")
    if kind in ("", "money"):
        yield from (Proposal(one, "unit", "a currency") for one in sorted(vocabulary.currencies))


def _values(fact: FactDeclaration) -> Iterator[Proposal]:
    if fact.type.kind == "yes_no":
        yield from (Proposal(one, "value") for one in ("yes", "no"))
    labels = dict(fact.values)
    yield from (Proposal(value, "value", labels.get(value, "")) for value in fact.type.values)
    if fact.type.optional:
        yield Proposal("none", "value", "known to be absent")


def _construed(vocabulary: Vocabulary, law: str, source: str) -> Iterator[Proposal]:
    """What may be construed; behind `source:` what is of its sort, and of its type."""
    fact = vocabulary.facts.get(source)
    if fact is None and source not in vocabulary.actions:
        yield from (Proposal(one.name, "role" if one.role else "value", one.label) for one in vocabulary.terms.values())
    if fact is None and source not in vocabulary.terms:
        yield from (Proposal(one.name, "action", one.label) for one in vocabulary.actions.values())
    if fact is not None or not source:
        yield from (
            _fact(one) for one in _at_home_first(vocabulary, law) if fact is None or _goes_with(one.type, fact.type)
        )


def _provisions(desk: Desk, name: str, row: int) -> Iterator[Proposal]:
    """The places of the file's own article, then the articles of its law, then those of the others."""
    sheet = desk.sheet(name)
    here = sheet.article_at(row)
    own: dict[str, str] = {}
    for rule in sheet.rules:
        if rule.at.article == here:
            own.setdefault(str(rule.at).removeprefix(f"{sheet.law}/{here}").strip(), rule.summary)
    yield from (Proposal(place, "provision", summary) for place, summary in own.items() if place)
    articles = desk.opened.source.articles
    for article in sorted(articles, key=lambda one: one.law != sheet.law):
        shown = article.number if article.law == sheet.law else str(article.citation)
        yield Proposal(shown, "provision", article.title)


def _at_home_first(vocabulary: Vocabulary, law: str) -> Iterable[FactDeclaration]:
    away = []
    for name, fact in vocabulary.facts.items():
        if vocabulary.is_at_home(name, law):
            yield fact
        else:
            away.append(fact)
    yield from away


def _fact(fact: FactDeclaration) -> Proposal:
    return Proposal(fact.name, "fact", _about(fact))


def _about(fact: FactDeclaration) -> str:
    return f"{describe_type(fact.type)}: {fact.says or fact.question or fact.label}"
