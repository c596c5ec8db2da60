"""Reading the facts of a case: from what a caller or a file says to the values that conditions are read over.

Names may be nested (`{"inmate": {"class": "sentenced"}}`) or dotted, values Python's own or written out (`8 days`,
`yes`, `2020-03-01`), the whole a mapping, a dataclass or a pydantic model. Everything wrong is found at once; `Facts`
holds only what the vocabulary allows, in the run-time form of `values`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, fields, is_dataclass
from sys import intern
from typing import TYPE_CHECKING, Any

from mutandis.citation import Listed
from mutandis.dataclass import dataclass
from mutandis.facts import Facts
from mutandis.facts.remembered import Remembered
from mutandis.facts.written import Misfit, member_reader, read_value
from mutandis.link.program import DerivedFact
from mutandis.source import NOWHERE, Span
from mutandis.values import UNKNOWN, OpenList, Period, Unknown
from mutandis.vocabulary import FactDeclaration, Vocabulary

if TYPE_CHECKING:  # what tells of faults is imported where there is one
    from mutandis.diagnostics import Diagnostic

DEEPEST_LIST = 8
"""How deep lists of a case may stand in each other; conditions look two deep."""

MOST_MEMBERS = 10_000
"""How long a list of a case may be (S47)."""

SpanOf = Callable[[str, str], Span]
"""Where a fault of a kind (its slug) in the fact of a name stands."""


@dataclass(frozen=True, slots=True)
class FactsRead:
    """The facts that could be read, and what was wrong with the others."""

    facts: Facts
    diagnostics: tuple[Diagnostic, ...]


def read_facts(
    raw: object,
    vocabulary: Vocabulary,
    *,
    derived: Mapping[str, DerivedFact] | None = None,
    span_of: SpanOf | None = None,
    remembered: Remembered | None = None,
    law: str = "",
    provisions: Listed | None = None,
) -> FactsRead:
    """The facts that `raw` states, checked against `vocabulary`.

    `derived` are the facts that rules give; one that is stated is taken as given. `span_of` finds where a name (dotted,
    members as `term.list[2].attribute`) stands in the file the case came from. A fact that is left out stays left out.
    `law` is the case's: names of its vocabulary are suggested first.
    `provisions` are those of each law (`Program.provisions`), of which a fact must name one; without it any is taken.
    `remembered` has what values of this vocabulary's facts were read as in other cases.
    """
    stated = raw if type(raw) is dict else as_mapping(raw)
    where = span_of or (lambda _, __: NOWHERE)
    reader = _Reader(vocabulary, derived or {}, where, remembered or Remembered(), law, provisions)
    if stated is None:
        from mutandis.facts.misfits import shown

        message = f"the facts of a case are pairs of a name and a value, not `{shown(raw)}`"
        reader.wrong("", Misfit("wrong-fact-type", message, "write `name: value`"))
    else:
        reader.read_all(stated)
        reader.check_extensions()
    return FactsRead(Facts(reader.native, reader.derived.keys().isdisjoint(reader.native)), tuple(reader.diagnostics))


def as_mapping(value: object) -> Mapping[str, object] | None:
    """`value` as a mapping of names: a mapping, a dataclass, a pydantic model (what was set in it); else None."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Period | OpenList | type):
        return None
    if is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    if hasattr(type(value), "model_fields"):
        # A pydantic model, told by its shape so that pydantic stays optional; what the caller never set was never said.
        given: Any = value
        return {name: getattr(given, name) for name in type(given).model_fields if name in given.model_fields_set}
    return None


def _is_none(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip() == "none")


