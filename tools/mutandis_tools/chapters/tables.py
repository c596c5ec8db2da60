"""The tables of a chapter: deadlines, quantities and bodies with members, each line with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mutandis.condition import tree as t
from mutandis.dataclass import replace
from mutandis.rulebook.model import Ground, Rule
from mutandis_tools.chapters.wording import Worded, in_words, word_rule
from mutandis_tools.names import Names
from mutandis_tools.report.decision_markdown import escape_markdown
from mutandis_tools.report.rule_words import word_deadline

_IN_A_CITATION = re.compile(r"(?:\bArticle|\b(?:sub)?paragraph|\)) \{value\}")
"""In the sentence of a fact: its number names a place."""
_ALIKE = (t.Compare, t.WithinAfter, t.PeriodWithin, t.Quantified)


def chapter_tables(rules: Sequence[Rule], names: Names) -> Iterator[str]:
    """The lines of the tables that the rules fill, each after its heading; none of a table that would be empty.

    Wordings that are not held have no line: nothing is known of their days and figures.
    """
    held = [rule for rule in rules if not rule.opaque]
    yield from _table(
        "Deadlines",
        ("what", "who", "when", "where it stands"),
        [row for rule in held for row in _deadlines(rule, names)],
    )
    yield from _table(
        "Quantities",
        ("of what", "how much", "where it stands"),
        [row for rule in held for row in _amounts(rule, names)],
    )
    yield from _table(
        "Bodies and their members",
        ("what", "how", "where it stands"),
        [row for rule in held for row in _members(rule, names)],
    )


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    once = list(dict.fromkeys(rows))
    if not once:
        return
    yield from ("", f"## {title}", "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}")
    yield from (f"| {' | '.join(_cell(text) for text in row)} |" for row in once)


def _cell(text: str) -> str:
    return escape_markdown(text).replace("|", "\\|").replace("\n", " ")


def _deadlines(rule: Rule, names: Names) -> Iterator[tuple[str, ...]]:
    said = [word_deadline(rule.deadline, names)] if rule.deadline is not None else []
    said += [rule.recurs] if rule.recurs else []
    if said:
        worded = word_rule(rule, names)
        yield worded.what, worded.who, "; ".join(said), _place(worded, rule)


def _amounts(rule: Rule, names: Names) -> Iterator[tuple[str, ...]]:
    """What a rule asks of numbers, sums and lengths that are written out, where it is not about members of a body."""
    worded = word_rule(rule, names)
    for lead, place, condition in _conditions(rule, names):
        for one in _smallest(condition):
            if not _is_of_members(one) and _is_figure(one) and not _names_a_place(one, names):
                yield worded.what, f"{lead}{in_words(one, names)}", place or _place(worded, rule)
    for entry in rule.entries:
        if isinstance(entry.value, t.Amount | t.Money | t.Length):
            case = f", when {in_words(entry.when, names)}" if entry.when is not None else ""
            yield worded.what, f"{names.phrases.noun(entry.value)}{case}", names.provision(str(entry.citation))


def _members(rule: Rule, names: Names) -> Iterator[tuple[str, ...]]:
    worded = word_rule(rule, names)
    for lead, place, condition in _conditions(rule, names):
        for one in _smallest(condition):
            if _is_of_members(one):
                yield worded.what, f"{lead}{in_words(one, names)}", place or _place(worded, rule)


def _conditions(rule: Rule, names: Names) -> Iterator[tuple[str, str, t.Expression]]:
    """Each condition with its place and the word before it: a condition of the rule is nothing that it asks for."""
    for condition in rule.when:
        yield "when ", "", condition
    yield from _grounds("when ", rule.grounds, names)
    for requirement in rule.requires:
        yield "", names.provision(str(requirement.citation)), requirement.condition
    for exclusion in rule.unless:
        if exclusion.when is not None:
            yield "unless ", names.provision(str(exclusion.citation)), exclusion.when
        yield from _grounds("unless ", exclusion.grounds, names)


def _grounds(lead: str, grounds: Iterable[Ground], names: Names) -> Iterator[tuple[str, str, t.Expression]]:
    for ground in grounds:
        if ground.when is not None:
            yield lead, names.provision(str(ground.citation)), ground.when
        yield from _grounds(lead, ground.grounds, names)


def _smallest(node: t.Expression) -> Iterator[t.Expression]:
    """The parts of a condition that compare something, whole; what stands in `not` or in a choice stays with it."""
    match node:
        case t.And(operands=parts) | t.Or(operands=parts):
            for part in parts:
                yield from _smallest(part)
        case t.Quantified(body=t.And(operands=parts)) if not _is_of_members(node):
            yield from (replace(node, body=part) for part in parts if isinstance(part, _ALIKE))
        case _ if isinstance(node, (*_ALIKE, t.Not)):
            yield node


def _is_figure(node: t.Expression) -> bool:
    """True of a part that compares a figure; what each of several is asked is one where it is no choice."""
    return (
        _has_figure(node)
        and not _only_counts_some(node)
        and not (isinstance(node, t.Quantified) and not isinstance(node.body, _ALIKE))
    )


def _only_counts_some(node: t.Expression) -> bool:
    """True of what says no more than that there are some, or is some: it limits nothing."""
    match node:
        case t.Compare(operator=">=", left=t.NumberOf(), right=t.Amount(value=1)):
            return True
        case t.Compare(operator=">", right=t.Amount(value=0) | t.Length(amount=0) | t.Money(amount=0)):
            return True
        case _:
            return False


def _has_figure(node: t.Expression) -> bool:
    return any(isinstance(part, t.Amount | t.Money | t.Length | t.Rate) for part in t.walk(node))


def _names_a_place(node: t.Expression, names: Names) -> bool:
    """True of a condition on a number that tells which article, paragraph or subparagraph: it counts nothing."""
    facts = names.vocabulary.facts
    told = (facts[part.name].says for part in t.walk(node) if isinstance(part, t.Fact) and part.name in facts)
    return any(says is not None and _IN_A_CITATION.search(says) is not None for says in told)


def _is_of_members(node: t.Expression) -> bool:
    """True of what is asked of the members of a body, one by one or of their number."""
    source = node.source if isinstance(node, t.Quantified) else None
    return isinstance(source, t.Fact) and source.name.endswith("members")


def _place(worded: Worded, rule: Rule) -> str:
    since = f", since {rule.force.since.isoformat()}" if rule.force.since is not None else ""
    until = f", before {rule.force.until.isoformat()}" if rule.force.until is not None else ""
    return f"{worded.place}{since}{until}"
