"""One reading for each choice among the several things that a clause construes a token as (S35).

Whatever the rule acts on, gives or asks about is one thing in each reading, and so is what the clauses that lead to it
ask about: two conditions never hold of different ones. An enumerated value in a condition becomes a list instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from mutandis.condition.tree import Expression, Fact, walk
from mutandis.dataclass import replace
from mutandis.link.construe import construe_rule, narrow, tokens_in, tokens_of_name
from mutandis.link.reading import Levels
from mutandis.link.rule_parts import conditions_of, expressions_of, values_of
from mutandis.rulebook.model import Rule
from mutandis.vocabulary import Vocabulary


def narrowings(rule: Rule, levels: Levels, vocabulary: Vocabulary, clauses: Sequence[Rule] = ()) -> list[Levels]:
    """`levels` with each token that the rule, or one of the `clauses` that make the levels, names made one thing."""
    if all(len(targets) == 1 for level in levels for _, targets in level.construing.names):
        return [levels]
    states: list[tuple[Levels, Rule]] = [((), rule)]
    for depth, level in enumerate(levels):
        asking = tuple(expressions_of(replace(clauses[depth], construe=()))) if clauses else ()
        following: list[tuple[Levels, Rule]] = []
        for narrowed, read in states:
            read = replace(read, when=(*read.when, *asking))
            for construing in narrow(level.construing, _tokens(read)):
                through = (*narrowed, replace(level, construing=construing))
                following.append((through, construe_rule(read, construing, vocabulary)))
        states = following
    return [narrowed for narrowed, _ in states]


def _tokens(rule: Rule) -> set[str]:
    found = {t for name in (*rule.actions, rule.target) for t in tokens_of_name(name)}
    found |= {t for value in values_of(rule) for t in tokens_in(value)}
    return found | {t for condition in conditions_of(rule) for t in _of_facts(condition)}


def _of_facts(condition: Expression) -> set[str]:
    return {t for node in walk(condition) if isinstance(node, Fact) for t in tokens_of_name(node.name)}
