"""What may be written where a condition or another expression stands, from what stands before the cursor in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from mutandis.condition.type_words import describe_type
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE, DataType
from mutandis.rulebook.fields.rules import DEADLINE_WORDS
from mutandis.vocabulary import FactDeclaration, Vocabulary

Kind = Literal["key", "fact", "action", "role", "provision", "value", "unit", "snippet", "word"]

_DOTTED = r"([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)"
_COMPARED = re.compile(rf"{_DOTTED} is (?:not )?(?:one of \[?)?(?:[a-z0-9_]+, )*[a-z0-9_]*$")
_ORDERED = re.compile(rf"{_DOTTED} (?:<|<=|>|>=|is|is not) [a-z0-9_.]*$")
_NUMBER = re.compile(rf"(?:{_DOTTED} (?:<|<=|>|>=|is|is not) )?\d[\d_]* [a-z]*$")
_MEMBER = re.compile(
    r"\b([a-z][a-z0-9_]*) in ([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) (?:has|where) \((?:.*?[ (])?(?:\1\.?[a-z0-9_]*)?$"
)
_AFTER_FACT = re.compile(rf"(?:^|[ (]){_DOTTED} [a-z<>=]*$")
_AFTER_OPERAND = re.compile(
    r"(?:[\])]|\b(?:present|none|true|false|applies)|is (?:not )?(?!(?:not|one|a|within)\b)[a-z0-9_]+"
    r"|[<>]=? \S+(?: [a-z]+)?|\d [a-z]+) [a-z]*$"
)
_CASE = re.compile(r"\bcase [a-z]*(?: [a-z]*)?$")
_UNITS = ("month", "quarter", "half-year", "year")
_SIDES = ("of", "following that of", "preceding that of")
_END_OF = re.compile(rf"\bthe end of (?P<the>the (?P<unit>(?:{'|'.join(_UNITS)}) )?)?[a-z-]*$")
_BINDING = re.compile(r"\b(?:any|every|no) [a-z][a-z0-9_]* in [\w.]*$")
_OPENING = ("not", "case falls under", "any", "every", "the end of", "the number of", "if", "round", "fraction")
_COMPARING = {
    "enum": ("is", "is not", "is one of", "is not one of"),
    "yes_no": ("and", "or"),
    "text": ("is", "is not"),
    "provision": ("falls under", "is", "is not"),
    "list": ("is",),
    "date": ("<", "<=", ">", ">=", "is", "is not", "is within", "+", "-"),
    "moment": ("<", "<=", ">", ">=", "is", "is not", "is within", "+", "-"),
}
_DAYS = ("within", "a day off", "a holiday", "a working day", "a saturday")
_SIZES = ("<", "<=", ">", ">=", "is", "is not", "+", "-", "*", "/")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be written at a place, and what it is. A snippet's `text` has the editor's placeholders."""

    label: str
    kind: Kind
    about: str = ""
    text: str = ""


def in_condition(vocabulary: Vocabulary, law: str, before: str, key: str) -> Iterator[Proposal]:
    """What may go on the condition `before`, the value of `key` in a file of the law."""
    member = _MEMBER.search(before)
    listed = vocabulary.facts.get(member[2]) if member is not None else None
    if member is not None and listed is not None and listed.type.term:
        for name in vocabulary.facts_about(listed.type.term):
            attribute = vocabulary.facts[name]
            yield Proposal(f"{member[1]}.{name.partition('.')[2]}", "fact", about(attribute))
        if "." in before[member.end(2) :].rpartition(" ")[2]:
            return
    if _BINDING.search(before) is not None:
        yield from (fact_proposal(f) for f in at_home_first(vocabulary, law) if f.type.term or f.type.kind == "list")
        return
    if _CASE.search(before) is not None and " under" not in before[-12:]:
        yield from (Proposal(one, "word") for one in ("falls under", "does not fall under"))
        return
    end = _END_OF.search(before)
    if end is not None:
        units = ("",) if end["unit"] else tuple(f"{one} " if end["the"] else f"the {one} " for one in _UNITS)
        yield from (Proposal(f"{unit}{side}", "word", "of the calendar") for unit in units for side in _SIDES)
        if end["the"]:
            return
    compared = _COMPARED.search(before)
    if compared is not None and compared.group(1) in vocabulary.facts:
        fact = vocabulary.facts[compared.group(1)]
        yield from _words_after_is(fact, before)
        if fact.type.kind == "enum":
            yield from values_of(fact)
            yield from _joining(before)
            return
    number = _NUMBER.search(before)
    if number is not None:
        yield from units_of(vocabulary, vocabulary.facts.get(number.group(1) or ""))
        yield from _joining(before)
        return
    after = _AFTER_FACT.search(before)
    if after is not None and after[1] in vocabulary.facts:
        yield from _after_a_fact(vocabulary.facts[after[1]])
        return
    if _AFTER_OPERAND.search(before) is not None:
        yield from _joining(before)
        return
    if key == "deadline" and " " not in before.lstrip():
        yield from (Proposal(one, "value", "in the law's own words") for one in DEADLINE_WORDS)
        yield from (Proposal(one, "word") for one in ("by", "on", "before"))
    ordered = _ORDERED.search(before)
    wanted = vocabulary.facts.get(ordered.group(1)) if ordered is not None else None
    if wanted is not None and wanted.type.kind in ("date", "moment"):
        yield Proposal("today" if wanted.type.kind == "date" else "now", "value", "by the clock")
    for one in at_home_first(vocabulary, law):
        if wanted is None or goes_with(one.type, wanted.type):
            yield fact_proposal(one)
    if wanted is None:
        yield from (Proposal(one, "word", "a word of the language") for one in (*_OPENING, "today", "now"))


