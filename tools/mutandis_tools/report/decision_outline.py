"""A decision in the order a person reads it: the answer, what it rests on, what limits it, what is still open.

The outline holds finished words and no layout; text and Markdown are two layouts of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from mutandis.dataclass import dataclass
from mutandis.decide.limits import is_upper, tightness
from mutandis.decide.result import Breach, Cited, Decision, Limit, Verdict
from mutandis.decide.result_parts import Authority, AuthorityRole, DeadlineDue, Presumption
from mutandis.explain.naming import waiting_for
from mutandis.explain.words import (
    BEATEN_BY,
    CAUSES,
    NO_DAY,
    RELATIONS,
    ROLES,
    answer_in_words,
    because,
    done_in_words,
    is_last_day,
    penalty_in_words,
    verdict_aside,
)
from mutandis.values import UNKNOWN, Duration, OpenList, Sum, Unknown
from mutandis.vocabulary import Division, FactDeclaration, Vocabulary
from mutandis_tools.names import Names, say
from mutandis_tools.report.breached import bound_by
from mutandis_tools.report.counting_text import counting_lines


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: `head` (a provision, a fact), what is said of it, and further lines that hang on it."""

    head: str
    text: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its entries; never without entries."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """`action` and `answer` make the first line; `explanation` is the sentence under it, empty where there is none.
    `standing` is what is presumed of somebody's standing (that an inmate is held under the Act), which is so in most
    cases and told in passing."""

    action: str
    verdict: Verdict
    answer: str
    explanation: str
    sections: tuple[Section, ...]
    standing: str
    handled_by: str
    content_hash: str


def outline_decision(
    decision: Decision, names: Names, everything: bool = False, facts: Mapping[str, object] | None = None
) -> Outline:
    """The outline of `decision` in the words of `names`; with `everything`, what no longer matters too.

    `facts` are the case's: with them a condition is told with the values that it turned on.
    """
    spoken = names.spoken(decision.action)

    def in_words(condition: str) -> str:
        words = spoken.condition(condition) if spoken is not None else condition
        return f"{words}{_values(condition, facts or {}, names)}"

    either_way = _is_forbidden_either_way(decision)
    sections = (
        Section("Under", tuple(_cited(c, names, either_way) for c in decision.cited)),
        *_authority(decision, names, in_words),
        Section("Limits", tuple(dict.fromkeys(_limit(one, names) for one in decision.limits))),
        Section("Due", tuple(_deadline(d, names) for d in decision.deadlines)),
        Section("Breached", tuple(_breached(b, decision, names, in_words) for b in decision.breaches)),
        Section("Penalty", tuple(_penalties(decision, names))),
        Section("Still to be met", _unmet(decision, in_words)),
        Section("Missing", tuple(_missing(name, decision, names) for name in decision.missing)),
        Section("No longer matters", tuple(_irrelevant(decision, names) if everything else ())),
        Section("Gave way", tuple(_beaten(decision, names))),
        Section("Found by", tuple(_findings(decision, names))),
        Section(
            "Read as",
            tuple(
                Item(names.fact(f.fact), f"{names.value(f.fact, f.value)}, by {names.provision(f.provision)}")
                for f in decision.fictions
            ),
        ),
        Section("Presumed", tuple(_presumptions(decision, names))),
        Section("Notes", tuple(_notes(decision, names))),
        Section("Outside the rulebook", tuple(Item(names.provision(place)) for place in decision.outside)),
    )
    return Outline(
        names.action(decision.action),
        decision.verdict,
        answer_in_words(decision),
        _explanation(decision, names),
        tuple(section for section in sections if section.items),
        "; ".join(names.statement(one.fact) for one in decision.presumptions if _is_standing(one, names)),
        division_in_words(decision.handled_by),
        decision.content_hash,
    )


def division_in_words(division: Division | None) -> str:
    """A division with what it belongs to and what says so; nothing where none is named."""
    if division is None:
        return ""
    within = ", ".join(part for part in (division.part, division.service) if part)
    return f"{division.title} ({within}; {division.source})"


def _explanation(decision: Decision, names: Names) -> str:
    match decision.verdict:
        case Verdict.UNDETERMINED:
            still = ", or ".join(verdict_aside(v) for v in decision.reachable)
            cause = CAUSES.get(decision.cause, decision.cause)
            return f"still possible: {still}; {cause}" if cause else f"still possible: {still}"
        case Verdict.CONDITIONAL:
            return within(decision, names)
        case Verdict.CONFLICT:
            return "the provisions below pull apart, and no order between them is known"
        case Verdict.FORBIDDEN if _is_forbidden_either_way(decision):
            return "by each of these that applies; if none does, since what comes nearest is not met"
        case Verdict.FORBIDDEN if not decision.breaches and any(
            o.role == "open" and o.conditions for o in decision.authority
        ):
            return "a limit is breached, whichever of the open ones below binds"
        case _:
            return ""


def within(decision: Decision, names: Names, *, named: bool = False) -> str:
    """What of the open parameters is permitted: by one permission within all its bounds, by several each on its own.

    Where it is not known which bound is the tightest, the one with the tightest figure, and that it is not all. What is
    bound is named where there are several, where a bound is a number without a unit, or where that is asked (`named`).
    """
    open_ = [limit for limit in decision.limits if limit.binding and limit.actual is None]
    marked = {(limit.parameter, is_upper(limit)) for limit in open_}
    for limit in sorted((one for one in decision.limits if one.actual is None), key=tightness):
        if (limit.parameter, is_upper(limit)) not in marked:
            marked.add((limit.parameter, is_upper(limit)))
            open_.append(limit)
    open_.sort(key=decision.limits.index)
    is_plain = any(isinstance(limit.inner or limit.outer, int | Fraction) for limit in open_)  # “exactly 1” of what?
    several = named or is_plain or len({limit.parameter for limit in open_}) > 1
    bounds: dict[str, list[str]] = {}
    for limit in open_:
        said = f"{names.fact(limit.parameter)} {_bound(limit)}" if several else _bound(limit)
        condition = "" if limit.binding or decision.unmet else ", if it applies"
        bounds.setdefault(limit.norm, []).append(f"{said}, {names.provision(limit.provision)}{condition}")
    ways = [", and ".join(dict.fromkeys(of_one)) for of_one in bounds.values()]
    more = "" if all(limit.binding for limit in open_) or not decision.unmet else "; more is still to be met"
    return f"permitted {'with ' if several else ''}{'; or '.join(dict.fromkeys(ways))}{more}" if ways else ""


def _is_forbidden_either_way(decision: Decision) -> bool:
    """True where bans may apply, and if none does, a permission fails on what it requires."""
    return (
        decision.verdict is Verdict.FORBIDDEN
        and all(cited.role == "perhaps" for cited in decision.cited)
        and any(one.role == "stops_short" for one in decision.authority)
    )


def _cited(cited: Cited, names: Names, either_way: bool = False) -> Item:
    more: list[str] = []
    if cited.by or cited.to:
        parties = [f"by {' or '.join(names.party(p) for p in cited.by)}"] if cited.by else []
        parties += [f"to {' or '.join(names.party(p) for p in cited.to)}"] if cited.to else []
        more.append(", ".join(parties))
    place = names.provision(cited.provisions[0]) if len(cited.provisions) == 1 else "this place"
    for chain in cited.chains:
        more.append(f"through {' → '.join([*(names.provision(step.citation) for step in chain), place])}")
        for step in chain:
            if construed := names.phrases.construals(step.construals):
                more.append(f"{names.provision(step.citation)} reads {construed}")
    more.extend(f"applies {names.provision(place)}, outside the rulebook" for place in cited.external)
    said = "if it applies" if either_way else ROLES.get(cited.role)
    role = f"{said}: " if said else ""
    return Item(", ".join(names.provision(p) for p in cited.provisions), role + cited.summary, tuple(more))


_FACT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*)")
_TOLD_BY_WORDS = ("yes_no", "enum", "text", "provision")
"""Kinds of values that the words of a condition say themselves, or that are no amount of anything."""


def facts_told(decision: Decision, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The facts whose values the conditions of an answer are told with, where the case has them, each once."""
    conditions = [condition for one in decision.authority for condition in one.conditions]
    conditions += [*(breach.condition for breach in decision.breaches), *decision.unmet]
    names = dict.fromkeys(name for condition in conditions for name in _FACT.findall(condition))
    declared = ((name, vocabulary.facts.get(name)) for name in names)
    return tuple(name for name, fact in declared if fact is not None and fact.type.kind not in _TOLD_BY_WORDS)


