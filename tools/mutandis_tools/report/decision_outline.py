"""A decision in the order a person reads it: the answer, what it rests on, what limits it, what is still open.

The outline holds finished words and no layout; text and Markdown are two layouts of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mutandis.decide.result import Cited, DeadlineDue, Decision, Limit, SourceStep, Verdict
from mutandis.values import Duration
from mutandis_tools.names import Names, say

VERDICT_WORDS = {
    Verdict.CONFLICT: "conflict",
    Verdict.FORBIDDEN: "forbidden",
    Verdict.REQUIRED: "required",
    Verdict.PERMITTED: "permitted",
    Verdict.CONDITIONAL: "permitted within limits",
    Verdict.FORBIDDEN_BY_DEFAULT: "forbidden: nothing permits it",
    Verdict.EXEMPT: "not required",
    Verdict.SILENT: "not regulated",
    Verdict.UNDETERMINED: "not settled",
}
_RELATION_WORDS = {
    "at_most": "at most",
    "at_least": "at least",
    "less_than": "less than",
    "more_than": "more than",
    "exactly": "exactly",
}
_CAUSE_WORDS = {
    "facts": "facts are missing",
    "wording": "it turns on wording that the rulebook does not hold",
    "values": "rules give one fact different values",
    "parameters": "it is not said how the action is to be done",
    "undefined": "something it turns on cannot be reckoned",
}


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
    """`action` and `answer` make the first line; `explanation` is the sentence under it, empty where there is none."""

    action: str
    verdict: Verdict
    answer: str
    explanation: str
    sections: tuple[Section, ...]
    content_hash: str


def outline_decision(decision: Decision, names: Names) -> Outline:
    """The outline of `decision` in the words of `names`."""
    sections = (
        Section("Under", tuple(_cited(c, names) for c in decision.cited)),
        Section("Limits", tuple(_limit(one, names) for one in decision.limits)),
        Section("Due", tuple(_deadline(d, names) for d in decision.deadlines)),
        Section("Breached", tuple(Item(names.provision(b.provision), b.condition) for b in decision.breaches)),
        Section("Penalty", tuple(_penalties(decision, names))),
        Section("Nearest permission", tuple(_nearest(decision, names))),
        Section("Still to be met", _unmet(decision)),
        Section("Missing", tuple(_fact(name, names) for name in decision.missing)),
        Section("No longer matters", tuple(_irrelevant(decision, names))),
        Section("Gave way", tuple(_beaten(decision, names))),
        Section("Found by", tuple(_findings(decision, names))),
        Section(
            "Read as",
            tuple(
                Item(f.fact, f"{names.value(f.fact, f.value)}, by {names.provision(f.provision)}")
                for f in decision.fictions
            ),
        ),
        Section("Presumed", tuple(_presumptions(decision, names))),
        Section("Notes", tuple(Item(names.provision(n.provision), n.text) for n in decision.notes)),
        Section("Outside the rulebook", tuple(Item(place) for place in decision.outside)),
    )
    return Outline(
        names.action(decision.action),
        decision.verdict,
        VERDICT_WORDS[decision.verdict],
        _explanation(decision, names),
        tuple(section for section in sections if section.items),
        decision.content_hash,
    )


def _explanation(decision: Decision, names: Names) -> str:
    match decision.verdict:
        case Verdict.UNDETERMINED:
            still = "; or ".join(VERDICT_WORDS[v] for v in decision.reachable)
            cause = _CAUSE_WORDS.get(decision.cause, decision.cause)
            return f"still possible: {still} ({cause})" if cause else f"still possible: {still}"
        case Verdict.CONDITIONAL:
            bounds = [
                f"{_bound(limit)}, {names.provision(limit.provision)}" for limit in decision.limits if limit.binding
            ]
            return f"permitted {'; or '.join(bounds)}" if bounds else ""
        case Verdict.CONFLICT:
            return "the provisions below pull apart, and no order between them is known"
        case _:
            return ""


def _cited(cited: Cited, names: Names) -> Item:
    more: list[str] = []
    if cited.by or cited.to:
        parties = [f"by {' or '.join(names.party(p) for p in cited.by)}"] if cited.by else []
        parties += [f"to {' or '.join(names.party(p) for p in cited.to)}"] if cited.to else []
        more.append(", ".join(parties))
    place = names.provision(cited.provisions[0]) if len(cited.provisions) == 1 else "this place"
    for chain in cited.chains:
        more.append(f"through {' → '.join([*(names.provision(step.citation) for step in chain), place])}")
        for step in chain:
            if step.construals:
                more.append(f"{names.provision(step.citation)} reads {_construals(step)}")
    more.extend(f"applies {place}, outside the rulebook" for place in cited.external)
    roles = {"opposes": "on the other side: ", "weakens": "lifts the duty: ", "restores": "lifts an exclusion: "}
    role = roles.get(cited.role, "")
    return Item(", ".join(names.provision(p) for p in cited.provisions), role + cited.summary, tuple(more))


def _construals(step: SourceStep) -> str:
    """`visit as telephone_call, unsentenced as sentenced or death_row`."""
    read: dict[str, list[str]] = {}
    for source, target in step.construals:
        read.setdefault(source, []).append(target)
    return ", ".join(f"{source} as {' or '.join(targets)}" for source, targets in read.items())


def _bound(limit: Limit) -> str:
    words = _RELATION_WORDS.get(limit.relation, limit.relation)
    if limit.inner == limit.outer:
        return f"{words} {say(limit.outer)}" if limit.outer is not None else f"{words} what is not known yet"
    surely = "nothing" if limit.inner is None else say(limit.inner)
    possibly = "without end" if limit.outer is None else say(limit.outer)
    return f"{words} {surely} surely, {possibly} possibly"


def _limit(limit: Limit, names: Names) -> Item:
    text = f"{names.fact(limit.parameter)} {_bound(limit)}"
    if limit.actual is not None:
        text += f"; asked {say(limit.actual)}"
    if limit.margin is not None:
        text += f", {_margin(limit)}"
    return Item(names.provision(limit.provision), text + (" (the tightest)" if limit.binding else ""))


def _margin(limit: Limit) -> str:
    """`12 days left`, `1 day too much`, `2 days too little`."""
    margin = limit.margin
    amount = margin.amount if isinstance(margin, Duration) else margin
    if not isinstance(amount, int | Fraction) or amount >= 0:
        return f"{say(margin)} left"
    short = "too little" if limit.relation in ("at_least", "more_than") else "too much"
    return f"{say(Duration(-amount, margin.family) if isinstance(margin, Duration) else -amount)} {short}"


def _deadline(deadline: DeadlineDue, names: Names) -> Item:
    if deadline.relation == "words":
        text = deadline.words.replace("_", " ")
    elif deadline.due is None:
        text = f"{deadline.relation} a day that depends on {', '.join(deadline.unknown_for) or 'what is not known'}"
    else:
        text = f"{deadline.relation} {say(deadline.due)}"
        if deadline.latest is None:
            text += ", or later: whether that day is a holiday is not known"
    if deadline.passed is not None:
        text += ", passed" if deadline.passed else ", not passed"
    return Item(names.provision(deadline.provision), text)


def _penalties(decision: Decision, names: Names) -> Iterator[Item]:
    for threat in decision.penalties:
        of = ", ".join(names.provision(place) for place in threat.of)
        yield Item(names.provision(threat.provision), f"{' or '.join(threat.options)}{f', for {of}' if of else ''}")


def _nearest(decision: Decision, names: Names) -> Iterator[Item]:
    if decision.nearest:
        unmet = tuple(f"fails: {condition}" for condition in decision.unmet)
        yield Item(names.provision(decision.nearest), "", unmet)


def _unmet(decision: Decision) -> tuple[Item, ...]:
    if decision.nearest:
        return ()
    return tuple(Item(condition) for condition in decision.unmet)


def _fact(name: str, names: Names) -> Item:
    question = names.question(name)
    return Item(name, "" if question == name else question)


def _irrelevant(decision: Decision, names: Names) -> Iterator[Item]:
    for name, reason in decision.irrelevant:
        yield Item(name, "; ".join(_with_provision(one, names) for one in reason.split("; ")))


def _with_provision(reason: str, names: Names) -> str:
    """A reason such as `act/77(2) is not triggered`, with its provision in the law's form."""
    for ending in (" is not triggered", " gives way", " applies either way", " is open"):
        if reason.endswith(ending):
            return names.provision(reason.removesuffix(ending)) + ending
    return reason


def _beaten(decision: Decision, names: Names) -> Iterator[Item]:
    words = {"despite": "beaten by", "instead_of": "replaced by", "disapply": "disapplied by", "rank": "outranked by"}
    for one in decision.beaten:
        by = "; ".join(f"{words.get(how, how)} {_norm_place(norm, decision, names)}" for norm, how in one.by)
        yield Item(names.provision(one.provision), by)


def _norm_place(norm: str, decision: Decision, names: Names) -> str:
    """The place of the norm with this key, as the decision considered it."""
    place = next((c.provision for c in decision.considered if c.norm == norm), norm)
    return names.provision(place)


def _findings(decision: Decision, names: Names) -> Iterator[Item]:
    for finding in decision.findings:
        value = "not said" if finding.value is None else names.value(finding.fact, finding.value)
        yield Item(finding.fact, f"{value}, for {names.party(finding.owner)} to find")


def _presumptions(decision: Decision, names: Names) -> Iterator[Item]:
    for one in decision.presumptions:
        by = f", by {names.provision(one.provision)}" if one.provision else ""
        yield Item(one.fact, names.value(one.fact, one.value) + by)
