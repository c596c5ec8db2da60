"""Conditions in plain words: labels and statements for names, words for signs, guards against absence left out.

`petition.submitted_to_warden` is "the petition is handed to the warden"; `animal.kind is one of [small_dog, ferret]` is
"the kind of the animal is smaller dog or ferret". The words say what the condition says, no less; how tightly it binds
is told by brackets only where a reader could take it two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction

from mutandis.amounts import spell_number
from mutandis.calendar.days_off import WEEKDAYS
from mutandis.citation import CitationRange, parse_citation
from mutandis.condition import tree as t
from mutandis.condition.render import render, render_around
from mutandis.dataclass import dataclass, replace
from mutandis.explain.called import ARTICLE, PREPOSITIONS, Called, listed, parts_of_name
from mutandis.explain.denial import denied, so_or_not
from mutandis.explain.guards import without_guards
from mutandis.link.provisions import values_created_by
from mutandis.rulebook.statement import VALUE
from mutandis.vocabulary import FactDeclaration

_SHARES = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
    Fraction(1, 10): "a tenth",
}
_ORDER = {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
_TIME_ORDER = {"<": "is before", "<=": "is on or before", ">": "is after", ">=": "is on or after"}
_TURNED: dict[t.Operator, t.Operator] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "is": "is not", "is not": "is"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WHEN = re.compile(rf"(.*[^,](?<! is)(?<! was)),? (?:on|at|under) {re.escape(VALUE)}")
"""A sentence that ends with the day, moment or provision of what it tells."""
_BEFORE = {"<": "is earlier than", "<=": "is not later than", ">": "is later than", ">=": "is not earlier than"}


@dataclass(frozen=True, slots=True)
class Phrases(Called):
    """Words for the conditions of one rulebook. `members` are the terms that bound variables stand for."""

    members: Mapping[str, str] = field(default_factory=dict)

    # --- conditions ---------------------------------------------------------------------------------------------------

    def condition(self, node: t.Expression) -> str:
        """What `node` says, as a sentence without capital or full stop."""
        match node:
            case t.And(operands=parts):
                return self._joined(without_guards(parts), "and")
            case t.Or(operands=parts):
                return self._either(parts)
            case t.Not(operand=inner):
                return self._denied(inner)
            case t.Compare():
                return self._compared(node)
            case t.OneOf(left=left, values=values, negated=negated):
                named = [self._value(value, left) for value in values]
                said = f"neither {listed(named, 'nor')}" if negated else listed(named, "or")
                return self._stated(left, said)
            case t.Present(operand=inner, negated=negated):
                if happened := self._happened(inner, negated):
                    return happened
                noun = ARTICLE.sub("", self.noun(inner), count=1)
                return f"there is {'no' if negated else _article(noun)} {noun}"
            case t.WithinAfter(subject=subject, length=length, side=side, anchor=anchor):
                return f"{self.noun(subject)} is at most {self.noun(length)} {side} {self.noun(anchor)}"
            case t.PeriodWithin(period=period, length=length):
                return f"{self.noun(period)} lasts at most {self.noun(length)}"
            case t.KindOfDay(operand=operand, kind=kind, negated=negated):
                day = kind.title() if kind in WEEKDAYS else kind
                return f"{self.noun(operand)} is{' not' if negated else ''} a {day}"
            case t.FallsUnder(subject=subject, ranges=ranges, negated=negated):
                places = listed([self._range(first, last) for first, last in ranges], "or")
                is_place = subject is not None and subject.type is not None and subject.type.kind == "provision"
                said = self._said(subject, places) if subject is not None and is_place else ""
                if said:
                    return so_or_not(said, not negated)
                if subject is not None and self._open_ended(subject).endswith(" under"):
                    return so_or_not(f"{self._open_ended(subject)} {places}", not negated)
                if created := self._values_under(subject, ranges):
                    none = f"not {created[0]}" if len(created) == 1 else f"neither {listed(created, 'nor')}"
                    said = none if negated else listed(created, "or")
                    return f"{self._stated(subject, said)} ({places})" if subject is not None else ""
                what = "the case" if subject is None else self.noun(subject)
                return f"{what} {'does not fall' if negated else 'falls'} under {places}"
            case t.Applies(citation=citation):
                return f"{self.provision(citation)} applies"
            case t.Quantified():
                return self._quantified(node)
            case t.If(condition=condition, consequent=yes, alternative=no):
                if said := self._or_today(condition, yes, no):
                    return said
                head = f"if {self.condition(condition)}, then {self.condition(yes)}"
                return f"{head}; otherwise {self.condition(no)}"
            case t.Fact(name=name):
                return self.statement(name)
            case t.Attribute(variable=variable, attribute=attribute):
                return self.statement(f"{self.members.get(variable, variable)}.{attribute}", member=True)
            case t.Truth(value=value):
                return "always" if value else "never"
            case _:
                return self.noun(node)

    def gathered(self, parts: Iterable[t.Expression]) -> tuple[t.Expression, ...]:
        """Conditions of which all hold; what neighbours say of the values of one fact, as one."""
        found: list[t.Expression] = []
        for part in parts:
            before = found[-1] if found else None
            if isinstance(before, t.And) and self._is_value_of(before.operands[0], part):
                found[-1] = replace(before, operands=(*before.operands, part))
            elif before is not None and self._is_value_of(before, part):
                found[-1] = t.And((before, part))
            else:
                found.append(part)
        return tuple(found)

    def _is_value_of(self, first: t.Expression, other: t.Expression) -> bool:
        """True for two conditions that one fact has a certain value each, whose sentence can list them."""
        if not (isinstance(first, t.Compare) and isinstance(other, t.Compare) and first.left == other.left):
            return False
        if not (first.operator == other.operator == "is" and first.left.type is not None and first.left.type.several):
            return False
        declared = self._declared(first.left)
        return declared is None or not declared.says.startswith(VALUE)  # "a and b is taken into account"

    def _all_values(self, parts: tuple[t.Expression, ...]) -> str:
        """That a fact has each of the values that the parts compare it with; empty where they say something else."""
        first = parts[0]
        if not isinstance(first, t.Compare) or not all(self._is_value_of(first, part) for part in parts):
            return ""
        named = [self._value(part.right, part.left) for part in parts if isinstance(part, t.Compare)]
        return self._includes(first.left, listed(named, "and"), True)

    def _joined(self, parts: tuple[t.Expression, ...], word: str) -> str:
        if len(parts) == 1:
            return self.condition(parts[0])
        if word == "and":
            if values := self._all_values(parts):
                return values
            parts = self.gathered(parts)
        said: list[str] = []
        for before, part in zip((None, *parts), parts, strict=False):
            if word == "and" and said and _is_second_bound(before, part):
                assert isinstance(part, t.Compare)
                said[-1] += f" and {_ORDER[part.operator]} {self.noun(part.right)}"
            else:
                said.append(self._bracketed(part))
        if len(said) == 1:
            return said[0]
        return listed(said, "and") if word == "and" else ", or ".join(said)

    def _bracketed(self, part: t.Expression) -> str:
        """A part of what joins several, in brackets where it joins several itself."""
        said = self.condition(part)
        one = isinstance(part, t.And) and self._all_values(part.operands) == said
        lists = "; or " in said and not said.startswith("(")
        return f"({said})" if (_is_compound(part) and not one) or lists else said

    def _either(self, parts: tuple[t.Expression, ...]) -> str:
        """One of the parts; where the first is that something is not so, and not all are, what holds if it is."""
        match parts:
            case (t.Not(operand=t.Fact() | t.Attribute() as inner), *rest) if {*map(type, rest)} - {t.Not}:
                return f"if {self.condition(inner)}, then {self._joined(tuple(rest), 'or')}"
            case _:
                return self._joined(parts, "or")

    def _denied(self, inner: t.Expression) -> str:
        match inner:
            case t.Compare(operator=operator, left=left, right=right):
                return self._compared(replace(inner, operator=_TURNED[operator], left=left, right=right))
            case t.OneOf() | t.Present() | t.FallsUnder() | t.KindOfDay():
                return self.condition(replace(inner, negated=not inner.negated))
            case t.Not(operand=twice):
                return self.condition(twice)
            case t.Or(operands=parts):
                return f"none of this: {'; '.join(self.condition(part) for part in parts)}"
            case t.And(operands=parts):
                return self._joined(tuple(t.Not(part) for part in parts), "or")
            case t.Applies(citation=citation):
                return f"{self.provision(citation)} does not apply"
            case _:
                said = self.condition(inner)
                declared = self._declared(inner)
                is_sentence = declared is None or declared.says != ""
                return so_or_not(said, False) if is_sentence else f"not: {said}"

    def _compared(self, node: t.Compare) -> str:
        left, right, operator = node.left, node.right, node.operator
        if operator in ("is", "is not"):
            if isinstance(right, t.Truth):
                return self.condition(left) if right.value == (operator == "is") else self._denied(left)
            several = left.type is not None and left.type.several
            if several:
                return self._includes(left, self._value(right, left), operator == "is")
            value = self._value(right, left)
            said = self._said(left, value)
            if said:
                return so_or_not(said, operator == "is")
            return self._stated(left, f"{'not ' if operator == 'is not' else ''}{value}")
        if _is_time(left) or _is_time(right):
            return self._timed(operator, left, right)
        what, declared = self.noun(left), self._declared(left)
        is_zero = right == t.Amount(0) or (isinstance(right, t.Length) and not right.amount)
        if operator == ">" and is_zero and declared is not None and declared.least == 0:  # what may be less is some too
            return f"there is some {ARTICLE.sub('', what, count=1)}"
        return f"{what} {_is(what)} {_ORDER[operator]} {self.noun(right)}"

    def _timed(self, operator: str, left: t.Expression, right: t.Expression) -> str:
        if _is_shifted(left) and not _is_shifted(right):
            left, right, operator = right, left, _MIRRORED[operator]
        if isinstance(right, t.Arithmetic) and _is_shifted(right):
            length, anchor = self._part_of(right, right.right), self._part_of(right, right.left)
            if right.operator == "-":
                return f"{self.noun(left)} {_BEFORE[operator]} {length} before {anchor}"
            if isinstance(left, t.Today | t.Now):
                return f"{_ORDER[operator]} {length} {_has(length)} passed since {anchor}"
            return f"{self.noun(left)} is {_ORDER[operator]} {length} after {anchor}"
        return f"{self.noun(left)} {_TIME_ORDER[operator]} {self.noun(right)}"

    def _stated(self, left: t.Expression, value: str) -> str:
        """`left` with what it is: by the fact's own sentence where it has one."""
        said = self._said(left, value)
        if said:
            return said
        open_ended = self._open_ended(left)
        if open_ended:
            return f"{open_ended} {value}"
        what = self.noun(left)
        return f"{what} {_is(what)} {value}"

    def _includes(self, left: t.Expression, value: str, holds: bool) -> str:
        """That `value` is, or is not, among the values of `left`."""
        said = self._said(left, value)
        if said:
            return so_or_not(said, holds)
        return f"{self.noun(left)} {'includes' if holds else 'does not include'} {value}"

    def _said(self, left: t.Expression, value: str) -> str:
        """The sentence that the fact `left` declares, with `value` in it; empty where it declares none."""
        declared = self._declared(left)
        said = declared.says.replace(VALUE, value) if declared is not None and VALUE in declared.says else ""
        return said.replace(" on today", " today") if value == "today" else said

    def _values_under(self, subject: t.Expression | None, ranges: tuple[tuple[str, str], ...]) -> list[str]:
        """The values of `subject` that the provisions create, where they are few enough to be told."""
        declared = self._declared(subject) if subject is not None else None
        if subject is None or declared is None or not declared.value_provisions:
            return []
        places = [CitationRange(parse_citation(first), parse_citation(last)) for first, last in ranges]
        under = values_created_by(declared, places)
        return [dict(declared.values).get(value) or value for value in under] if len(under) <= 3 else []

    def _or_today(self, condition: t.Expression, yes: t.Expression, no: t.Expression) -> str:
        """What is said of a day where one is given, and else of today; empty where two things are said."""
        if not isinstance(condition, t.Present) or condition.negated:
            return ""
        day, said = self.noun(condition.operand), self.condition(yes)
        alike = said.replace(day, "today") == self.condition(no)
        return said.replace(day, f"{day} (today, where none is given)", 1) if alike else ""

    def _happened(self, node: t.Expression, negated: bool) -> str:
        """That something has, or has not, a day: `the petition was forwarded`, of one that says on which day it was.

        So of what is done under a provision. Empty where the sentence ends in neither, or "not" alone denies it not.
        """
        if node.type is None or node.type.kind not in ("date", "moment", "provision"):
            return ""
        told = _WHEN.fullmatch(self._said(node, VALUE))
        return (denied(told[1]) if negated else told[1]) if told is not None else ""

    def _quantified(self, node: t.Quantified) -> str:
        inner, member = self._inside(node.variable, node.source)
        if node.number is not None and node.body == t.Truth(True):
            return f"there are {node.quantifier} {node.number} {ARTICLE.sub('', self.noun(node.source), count=1)}"
        body = inner.condition(node.body)
        match node.quantifier:
            case "any":
                return f"for some {member}: {body}"
            case "every":
                return f"for every {member}: {body}"
            case "no":
                return f"for none of the {ARTICLE.sub('', self.noun(node.source), count=1)}: {body}"
            case _:
                return f"for {node.quantifier} {node.number} of {self.noun(node.source)}: {body}"

    def _inside(self, variable: str | None, source: t.Expression) -> tuple[Phrases, str]:
        term = source.type.term if source.type is not None and source.type.term else ""
        declared = self.vocabulary.terms.get(term)
        label = declared.label if declared is not None and declared.label else term.replace("_", " ") or "member"
        return replace(self, members={**self.members, variable or "": term}), label

    # --- things -------------------------------------------------------------------------------------------------------

    def noun(self, node: t.Expression) -> str:
        """What `node` stands for, as a thing: `the day of lending`, `30 days after the notice`, `today`."""
        match node:
            case t.Fact(name=name):
                return self.thing(name)
            case t.Attribute(variable=variable, attribute=attribute):
                return self.thing(f"{self.members.get(variable, variable)}.{attribute}", member=True)
            case t.Today():
                return "today"
            case t.Now():
                return "now"
            case t.Amount(value=value):
                return str(value)
            case t.Money(amount=amount, currency=currency):
                return (
                    f"{spell_number(amount)} {currency}" if isinstance(amount, Fraction) else f"{amount:,} {currency}"
                )
            case t.Rounded(rounding=rounding, value=value, step=step):
                return f"{self.noun(value)}, rounded {rounding} to {self.noun(step)}"
            case t.Day(value=day):
                return day.isoformat()
            case t.Instant(value=moment):
                return moment.isoformat(sep=" ", timespec="minutes")
            case t.Text(value=text):
                return f"“{text}”"
            case t.Choice(value=value):
                return self._choice(value, node.type.values if node.type is not None else ())
            case t.Arithmetic():
                return self._reckoned(node)
            case t.FractionOf(share=share, start=start, end=end, rounding=rounding):
                part = _SHARES.get(share, str(share))
                span = f"the time from {self.noun(start)} to {self.noun(end)}"
                return f"{part} of {span}, rounded {rounding} to whole days"
            case t.NumberOf(variable=variable, source=source, body=body):
                counted = f"the number of {ARTICLE.sub('', self.noun(source), count=1)}"
                if body is None:
                    return counted
                inner, _ = self._inside(variable, source)
                return f"{counted} of which it holds that {inner.condition(body)}"
            case t.TotalOf(value=value, variable=variable, source=source, body=body):
                inner, member = self._inside(variable, source)
                where = f" of which it holds that {inner.condition(body)}" if body is not None else ""
                return f"the total of {inner.noun(value)} over every {member}{where}"
            case t.If(condition=condition, consequent=yes, alternative=no):
                return f"{self._closed(yes)} if {self.condition(condition)}, otherwise {self.noun(no)}"
            case t.Extreme():
                return render_around(node, lambda part, _: self._closed(part))
            case t.Truth(value=value):
                return "yes" if value else "no"
            case t.Name() | t.Not() | t.And() | t.Or() | t.Compare() | t.OneOf() | t.Present() | t.WithinAfter():
                return render(node) if isinstance(node, t.Name) else self.condition(node)
            case t.PeriodWithin() | t.Quantified() | t.FallsUnder() | t.Applies() | t.KindOfDay():
                return self.condition(node)
            case _:
                return render_around(node, lambda part, _: self.noun(part))

    def _reckoned(self, node: t.Arithmetic) -> str:
        left, right = self._part_of(node, node.left), self._part_of(node, node.right)
        if _is_time(node.left) and _is_time(node.right):
            return f"the time from {right} to {left}"
        if _is_time(node.left):
            return f"{right} {'after' if node.operator == '+' else 'before'} {left}"
        word = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}[node.operator]
        return f"{left} {word} {right}"

    def _part_of(self, node: t.Arithmetic, part: t.Expression) -> str:
        """A part of what is reckoned, in brackets where what goes before or behind it could be taken into it."""
        match part:
            case t.If() | t.Extreme() | t.Rounded():
                is_open = True
            case t.NumberOf(body=body) | t.TotalOf(body=body):
                is_open = body is not None
            case t.Arithmetic() if not _is_time(part):
                is_open = node.operator in ("*", "/") or (node.operator == "-" and part is node.right)
            case _:
                is_open = False
        return f"({self.noun(part)})" if is_open else self.noun(part)

    def _closed(self, part: t.Expression) -> str:
        return f"({self.noun(part)})" if isinstance(part, t.If | t.Extreme) else self.noun(part)

    def _value(self, node: t.Expression, of: t.Expression) -> str:
        declared = self._declared(of)
        if isinstance(node, t.Choice):
            labels = dict(declared.values) if declared is not None else {}
            return labels.get(node.value) or self._choice(node.value, ())
        return self._closed(node)

    def _choice(self, value: str, values: tuple[str, ...]) -> str:
        for declared in self.vocabulary.facts.values() if values else ():
            if declared.type.values == values:
                return dict(declared.values).get(value) or value.replace("_", " ")
        return value.replace("_", " ")

    def _open_ended(self, node: t.Expression) -> str:
        """`claim made by`, for a fact without a label whose name waits for what follows; else empty."""
        match node:
            case t.Fact(name=name):
                pass
            case t.Attribute(variable=variable, attribute=attribute):
                name = f"{self.members.get(variable, variable)}.{attribute}"
            case _:
                return ""
        term, attribute, version = parts_of_name(name)
        waits = "_" in attribute and attribute.rpartition("_")[2] in PREPOSITIONS
        waiting = waits and not version and not self.label(name)
        return f"{self.term(term)} {attribute.replace('_', ' ')}" if waiting else ""

    def _range(self, first: str, last: str) -> str:
        return self.provision(first if first == last else f"{first} to {last}")

    def _declared(self, node: t.Expression) -> FactDeclaration | None:
        match node:
            case t.Fact(name=name):
                return self.declared(name)
            case t.Attribute(variable=variable, attribute=attribute):
                return self.vocabulary.facts.get(f"{self.members.get(variable, variable)}.{attribute}")
            case _:
                return None


