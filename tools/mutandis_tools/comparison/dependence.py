"""Which actions an amendment can touch: those of which anything differs that they are decided by.

What decides about an action are its norms in their order, the derived facts they read, the norms they ask about, and
how the facts are declared. Where all of that is the same, so is every decision, and nothing needs to be solved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from types import MappingProxyType

from mutandis.citation import Citation, CitationRange, parse_citation
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.ir import nodes
from mutandis.ir.component import Lowered, LoweredFact, lower_component
from mutandis.link.program import Component, Program
from mutandis.link.reads import compared_in, done_by, force_days, of_component, of_deadlines, of_derivation
from mutandis.rulebook.law import ALWAYS
from mutandis.vocabulary import FactDeclaration

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
Node = tuple[str, str]
"""`action`, `fact` or `place`, and its name."""


@dataclass(slots=True)
class Reads:
    """What the parts of one program read where they stand."""

    program: Program
    _direct: dict[Node, frozenset[Node]] = field(default_factory=dict)
    _by_actions: frozenset[Node] | None = None
    _days_off: str = ""

    @property
    def days_off(self) -> str:
        """The program's calendar in writing, which is long: its days too, which a kept program looks up one by one."""
        off = self.program.days_off
        self._days_off = self._days_off or repr((replace(off, days={}), sorted(off.days.items())))
        return self._days_off

    def direct(self, node: Node) -> frozenset[Node]:
        """What a part reads itself."""
        found = self._direct.get(node)
        if found is None:
            found = self._direct[node] = frozenset(self._find(node))
        return found

    def all(self, node: Node) -> frozenset[Node]:
        """What a part reads, through others too; itself among it."""
        found, pending = {node}, [node]
        while pending:
            new = self.direct(pending.pop()) - found
            found |= new
            pending.extend(new)
        return frozenset(found)

    def is_read_by_actions(self, fact: str) -> bool:
        """True if any action is decided by the fact, through others too."""
        if self._by_actions is None:
            read = (self.all(("action", name)) for name in self.program.components)
            self._by_actions = frozenset(node for one in read for node in one)
        return ("fact", fact) in self._by_actions

    def names_any(self, node: Node, articles: Collection[Citation]) -> bool:
        """True if a condition of the part asks whether a fact lies in one of the articles, alone or inside a range."""
        ranges = (
            CitationRange(*(Citation(end.law, end.article) for end in map(parse_citation, ends)))
            for condition in self._conditions(node)
            for one in t.walk(condition)
            if isinstance(one, t.FallsUnder) and one.subject is not None
            for ends in one.ranges
        )
        return any(asked.covers(article) for asked in ranges for article in articles)

    def _conditions(self, node: Node) -> list[t.Expression]:
        """The conditions and values of which a part consists."""
        kind, name = node
        if kind == "action" and (component := self.program.components.get(name)) is not None:
            return [*of_component(component), *of_deadlines(component)]
        if kind == "fact" and (derived := self.program.derived.get(name)) is not None:
            return [one for d in derived.derivations for one in of_derivation(d)]
        return []

    def _find(self, node: Node) -> Iterable[Node]:
        kind, name = node
        if kind == "action":
            component = self.program.components.get(name)
            if component is None:
                return ()
            done = [t.Fact(late)] if (late := done_too_late(self.program, component)) else []
            return self._named([*self._conditions(node), *done])
        if kind == "place":
            return [("action", action) for action, _ in self.program.effective.get(name, ())]
        derived = self.program.derived.get(name)
        if derived is not None:
            base = [("fact", derived.base)] if derived.base else []
            return [*base, *self._named(self._conditions(node))]
        declared = self.program.vocabulary.facts.get(name)
        if declared is not None and declared.type.kind == "list" and declared.type.term is not None:
            term = declared.type.term
            return [("fact", one) for one in self.program.vocabulary.facts if one.startswith(f"{term}.")]
        return ()

    @staticmethod
    def _named(expressions: Iterable[t.Expression]) -> list[Node]:
        found: dict[Node, None] = {}
        for node in (part for one in expressions for part in t.walk(one)):
            if isinstance(node, t.Fact):
                found["fact", node.name] = None
            elif isinstance(node, t.Applies):
                found["place", node.citation] = None
        return list(found)