def _values(condition: str, facts: Mapping[str, object], names: Names) -> str:
    """` (4)`: what the case has of the amounts, days and lists that a condition reads; empty where nothing."""
    told: dict[str, str] = {}
    for name in dict.fromkeys(_FACT.findall(condition)):
        declared, value = names.vocabulary.facts.get(name), facts.get(name, UNKNOWN)
        if declared is None or value is UNKNOWN or value is None or declared.type.kind in _TOLD_BY_WORDS:
            continue
        if isinstance(value, tuple):
            told[name] = _members(condition, declared, value, names)
        elif not isinstance(value, OpenList):
            told[name] = names.value(name, value)
    if not told:
        return ""
    only = len(told) == 1
    return f" ({'; '.join(value if only else f'{names.fact(name)}: {value}' for name, value in told.items())})"


_MOST_MEMBERS = 4
"""Of a list that is longer a condition is told with the number alone."""


def _members(condition: str, declared: FactDeclaration, members: Sequence[object], names: Names) -> str:
    """`1: restriction of writing, 300 days; 2: …`: what the condition reads of each member; else how many there are."""
    attributes = dict.fromkeys(_ATTRIBUTE.findall(condition))
    told: list[str] = []
    for number, member in enumerate(members, 1):
        stated = member if isinstance(member, Mapping) else {}
        facts = [(f"{declared.type.term}.{one}", stated[one]) for one in attributes if stated.get(one) is not None]
        values = [names.value(name, value) for name, value in facts if not isinstance(value, bool | tuple | Unknown)]
        if not values:
            return str(len(members))
        told.append(f"{number}: {', '.join(values)}")
    return "; ".join(told) if 0 < len(told) <= _MOST_MEMBERS else str(len(members))


