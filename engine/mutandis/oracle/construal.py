"""What a clause makes of the rules it applies: every rule as each chain of clauses has it read (S34 to S37)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache, partial
from itertools import product
from typing import Any

from mutandis.citation import Citation, CitationRange, parse_citation_range
from mutandis.condition.tree import Applies, Choice, Compare, Fact, FallsUnder, Node, Not, OneOf, Or
from mutandis.dataclass import dataclass, replace
from mutandis.rulebook.model import Construal, Ground, Order, Rule

# Source of a construal: its targets (a tuple of names), or the condition it becomes; by CLAUSE, whose construals.
Mapped = Mapping[str, Any]
CLAUSE = "§"


@dataclass(frozen=True, slots=True)
class Step:
    """A clause on the way to a rule: as written, as read through itself and those above, and what it picked."""

    clause: Rule
    read: Rule
    picks: Mapping[str, str]

    def agrees(self, other: "Step") -> bool:
        """True for one clause under picks that do not differ."""
        return self.clause is other.clause and all(other.picks.get(k, v) == v for k, v in self.picks.items())


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A rule as the clauses of `path` (outermost first) have it read; none: as it is written.

    `kind`: a kind, and the sub-kind of it that is spoken of, in the clauses and in what is referred to as well. `term`:
    of a norm, the thing that the action is done to.
    """

    written: Rule
    rule: Rule
    path: tuple[Step, ...]
    kind: tuple[str, str] = ("", "")
    term: str = ""

    def of(self, kind: tuple[str, str]) -> "Reading":
        """The same of a sub-kind."""
        return replace(self, rule=_of_kind(self.rule, kind), kind=kind)

    @property
    def about(self) -> str:
        """The one thing that it is about; of a clause, a sub-kind that what it applies is read of."""
        rule, (kind, read) = self.rule, self.kind
        named = {one.partition(" ")[2] for one in rule.actions} or {rule.target.partition(".")[0]}
        if named == {""}:
            return read if read != kind else ""
        return self.term or (named.pop() if len(named) == 1 else "")

    def brings(self, fiction: "Reading", other: "Reading") -> bool:
        """True where a fiction `within` some provisions is `other` by more clauses, which bring what reads it, too."""
        deeper = fiction.written is other.written and len(fiction.path) > len(other.path)
        by_these = len(fiction.path) <= len(self.path) and all(map(Step.agrees, fiction.path, self.path))
        return bool(deeper and fiction.rule.within and by_these)

    def is_of(self, other: "Reading") -> bool:
        """True for what one rule says by the same clauses, of a sub-kind too."""
        return self.written is other.written and self.path is other.path


@dataclass(frozen=True, slots=True)
class Through(Node):
    """A reference in a clause's own text: what it names is read with the construals of the clause (S37)."""

    reference: FallsUnder
    mapped: tuple[Mapped, ...]


@dataclass(frozen=True, slots=True)
class Construed(CitationRange):
    """What a clause has a citation read as: what stands there but for that clause and those inside it (S34).

    `outside` are the clauses outside it.
    """

    outside: int = 0


@dataclass(frozen=True, slots=True)
class Listing(CitationRange):
    """A range less the provisions in it that a clause has read as others (S34)."""

    but: tuple[CitationRange, ...] = ()

    def covers(self, other: Citation) -> bool:
        """True if `other` is in what is left of the range."""
        return CitationRange.covers(self, other) and not covers(self.but, other)


@dataclass(frozen=True, slots=True)
class Beside(Node):
    """A reference whose citation a clause construes."""

    reference: FallsUnder | Applies
    outside: int


def _of_kind(rule: Rule, kind: tuple[str, str]) -> Rule:
    return rule if kind[0] == kind[1] else substitute(rule, {kind[0]: (kind[1],)})


@lru_cache(10_000)
def stands_of(reading: Reading) -> list[Reading]:
    """The reading itself, and that of each clause that leads to it, outermost first."""
    path, kind = reading.path, reading.kind
    clauses = [Reading(step.clause, _of_kind(step.read, kind), path[:i], kind) for i, step in enumerate(path)]
    return [reading, *clauses]


def covers(ranges: tuple[CitationRange, ...], place: Citation) -> bool:
    """Whether one of the ranges takes the place in."""
    return any(cited.covers(place) for cited in ranges)


def readings(rules: tuple[Rule, ...]) -> Iterator[Reading]:
    """Every rule by every chain of clauses that reaches it."""

    def visit(rule: Rule, meant: Rule, clauses: tuple[tuple[Rule, Rule], ...]) -> Iterator[Reading]:
        yield from _read(rule, meant, clauses)
        applied = rule.apply
        for _, clause in reversed(clauses):
            mapped = {one.source: one.targets for one in clause.construe}
            applied = tuple(new for one in applied for new in construed(one, mapped))
        if any(rule is clause for clause, _ in clauses):
            raise ValueError(f"{rule.at} applies itself")
        for target in rules if rule.effect == "apply" else ():
            part = meant_of(target, applied)
            if part is not None:
                yield from visit(target, part, (*clauses, (rule, meant)))

    for rule in rules:
        yield from visit(rule, rule, ())


