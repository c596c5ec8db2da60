"""What may be written at a place of a file: keys, facts, actions, roles, provisions, units, values, or a whole rule.

Which keys and which sort of value go there is told by the table of fields, from the keys above the cursor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mutandis.dataclass import dataclass
from mutandis.rulebook.fields.law import WEEKDAYS
from mutandis.rulebook.fields.rules import EFFECT_KEYS, RULE
from mutandis.rulebook.fields.table import ACTION, DATE, FACT, LAW, Table
from mutandis.rulebook.schema import schema_of_file
from mutandis.vocabulary import Vocabulary
from mutandis_tools.editor.completion_conditions import (
    Proposal,
    about,
    at_home_first,
    fact_proposal,
    goes_with,
    in_condition,
    units_of,
    values_of,
)
from mutandis_tools.editor.completion_places import provisions, written_places
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.forms import forms_at
from mutandis_tools.editor.spots import Spot, spot_at

_MOST = 300
"""Proposals sent at once: more than a person reads, and few enough that sending them takes no time."""
_ROLES = frozenset({"by", "to", "falls_on", "found_by"})
_ACTING = frozenset({"decide", "when", "next_question", "why_not", "must", "may", "must_not", "no_longer"})
_OF_FACTS = frozenset(
    {"value", "missing", "irrelevant", "findings", "fictions", "presumptions", "from", "until", "done", "in_force"}
)
_LEFT_TO = ("presidential_decree", "ordinance_of_the_ministry_of_justice", "prescription_of_the_minister_of_justice")
_UNDER = re.compile(r"\bfall(?:s)? under (?:[^ ]+ to )?[\w/().:-]*$")
_BEGUN = re.compile(r"[\w./():-]*$")
_NUMBER = re.compile(r"\d[\d_]* [a-z]*$")


@dataclass(frozen=True, slots=True)
class Proposals:
    """What may be written from the column `start` on; `more` tells that there is more of it."""

    start: int
    listed: tuple[Proposal, ...] = ()
    more: bool = False


def propose(desk: Desk, name: str, row: int, column: int) -> Proposals:
    """What may be written at the place."""
    lines = desk.sheet(name).lines
    if row >= len(lines) or name.endswith(".lock"):
        return Proposals(column)
    before = lines[row][:column]
    if before.lstrip().startswith("#"):
        return Proposals(column)
    spot = spot_at(lines, row, column)
    found = _BEGUN.search(before)
    start = found.start() if found is not None else column
    if re.match(r"\([a-z]", before[start:]):  # a parenthesis around a condition is no part of a name
        start += 1
    place = _Place(desk, name, row, before, spot)
    if place.is_whole:
        start = min(spot.begins, column)
    begun = before[start:].casefold()
    listed: list[Proposal] = []
    seen: set[str] = set()
    for one in place.proposals(lines):
        if begun in one.label.casefold() and one.label not in seen:
            seen.add(one.label)
            listed.append(one)
            if len(listed) > _MOST:
                return Proposals(start, tuple(listed[:-1]), True)
    return Proposals(start, tuple(listed))


class _Place:
    """The place of a cursor, and what may be written there."""

    def __init__(self, desk: Desk, name: str, row: int, before: str, spot: Spot) -> None:
        self.desk, self.name, self.row, self.before, self.spot = desk, name, row, before, spot
        self.vocabulary = desk.opened.source.vocabulary
        self.law = desk.sheet(name).law
        self.kind = schema_of_file(name)
        self.forms = forms_at(self.kind, spot.path)
        named = self.forms.names
        self.is_condition = bool(named & {"condition", "expression"}) or (
            self.kind == "rules" and spot.key == "deadline"
        )
        self.fact = self.vocabulary.facts.get(self._fact_given()) if self.kind == "case" else None

    @property
    def is_whole(self) -> bool:
        """True where what is proposed takes the place of the whole key or value, and not of its last word."""
        return not (self.is_condition or self.fact is not None or "citation" in self.forms.names)

    def _fact_given(self) -> str:
        path = self.spot.path
        return ".".join(path[path.index("facts") + 1 :]) if "facts" in path else ""

    def proposals(self, lines: Sequence[str]) -> Iterator[Proposal]:
        """What may be written here; keys first."""
        if "construe" in self.spot.path:
            source = self.spot.path[-1] if self.spot.key != "construe" else ""
            yield from _construed(self.vocabulary, self.law, source)
            return
        if self.spot.takes_key:
            yield from self._keys(lines[self.row])
        if self.spot.takes_value:
            yield from self._values(lines)

    # --- keys ---------------------------------------------------------------------------------------------------------

    def _keys(self, line: str) -> Iterator[Proposal]:
        given, path = self.spot.given, self.spot.path
        for table in self.forms.tables:
            yield from _of_rule(given) if table is RULE else _of_table(table, given)
            if table is RULE and not given:
                yield from _snippets(_RULES, line)
        if self.kind == "case" and not path and not given:
            yield from _snippets(_CASES, line)
        if self.kind == "case" and path[:1] == ("facts",):
            yield from self._fact_keys(path, given)
        if self.spot.key == "grounds":
            number = max((int(one) for one in given if one.isdigit()), default=0) + 1
            yield Proposal("ground", "snippet", "a numbered ground", f"{number}: ${{1:condition}}")
            yield Proposal("ground with a list", "snippet", "conditions that must all hold", _LISTED.format(number))
        elif self.spot.key == "not_modelled":
            yield from (
                Proposal(one.label, "key", one.about)
                for one in written_places(self.desk, self.name, self.row)
                if one.label not in given
            )
        elif self.spot.key == "weekly":
            yield from (Proposal(one, "key") for one in WEEKDAYS if one not in given)

    def _fact_keys(self, path: tuple[str, ...], given: Sequence[str]) -> Iterator[Proposal]:
        if len(path) == 1:
            facts = self.vocabulary.facts.values()
            yield from (Proposal(one.name, "key", about(one)) for one in facts if one.name not in given)
            return
        term = path[1]
        listed = self.vocabulary.facts.get(".".join(path[1:]))
        if listed is not None and listed.type.term:
            term = listed.type.term
        for name in self.vocabulary.facts_about(term) if term in self.vocabulary.terms else ():
            attribute = name.partition(".")[2]
            if attribute not in given:
                yield Proposal(attribute, "key", about(self.vocabulary.facts[name]))

    # --- values -------------------------------------------------------------------------------------------------------

    def _values(self, lines: Sequence[str]) -> Iterator[Proposal]:
        forms, key, vocabulary = self.forms, self.spot.key, self.vocabulary
        if self.fact is not None:
            yield from values_of(self.fact)
            if _NUMBER.search(self.before) is not None:
                yield from units_of(vocabulary, self.fact)
        elif self.is_condition and _UNDER.search(self.before) is None:
            if key in ("as", "value") or "as" in self.spot.path:
                yield from self._values_defined(lines)
            yield from in_condition(vocabulary, self.law, self.before[self.spot.begins :], key)
        elif key == "at" and "citation" in forms.names and self.kind == "rules":
            yield from written_places(self.desk, self.name, self.row)
        elif self.is_condition or "citation" in forms.names:
            begun = _BEGUN.search(self.before)
            yield from provisions(self.desk, self.name, self.row, begun.group() if begun is not None else "")
        elif forms.values:
            yield from (Proposal(one, "value") for one in forms.values)
        else:
            yield from self._names(key)
        if key == "type" and self.kind == "vocabulary":
            yield from (Proposal(f"list of {one.name}", "value", one.label) for one in vocabulary.terms.values())

    def _values_defined(self, lines: Sequence[str]) -> Iterator[Proposal]:
        """The values of the fact that the rule defines or deems."""
        for line in reversed(lines[: self.row]):
            found = re.match(r"\s*(?:- )?(?:define|deem): ([\w.]+)", line)
            if found is not None:
                yield from values_of(self.vocabulary.facts[found[1]]) if found[1] in self.vocabulary.facts else ()
                return
            if re.match(r"\s*- at:", line) is not None:
                return

    def _names(self, key: str) -> Iterator[Proposal]:
        forms, vocabulary, kind = self.forms, self.vocabulary, self.kind
        if key in _ROLES and (kind != "case" or self.spot.path[0] in ("ask", "expect")) and kind != "calendar":
            yield from (Proposal(one.name, "role", one.label) for one in vocabulary.terms.values() if one.role)
        elif key in ("kind_of", "terms") and forms.listed:
            yield from (Proposal(one.name, "role", one.label) for one in vocabulary.terms.values())
        elif "action" in forms.names or forms.has(ACTION) or (kind == "case" and key in _ACTING and forms.listed):
            yield from (Proposal(one.name, "action", one.label) for one in vocabulary.actions.values())
        elif forms.has(FACT) or forms.names & {"fact"} or (key in _OF_FACTS and kind in ("case", "vocabulary")):
            yield from map(fact_proposal, at_home_first(vocabulary, self.law))
        elif forms.has(LAW):
            laws = self.desk.opened.source.laws.values()
            yield from (
                Proposal(one.id, "value", one.title) for one in sorted(laws, key=lambda one: one.id != self.law)
            )
        elif forms.has(DATE) and key in ("since", "until", "law_as_of", "on"):
            yield from self._dates()
        elif key == "delegate":
            used = dict.fromkeys((*_LEFT_TO, *self.desk.standing.delegates))
            yield from (Proposal(one, "value") for one in used)
        elif "penalty_option" in forms.names and " up to " in self.before:
            before = re.sub(r"^.* up to ", "", self.before)
            kinds = [one for one in self.desk.standing.penalties if f"{one} up to {before}" in self.before]
            shown = f"{kinds[0]} up to {before.partition(' ')[0]} " if kinds and before[:1].isdigit() else ""
            yield from (
                Proposal(f"{shown}{one.label}", "unit", one.about) for one in units_of(vocabulary, None) if shown
            )
        elif "penalty_option" in forms.names:
            yield from (Proposal(f"{one} up to ", "value") for one in self.desk.standing.penalties)
        elif key == "unit":
            yield from units_of(vocabulary, None)
        elif key == "group":
            groups = dict.fromkeys(one.group for one in vocabulary.actions.values() if one.group)
            yield from (Proposal(one, "value") for one in groups)
        elif key == "extends" and len(self.spot.path) > 2:
            term = self.spot.path[self.spot.path.index("attributes") - 1]
            periods = (vocabulary.facts[one] for one in vocabulary.facts_about(term))
            yield from (Proposal(one.name.partition(".")[2], "fact", about(one)) for one in periods)
        elif kind == "calendar" and self.spot.path[:1] == ("days",):
            yield from (Proposal(one, "value") for one in _kinds_of_holidays(self.desk.sheet(self.name).text))

    def _dates(self) -> Iterator[Proposal]:
        law = self.desk.opened.source.laws.get(self.law)
        for one in reversed(law.instruments if law is not None else ()):
            if one.enforced is not None:
                yield Proposal(one.enforced.isoformat(), "value", one.id)


def _of_rule(given: Sequence[str]) -> Iterator[Proposal]:
    """The keys of a rule that go with its effect; the effects first, where it has none yet."""
    effect = next((one for one in EFFECT_KEYS if one in given), "")
    for one in RULE.fields:
        if one.key in EFFECT_KEYS:
            goes = not effect or one.key == "penalty"
        else:
            goes = not effect or not one.goes_with or effect in one.goes_with
        if goes and one.key not in given:
            yield Proposal(one.key, "key", one.meaning)


def _of_table(table: Table, given: Sequence[str]) -> Iterator[Proposal]:
    """The keys of a mapping that are not there yet."""
    yield from (Proposal(one.key, "key", one.meaning) for one in table.fields if one.key not in given)


def _kinds_of_holidays(text: str) -> Iterator[str]:
    inside = re.search(r"^kinds:\n((?:[ #].*\n|\n)*)", text, re.MULTILINE)
    yield from re.findall(r"^  ([a-z][\w-]*):", inside[1] if inside is not None else "", re.MULTILINE)


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


def _construed(vocabulary: Vocabulary, law: str, source: str) -> Iterator[Proposal]:
    """What may be construed; behind `source:` what is of its sort, and of its type."""
    fact = vocabulary.facts.get(source)
    if fact is None and source not in vocabulary.actions:
        yield from (Proposal(one.name, "role" if one.role else "value", one.label) for one in vocabulary.terms.values())
    if fact is None and source not in vocabulary.terms:
        yield from (Proposal(one.name, "action", one.label) for one in vocabulary.actions.values())
    if fact is not None or not source:
        yield from (
            fact_proposal(one)
            for one in at_home_first(vocabulary, law)
            if fact is None or goes_with(one.type, fact.type)
        )