def _is_second_bound(before: t.Expression | None, part: t.Expression) -> bool:
    """True for a bound on what the condition before bounds too: `at least 1 and at most 2`."""
    return (
        isinstance(before, t.Compare)
        and isinstance(part, t.Compare)
        and before.left == part.left
        and not isinstance(part.right, t.If)
        and before.operator in _ORDER
        and part.operator in _ORDER
        and not any(_is_time(one) for one in (before.left, before.right, part.right))
    )


def _is_compound(node: t.Expression) -> bool:
    """True for what joins several conditions, or values by one, and so needs brackets inside another that does."""
    if isinstance(node, t.And):
        return len(without_guards(node.operands)) > 1
    if isinstance(node, t.Compare):
        return isinstance(node.left, t.If) or isinstance(node.right, t.If)
    return isinstance(node, t.Or | t.If) or (isinstance(node, t.Not) and isinstance(node.operand, t.And | t.Or))


def _is_time(node: t.Expression) -> bool:
    if isinstance(node, t.Today | t.Now | t.Day | t.Instant):
        return True
    if node.type is not None:
        return node.type.kind in ("date", "moment")
    return isinstance(node, t.Arithmetic) and _is_time(node.left)


def _is_shifted(node: t.Expression) -> bool:
    """True for a time so and so long after or before another."""
    return isinstance(node, t.Arithmetic) and node.operator in ("+", "-") and _is_time(node.left)


def _has(length: str) -> str:
    return "has" if length.startswith("1 ") else "have"


def _is(noun: str) -> str:
    """`are` for what reads as several: `the days of the loan`, `the fees owed`."""
    words = ARTICLE.sub("", noun.removeprefix("its "), count=1).partition(" of ")[0].split()
    ends = {*words[:1], *words[-1:]}
    return "are" if any(word.endswith("s") and not word.endswith(("ss", "us", "is")) for word in ends) else "is"


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"