_ROLE_TITLES: tuple[tuple[AuthorityRole, str], ...] = (
    ("opens", "Opened by"),
    ("kept", "Kept"),
    ("defines", "Defined by"),
    ("dates", "In force by"),
    ("open", "Open"),
    ("stops_short", "Comes nearest"),
    ("left_to", "Left to"),
    ("not_encoded", "Not encoded"),
)
"""The headings under which places are told, in this order; what decides stands first, under its own."""


def _authority(decision: Decision, names: Names, in_words: Callable[[str], str]) -> Iterator[Section]:
    """The places that the answer rests on besides those that decide, by role."""
    cited = {(place, c.summary) for c in decision.cited for place in c.provisions}
    for role, title in _ROLE_TITLES:
        told = [one for one in decision.authority if one.role == role]
        if role == "opens":
            told = [one for one in told if (one.provision, one.summary) not in cited]
        if role == "open":  # of several one of which applies, what tells which is asked below, with the places
            asked = set(decision.missing)
            told = [o for o in told if (o.provision, o.summary) not in cited or o.conditions or not asked >= {*o.facts}]
        items = dict.fromkeys(_place(one, names, in_words, decision) for one in told)
        yield Section(title, tuple(_said_once(items) if role == "open" else items))


def _place(one: Authority, names: Names, in_words: Callable[[str], str], decision: Decision) -> Item:
    more: list[str] = []
    place = names.provision(one.provision)
    for chain in one.chains:
        more.append(f"through {' → '.join([*(names.provision(step.citation) for step in chain), place])}")
    if one.role == "open":  # what the decision misses is asked once, under that heading, with the places
        more.extend(f"waits for: {names.question(name)}" for name in one.facts if name not in decision.missing)
        more.extend(f"not met: {in_words(condition)}" for condition in one.conditions)
    if one.role == "kept":
        word = "to be met" if one.facts else "met"
        for condition in one.conditions:
            told = _of_members(decision, one.provision, condition, names, False) or in_words(condition)
            more.append(f"{word}: {told}")
    if one.role in ("stops_short", "defines"):
        more.extend(_failing(condition, in_words) for condition in one.conditions)
    more.extend(f"kept away by {names.provision(other)}" for other in one.kept_away_by)
    return Item(place, "; ".join(part for part in (_saying(one, names), one.summary) if part), tuple(more))


def _said_once(items: Iterable[Item]) -> Iterator[Item]:
    """Entries in order, without what the entry above has said: the grounds of one rule have its summary."""
    above = ""
    for item in items:
        yield replace(item, text="") if item.text == above else item
        above = item.text