def _words_after_is(fact: FactDeclaration, before: str) -> Iterator[Proposal]:
    if re.search(r" is [a-z]*$", before) is None:
        return
    if fact.type.optional:
        yield from (Proposal(one, "word", "whether it is known to be absent") for one in ("present", "none"))
    yield Proposal("not", "word")
    if fact.type.kind == "enum":
        yield Proposal("one of", "word")
    if fact.type.kind in ("date", "moment"):
        yield from (Proposal(one, "word") for one in _DAYS)


def _after_a_fact(fact: FactDeclaration) -> Iterator[Proposal]:
    words = _COMPARING.get(fact.type.kind, _SIZES)
    optional = ("is present", "is none") if fact.type.optional else ()
    yield from (Proposal(one, "word", "a word of the language") for one in (*words, *optional))


def _joining(before: str) -> Iterator[Proposal]:
    """The words that join what is complete to what follows."""
    if _AFTER_OPERAND.search(before) is not None:
        yield from (Proposal(one, "word", "a word of the language") for one in ("and", "or"))


def goes_with(one: DataType, other: DataType) -> bool:
    """True if values of the types are compared with each other."""
    times, numbers = ("date", "moment"), ("count", "number")
    if one.kind in times or one.kind in numbers:
        return other.kind in (times if one.kind in times else numbers)
    return (one.kind, one.values, one.currency) == (other.kind, other.values, other.currency)


def units_of(vocabulary: Vocabulary, compared: FactDeclaration | None) -> Iterator[Proposal]:
    """The units of a number that is compared with a fact."""
    kind = compared.type.kind if compared is not None else ""
    if kind in ("", "duration", "period", "date", "moment"):
        family = compared.type.family if compared is not None and kind == "duration" else None
        for unit, (of, _) in UNIT_IN_BASE.items():
            if family is None or of == family:
                yield Proposal(f"{unit}s", "unit", "a length of time")
    if kind in ("", "money"):
        yield from (Proposal(one, "unit", "a currency") for one in sorted(vocabulary.currencies))


def values_of(fact: FactDeclaration) -> Iterator[Proposal]:
    """The values that are words."""
    if fact.type.kind == "yes_no":
        yield from (Proposal(one, "value") for one in ("yes", "no"))
    labels = dict(fact.values)
    yield from (Proposal(value, "value", labels.get(value, "")) for value in fact.type.values)
    if fact.type.optional:
        yield Proposal("none", "value", "known to be absent")


def at_home_first(vocabulary: Vocabulary, law: str) -> Iterable[FactDeclaration]:
    """The facts, those that the law declares first."""
    away = []
    for name, fact in vocabulary.facts.items():
        if vocabulary.is_at_home(name, law):
            yield fact
        else:
            away.append(fact)
    yield from away


def fact_proposal(fact: FactDeclaration) -> Proposal:
    """The fact by its name."""
    return Proposal(fact.name, "fact", about(fact))


def about(fact: FactDeclaration) -> str:
    """Its type, and what it says."""
    return f"{describe_type(fact.type)}: {fact.says or fact.question or fact.label}"
