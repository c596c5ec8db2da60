"""What rules say, part by part: each ground, exclusion, requirement and value at its own place.

A part has the numbers and the provisions that stand in it, and the actions and facts it speaks of. What belongs to the
whole rule (its actions, orders, bearer) belongs to each of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from mutandis.citation import Citation, CitationError, CitationRange, parse_citation_range, plain_place
from mutandis.condition import tree
from mutandis.condition.tree import Expression, children
from mutandis.dataclass import dataclass
from mutandis.rulebook.law import Interval
from mutandis.rulebook.model import Article, Ground, Rule
from mutandis.vocabulary import Vocabulary
from mutandis_text.quantities.find import find_numbers

Number = tuple[str, Fraction]
"""A kind (`days`, `months`, `hours`, `won`, `date`, or empty for a plain number) and the amount in its base unit."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule. `place` is without `main` and `former`; `orders` are the provisions it stands despite, or
    applies, or takes the place of; `provisions` all that it names; `names` its actions, facts and terms but roles."""

    place: Citation
    effect: str
    numbers: frozenset[Number]
    orders: tuple[CitationRange, ...]
    provisions: tuple[CitationRange, ...]
    external: tuple[Citation, ...]
    names: frozenset[str]


class Parts:
    """The parts of a rulebook's rules, by place."""

    def __init__(self, articles: Iterable[Article], vocabulary: Vocabulary) -> None:
        self._parts: dict[tuple[str, str], list[Part]] = {}
        for article in articles:
            mine = self._parts.setdefault((article.law, article.number), [])
            for rule in article.rules:
                mine.extend(_parts_of(rule, vocabulary))

    def at(self, place: Citation) -> tuple[Part, ...]:
        """What is said at `place`: there, inside it, or of what it stands in.

        A paragraph's proviso is no part of its main sentence.
        """
        plain = plain_place(place)
        mine = self._parts.get((place.law, place.article), ())
        return tuple(
            part
            for part in mine
            if part.place.sentence == plain.sentence and (part.place.covers(plain) or plain.covers(part.place))
        )

    def within(self, place: Citation) -> tuple[Part, ...]:
        """What is said at `place`, its provisos and latter parts included."""
        plain = plain_place(place)
        mine = self._parts.get((place.law, place.article), ())
        return tuple(part for part in mine if part.place.covers(plain) or plain.covers(part.place))


def _parts_of(rule: Rule, vocabulary: Vocabulary) -> Iterator[Part]:
    orders = [target for order in rule.orders for target in order.targets]
    orders += [*rule.apply, *rule.within, *(rule.penalty.of if rule.penalty is not None else ())]
    construed = [name for one in rule.construe for name in (one.source, *one.targets)]
    orders += [named for name in construed if (named := _cited(name, rule.at)) is not None]
    told = {*rule.actions, *(name for name in construed if name in vocabulary.actions or name in vocabulary.facts)}
    told |= {rule.target} if rule.target else set()
    for action in rule.actions:
        declared = vocabulary.actions.get(action)
        told |= {name for name in (declared.done, declared.in_force) if name} if declared is not None else set()
    for place, force, expressions, words in _expressions(rule):
        nodes = [node for expression in expressions for node in _walk(expression)]
        numbers = {number for node in nodes for number in _numbers(node)}
        numbers |= {("", value) for text in words for value in find_numbers(text.replace("_", " "))}
        numbers |= {("date", Fraction(day.toordinal())) for day in (force.since, force.until) if day is not None}
        # A last day in force (`until December 31`) is the day before the first one that is not.
        numbers |= {("date", Fraction(force.until.toordinal() - 1))} if force.until is not None else set()
        facts = {node.name for node in nodes if isinstance(node, tree.Fact)}
        names = told | {name for name in facts if not _is_asked_throughout(name, vocabulary)}
        cited = [*orders, *(found for node in nodes for found in _provisions(node, rule.at))]
        yield Part(
            plain_place(place),
            rule.effect,
            frozenset(numbers),
            tuple(orders),
            tuple(cited),
            rule.external,
            frozenset(names | _terms(names, vocabulary)),
        )


_Said = tuple[Citation, Interval, list[Expression], tuple[str, ...]]


def _expressions(rule: Rule) -> Iterator[_Said]:
    """The places of a rule, each with its force, the expressions that stand there, and the law's own words."""
    own = [*rule.when]
    deadline = rule.deadline
    own += [one for one in (deadline.expression if deadline is not None else None, rule.governed_by) if one is not None]
    if rule.penalty is not None:
        own += [option.ceiling for option in rule.penalty.options if option.ceiling is not None]
    own += [one.condition for one in rule.construe if one.condition is not None]
    yield rule.at, rule.force, own, (rule.recurs, deadline.words if deadline is not None else "")
    yield from _ground_expressions(rule.grounds)
    for exclusion in rule.unless:
        yield exclusion.citation, exclusion.force, [exclusion.when] if exclusion.when is not None else [], ()
        yield from _ground_expressions(exclusion.grounds)
    for requirement in rule.requires:
        yield requirement.citation, rule.force, [requirement.condition], ()
    for entry in rule.entries:
        yield entry.citation, entry.force, [one for one in (entry.when, entry.value) if one is not None], ()


def _ground_expressions(grounds: Iterable[Ground]) -> Iterator[_Said]:
    for ground in grounds:
        yield ground.citation, ground.force, [one for one in (ground.when, ground.unless) if one is not None], ()
        yield from _ground_expressions(ground.grounds)


def _walk(expression: Expression) -> Iterator[Expression]:
    stack = [expression]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children(node))


def _numbers(node: Expression) -> Iterator[Number]:
    match node:
        case tree.Amount(value=value) | tree.Rate(value=value):
            yield "", Fraction(value)
        case tree.Money(amount=value):
            yield "won", Fraction(value)
        case tree.Length():
            yield node.duration.family, Fraction(node.duration.amount)
        case tree.WorkingDays(number=number):
            yield "days", Fraction(number)
        case tree.Day(value=day):
            yield "date", Fraction(day.toordinal())
        case tree.FractionOf(share=share):
            yield "", share
        case tree.Quantified(number=number):
            yield "", Fraction(1 if number is None else number)


def _provisions(node: Expression, at: Citation) -> Iterator[CitationRange]:
    texts: list[str] = []
    match node:
        case tree.FallsUnder(ranges=ranges):
            texts = [first if first == last else f"{first} to {last}" for first, last in ranges]
        case tree.Applies(citation=citation):
            texts = [citation]
        case tree.Choice(value=value) if "/" in value:
            texts = [value]
    for text in texts:
        found = _cited(text, at)
        if found is not None:
            yield found


def _cited(text: str, at: Citation) -> CitationRange | None:
    """The provisions that a text names; None for a name that is no citation."""
    try:
        return parse_citation_range(text, law=at.law, article=at.article)
    except CitationError:
        return None


def _is_asked_throughout(name: str, vocabulary: Vocabulary) -> bool:
    """True if a fact tells of a role what is presumed of it. Whether an inmate is still held is asked of nearly every
    act, and joins no rule to another."""
    return vocabulary.is_of_role(name) and vocabulary.facts[name].has_presumption


def _terms(names: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    """The things that actions and facts are about. Roles are in nearly every rule, and join none to another."""
    about = {name.rpartition(" ")[2].partition(".")[0] for name in names}
    return {name for name in about if (term := vocabulary.terms.get(name)) is not None and not term.role}
