"""A rule in words a legal officer reads, with its place: what it does, when, how, by when, unless what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mutandis.condition.render import render
from mutandis.condition.tree import Expression
from mutandis.rulebook.model import Deadline, Exclusion, Ground, Rule
from mutandis_tools.names import Names

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?:\.[a-z0-9_]+)?|[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_CITATION = re.compile(
    r"[a-z][a-z-]*/(?:addenda-\d+(?:-\d+)?/)?\d+(?:-\d+)*(?:\(\d+(?:-\d+)*\))?"
    r"(?:\.?\d+(?:-\d+)*)?(?:\([a-z]{1,2}\))?(?:\(\d+(?:-\d+)*\))?(?:\([A-Z]{1,2}\))?(?:\([ivx]+\))?"
    r"(?: (?:main|former|latter|proviso)\b)?"
)
_ORDER_WORDS = {"despite": "goes before", "subject_to": "gives way to", "instead_of": "takes the place of"}


@dataclass(frozen=True, slots=True)
class Worded:
    """One rule in words: `what` is done, `who` does it to whom, its place, its summary, and the lines under it."""

    what: str
    who: str
    place: str
    summary: str
    lines: tuple[str, ...]


def word_rule(rule: Rule, names: Names) -> Worded:
    """The rule in words. Names of facts lose their dots and underscores; nothing else of a condition is changed."""
    return Worded(
        _what(rule, names), _who(rule, names), names.provision(str(rule.at)), rule.summary, tuple(_lines(rule, names))
    )


def in_words(expression: Expression, names: Names) -> str:
    """A condition as written, but facts as they state themselves, `<=` as `≤`, `act/77` as cited."""
    spoken = _NAME.sub(lambda name: _spoken_name(name[0], names), render(expression))
    spoken = _CITATION.sub(lambda cited: names.provision(cited[0]), spoken)
    return spoken.replace("<=", "≤").replace(">=", "≥")


def _spoken_name(name: str, names: Names) -> str:
    """The sentence of a yes/no fact that has one; any other name without its dots and underscores."""
    declared = names.vocabulary.facts.get(name)
    if declared is not None and declared.says and declared.type.kind == "yes_no":
        return names.statement(name)
    return re.sub(r"[._]", " ", name)


def _what(rule: Rule, names: Names) -> str:
    if rule.actions:
        return (" or " if rule.any_of else ", ").join(names.action(action) for action in rule.actions)
    if rule.target:
        return re.sub(r"[._]", " ", rule.target)
    if rule.effect == "apply":
        listed = [names.provision(str(place)) for place in rule.apply]
        return ", ".join([*listed, *(str(place) for place in rule.external)])
    if rule.penalty is not None:
        return " or ".join(option.text for option in rule.penalty.options)
    if rule.effect == "disapply":
        listed = [names.provision(str(target)) for order in rule.orders for target in order.targets]
        return f"not: {', '.join(listed)}"
    return rule.text.replace("_", " ")


def _who(rule: Rule, names: Names) -> str:
    parts = [" or ".join(names.party(party) for party in rule.by)] if rule.by else []
    parts += [f"to {' or '.join(names.party(party) for party in rule.to)}"] if rule.to else []
    return ", ".join(parts)


def _lines(rule: Rule, names: Names) -> Iterator[str]:
    if rule.opaque:
        yield f"wording not held: {rule.opaque}"
    if rule.when:
        yield f"when {_all(rule.when, names)}"
    if rule.grounds:
        yield "on any of these grounds:"
        yield from (f"  {text}" for text in _grounds(rule.grounds, names))
    for requirement in rule.requires:
        place = names.provision(str(requirement.citation))
        at = f" ({place})" if requirement.citation != rule.at else ""
        yield f"only so that {in_words(requirement.condition, names)}{at}"
    for entry in rule.entries:
        condition = f" when {in_words(entry.when, names)}" if entry.when is not None else ""
        at = f" ({names.provision(str(entry.citation))})" if entry.citation != rule.at else ""
        yield f"is {in_words(entry.value, names)}{condition}{at}"
    for construal in rule.construe:
        targets = " or ".join(re.sub(r"[._]", " ", target) for target in construal.targets)
        meant = in_words(construal.condition, names) if construal.condition is not None else targets
        yield f"reading “{re.sub(r'[._]', ' ', construal.source)}” as “{meant}”"
    if rule.penalty is not None and rule.penalty.of:
        yield f"for breach of {', '.join(names.provision(str(place)) for place in rule.penalty.of)}"
    if rule.penalty is not None and rule.effect != "penalty":
        yield f"on pain of {' or '.join(option.text for option in rule.penalty.options)}"
    if rule.deadline is not None:
        yield _deadline(rule.deadline, names)
    if rule.recurs:
        yield rule.recurs
    for exclusion in rule.unless:
        yield from _exclusion(exclusion, names)
    yield from _orders(rule, names)
    yield from _force(rule)
    if rule.note:
        yield f"note: {rule.note}"


def _all(conditions: Iterable[Expression], names: Names) -> str:
    return "; and ".join(in_words(condition, names) for condition in conditions)


def _grounds(grounds: Iterable[Ground], names: Names) -> Iterator[str]:
    for ground in grounds:
        text = in_words(ground.when, names) if ground.when is not None else "any of what follows"
        if ground.unless is not None:
            text += f", unless {in_words(ground.unless, names)}"
        yield f"{text} ({names.provision(str(ground.citation))})"
        yield from (f"  {inner}" for inner in _grounds(ground.grounds, names))


def _exclusion(exclusion: Exclusion, names: Names) -> Iterator[str]:
    text = in_words(exclusion.when, names) if exclusion.when is not None else "any of these holds:"
    yield f"unless {text} ({names.provision(str(exclusion.citation))})"
    yield from (f"  {inner}" for inner in _grounds(exclusion.grounds, names))


def _deadline(deadline: Deadline, names: Names) -> str:
    if deadline.expression is None:
        return deadline.words.replace("_", " ")
    return f"{deadline.relation} {in_words(deadline.expression, names)}"


def _orders(rule: Rule, names: Names) -> Iterator[str]:
    if rule.effect == "disapply":
        return
    for order in rule.orders:
        targets = ", ".join(names.provision(str(target)) for target in order.targets)
        inferred = f" (inferred: {order.inferred})" if order.inferred else ""
        yield f"{_ORDER_WORDS[order.relation]} {targets}{inferred}"


def _force(rule: Rule) -> Iterator[str]:
    if rule.force.since is not None:
        yield f"in force since {rule.force.since.isoformat()}"
    if rule.force.until is not None:
        yield f"in force before {rule.force.until.isoformat()}"