def meant_of(rule: Rule, cited: tuple[CitationRange, ...]) -> Rule | None:
    """What a clause that names these places applies of the rule; None where that is nothing.

    The whole rule, of a main sentence without its provisos; else the grounds and values named, in the rule's own words.
    An exclusion grants nothing, so where it is named alone nothing applies (S2).
    """
    naming = [one for one in cited if one.covers(rule.at)]
    if any(one.first.sentence != "main" for one in naming):
        return rule
    unless = tuple(x for x in rule.unless if covers(cited, x.citation))
    if naming:
        return replace(rule, unless=(*(x for x in rule.unless if x.citation.sentence in ("", "main")), *unless))
    around = rule.at.without_sentence()
    # Else it names none of the rule's parts; what is numbered in a proviso hangs on no main sentence.
    cited = tuple(one for one in cited if around.covers(one.first) and one.first.is_of(rule.at))
    grounds = named_grounds(rule.grounds, cited)
    entries = tuple(one for one in rule.entries if covers(cited, one.citation))
    requires = tuple(one for one in rule.requires if one.citation == rule.at or covers(cited, one.citation))
    named = grounds or entries or any(covers(cited, one.citation) for one in requires)
    return replace(rule, grounds=grounds, entries=entries, requires=requires) if named else None


def named_grounds(grounds: tuple[Ground, ...], cited: tuple[CitationRange, ...]) -> tuple[Ground, ...]:
    """The grounds cited; of one that has some of its own there, as it is on these."""
    found: list[Ground] = []
    for one in grounds:
        if covers(cited, one.citation):
            found.append(one)
        elif inside := named_grounds(one.grounds, cited):
            found.append(replace(one, grounds=inside))
    return tuple(found)


def construed(one: CitationRange, mapped: Mapped, outside: int = 0) -> tuple[CitationRange, ...]:
    """What a citation is read as by a clause inside `outside`, what a range lists too; itself where it names none."""
    listed: tuple[CitationRange, ...] = ()
    if str(one) not in mapped and one.first != one.last and not isinstance(one, Construed):
        cited = (parse_citation_range(source) for source in mapped if "/" in source)
        listed = tuple(x for x in cited if x.first == x.last and one.covers(x.first) and _level(x) == _level(one))
    new = (parse_citation_range(each) for source in (one, *listed) for each in mapped.get(str(source), ()))
    read = tuple(Construed(each.first, each.last, outside) for each in new)
    if listed:
        before = one.but if isinstance(one, Listing) else ()
        return (*read, Listing(one.first, one.last, (*before, *listed)))
    return read or (one,)


def _level(cited: CitationRange) -> tuple[bool, ...]:
    one = cited.first
    return bool(one.paragraph), bool(one.subparagraph), bool(one.item), bool(one.sentence)


def applies(clause: Rule, rule: Rule) -> bool:
    """True if the clause itself applies the rule, or a part of it."""
    return meant_of(rule, clause.apply) is not None


def _read(rule: Rule, meant: Rule, clauses: tuple[tuple[Rule, Rule], ...]) -> Iterator[Reading]:
    own_words = [meant]
    if rule.effect == "apply":
        mappings = [mapped for mapped, _ in _assignments(meant, (meant,))]
        own_words = [_read_by_itself(meant, partial(substitute, outside=len(clauses)), mapped) for mapped in mappings]
    results: list[tuple[Rule, tuple[Step, ...]]] = [(one, ()) for one in own_words]
    for outside, (clause, part) in reversed(list(enumerate(clauses))):  # outer after inner (S36)
        results = [
            (read_as(read), (own, *(replace(one, read=read_as(one.read)) for one in steps)))
            for read, steps in results
            for mapped, picks in _assignments(part, (read, part, *(one.read for one in steps)))
            for read_as in [partial(substitute, mapped=mapped, outside=outside)]
            for own in [Step(clause, _read_by_itself(part, partial(substitute, outside=outside), mapped), picks)]
        ]
    return (Reading(rule, read, steps) for read, steps in results)


def _read_by_itself(clause: Rule, read_as: Callable[..., Rule], mapped: Mapped) -> Rule:
    """Of a clause the conditions are read with its own construals, not what it applies or goes before (S37)."""
    read: Rule = own_text(read_as(clause, mapped), mapped)
    return replace(read, orders=clause.orders, apply=clause.apply)