def done_too_late(program: Program, component: Component) -> str:
    """The fact that tells whether a duty was done too late; empty where nothing is due."""
    has_deadlines = any(norm.deadline is not None for norm in component.norms)
    return done_by(program, component.action) if has_deadlines else ""


def _for_the_person(program: Program, component: Component) -> bool:
    """Whether the milder of two laws is the one under which the action is not done; of no account elsewhere."""
    declared = program.vocabulary.actions.get(component.action)
    return declared is not None and declared.adverse and bool(compared_in(program, component))


def declared_as(fact: FactDeclaration | None) -> tuple[object, ...]:
    """What of a declaration bears on decisions: not its words, nor who finds it."""
    if fact is None:
        return ()
    return (
        fact.type,
        fact.parameter,
        (fact.has_presumption, fact.presume),
        (fact.minimum, fact.maximum),
        fact.counting,
        fact.suspended,
    )


def read_as(fact: FactDeclaration | None) -> tuple[object, ...]:
    """What of a declaration bears on how cases are read."""
    return () if fact is None else (*declared_as(fact), fact.extends)


def touched_by_amendment(
    old: Program,
    new: Program,
    names: Mapping[str, str],
    places: Mapping[str, str] = _NO_NAMES,
    *,
    has_holidays: bool = True,
) -> list[Node]:
    """The actions of both programs, and the facts that rules of either give, of which something differs.

    `names` are facts that have another name, by the old one; what is found is called as in the new program. What was
    removed or is new is not among it. With other days off everything is touched, unless cases have no holidays.
    `places` were numbered anew: a condition on provisions of their articles may say something else in the same words.
    """
    before, after = Reads(old), Reads(new)
    renumbered = {Citation(one.law, one.article) for pair in places.items() for one in map(parse_citation, pair)}
    named_before = {is_: was for was, is_ in names.items()}
    has_other_days = has_holidays and old.days_off != new.days_off
    differs: dict[Node, bool] = {}

    def is_other(node: Node) -> bool:
        known = differs.get(node)
        if known is None:
            known = differs[node] = not _same(node, old, new) or (
                bool(renumbered) and after.names_any(node, renumbered)
            )
        return known

    def is_touched(was: Node, is_: Node) -> bool:
        # Of an action nothing differs that the one reads: then the other reads the same.
        read = after.all(is_) if is_[0] == "action" else before.all(was) | after.all(is_)
        return has_other_days or was != is_ or any(map(is_other, read))

    subjects = [(("action", name), ("action", name)) for name in new.components if name in old.components]
    for name in given_facts(new):
        was = named_before.get(name, name)
        if was in old.vocabulary.facts or was in old.derived:
            subjects.append((("fact", was), ("fact", name)))
    subjects += [
        (("fact", n), ("fact", n)) for n in given_facts(old) if n in new.vocabulary.facts and n not in new.derived
    ]
    return [is_ for was, is_ in subjects if is_touched(was, is_)]


def given_facts(program: Program) -> list[str]:
    """The facts that rules give and a person may ask for: not those that the program itself makes."""
    return [name for name in program.derived if name in program.vocabulary.facts]


def _same(node: Node, old: Program, new: Program) -> bool:
    kind, name = node
    if kind == "action":
        before, after = old.components.get(name), new.components.get(name)
        if before is None or after is None:
            return before is after
        return (
            before == after
            and done_too_late(old, before) == done_too_late(new, after)
            and _for_the_person(old, before) == _for_the_person(new, after)
        )
    if kind == "place":
        return old.effective.get(name) == new.effective.get(name)
    if old.derived.get(name) != new.derived.get(name):
        return False
    return declared_as(old.vocabulary.facts.get(name)) == declared_as(new.vocabulary.facts.get(name))


def otherwise_on(program: Program, days: tuple[dt.date, dt.date]) -> list[Node]:
    """The actions whose law, as of two days, is not the same, and the facts that it gives."""
    reads = Reads(program)
    known: dict[Node, bool] = {}

    def is_other(node: Node) -> bool:
        if node not in known:
            known[node] = lowered_on(program, node, days[0]) != lowered_on(program, node, days[1])
        return known[node]

    subjects = [*(("action", name) for name in program.components), *(("fact", name) for name in given_facts(program))]
    return [
        subject
        for subject in subjects
        if is_other(subject) or any(is_other(node) for node in reads.all(subject) if node[0] == "action")
    ]


