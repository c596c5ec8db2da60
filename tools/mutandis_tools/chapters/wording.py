"""A rule in words a legal officer reads, with its place: what it does, when, how, by when, unless what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from mutandis.condition.tree import And, Expression
from mutandis.dataclass import dataclass
from mutandis.rulebook.model import NOT_YET, Exclusion, Ground, Rule
from mutandis_tools.names import Names
from mutandis_tools.report.rule_words import TAKEN_NOT_YET, word_construed, word_deadline, word_penalty, word_value

GOES_ON: Final = "goes on as long as its grounds hold"
"""What is told of a duty that nothing brings to an end."""
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
    """The rule in words: labels for names, sentences for conditions, the law's form for citations."""
    return Worded(
        _what(rule, names), _who(rule, names), names.provision(str(rule.at)), rule.summary, tuple(_lines(rule, names))
    )


def in_words(expression: Expression, names: Names) -> str:
    """A condition as a sentence."""
    return names.phrases.condition(expression)


def _what(rule: Rule, names: Names) -> str:
    if rule.actions:
        return (" or " if rule.any_of else ", ").join(names.action(action) for action in rule.actions)
    if rule.target:
        return names.fact(rule.target)
    if rule.effect == "apply":
        listed = [names.provision(str(place)) for place in rule.apply]
        listed += [names.provision(str(place)) for place in rule.external]
        return ("; " if any(", " in one for one in listed) else ", ").join(listed)
    if rule.penalty is not None:
        return word_penalty(rule.penalty)
    if rule.effect == "disapply":
        return ", ".join(names.provision(str(target)) for order in rule.orders for target in order.targets)
    return names.party(rule.text)


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
        yield f"on {'any of these grounds' if len(rule.grounds) > 1 else 'this ground'}:"
        yield from (f"  {text}" for text in _grounds(rule.grounds, names))
    so = "so that" if rule.effect == "must" else "only so that"
    for citation, together in groupby(rule.requires, key=lambda one: one.citation):
        place = names.provision(str(citation))
        at = f" ({place})" if citation != rule.at else ""
        for condition in names.phrases.gathered(one.condition for one in together):
            yield f"{so} {in_words(condition, names)}{at}"
    for entry in rule.entries:
        only_when = f"when {in_words(entry.when, names)}" if entry.when is not None else ""
        at = f"({names.provision(str(entry.citation))})" if entry.citation != rule.at else ""
        if said := " ".join(
            part for part in (word_value(entry.value, names, denied="then it is not so"), only_when, at) if part
        ):
            yield said
    for construal in rule.construe:
        targets = " or ".join(word_construed(target, names) for target in construal.targets)
        meant = in_words(construal.condition, names) if construal.condition is not None else targets
        yield f"reading “{word_construed(construal.source, names)}” as “{meant}”"
    if rule.penalty is not None and rule.penalty.of:
        yield f"for breach of {', '.join(names.provision(str(place)) for place in rule.penalty.of)}"
    if rule.penalty is not None and rule.effect != "penalty":
        yield f"on pain of {word_penalty(rule.penalty)}"
    if rule.deadline is not None:
        yield word_deadline(rule.deadline, names)
    if rule.recurs:
        yield rule.recurs
    if goes_on(rule, names):
        yield GOES_ON
    elif rule.effect == "must" and (lasting := [action for action in rule.actions if names.is_continuing(action)]):
        yield f"{GOES_ON}: {', '.join(map(names.action, lasting))}"
    for exclusion in rule.unless:
        yield from _exclusion(exclusion, rule, names)
    yield from _orders(rule, names)
    if rule.presumes == NOT_YET:
        yield TAKEN_NOT_YET
    yield from word_force(rule)
    if rule.note:
        yield f"note: {rule.note}"


def goes_on(rule: Rule, names: Names) -> bool:
    """True of a duty of which nothing is ever done: each of its actions goes on as long as its grounds hold."""
    return rule.effect == "must" and bool(rule.actions) and all(map(names.is_continuing, rule.actions))


def _all(conditions: Iterable[Expression], names: Names) -> str:
    joined = tuple(conditions)
    return names.phrases.condition(joined[0] if len(joined) == 1 else And(joined))


def _grounds(grounds: Iterable[Ground], names: Names) -> Iterator[str]:
    for ground in grounds:
        text = in_words(ground.when, names) if ground.when is not None else "any of what follows"
        if ground.unless is not None:
            text += f", unless {in_words(ground.unless, names)}"
        yield f"{text} ({names.provision(str(ground.citation))})"
        yield from (f"  {inner}" for inner in _grounds(ground.grounds, names))


def _exclusion(exclusion: Exclusion, rule: Rule, names: Names) -> Iterator[str]:
    text = in_words(exclusion.when, names) if exclusion.when is not None else "any of these holds"
    at = f" ({names.provision(str(exclusion.citation))})" if exclusion.citation != rule.at else ""
    yield f"unless {text}{at}{'' if exclusion.when is not None else ':'}"
    yield from (f"  {inner}" for inner in _grounds(exclusion.grounds, names))


def _orders(rule: Rule, names: Names) -> Iterator[str]:
    if rule.effect == "disapply":
        return
    last = {order.inferred: order for order in rule.orders}  # a reason that several have is told once, after them
    for order in rule.orders:
        targets = ", ".join(names.provision(str(target)) for target in order.targets)
        told = order.inferred and last[order.inferred] is order
        inferred = f" (inferred: {order.inferred})" if told else ""
        yield f"{_ORDER_WORDS[order.relation]} {targets}{inferred}"


def word_force(rule: Rule) -> Iterator[str]:
    """When the rule is in force, where that is not as long as its law."""
    match rule.force.since, rule.force.until:
        case dt.date() as since, dt.date() as until:
            yield f"in force from {since.isoformat()} to {(until - dt.timedelta(1)).isoformat()}"
        case dt.date() as since, None:
            yield f"in force since {since.isoformat()}"
        case None, dt.date() as until:
            yield f"in force before {until.isoformat()}"
