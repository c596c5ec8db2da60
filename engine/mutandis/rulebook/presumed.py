"""What rules presume of their event where no case dates it (S49): transitional clauses that it is under the law
applied, fictions that it has not been.

A clause that says so, and whose `when` holds a date against a day written out, reads that date as the day of the law
that is asked for; that there is one is presumed with it. A clause that only states by which event a wording is chosen
presumes it for every rule that the event governs. A fiction about a fact that is presumed may end the presumption with
an event: where no case dates that, it reads it as none. Nothing else reads the date so.
"""

from __future__ import annotations

from collections.abc import Iterable

from mutandis.condition import tree as t
from mutandis.condition.tree import And, Compare, Day, Expression, Fact, Instant, Present
from mutandis.dataclass import replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.rulebook.model import NOT_YET, UNDER_THIS_LAW, Article, Rule
from mutandis.rulebook.shapes import Faults
from mutandis.vocabulary import Vocabulary

_ORDER = ("<", "<=", ">", ">=")


def mark_presumed(articles: tuple[Article, ...], vocabulary: Vocabulary, faults: Faults) -> tuple[Article, ...]:
    """`articles` with every date that a clause presumes marked with the clause, where it is read so."""
    rules = [rule for article in articles for rule in article.rules]
    if not any(rule.presumes for rule in rules):
        return articles
    events = _events(rules)
    marked = {id(rule): _marked(rule, events) for rule in rules}
    _report(rules, marked, vocabulary, faults)
    return tuple(replace(a, rules=tuple(marked[id(rule)] for rule in a.rules)) for a in articles)


def dated_parts(condition: Expression) -> Iterable[Compare]:
    """The comparisons of a fact with a day written out that a condition is, or is joined of by `and`."""
    match condition:
        case And(operands=operands):
            for operand in operands:
                yield from dated_parts(operand)
        case Compare(operator=operator, left=Fact(), right=Day() | Instant()) if operator in _ORDER:
            yield condition


def _events(rules: Iterable[Rule]) -> dict[str, str]:
    """The events by which clauses state that a wording is chosen, each with the clause."""
    found: dict[str, str] = {}
    for rule in rules:
        if rule.presumes == UNDER_THIS_LAW and rule.effect == "states" and isinstance(rule.governed_by, Fact):
            found.setdefault(rule.governed_by.name, str(rule.at))
    return found


def _marked(rule: Rule, events: dict[str, str]) -> Rule:
    clause = str(rule.at)
    if rule.presumes == NOT_YET:
        return replace(rule, when=tuple(_not_yet(condition, clause) for condition in rule.when))
    when, governed_by = rule.when, rule.governed_by
    if rule.presumes and rule.effect != "states":
        dated = (part.left for condition in when for part in dated_parts(condition))
        names = {event.name for event in dated if isinstance(event, Fact)}
        when = tuple(_in_condition(condition, names, clause) for condition in when)
    if isinstance(governed_by, Fact) and rule.effect != "states":
        clause = clause if rule.presumes else events.get(governed_by.name, "")
        if clause:
            governed_by = replace(governed_by, presumed=clause)
    if governed_by is rule.governed_by and when == rule.when:
        return rule
    return replace(rule, when=when, governed_by=governed_by)


def _in_condition(condition: Expression, names: set[str], clause: str) -> Expression:
    match condition:
        case And(operands=operands):
            return replace(condition, operands=tuple(_in_condition(operand, names, clause) for operand in operands))
        case Compare(left=Fact() as event) if condition in dated_parts(condition):
            return replace(condition, left=replace(event, presumed=clause))
        case Present(operand=Fact() as event) if event.name in names:
            return replace(condition, operand=replace(event, presumed=clause))
    return condition


def _not_yet(condition: Expression, clause: str) -> Expression:
    """The condition with every date that may be none marked as an event that has not been."""
    if isinstance(condition, Fact):
        type_ = condition.type
        is_event = type_ is not None and type_.optional and type_.kind in ("date", "moment")
        return replace(condition, presumed=clause, not_yet=True) if is_event else condition
    return t.mapped(condition, lambda part: _not_yet(part, clause))


def _report(rules: Iterable[Rule], marked: dict[int, Rule], vocabulary: Vocabulary, faults: Faults) -> None:
    """Clauses that presume something of no event, or of one that rules derive."""
    governing = {event.name for rule in marked.values() if rule.effect != "states" for event in _event_of(rule)}
    unread = {fault.span.file for fault in faults if fault.span is not None}
    for rule in rules:
        if not rule.presumes or (rule.span is not None and rule.span.file in unread):
            continue
        if rule.presumes == NOT_YET:
            faults.extend(_never_ended(rule, marked[id(rule)], vocabulary))
            continue
        if rule.effect == "states":
            names = [event.name for event in _event_of(rule) if event.name in governing]
            help = "name the event in `governed_by`, as the rules do whose wording it chooses"
        else:
            read = marked[id(rule)]
            dates = [part.left for condition in read.when for part in dated_parts(condition)]
            names = [node.name for node in (*dates, *_event_of(read)) if isinstance(node, Fact) and node.presumed]
            help = "hold the event against a day written out, `conduct.on < 2008-12-22`, or name it in `governed_by`"
        derived = [name for name in names if name in vocabulary.facts and vocabulary.facts[name].derived]
        if derived:
            message = f"`{derived[0]}` follows from other facts"
            help = "presume something of the date that it follows from"
        elif names:
            continue
        else:
            message = "no rule is governed by its event" if rule.effect == "states" else "its `when` dates no event"
        faults.append(diagnose("presumes-nothing", f"{rule.at} presumes something: {message}", help, rule.span))


def _event_of(rule: Rule) -> tuple[Fact, ...]:
    """The fact that picks the version of the rule, if it is one."""
    return (rule.governed_by,) if isinstance(rule.governed_by, Fact) else ()


def _never_ended(rule: Rule, read: Rule, vocabulary: Vocabulary) -> Iterable[Diagnostic]:
    """What is wrong with a rule that presumes of an event that it has not been."""
    target = vocabulary.facts.get(rule.target)
    nodes = [node for condition in read.when for node in t.walk(condition) if isinstance(node, Fact)]
    events = [node.name for node in nodes if node.not_yet]
    derived = [name for name in events if name in vocabulary.facts and vocabulary.facts[name].derived]
    said = f"{rule.at} presumes that something has not been: "
    if rule.effect != "deem" or (target is not None and not target.has_presumption):
        message = "it is no fiction about a fact that is presumed"
        help = "leave it out: a date that a case does not state is missing, and the answer asks for it"
    elif derived:
        message = f"`{derived[0]}` follows from other facts"
        help = "name the dates that it follows from"
    elif not events:
        message = "its `when` reads no date that may be none"
        help = "name the event that ends what is presumed, `release.on is present and release.on < today`"
    else:
        return
    yield diagnose("presumes-nothing", said + message, help, rule.span)