def _assignments(clause: Rule, rules: tuple[Rule, ...]) -> Iterator[tuple[Mapped, Mapping[str, str]]]:
    """One mapping for each choice among several targets, where the rule acts on the source, or it or a clause asks
    about it (S35)."""
    rule, construe = rules[0], clause.construe
    used = {rule.target, *rule.actions, *(action.partition(" ")[2] for action in rule.actions)}
    used |= {entry.value.value for entry in rule.entries if isinstance(entry.value, Choice)}
    rewrite(rules, lambda node: used.add(node.name) if isinstance(node, Fact) else None)
    used |= {name.partition(".")[0] for name in used if "." in name}
    several = [one for one in construe if len(one.targets) > 1 and one.source in used]
    plain: dict[str, Any] = {CLAUSE: clause.id, **{one.source: one.targets for one in construe}}
    plain |= {one.source: own_text(one.condition, plain) for one in construe if one.condition is not None}
    for targets in product(*(one.targets for one in several)):
        picks = {one.source: target for one, target in zip(several, targets, strict=True)}
        yield {**plain, **{source: (target,) for source, target in picks.items()}}, picks


def own_text(node: Any, mapped: Mapped) -> Any:
    """With every reference read with the construals, as in a clause's own text."""

    def change(part: Any) -> Node | None:
        if isinstance(part, FallsUnder) and part.subject is None:
            return Through(part, (mapped,))
        return part if isinstance(part, Through | Beside) else None

    return rewrite(node, change)


def rewrite(node: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with every node for which `change` gives another replaced, outermost first; what it gives stays."""
    if isinstance(node, tuple):
        return tuple(rewrite(one, change) for one in node)
    if not is_dataclass(node) or isinstance(node, (type, Citation, CitationRange, Construal)):
        return node
    changed = change(node)
    if changed is not None:
        return changed
    names = [field.name for field in fields(node) if field.name not in ("span", "type", "force", "penalty", "apply")]
    return replace(node, **{name: rewrite(getattr(node, name), change) for name in names})


def substitute(rule: Rule, mapped: Mapped, outside: int = 0) -> Rule:
    """The rule with every name and citation that is construed replaced, all at once, by a clause inside `outside`."""

    def name(text: str) -> str:
        head, dot, attribute = text.partition(".")
        if isinstance(mapped.get(text), tuple):
            return str(mapped[text][0])
        return f"{mapped[head][0]}.{attribute}" if dot and head in mapped else text

    def action(text: str) -> str:
        verb, _, term = text.partition(" ")
        return name(text) if text in mapped else f"{verb} {name(term)}"

    def beside(node: FallsUnder | Applies, written: str) -> list[Any]:
        return [Beside(_referring(node, new), outside) for new in mapped.get(written, ())]

    def choices(values: Any) -> tuple[Choice, ...]:
        return tuple(replace(one, value=new) for one in values for new in mapped.get(one.value, (one.value,)))

    def change(node: Any) -> Any:
        match node:
            case Fact(name=text):
                return mapped[text] if isinstance(mapped.get(text), Node) else replace(node, name=name(text))
            case Compare(operator="is" | "is not", right=Choice() as choice) if len(mapped.get(choice.value, ())) > 1:
                return OneOf(rewrite(node.left, change), choices((choice,)), node.operator == "is not", type=node.type)
            case OneOf(values=values) if all(isinstance(one, Choice) for one in values):
                return replace(node, left=rewrite(node.left, change), values=choices(values))
            case Choice(value=value):
                return replace(node, value=name(value))
            case FallsUnder(subject=None, ranges=ranges):
                parts = [beside(node, _text(one)) or [replace(node, ranges=(one,), negated=False)] for one in ranges]
                either = Or(tuple(one for part in parts for one in part))
                return Not(either) if node.negated else either
            case FallsUnder(subject=subject, ranges=ranges):
                new = tuple(one for text in map(_text, ranges) for one in mapped.get(text, (text,)))
                return replace(_referring(node, *new), subject=rewrite(subject, change), negated=node.negated)
            case Applies(citation=citation):
                return Or(tuple(beside(node, citation))) if citation in mapped else None
            case Beside(reference=reference):
                written = reference.citation if isinstance(reference, Applies) else _text(reference.ranges[0])
                return Or(tuple(beside(reference, written))) if written in mapped else node
            case Through():
                return replace(node, mapped=(*node.mapped, mapped))
            case Order(targets=targets):
                return replace(node, targets=tuple(new for one in targets for new in construed(one, mapped, outside)))
        return None

    read: Rule = rewrite(rule, change)
    # Who is read as several may be any of them (S35), who acts and who is owed.
    by, to = (tuple(one for role in roles for one in mapped.get(role, (role,))) for roles in (rule.by, rule.to))
    actions = tuple(map(action, rule.actions))
    applied, within = (
        tuple(new for one in cited for new in construed(one, mapped, outside)) for cited in (rule.apply, rule.within)
    )
    return replace(read, actions=actions, target=name(rule.target), by=by, to=to, apply=applied, within=within)


def _text(pair: tuple[str, str]) -> str:
    first, last = pair
    return first if first == last else f"{first} to {last}"


def _referring(node: Any, *cited: str) -> Any:
    """The reference with these citations in place of its own."""
    if isinstance(node, Applies):
        return replace(node, citation=cited[0])
    ranges = [parse_citation_range(one) for one in cited]
    return replace(node, ranges=tuple((str(one.first), str(one.last)) for one in ranges), negated=False)
