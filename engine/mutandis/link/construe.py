"""Construing: one clause's substitutions over names, expressions and whole rules (S34, S35).

Substitution is simultaneous and by whole tokens: a term wherever it stands (an action's object, a fact's term, a
role, an enumerated value of the same name), a fact, an action, a value, a citation. What a token becomes is never
substituted again by the same clause. A token that the action or a defined value names is one thing in each instance,
so `narrow` splits a construal to several into one reading each; elsewhere any of the several suffices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from mutandis.citation import Citation, CitationError, CitationRange, parse_citation_range
from mutandis.condition.tree import (
    And,
    Choice,
    Compare,
    Expression,
    Fact,
    If,
    Not,
    OneOf,
    Or,
    Present,
    Quantified,
    walk,
)
from mutandis.dataclass import dataclass, replace
from mutandis.link.rewriting import conjunction, disjunction, provisions_in, rewrite, updated
from mutandis.link.rule_parts import expressions_of, map_expressions
from mutandis.rulebook.model import Construal, Rule
from mutandis.vocabulary import Vocabulary

Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Construing:
    """The substitutions of one clause, by kind of token; sorted, so that equal clauses are equal.

    `names` holds terms, roles, facts, actions and enumerated values. `wide` is `names` before narrowing: a counterparty
    may be any of the several (S35).
    """

    names: Names = ()
    conditions: tuple[tuple[str, Expression], ...] = ()
    citations: tuple[tuple[CitationRange, tuple[CitationRange, ...]], ...] = ()
    wide: Names = ()

    def targets(self, token: str) -> tuple[str, ...]:
        """What `token` is construed as; itself where the clause says nothing."""
        return next((targets for source, targets in self.names if source == token), (token,))

    def condition(self, fact: str) -> Expression | None:
        """The condition that stands for the yes/no fact `fact`, if the clause gives one."""
        return next((condition for source, condition in self.conditions if source == fact), None)

    def provisions(self, cited: CitationRange) -> tuple[CitationRange, ...] | None:
        """What the citation `cited` is construed as; None where the clause says nothing."""
        return next((targets for source, targets in self.citations if source == cited), None)

    @property
    def is_empty(self) -> bool:
        """True if nothing is substituted."""
        return not (self.names or self.conditions or self.citations)


def as_citation(token: str, within: Citation) -> CitationRange | None:
    """The provision or range that `token` cites, read inside the article of `within`; None if it is a name."""
    if token == "main":
        return None
    try:
        return parse_citation_range(token, law=within.law, article=within.article)
    except CitationError:
        return None


def read_construals(construals: Sequence[Construal], within: Citation) -> Construing:
    """The substitutions that a clause at `within` lists."""
    names: dict[str, tuple[str, ...]] = {}
    conditions: dict[str, Expression] = {}
    citations: dict[CitationRange, tuple[CitationRange, ...]] = {}
    for construal in construals:
        source = as_citation(construal.source, within)
        if construal.condition is not None:
            conditions[construal.source] = construal.condition
        elif source is not None:
            ranges = (as_citation(target, within) for target in construal.targets)
            citations[source] = tuple(r for r in ranges if r is not None)
        else:
            names[construal.source] = construal.targets
    sorted_names = tuple(sorted(names.items()))
    return Construing(
        names=sorted_names,
        conditions=tuple(sorted(conditions.items(), key=lambda item: item[0])),
        citations=tuple(sorted(citations.items(), key=lambda item: str(item[0]))),
        wide=sorted_names,
    )


# --- names ------------------------------------------------------------------------------------------------------------


def construe_fact(name: str, construing: Construing) -> tuple[str, ...]:
    """The fact `name` construed: by its own name, else through its term, the attribute carried over."""
    whole = construing.targets(name)
    if whole != (name,):
        return whole
    term, dot, attribute = name.partition(".")
    if not dot or name.startswith("§"):
        return (name,)
    return tuple(f"{target}.{attribute}" for target in construing.targets(term))


def construe_action(action: str, construing: Construing) -> tuple[str, ...]:
    """The action construed: as a whole if the clause names it, else through its object."""
    whole = construing.targets(action)
    if whole != (action,):
        return whole
    verb, _, term = action.partition(" ")
    return tuple(f"{verb} {target}" for target in construing.targets(term)) if term else (action,)


def construe_roles(roles: Iterable[str], construing: Construing) -> tuple[str, ...]:
    """The roles construed; one that is construed as several becomes all of them, any of whom suffices."""
    wide = dict(construing.wide)
    found: list[str] = []
    for role in roles:
        found.extend(target for target in wide.get(role, (role,)) if target not in found)
    return tuple(found)


def tokens_of_name(name: str) -> Iterator[str]:
    """The tokens in a fact's or an action's name: the whole, and its term."""
    yield name
    if "." in name and not name.startswith("§"):
        yield name.partition(".")[0]
    elif " " in name:
        yield name.partition(" ")[2]


def tokens_in(node: Expression) -> Iterator[str]:
    """Every token of an expression that a clause could construe, citations as they print."""
    for part in walk(node):
        if isinstance(part, Fact):
            yield from tokens_of_name(part.name)
        elif isinstance(part, Choice):
            yield part.value
    for first, last in provisions_in(node):
        yield first if first == last else f"{first} to {last}"


def tokens_of_rule(rule: Rule, vocabulary: Vocabulary) -> frozenset[str]:
    """Every token of a rule that a clause could construe: in actions, parties, facts and who finds them, conditions."""
    found: set[str] = {*rule.by, *rule.to}
    for name in (*rule.actions, *((rule.target,) if rule.target else ())):
        found.update(tokens_of_name(name))
    for expression in expressions_of(rule):
        found.update(tokens_in(expression))
    for construal in rule.construe:
        for target in construal.targets:
            found.update(tokens_of_name(target))
    for order in rule.orders:
        found.update(str(target) for target in order.targets)
    found.update(str(target) for target in rule.apply)
    found.update(str(target) for target in rule.external)
    for name in tuple(found):
        declared = vocabulary.facts.get(name)
        if declared is not None and declared.found_by:
            found.add(declared.found_by)
    return frozenset(found)


# --- narrowing --------------------------------------------------------------------------------------------------------


def narrow(construing: Construing, tokens: Iterable[str]) -> tuple[Construing, ...]:
    """One construing for each choice among the several that a token of `tokens` is construed as (S35)."""
    several = [token for token in sorted(set(tokens)) if len(construing.targets(token)) > 1]
    if not several:
        return (construing,)
    narrowed: list[Construing] = []
    for choice in product(*(construing.targets(token) for token in several)):
        chosen = dict(zip(several, choice, strict=True))
        names = tuple((s, (chosen[s],) if s in chosen else targets) for s, targets in construing.names)
        narrowed.append(replace(construing, names=names))
    return tuple(narrowed)


# --- expressions ------------------------------------------------------------------------------------------------------


def construe_value(node: Expression, construing: Construing, vocabulary: Vocabulary) -> Expression:
    """An expression that gives a value, construed. Tokens in it were narrowed before; of several the first is taken."""

    def change(part: Expression) -> Expression | None:
        match part:
            case Fact(name=name):
                condition = construing.condition(name)
                if condition is not None:
                    return condition
                return _fact(part, construe_fact(name, construing)[0], vocabulary)
            case Choice(value=value):
                return updated(part, value=construing.targets(value)[0])
            case Compare(operator="is" | "is not" as operator, left=left, right=Choice(value=value) as right):
                targets = construing.targets(value)
                if len(targets) == 1:
                    return None
                return OneOf(
                    construe_value(left, construing, vocabulary),
                    tuple(replace(right, value=target) for target in targets),
                    operator == "is not",
                    span=part.span,
                    type=part.type,
                )
            case OneOf(left=left, values=values):
                return replace(
                    part,
                    left=construe_value(left, construing, vocabulary),
                    values=_values(values, construing, vocabulary),
                )
            case _:
                return None

    return rewrite(node, change)


def construe_condition(node: Expression, construing: Construing, vocabulary: Vocabulary) -> Expression:
    """A condition construed. An atom that names a token construed as several holds if it holds of any of them (S35)."""
    match node:
        case And(operands=operands) | Or(operands=operands):
            return updated(node, operands=tuple(construe_condition(o, construing, vocabulary) for o in operands))
        case Not(operand=operand):
            return updated(node, operand=construe_condition(operand, construing, vocabulary))
        case If(condition=condition, consequent=consequent, alternative=alternative):
            return updated(
                node,
                condition=construe_condition(condition, construing, vocabulary),
                consequent=construe_condition(consequent, construing, vocabulary),
                alternative=construe_condition(alternative, construing, vocabulary),
            )
        case Quantified(source=source, body=body) if not _ambiguous(source, construing):
            return updated(
                node,
                source=construe_value(source, construing, vocabulary),
                body=construe_condition(body, construing, vocabulary),
            )
        case _:
            choices = narrow(construing, _ambiguous(node, construing))
            atoms = [construe_value(node, choice, vocabulary) for choice in choices]
            return conjunction(atoms) if _denies(node) and len(atoms) > 1 else disjunction(atoms)


def _fact(node: Fact, name: str, vocabulary: Vocabulary) -> Fact:
    if name == node.name:
        return node
    declared = vocabulary.facts.get(name)
    return replace(node, name=name, type=declared.type if declared else node.type)


def _values(values: Sequence[Expression], construing: Construing, vocabulary: Vocabulary) -> tuple[Expression, ...]:
    found: list[Expression] = []
    for value in values:
        several: Sequence[Expression]
        if isinstance(value, Choice):
            several = [replace(value, value=target) for target in construing.targets(value.value)]
        else:
            several = [construe_value(value, construing, vocabulary)]
        found.extend(one for one in several if one not in found)
    return tuple(found)


def _ambiguous(node: Expression, construing: Construing) -> set[str]:
    """The tokens of the facts of `node` that are construed as several; enumerated values widen the atom instead."""
    return {
        token
        for part in walk(node)
        if isinstance(part, Fact)
        for token in tokens_of_name(part.name)
        if len(construing.targets(token)) > 1
    }


def _denies(node: Expression) -> bool:
    match node:
        case Compare(operator="is not"):
            return True
        case OneOf(negated=negated) | Present(negated=negated):
            return negated
        case Quantified(quantifier=quantifier):
            return quantifier == "no"
        case _:
            return False


# --- rules ------------------------------------------------------------------------------------------------------------


def construe_rule(rule: Rule, construing: Construing, vocabulary: Vocabulary) -> Rule:
    """`rule` read through a clause. Its action, target and values must have been narrowed; citations are left alone."""
    if construing.is_empty:
        return rule
    read = map_expressions(
        rule,
        lambda node: construe_condition(node, construing, vocabulary),
        lambda node: construe_value(node, construing, vocabulary),
    )
    return updated(
        read,
        actions=tuple(construe_action(action, construing)[0] for action in rule.actions),
        by=construe_roles(rule.by, construing),
        to=construe_roles(rule.to, construing),
        target=construe_fact(rule.target, construing)[0] if rule.target else "",
    )
