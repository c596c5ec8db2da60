"""The verdict of a case in which every fact is known: norms, what they beat, the table (S1 to S28)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any

from mutandis.citation import Citation, parse_citation
from mutandis.dataclass import replace
from mutandis.oracle.construal import Reading, covers, readings, stands_of
from mutandis.oracle.counting import NoAnswer, day_of
from mutandis.oracle.deadlines import due_days, is_late
from mutandis.oracle.norms import Norm, Place, Ranges, norms_of, rules_of
from mutandis.oracle.orders import OPPOSED, Orders
from mutandis.oracle.penalties import penalties
from mutandis.oracle.reading import Scope, evaluate
from mutandis.oracle.references import Wording, applies_at, falls_under, gives, once
from mutandis.rulebook.exclusions import with_grounds_apart
from mutandis.rulebook.law import Interval
from mutandis.rulebook.model import Entry, Exclusion, Ground, Rule, Source
from mutandis.values import UNKNOWN, Duration

GENEROUS = {"forbidden": 0, "forbidden_by_default": 0, "silent": 1, "exempt": 1, "permitted": 2, "required": 3}


class Choice(Exception):
    """Definitions give a fact several values (S28): the fact, and the values."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, the provisions of the norms that decide, what is breached, the penalties for it, and due days.

    A penalty is told with what it punishes: `act/9(1) for act/1(1)`; a due day with the duty: `act/1(1) by 2020-03-02`.
    Where definitions differ (S28) nothing is said of which norms decide.
    """

    verdict: str
    decides: frozenset[str] = frozenset()
    breaches: frozenset[str] = frozenset()
    penalties: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()


class Oracle:
    """A rulebook that says what holds where every fact is known."""

    def __init__(self, source: Source) -> None:
        self.source, self.vocabulary = source, source.vocabulary
        self.rules = tuple(
            map(self._with_force, (rule for article in with_grounds_apart(source.articles) for rule in article.rules))
        )
        self.readings = list(readings(self.rules))
        norms = [norm for reading in self.readings for norm in norms_of(reading, self.vocabulary)]
        self.speaking = {one.written.id for norm in norms for one in stands_of(norm.reading)}
        self.norms = [norm for norm in norms if _is_ever_in_force(norm.reading)]
        self.orders = Orders(source.laws, self.norms)
        self.milder = any(rule.milder for rule in self.rules)
        self.going_before = [norm for norm in self.norms if any(rule.orders for rule in rules_of(norm.reading))]

    def _with_force(self, rule: Rule) -> Rule:
        """The rule in force since its law is, where it does not say otherwise."""
        enforced = [one.enforced for one in self.source.laws[rule.at.law].instruments if one.enforced]
        return (
            replace(rule, force=rule.force.meet(Interval(min(enforced)))) if enforced and not rule.force.since else rule
        )

    def decide(self, action: str, facts: Mapping[str, object], at: dt.date | None, **setting: Any) -> Answer:
        """The answer. `setting`: `by` whom, `law_as_of`, `holidays`, and `wording`, by id if a rule not held bites,
        or of a definition whose value is not known, a tuple of the value it gave; an empty one where it gave none.

        Raises `NoAnswer` where a fact is missing, `Wording` where a wording is.
        """
        present = (True, False) if self.milder else (False,)
        cases = [_Case(self, facts, at, present=one, **setting) for one in present]
        answers = [self._under_each(case, action) for case in cases]
        sign = -1 if self.vocabulary.actions[action].adverse else 1
        return max(answers, key=lambda answer: sign * GENEROUS.get(answer.verdict, -9 * sign))  # S42

    def _under_each(self, case: "_Case", action: str) -> Answer:
        try:
            return case.answer(action)
        except Choice as choice:
            fact, values = choice.args
            answers = [self._under_each(replace(case, chosen={**case.chosen, fact: one}), action) for one in values]
            told = [
                frozenset.intersection(*parts)
                for parts in zip(*((answer.breaches, answer.penalties) for answer in answers), strict=True)
            ]
            verdicts = {answer.verdict for answer in answers}
            return Answer(min(verdicts) if len(verdicts) == 1 else "conflict", breaches=told[0], penalties=told[1])


def _is_ever_in_force(reading: Reading) -> bool:
    """Whether the clauses and what they apply are in force on a day together (S37)."""
    return not reduce(Interval.meet, (rule.force for rule in rules_of(reading))).is_empty


@dataclass
class _Case:
    oracle: Oracle
    facts: Mapping[str, object]
    at: dt.date | None
    law_as_of: dt.date | None = None
    by: str | None = None
    holidays: frozenset[dt.date] = frozenset()
    wording: Mapping[str, bool | tuple[object, ...]] = field(default_factory=dict)
    chosen: Mapping[str, object] = field(default_factory=dict)
    present: bool = False
    away: frozenset[Norm] = frozenset()  # fictions that do not reach where a fact is read, and go before nothing
    whole: "_Case | None" = None  # the same with all fictions
    others: dict[frozenset[Norm], "_Case"] = field(default_factory=dict, init=False)
    known: dict[Norm, str] = field(default_factory=dict, init=False)
    asking_nobody: "_Case | None" = field(default=None, init=False)
    asking: set[tuple[object, ...]] = field(default_factory=set, init=False)

    @property
    def orders(self) -> Orders:
        return self.oracle.orders

    # --- the table ---

    def answer(self, action: str) -> Answer:
        on: dict[str, list[Norm]] = {letter: [] for letter in "FRPE"}
        for norm in self.oracle.norms:
            if norm.action == action and norm.direction in on and not self.is_away(norm) and self.status(norm) != "off":
                on[self.direction(norm)].append(norm)
        ok = [norm for norm in on["P"] if not any(self.failed(norm))]
        for row, verdict, deciding in (
            (on["R"] and on["F"], "conflict", on["R"] + on["F"]),
            (on["R"] and on["E"], "conflict", on["R"] + on["E"]),
            (on["F"] and ok, "conflict", on["F"] + ok),
            (on["F"], "forbidden", on["F"]),
            (on["R"], "required", on["R"]),
            (ok, "permitted", ok),
            (on["P"], "forbidden", on["P"]),
            (self.oracle.vocabulary.actions[action].default == "forbidden", "forbidden_by_default", []),
            (on["E"], "exempt", on["E"]),
            (True, "silent", []),
        ):
            if row:
                cited = (place for norm in deciding for place in self.cited(norm, weakened=verdict != "conflict"))
                breached = (place for norm in deciding if norm.direction in "RP" for place in self.breaches(norm))
                told = cited, breached, penalties(self, deciding), due_days(self, deciding)
                return Answer(verdict, *map(frozenset, told))
        raise AssertionError("the last row always holds")

    def cited(self, norm: Norm, *, weakened: bool = True) -> set[str]:
        """The innermost grounds that hold, or the place (of a restriction alone that); what weakened a duty too.

        But for a conflict, in which the duty would stand against the ban as the permission does (S29).
        """

        def innermost(place: Citation, grounds: tuple[Ground, ...]) -> set[str]:
            holds = self.ground if norm.exclusion else partial(self.stands, norm)  # those of one give way to nothing
            found = [g for g in grounds if holds(g, Scope(norm.reading))]
            return {one for g in found for one in innermost(g.citation, g.grounds)} or {str(place)}

        if norm.restricts:
            return {str(norm.reading.rule.at)}  # while it is in force, whatever gave the power
        if norm.exclusion:
            return innermost(norm.exclusion.citation, norm.exclusion.grounds)
        duty = weakened and norm.direction == "R"
        weakening = [other for other in self.beaters(norm) if other.direction == "E"] if duty else []
        own = innermost(norm.reading.rule.at, norm.reading.rule.grounds)
        return own.union(*(self.cited(other) for other in weakening))

    # --- who is asked about ---

    @property
    def of_nobody(self) -> "_Case":
        """The case where nobody in particular is asked about."""
        if self.by is not None and self.asking_nobody is None:
            self.asking_nobody = replace(self, by=None)
        return self.asking_nobody or self

    def says(self, node: Any, scope: Scope) -> Any:
        """What an expression comes to, which is the same whoever is asked about."""
        return evaluate(node, self.of_nobody, scope)

    def is_others(self, rule: Rule) -> bool:
        """Whether a rule is for others than whom is asked about (S48)."""
        return self.by is not None and bool(rule.by) and self.by not in rule.by

    def is_away(self, norm: Norm) -> bool:
        """Whether a norm is a duty or permission of others."""
        return norm.direction in ("R", "P") and self.is_others(norm.reading.rule)

    # --- norms ---

    def direction(self, norm: Norm) -> str:
        return "P" if self.status(norm) == "weak" else norm.direction

    def status(self, norm: Norm) -> str:
        """`on`, `off`, or `weak`: a duty that an exemption has made a permission (S10)."""
        if norm not in self.known:
            self.known[norm] = "circle"
            self.known[norm] = self._status(norm)
        elif self.known[norm] == "circle":
            raise NoAnswer(f"{norm.places[0][0]} depends on itself")
        return self.known[norm]

    def _status(self, norm: Norm) -> str:
        as_stated = frozenset({norm.action} if norm.direction == "M" else ())
        read = Scope(norm.reading, as_stated=as_stated)
        if norm.source is not None and norm.restricts:
            if not self.of_nobody.restricted(norm, norm.source):
                return "off"
        elif norm.source is not None:  # a contrary follows the fate of its source (S3); a weakened duty still forbids
            permission = norm.reading.rule.effect == "may" or norm.direction == "E"
            if self.of_nobody.status(norm.source) == "off" or (permission and any(self.failed(norm.source))):
                return "off"
            if not all(self.on_grounds(replace(norm, reading=one), read) for one in stands_of(norm.reading)):
                return "off"
        elif not self.triggered(norm, as_stated) or not gives(self, norm, read, any_value=True):
            return "off"
        if any(self.removes(other, norm) for other in self.oracle.going_before):
            return "off"
        directions = {self.direction(other) for other in self.beaters(norm)}
        if norm.direction == "R" and directions == {"E"}:
            return "weak"
        return "off" if directions else "on"

    def restricted(self, norm: Norm, source: Norm) -> bool:
        """Whether what the source restricts is taken away: it is required, or in force under its place (S3)."""
        if source.direction == "R" and self.status(source) != "off":
            return True
        fact = self.oracle.vocabulary.actions[source.action].in_force
        said: Any = self.fact(fact, Scope(norm.reading)) if fact else None
        if fact and self.oracle.vocabulary.facts[fact].type.kind == "provision":
            return said is not None and norm.places[0][0].covers(parse_citation(said))
        return said is True and self.status(source) != "off"

    def triggered(
        self, norm: Norm, as_stated: frozenset[str] = frozenset(), of: Scope | None = None, *, alone: bool = False
    ) -> bool:
        """In force, and all its conditions and those of the clauses that lead to it hold (S2, S36).

        With `of` of the members that its scope has, as a definition is; `alone`: whatever the clauses themselves say.
        """
        rule, (itself, *clauses) = norm.reading.rule, stands_of(norm.reading)
        clauses = [] if alone else clauses
        read = Scope(norm.reading, as_stated=as_stated, terms=of.terms if of is not None else {})
        for one in (*clauses, itself):
            if not self.conditions(replace(norm, reading=one), read):
                return False
        if rule.opaque and rule.id not in self.wording:
            raise Wording(rule.id, "" if rule.entries else rule.target)
        return not rule.opaque or bool(self.wording[rule.id])

    def conditions(self, norm: Norm, scope: Scope) -> bool:
        """Those of the norm's own rule, read where `scope` says."""
        rule = norm.reading.rule
        if not self.in_force(rule.force, scope) or not all(self.says(one, scope) for one in rule.when):
            return False
        if not self.on_grounds(norm, scope):
            return False
        excluding = [one for one in rule.unless if self.stands(norm, one, scope)]
        return norm.exclusion in excluding if norm.exclusion in rule.unless else bool(norm.exclusion) or not excluding

    def on_grounds(self, norm: Norm, scope: Scope) -> bool:
        """Whether one of the grounds of the norm's own rule stands, where it has any."""
        grounds = norm.reading.rule.grounds
        return not grounds or any(self.stands(norm, ground, scope) for ground in grounds)

    def in_force(self, force: Interval, scope: Scope) -> bool:
        """Whether the version asked for, or that of the day which governs, has it (S40)."""
        date = self.law_as_of or self.at
        rules = rules_of(scope.reading)
        governing = [one.governed_by for one in rules if one.governed_by is not None]
        if governing and not (self.present and any(one.milder for one in rules)):
            date = self.says(governing[0], scope)
        return force == Interval() or (date is not None and force.holds(day_of(date)))

    def stands(self, norm: Norm, part: Ground | Exclusion, scope: Scope) -> bool:
        """Whether a ground holds, or an exclusion excludes, and nothing goes before it or all inside it (S5)."""
        if not self.ground(part, scope) or self.felled(norm, part, scope):
            return False
        inside = () if isinstance(part, Exclusion) else part.grounds
        return not inside or any(self.stands(norm, one, scope) for one in inside)

    def ground(self, ground: Ground | Exclusion, scope: Scope) -> bool:
        """Whether a ground holds, or an exclusion excludes."""
        unless = ground.unless if isinstance(ground, Ground) else None
        return (
            self.in_force(ground.force, scope)
            and (ground.when is None or self.says(ground.when, scope))
            and (not ground.grounds or any(self.ground(one, scope) for one in ground.grounds))
            and not (unless is not None and self.says(unless, scope))
        )

    # --- order ---

    def beaters(self, norm: Norm) -> list[Norm]:
        """What beats the norm (S5, S8, S10): opposing norms that go before it, by words or by rank."""
        about = (one for one in self.oracle.norms if one.action == norm.action and one not in self.away)
        found = [other for other in about if self.orders.may_beat(other, norm)]
        # What others must or may do still removes an exemption, and beats nothing else (S48).
        return [one for one in found if (norm.direction == "E" or not self.is_away(one)) and self.wins(one)]

    def wins(self, norm: Norm) -> bool:
        """Whether what gives way to the norm does: a permission must be ok."""
        return self.status(norm) != "off" and not (self.direction(norm) == "P" and any(self.failed(norm)))

    def removes(self, other: Norm, norm: Norm) -> bool:
        """Whether `other` disapplies the norm or stands in its place (S6); definitions only those of the same fact."""
        if other in self.away or not self.orders.concerns(other, norm) or not self.replaces(other, norm.places):
            return False
        if other.reading.rule.external:
            raise NoAnswer("outside the rulebook")
        return True

    def replaces(self, other: Norm, places: list[Place], scope: Scope | None = None) -> bool:
        return self.orders.takes_place(other, places) and self.speaks(other, scope)

    def speaks(self, norm: Norm, scope: Scope | None) -> bool:
        """Whether the norm is not off; a definition, or what only disapplies others, of the members in `scope`."""
        if scope is not None and scope.terms and norm.reading.rule.effect in ("define", "disapply"):
            return self.holds_of_member(norm, scope)
        return self.status(norm) != "off"

    def felled(self, norm: Norm, part: Ground | Exclusion | Entry, scope: Scope | None = None) -> bool:
        """Whether somebody goes before this ground, exclusion or value alone (S5)."""
        place, whole = norm.part(part.citation), norm.part(norm.reading.rule.at)
        if part.citation == norm.reading.rule.at or not norm.direction:  # a case falls under what gives way, too
            return False
        for other in (one for one in self.oracle.going_before if one not in self.away):
            removes = self.orders.concerns(other, norm) and self.replaces(other, place, scope)
            if removes and not self.replaces(other, whole, scope):
                return True
            # Before a ground goes what goes before its rule, of an exemption what goes before its duty; before an
            # exclusion, which holds the rule off, what does not, limits and definitions left aside.
            pair = other.direction + ("R" if norm.exclusion and norm.direction == "E" else norm.direction)
            neither = not {*pair} & {*"LDM"} and pair not in OPPOSED
            bites = neither if isinstance(part, Exclusion) else pair in (*OPPOSED, "LL", "DD", "MM")
            if other.action != norm.action or not bites or (self.is_away(other) and norm.direction != "E"):
                continue
            # An order onto the whole rule leaves no part to another; but onto what it does not oppose it is none.
            onto, all_of = (set(self.orders.naming(other, which, "despite")) for which in (place, whole))
            if (onto - all_of if neither else onto and not all_of) and self.wins(other):
                return True
        return False

    # --- what must be done, and how ---

    def failed(self, norm: Norm) -> Iterator[str]:
        """What the norm, and every limit that holds and that it does not go before, requires in vain (S11)."""
        limits = [one for one in self.oracle.norms if one.direction == "L" and one.action == norm.action]
        for one in (
            norm,
            *(one for one in limits if not self.orders.goes_before(norm, one) and self.status(one) == "on"),
        ):
            for required in one.reading.rule.requires:
                if not self.says(required.condition, Scope(one.reading)):
                    yield str(required.citation)

    def breaches(self, norm: Norm) -> Iterator[str]:
        """What is done wrong, and a deadline that passed (S12)."""
        yield from self.failed(norm)
        if self.direction(norm) == "R" and is_late(self, norm):
            yield str(norm.reading.rule.at)

    # --- facts ---

    def fact(self, name: str, scope: Scope) -> object:
        """As stated or defined, unless it is deemed another where it is read (S30, S39)."""
        places = Norm("", "", scope.reading).places
        fictions = [norm for norm in self.oracle.norms if norm.direction == "M" and norm.action == name]
        seen = [one for one in fictions if not one.reading.rule.within or self.sees(one, places)]
        brings = scope.reading.brings
        seen = [one for one in seen if not any(brings(other.reading, one.reading) for other in seen)]
        case = self.without(one for one in fictions if one not in seen)
        read_as = (
            case.values(seen, Scope(scope.reading, as_stated=scope.as_stated | {name}))
            if name not in scope.as_stated
            else []
        )
        if read_as:
            return self.choose(f"deemed {name}", read_as)
        term, _, attribute = name.partition(".")
        declared = self.oracle.vocabulary.facts[name]
        stated: Any = (
            scope.terms[term].get(attribute, UNKNOWN) if term in scope.terms else self.facts.get(name, UNKNOWN)
        )
        if stated is not UNKNOWN:
            family = declared.type.family if declared.type.kind == "duration" else None
            return stated if family is None or stated is None else Duration(stated, family)
        definitions = [norm for norm in self.oracle.norms if norm.direction == "D" and norm.action == name]
        values = self.values(definitions, scope)
        if values:
            return self.choose(name, values)
        if definitions or declared.has_presumption:
            return declared.presume if not definitions else False if declared.type.kind == "yes_no" else None
        raise NoAnswer(name)

    def sees(self, fiction: Norm, places: Iterable[Place]) -> bool:
        """Whether what stands at one of the places is read through the fiction, as it is or by a clause (S37)."""
        return any(
            cited.covers(place) and self.orders.meets(fiction.reading, reading, cited)
            for cited in fiction.reading.rule.within
            for place, reading in places
        )

    def without(self, away: Iterable[Norm]) -> "_Case":
        """The case where these fictions go before nothing."""
        gone, whole = frozenset(away), self.whole or self
        if gone and gone not in whole.others:
            whole.others[gone] = replace(whole, away=gone, whole=whole)
        return whole.others[gone] if gone else whole

    def reaching_less_far(self, norm: Norm) -> list[Norm]:
        """The fictions that reach only some of where this one may: it applies elsewhere, whatever goes before it."""
        rules = [
            (one, one.reading.written.within) for one in self.oracle.norms if norm.direction == one.direction == "M"
        ]
        own = norm.reading.written.within
        return [one for one, within in rules if one.action == norm.action and within and within != own]

    def is_undated(self, name: str, scope: Scope) -> bool:
        """Whether the case says nothing of the fact."""
        term, _, attribute = name.partition(".")
        return attribute not in scope.terms[term] if term in scope.terms else name not in self.facts

    def version(self, event: Any) -> dt.date | None:
        """What an event that no case dates is read as (S49): the day of the law that is asked for, or none."""
        if event.not_yet:
            return None
        day = self.law_as_of or (dt.date.max if self.at is None else day_of(self.at))
        moment = event.type is not None and event.type.kind == "moment"
        return dt.datetime.combine(day, dt.time()) if moment else day

    def values(self, norms: list[Norm], scope: Scope) -> list[object]:
        """The different values that definitions or fictions give."""
        found: list[object] = []
        for norm in norms:
            if norm.direction == "D" and norm.says_it_anyway:
                continue
            inner, rule = replace(scope, reading=norm.reading), norm.reading.rule
            of_member = norm.direction == "D" and norm.action.partition(".")[0] in scope.terms
            holds = self.holds_of_member(norm, scope) if of_member else self.status(norm) == "on"
            given = self.wording.get(rule.id) if holds and not rule.entries else None
            found += given if isinstance(given, tuple) else ()
            for entry in rule.entries if holds else ():
                if gives(self, norm, inner, any_value=True, among=(entry,)):
                    found.append(self.says(entry.value, inner))
        return [one for i, one in enumerate(found) if one not in found[:i]]

    def holds_of_member(self, norm: Norm, scope: Scope) -> bool:
        """Whether a definition gives the member that `scope` has its value; what goes before it is read of it too."""
        members = tuple(map(id, scope.terms.values()))
        if not once(self, (norm.places[0][:1], norm, members), partial(self.triggered, norm, of=scope)):
            return False
        orders = self.orders
        for other in self.oracle.norms:
            before = other.direction == "D" and other.action == norm.action and orders.may_beat(other, norm)
            replaced = orders.concerns(other, norm) and orders.takes_place(other, norm.places)
            if not (before or replaced):
                continue
            if self.speaks(other, scope):
                return False
        return True

    def choose(self, name: str, values: list[object]) -> object:
        """The only value, or the one under which it is decided (S28)."""
        if len(values) > 1 and name not in self.chosen:
            raise Choice(name, values)
        return self.chosen[name] if len(values) > 1 else values[0]

    def created_by(self, fact: str, value: str, cited: Ranges) -> bool:
        """Whether the value of the fact, or the provision it is, stands in what is cited (S38)."""
        declared = self.oracle.vocabulary.facts[fact]
        if declared.type.kind == "provision":
            return covers(cited, parse_citation(value))
        return any(name == value and covers(cited, place.first) for name, place in declared.value_provisions)

    falls_under, applies = falls_under, applies_at