def _failing(condition: str, in_words: Callable[[str], str]) -> str:
    """What fails; of what must not be so, that it is."""
    inner = condition.removeprefix("not ")
    told = in_words(inner)
    return f"in the way: {told}" if inner != condition and told != inner else f"fails: {in_words(condition)}"


def _saying(one: Authority, names: Names) -> str:
    """What a place says besides its rule: the value it creates, the instrument, to whom a matter is left."""
    if one.role == "defines" and one.text and one.facts:
        return names.value(one.facts[0], one.text)
    return "penalty" if one.punishes else names.party(one.text)


def _bound(limit: Limit) -> str:
    if is_last_day(limit):
        return f"until {say(limit.outer)} at the latest"
    words = RELATIONS.get(limit.relation, limit.relation)
    if limit.inner == limit.outer:
        return f"{words} {say(limit.outer)}" if limit.outer is not None else f"{words} what is not known yet"
    if limit.inner is None:
        return f"{words} what is not known yet, possibly {say(limit.outer)}"
    surely, possibly = say(limit.inner), "without end" if limit.outer is None else say(limit.outer)
    return f"{words} {surely} surely, {possibly} possibly"


def _breached(breach: Breach, decision: Decision, names: Names, in_words: Callable[[str], str]) -> Item:
    told = _of_members(decision, breach.provision, breach.condition, names, True) or in_words(breach.condition)
    return Item(names.provision(breach.provision), f"not met: {told}", bound_by(breach, decision, names))


def _of_members(decision: Decision, provision: str, condition: str, names: Names, exceeded: bool) -> str:
    """What a condition asks of every member of a list, by the figures of those that it binds; empty where it is none
    of that kind or binds none."""
    told = [
        limit
        for limit in decision.limits
        if limit.provision == provision
        and "[" in limit.parameter
        and condition.startswith("every ")
        and f" in {limit.parameter.partition('[')[0]} has (" in condition
        and limit.parameter.rpartition(".")[2] in _ATTRIBUTE.findall(condition)
    ]
    return "; ".join(_in_figures(limit, names) for limit in told if not exceeded or _is_exceeded(limit))


def _limit(limit: Limit, names: Names) -> Item:
    return Item(
        names.provision(limit.provision), _in_figures(limit, names) + (" (the tightest)" if limit.binding else "")
    )


def _in_figures(limit: Limit, names: Names) -> str:
    text = f"{names.fact(limit.parameter)} {_bound(limit)}"
    if limit.actual is not None:
        text += f"; asked {'until ' if is_last_day(limit) else ''}{say(limit.actual)}"
    if limit.margin is not None:
        text += f", {margin_in_words(limit)}"
    return text


def _is_exceeded(limit: Limit) -> bool:
    """True where what was asked is known to be beyond the limit."""
    if isinstance(limit.actual, dt.datetime) and isinstance(limit.outer, dt.datetime):
        return limit.actual > limit.outer
    return _excess(limit) > 0


def _excess(limit: Limit) -> int | Fraction:
    """By how much what was asked is beyond the limit, in its base unit; 0 where it is not, or not known to be."""
    amount = limit.margin.amount if isinstance(limit.margin, Duration | Sum) else limit.margin
    return -amount if isinstance(amount, int | Fraction) and amount < 0 else 0


