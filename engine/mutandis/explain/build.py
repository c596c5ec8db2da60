"""Builds the explanation of a decision: walks its norms again and says of every condition what it comes to.

The verdict, the citations and all they carry are the decision's own and are never worked out again here; only the
standing of single conditions is, by the definition of what an expression means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from mutandis.backends.interpret.case import Case
from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.dataclass import dataclass, replace
from mutandis.decide.members import members_of
from mutandis.decide.recounting import is_counting
from mutandis.decide.result import NOT_IN_FORCE, Breach, Cited, Decision, Limit, Verdict
from mutandis.decide.result_parts import Beaten, Considered, DeadlineDue, Fiction, Finding, Presumption
from mutandis.decide.ternary import ValueConflict
from mutandis.explain.explanation import (
    Explanation,
    Place,
    ShownChain,
    ShownCondition,
    ShownDerivation,
    ShownFact,
    ShownGround,
    ShownNorm,
    ShownOpen,
    ShownRequirement,
    Standing,
)
from mutandis.explain.guards import without_guards
from mutandis.explain.naming import OF_THE_QUESTION, place_of, role_label, value_in_words, waiting_for
from mutandis.explain.phrase import Phrases
from mutandis.explain.spoken import Spoken
from mutandis.explain.words import BEYOND, answer_in_words, verdict_aside
from mutandis.link.program import Derivation, LinkedEntry, LinkedExclusion, LinkedGround, Norm, Program, Step
from mutandis.link.read_through import as_deemed
from mutandis.link.reads import lists_with_definitions
from mutandis.values import UNKNOWN
from mutandis.vocabulary import FactDeclaration


def explain(
    decision: Decision,
    program: Program,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
) -> Explanation:
    """The tree behind `decision`, which was made by `program` on these facts (run-time values) at this clock."""
    case = Case(program, facts, at, law_as_of)
    program = case.program
    builder = _Builder(decision.beaten, decision.limits, decision.breaches, decision.deadlines, program, case)
    norms = {norm.key: norm for norm in program.components[decision.action].norms}
    cited = {c.norm: c for c in decision.cited}
    shown = [builder.norm(norms[c.norm], c, cited.get(c.norm)) for c in decision.considered if c.norm in norms]
    action = program.vocabulary.actions.get(decision.action)
    label = action.label if action is not None and action.label else decision.action
    return Explanation(
        action=decision.action,
        label=label,
        verdict=decision.verdict,
        headline=_headline(decision),
        deciding=tuple(n for n in shown if n.role),
        others=tuple(n for n in shown if not n.role),
        beaten=decision.beaten,
        penalties=decision.penalties,
        places=tuple(place_of(program, p) for p in _named(decision)),
        spoken=tuple(_spoken(decision, program)),
        open=tuple(_open(decision, program)),
        decision=decision,
    )


def explain_value(
    name: str,
    program: Program,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
) -> ShownFact:
    """The tree behind the value of a fact in a case: the rules that derive it, those that hold first."""
    case = Case(program, facts, at, law_as_of)
    builder = _Builder((), (), (), (), case.program, case)
    shown, deemed = builder.fact(name), as_deemed(case.program, name)
    if deemed == name:
        return shown
    read = builder.fact(deemed)
    if all(one.standing == "fails" for one in read.derivations):
        return shown
    behind = (*read.derivations, *shown.derivations)
    return replace(shown, value=read.value, origin=read.origin, derivations=behind)


def _headline(decision: Decision) -> str:
    text = answer_in_words(decision)
    if decision.verdict == Verdict.UNDETERMINED:
        return f"{text}; still possible: {' or '.join(verdict_aside(v) for v in decision.reachable)}"
    return text


def _spoken(decision: Decision, program: Program) -> Iterator[tuple[str, str]]:
    words, phrases = Spoken(program, decision.action), Phrases(program.vocabulary, program.laws)
    conditions = (*decision.unmet, *(breach.condition for breach in decision.breaches))
    yield from ((text, words.condition(text)) for text in dict.fromkeys(conditions))
    names = [limit.parameter for limit in decision.limits] + [f.fact for f in decision.findings]
    names += [f.fact for f in decision.fictions] + [p.fact for p in decision.presumptions]
    names += [name for due in decision.deadlines for name in due.unknown_for]
    names += [name for one in decision.authority if one.punishes for name in one.facts]
    names += [*decision.missing, *(one.fact for one in decision.irrelevant)]
    yield from ((name, phrases.told(name)) for name in dict.fromkeys(names))
    said: tuple[Finding | Fiction | Presumption, ...] = decision.findings + decision.fictions + decision.presumptions
    for one in said:
        if isinstance(one.value, str):
            yield f"{one.fact}: {one.value}", value_in_words(one.value, None, phrases.declared(one.fact))
    yield from ((note.text, phrases.note(note.text)) for note in dict.fromkeys(decision.notes))
    roles = [finding.owner for finding in decision.findings]
    roles += [party for penalty in decision.penalties for party in penalty.by]
    roles += [one.text for one in decision.authority if one.role == "left_to"]
    yield from ((role, role_label(program, role)) for role in dict.fromkeys(roles))


def _open(decision: Decision, program: Program) -> Iterator[ShownOpen]:
    """What is missing, each fact once, with the norms and due days that wait for it."""
    phrases = Phrases(program.vocabulary, program.laws)
    for name in decision.missing:
        declared = program.vocabulary.facts.get(name)
        whether = "whether " if declared is not None and declared.type.kind == "yes_no" else ""
        places = tuple(place_of(program, place) for place in waiting_for(decision, name))
        yield ShownOpen(name, OF_THE_QUESTION.get(name) or f"{whether}{phrases.told(name)}", places)


def _named(decision: Decision) -> tuple[str, ...]:
    """Every provision the decision names, once, cited ones first."""
    named = [*decision.citations, *(c.provision for c in decision.considered)]
    named += [limit.provision for limit in decision.limits] + [b.provision for b in decision.breaches]
    named += [step.citation for c in decision.cited for chain in c.chains for step in chain]
    named += [place for due in decision.deadlines for place in due.wording]
    named += [p.provision for p in decision.penalties] + [f.provision for f in decision.fictions]
    named += [p.provision for p in decision.presumptions if p.provision] + [n.provision for n in decision.notes]
    named += [one.provision for one in decision.authority if one.role in BEYOND or one.punishes or is_counting(one)]
    return tuple(dict.fromkeys(named))


@dataclass(slots=True)
class _Builder:
    beaten: tuple[Beaten, ...]
    limits: tuple[Limit, ...]
    breaches: tuple[Breach, ...]
    deadlines: tuple[DeadlineDue, ...]
    program: Program
    case: Case

    @property
    def phrases(self) -> Phrases:
        return Phrases(self.program.vocabulary, self.program.laws)

    # --- norms --------------------------------------------------------------------------------------------------------

    def norm(self, norm: Norm, considered: Considered, cited: Cited | None) -> ShownNorm:
        beaten = next((b for b in self.beaten if b.norm == norm.key), None)
        return ShownNorm(
            norm=norm.key,
            place=place_of(self.program, norm.citation),
            cited=tuple(place_of(self.program, p) for p in cited.provisions) if cited is not None else (),
            direction=norm.direction,
            role=cited.role if cited is not None else "",
            status=considered.status,
            summary=norm.summary,
            by=tuple(role_label(self.program, role) for role in norm.by),
            to=tuple(role_label(self.program, role) for role in norm.to),
            chains=tuple(self._chain(chain, norm) for chain in norm.sources),
            external=tuple(str(e) for e in norm.external),
            conditions=tuple(self.condition(c) for c in norm.when),
            grounds=tuple(self.ground(g, norm.governed_by) for g in norm.grounds),
            exclusions=tuple(self.exclusion(e, norm.governed_by) for e in norm.exclusions),
            requirements=tuple(
                ShownRequirement(place_of(self.program, r.citation), self.condition(r.condition)) for r in norm.requires
            ),
            limits=tuple(limit for limit in self.limits if limit.norm == norm.key),
            breaches=tuple(b for b in self.breaches if b.norm == norm.key),
            deadlines=tuple(d for d in self.deadlines if d.norm == norm.key),
            beaten_by=self._beaten_by(beaten),
            opaque=norm.opaque,
            note=norm.note,
            in_force=considered.reason != (NOT_IN_FORCE,),
        )

    def _beaten_by(self, beaten: Beaten | None) -> tuple[tuple[Place, str], ...]:
        if beaten is None:
            return ()
        return tuple((place_of(self.program, by), how) for by, how in beaten.by)

    def _chain(self, chain: tuple[Step, ...], norm: Norm) -> ShownChain:
        places = (*(place_of(self.program, s.citation) for s in chain), place_of(self.program, norm.citation))
        construals = tuple(dict.fromkeys(pair for step in chain for pair in step.construals))
        return ShownChain(" → ".join(p.short for p in places), places, construals, self.phrases.construals(construals))

    # --- grounds ------------------------------------------------------------------------------------------------------

    def ground(self, ground: LinkedGround, governed_by: t.Expression | None) -> ShownGround:
        return ShownGround(
            place_of(self.program, ground.citation),
            self._standing(lambda: self.case.ground(ground, governed_by)),
            () if ground.when is None else (self.condition(ground.when),),
            () if ground.unless is None else (self.condition(ground.unless),),
            tuple(self.ground(g, governed_by) for g in ground.grounds),
        )

    def exclusion(self, exclusion: LinkedExclusion, governed_by: t.Expression | None) -> ShownGround:
        return ShownGround(
            place_of(self.program, exclusion.citation),
            self._standing(lambda: self.case.exclusion(exclusion, governed_by)),
            () if exclusion.when is None else (self.condition(exclusion.when),),
            (),
            tuple(self.ground(g, governed_by) for g in exclusion.grounds),
        )

    # --- conditions ---------------------------------------------------------------------------------------------------

    def condition(self, condition: t.Expression) -> ShownCondition:
        standing = self._standing(lambda: self.case.value(condition))
        text, words = render(condition), self.phrases.condition(condition)
        if isinstance(condition, t.And | t.Or):
            parts = tuple(self._parts(condition))
            if len(parts) == 1:
                return parts[0]
            return ShownCondition(text, words, standing, (), "all" if isinstance(condition, t.And) else "any", parts)
        nodes = _nodes(condition)
        names = dict.fromkeys(n.name for n in nodes if isinstance(n, t.Fact))
        facts = (*(self.fact(name) for name in names), *self._of_members(nodes))
        return ShownCondition(text, words, standing, facts, value=self._left(condition))

    def _parts(self, condition: t.And | t.Or) -> Iterator[ShownCondition]:
        """The parts of a compound condition; that a fact is there goes without saying where another part reads it."""
        said = condition.operands if isinstance(condition, t.Or) else without_guards(condition.operands)
        for part in condition.operands:
            shown = self.condition(part)
            if any(part is one for one in said) or shown.standing == "fails":
                yield shown

    def _left(self, condition: t.Expression) -> str:
        """What the left side of a comparison comes to, where it is reckoned and known."""
        if not isinstance(condition, t.Compare) or isinstance(condition.left, t.Fact | t.Attribute):
            return ""
        try:
            value = self.case.value(condition.left)
        except ValueConflict:
            return ""
        return "" if value is UNKNOWN else value_in_words(value, condition.left.type)

    def _standing(self, judge: Callable[[], object]) -> Standing:
        try:
            truth = judge()
        except ValueConflict:
            return "disputed"
        if truth is UNKNOWN:
            return "unknown"
        return "holds" if truth else "fails"

    # --- facts --------------------------------------------------------------------------------------------------------

    def _of_members(self, nodes: Sequence[t.Expression]) -> Iterator[ShownFact]:
        """For each member of a list that the condition reads, what is defined of it."""
        defined = dict.fromkeys(n.defined.name for n in nodes if isinstance(n, t.Attribute) and n.defined is not None)
        for name, (term, _) in lists_with_definitions(self.program).items() if defined else ():
            if not any(isinstance(n, t.Fact) and n.name == name for n in nodes):
                continue
            for member in members_of(self.case.facts, name, term):
                case = self.case.having(member.as_case(self.case.facts), self.case.at)
                for fact in [f for f in defined if f.startswith(f"{term}.")]:
                    shown = replace(self, case=case).fact(fact)
                    place = f"{member.place}.{fact.partition('.')[2]}"
                    yield replace(shown, name=place, label=self.phrases.told(place))

    def fact(self, name: str) -> ShownFact:
        declared = self.phrases.declared(name)
        label = self.phrases.told(name)
        owner = role_label(self.program, declared.found_by) if declared is not None and declared.found_by else ""
        derived = self.program.derived.get(name)
        type_ = derived.type if derived is not None else declared.type if declared is not None else None
        try:
            value = self.case.fact(name)
        except ValueConflict as clash:
            said = ", ".join(value_in_words(v, type_, declared) for v in clash.values)
            derivations = self._derivations(name)
            return ShownFact(name, label, f"disputed: {said}", "derived", owner, derivations)
        known = value is not UNKNOWN
        words = value_in_words(value, type_, declared)
        if derived is not None:
            return ShownFact(name, label, words, "derived", owner, self._derivations(name))
        if not known:
            return ShownFact(name, label, words, "unknown", owner)
        return ShownFact(name, label, words, "stated" if name in self.case.facts else "presumed", owner)

    def _derivations(self, name: str) -> tuple[ShownDerivation, ...]:
        derived = self.program.derived[name]
        declared = self.phrases.declared(name)
        shown = [self._derivation(d, entry, declared) for d in derived.derivations for entry in d.entries]
        rank = {"holds": 0, "disputed": 1, "unknown": 2, "fails": 3}
        return tuple(sorted(shown, key=lambda d: rank[d.standing]))

    def _derivation(
        self, derivation: Derivation, entry: LinkedEntry, declared: FactDeclaration | None
    ) -> ShownDerivation:
        conditions = [*derivation.when, *([] if entry.when is None else [entry.when])]
        return ShownDerivation(
            place=place_of(self.program, entry.citation),
            kind=derivation.kind,
            value=self._value(entry, declared)
            + (f" (wording not held: {derivation.opaque})" if derivation.opaque else ""),
            standing=self._standing(lambda: self.case.gives(entry, derivation)),
            summary=derivation.summary,
            in_force=derivation.can_hold(self.case.version),
            conditions=tuple(self.condition(c) for c in conditions),
            grounds=tuple(self.ground(g, derivation.governed_by) for g in derivation.grounds),
            exclusions=tuple(self.exclusion(e, derivation.governed_by) for e in derivation.exclusions),
        )

    def _value(self, entry: LinkedEntry, declared: FactDeclaration | None) -> str:
        written = self.phrases.noun(entry.value)
        try:
            value = self.case.value(entry.value)
        except ValueConflict:
            return written
        if value is UNKNOWN:
            return written
        words = value_in_words(value, entry.value.type, declared)
        plain = isinstance(entry.value, t.Truth | t.Amount | t.Day | t.Length | t.Money | t.Choice)
        return words if plain else f"{words} ({written})"


def _nodes(expression: t.Expression) -> list[t.Expression]:
    found = [expression]
    for child in () if isinstance(expression, t.Attribute) else t.children(expression):
        found.extend(_nodes(child))
    return found