@dataclass(slots=True)
class _Reader:
    vocabulary: Vocabulary
    derived: Mapping[str, DerivedFact]
    span_of: SpanOf
    remembered: Remembered
    law: str
    provisions: Listed | None
    native: dict[str, object] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    # What set each name: itself, or the term that was said to be none.
    origin: dict[str, str] = field(default_factory=dict)

    def wrong(self, name: str, fault: Misfit) -> None:
        from mutandis.diagnostic_codes import diagnose

        self.diagnostics.append(diagnose(fault.slug, fault.message, fault.help, self.span_of(name, fault.slug)))

    def read_all(self, stated: Mapping[str, object], within: str = "") -> None:
        """Each stated name with its value, `within` a term; `term: none` is kept as the term's own name."""
        for key, value in stated.items():
            name = f"{within}.{key}" if within else str(key)
            known = self.remembered.reading(name, value)
            if known is not None and name not in self.origin:
                self.origin[name] = name
                self.native[known[0]] = known[1]
                continue
            nested = as_mapping(value) if not within and name in self.vocabulary.terms else None
            if nested is None:
                self.read(name, value)
            else:
                self.read_all(nested, name)

    def read(self, name: str, value: object) -> None:
        declared = self.vocabulary.facts.get(name)
        if declared is None:
            if name in self.vocabulary.terms:
                self._read_term(name, value)
            else:
                from mutandis.facts.misfits import no_fact

                self.wrong(name, no_fact(name, self.vocabulary, self.law, len(self.diagnostics)))
            return
        if (earlier := self.given_by(name)) is not None:
            self.wrong(name, _twice(name, earlier))
            return
        self.origin[name] = name
        if declared.type.kind == "list":
            read = self._read_list(name, declared, value)
            self.lists.append(name)
        else:
            read = read_value(name, declared, value, self.provisions)
        if isinstance(read, Misfit):
            self.wrong(name, self._of_the_law(read, value))
            return
        self.native[intern(name)] = read  # the very string that compiled code asks by
        if declared.type.kind != "list":
            self.remembered.keep(name, declared, value, read, name in self.derived)

    def given_by(self, name: str) -> str | None:
        """What the fact was given by: itself, or its term that was said to be none; None if it was not yet."""
        return self.origin.get(name)

    def _read_term(self, term: str, value: object) -> None:
        if not _is_none(value):
            help_ = f"give its facts, e.g. `{self._example(term)}`, or write `none` if there is no {term}"
            self.wrong(term, Misfit("wrong-fact-type", f"`{term}` is a term, it has no value of its own", help_))
            return
        for name in self.vocabulary.facts_about(term):
            if name in self.derived:
                continue
            if (earlier := self.given_by(name)) is not None:
                self.wrong(name, _twice(name, earlier))
                continue
            self.origin[name] = term
            kind = self.vocabulary.facts[name].type.kind
            self.native[intern(name)] = False if kind == "yes_no" else () if kind == "list" else None

    def _read_list(self, name: str, declared: FactDeclaration, value: object) -> object:
        if isinstance(value, Unknown) or (isinstance(value, str) and value == "unknown"):
            return UNKNOWN
        if name.count("[") >= DEEPEST_LIST:
            return Misfit("wrong-fact-type", f"`{name[:80]}` is a list within too many others", _LIST_HELP)
        if _is_none(value):
            return ()
        is_open, members = declared.type.open, value
        if isinstance(value, OpenList):
            is_open, members = True, value.members
        elif isinstance(value, Mapping):
            extra = sorted(str(key) for key in value if key not in ("open", "members"))
            said = read_value(f"{name}.open", None, value.get("open", is_open))
            if (
                extra
                or not isinstance(said, bool)
                or ("members" not in value and value.get("open") is not None and not said)
            ):
                return Misfit("wrong-fact-type", f"`{name}` is a list of {declared.type.term}", _LIST_HELP)
            # Where no members are named, nothing is known of them: that is no empty list.
            is_open, members = said or "members" not in value, value.get("members", ())
        if not isinstance(members, list | tuple):
            return Misfit("wrong-fact-type", f"`{name}` is a list of {declared.type.term}", _LIST_HELP)
        if len(members) > MOST_MEMBERS:
            message = f"`{name}` has {len(members)} members, at most {MOST_MEMBERS} are read"
            return Misfit("list-too-long", message, "decide about fewer at a time")
        read = tuple(self._read_member(f"{name}[{i}]", declared.type.term or "", m) for i, m in enumerate(members, 1))
        return OpenList(read) if is_open else read

    def check_extensions(self) -> None:
        """Told of each extension that does not adjoin what it extends."""
        if not self.lists:
            return
        from mutandis.facts.adjoining import find_apart, misfit_of

        for name in self.lists:
            for apart in find_apart(self.native, name, self.vocabulary):
                self.wrong(apart.place, misfit_of(apart))

    def _read_member(self, place: str, term: str, member: object) -> dict[str, object]:
        stated = as_mapping(member)
        if stated is None:
            help_ = f"write each as pairs of an attribute and its value, e.g. `{self._example(term)}`"
            self.wrong(place, Misfit("wrong-fact-type", f"`{place}` is a {term}, which has attributes", help_))
            return {}
        read: dict[str, object] = {}
        attributes = member_reader(self.vocabulary, term)
        for key, value in stated.items():
            name = f"{place}.{key}"
            declared = attributes.get(str(key))
            if declared is None:
                from mutandis.facts.misfits import no_attribute

                self.wrong(name, no_attribute(place, term, str(key), attributes, len(self.diagnostics)))
                continue
            if declared.type.kind == "list":
                found = self._read_list(name, declared, value)
            else:
                found = read_value(name, declared, value, self.provisions)
            if isinstance(found, Misfit):
                self.wrong(name, found)
            else:
                read[str(key)] = found
        return read

    def _of_the_law(self, fault: Misfit, value: object) -> Misfit:
        """The fault, with the provision as it is written where the case is under a law that may be meant."""
        if fault.slug != "wrong-provision" or not (self.law and isinstance(value, str)):
            return fault
        from mutandis.citation import CitationError, parse_citation
        from mutandis.rulebook.meant import as_citation

        try:
            meant = str(parse_citation(as_citation(value), law=self.law))
        except CitationError:
            return fault
        listed = (self.provisions or {}).get(self.law)
        if meant == value.strip() or (listed and meant not in listed):
            return fault
        return Misfit(fault.slug, fault.message, f"a fact names a provision with its law: write `{meant}`")

    def _example(self, term: str) -> str:
        first = next((name.partition(".")[2] for name in self.vocabulary.facts_about(term)), "attribute")
        return f"{first}: ..."


_LIST_HELP = "write a list of its members, or `{open: yes, members: [...]}` if there may be more"


def _twice(name: str, earlier: str) -> Misfit:
    stated_none = earlier != name
    message = f"`{name}` is given, and `{earlier}` is said to be none" if stated_none else f"`{name}` is given twice"
    return Misfit("fact-given-twice", message, "keep one of the two")