_NOTHING = Component("§nothing", "silent", (), ())


def lowered_on(program: Program, subject: Node, day: dt.date) -> Lowered:
    """What an action is decided by, or a fact is given by, on a version date."""
    kind, name = subject
    if kind == "fact":
        return lower_component(program, _NOTHING, day, also=[t.Fact(name)])
    return lower_component(program, program.components[name], day, deadlines=True)


def decided_by(reader: Reads, subject: Node, day: dt.date) -> list[Lowered]:
    """A subject on a version date, and the actions of which it asks whether a norm applies."""
    asked = sorted(node for node in reader.all(subject) if node[0] == "action" and node != subject)
    return [lowered_on(reader.program, node, day) for node in (subject, *asked)]


def alike_on(readers: tuple[Reads, Reads], subject: Node, day: dt.date) -> bool:
    """True if two programs, which call everything alike, decide a subject by the same on a version date.

    What is not in force then may differ. False claims nothing.
    """
    sides = [_InForce.of(reader, subject, day) for reader in readers]
    if sides[0] is None or sides[0] != sides[1]:
        return False
    declared = [
        {
            name: declared_as(reader.program.vocabulary.facts.get(name))
            for kind, name in reader.all(subject)
            if kind == "fact"
        }
        for reader in readers
    ]
    return all(declared[1].get(name, one) == one for name, one in declared[0].items())


@dataclass(slots=True)
class _InForce:
    """What decides about a subject on a version date: of each action its parts by their position, None for what is not
    in force, and what gives facts their values.
    """

    actions: dict[str, tuple[object, ...]] = field(default_factory=dict)
    derived: dict[str, LoweredFact] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reads, subject: Node, day: dt.date) -> _InForce | None:
        """None where the day alone does not tell what is in force."""
        program, found = reader.program, cls()
        pending, asked = [subject], {subject}
        while pending:
            node = pending.pop()
            lowered = lowered_on(program, node, day)
            new: set[Node] = set()
            if node[0] == "action":
                component = program.components[node[1]]
                if compared_in(program, component):
                    return None
                late = done_too_late(program, component)
                found.actions[node[1]] = late, *_parts_in_force(component, lowered)
                new |= {("fact", late)} if late in program.derived else set()
            found.derived.update((one.name, _without_dead(one)) for one in lowered.derived)
            for place in lowered.applies:
                found.places[place] = program.effective.get(place)
                new |= {("action", action) for action, _ in program.effective.get(place, ())}
            pending += new - asked
            asked |= new
        return found


def _parts_in_force(component: Component, lowered: Lowered) -> tuple[object, ...]:
    """With what was lowered of them: values of members of lists are worked out where they are read."""
    norms = tuple(
        None if nodes.is_fixed(part.force, False) else (part, norm if norm.governed_by else replace(norm, force=ALWAYS))
        for norm, part in zip(component.norms, lowered.norms, strict=True)
    )
    penalties = tuple(
        None if _is_dead(part) else (part, penalty)
        for penalty, part in zip(component.penalties, lowered.penalties, strict=True)
    )
    return component.default, component.beats, lowered.days_off, norms, penalties


def _without_dead(fact: LoweredFact) -> LoweredFact:
    """A derived fact without the rules and entries that are not in force."""
    alive = (
        replace(branch, entries=tuple(entry for entry in branch.entries if not _is_dead(entry.when)))
        for branch in fact.branches
        if not _is_dead(branch.trigger)
    )
    return replace(fact, branches=tuple(branch for branch in alive if branch.entries))


def _is_dead(node: nodes.Node) -> bool:
    return nodes.is_fixed(node, False) or (
        isinstance(node, nodes.All) and any(nodes.is_fixed(one, False) for one in node.operands)
    )


def days_of_force(program: Program, read: Collection[Node]) -> set[dt.date]:
    """The days on which something that is read comes into force or falls out of it."""
    derived = [name for kind, name in read if kind == "fact" and name in program.derived]
    actions = [program.components[name] for kind, name in read if kind == "action"]
    return {day for component in (_NOTHING, *actions) for day in force_days(program, component, derived)}