def margin_in_words(limit: Limit) -> str:
    """`12 days left`, `1 day too much`, `2 days too little`."""
    margin = limit.margin
    if isinstance(limit.actual, dt.datetime) and isinstance(limit.outer, dt.datetime):
        # Whole days would hide an hour that is too much.
        left = int((limit.outer - limit.actual).total_seconds() // 60)
        return f"{_span(abs(left))} {'left' if left >= 0 else 'too much'}"
    excess = _excess(limit)
    if not excess:
        return f"{say(margin)} left"
    short = "too little" if limit.relation in ("at_least", "more_than") else "too much"
    over: object = replace(margin, amount=excess) if isinstance(margin, Duration | Sum) else excess
    return f"{say(over)} {short}"


def _span(minutes: int) -> str:
    """`2 days 3 hours`, of minutes: each part that is not nothing; `0 minutes`."""
    days, rest = divmod(minutes, 24 * 60)
    parts = [(days, "day"), (rest // 60, "hour"), (rest % 60, "minute")]
    told = [f"{many} {unit}{'' if many == 1 else 's'}" for many, unit in parts if many]
    return " ".join(told) or "0 minutes"


def _deadline(deadline: DeadlineDue, names: Names) -> Item:
    return Item(names.provision(deadline.provision), due_in_words(deadline, names), counting_lines(deadline, names))


def due_in_words(deadline: DeadlineDue, names: Names) -> str:
    """`by 2023-06-01, passed; not done`, `without delay`, `comes again, every year`."""
    if deadline.relation == "words":
        text = deadline.words.replace("_", " ")
    elif deadline.relation == "recurs":
        text = f"comes again, {deadline.words}"
    elif deadline.is_lacking:
        text = f"{deadline.relation} {NO_DAY}"
    elif deadline.due is None:
        waits = [
            *map(names.fact, deadline.unknown_for),
            *(f"wording not held: {names.provision(p)}" for p in deadline.wording),
        ]
        text = f"{deadline.relation} a day that depends on {', '.join(waits)}"
    else:
        text = f"{deadline.relation} {say(deadline.due)}"
        if deadline.latest is None:
            text += ", or later: whether that day is a holiday is not known"
    if deadline.passed is not None:
        text += ", passed" if deadline.passed else ", not passed"
    return text + done_in_words(deadline)


def _penalties(decision: Decision, names: Names) -> Iterator[Item]:
    for threat in decision.penalties:
        of = ", ".join(names.provision(place) for place in threat.of)
        yield Item(
            names.provision(threat.provision),
            f"{' or '.join(map(penalty_in_words, threat.options))}{f', for {of}' if of else ''}",
            (told,) if (told := names.falls_on(threat.by)) else (),
        )


def _unmet(decision: Decision, in_words: Callable[[str], str]) -> tuple[Item, ...]:
    if decision.nearest:
        return ()
    placed = {condition for one in decision.authority if one.role == "kept" for condition in one.conditions}
    return tuple(Item(in_words(condition)) for condition in decision.unmet if condition not in placed)


def _missing(name: str, decision: Decision, names: Names) -> Item:
    """The question that a person would answer, the name under which a case states the answer, who waits for it."""
    question = names.question(name)
    places = "; ".join(map(names.provision, waiting_for(decision, name)))
    told = ", for ".join(part for part in ("" if question == name else name, places) if part)
    return Item(question, "", (told,) if told else ())


def _irrelevant(decision: Decision, names: Names) -> Iterator[Item]:
    """Facts that can no longer change the answer, those with the same reasons together."""
    for stands in dict.fromkeys(one.because for one in decision.irrelevant):
        facts = [names.fact(one.fact) for one in decision.irrelevant if one.because == stands]
        yield Item(because(stands, names.provision), "; ".join(facts))


def _beaten(decision: Decision, names: Names) -> Iterator[Item]:
    for one in decision.beaten:
        by = (f"{BEATEN_BY.get(how, how)} {_norm_place(norm, decision, names)}" for norm, how in one.by)
        yield Item(names.provision(one.provision), "; ".join(dict.fromkeys(by)))


def _norm_place(norm: str, decision: Decision, names: Names) -> str:
    """The place of the norm with this key, as the decision considered it."""
    place = next((c.provision for c in decision.considered if c.norm == norm), norm)
    return names.provision(place)


def _findings(decision: Decision, names: Names) -> Iterator[Item]:
    for finding in decision.findings:
        value = "not said" if finding.value is None else names.value(finding.fact, finding.value)
        yield Item(names.fact(finding.fact), f"{value}, for the {names.party(finding.owner)} to find")


def _notes(decision: Decision, names: Names) -> Iterator[Item]:
    """Each note once, at the first place that has it: the grounds of a rule have its note."""
    for text in dict.fromkeys(one.text for one in decision.notes):
        place = next(one.provision for one in decision.notes if one.text == text)
        yield Item(names.provision(place), names.phrases.note(text))


def _presumptions(decision: Decision, names: Names) -> Iterator[Item]:
    for one in decision.presumptions:
        if not _is_standing(one, names):
            by = f", by {names.provision(one.provision)}" if one.provision else ""
            yield Item(names.fact(one.fact), names.value(one.fact, one.value) + by)


def _is_standing(one: Presumption, names: Names) -> bool:
    """True for what is presumed to be so of somebody, by no provision."""
    return one.value is True and not one.provision and names.vocabulary.is_of_role(one.fact)
