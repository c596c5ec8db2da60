"""An explanation written out: as indented text, or as Markdown. Colour and boxes are left to whoever shows it."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.decide.result import Limit, as_data
from mutandis.explain.explanation import (
    Explanation,
    ShownCondition,
    ShownDerivation,
    ShownFact,
    ShownGround,
    ShownNorm,
    Standing,
)

_STANDS: dict[Standing, str] = {"holds": "yes", "fails": "no", "unknown": "not known", "disputed": "disputed"}
_DIRECTIONS = {
    "must_not": "must not",
    "must": "must",
    "may": "may",
    "need_not": "need not",
    "limits": "limits it",
    "disapply": "disapplies",
}
_ROLES = {
    "decides": "",
    "opposes": " (the other side)",
    "weakens": " (weakens the duty)",
    "restores": " (lifts an exclusion)",
}
_STATUSES = {
    "effective": "applies",
    "not_triggered": "does not apply",
    "beaten": "gives way",
    "weakened": "is weakened to a permission",
    "unknown": "may apply",
}
_RELATIONS = {
    "at_most": "at most",
    "at_least": "at least",
    "less_than": "less than",
    "more_than": "more than",
    "exactly": "exactly",
}

Outline = Iterator[tuple[int, str]]
"""Lines with their depth in the tree."""


def as_text(explanation: Explanation, *, whole: bool = False) -> str:
    """The explanation as indented lines. `whole` writes out the norms that do not carry the verdict as well."""
    return "\n".join("  " * depth + line for depth, line in _outline(explanation, whole)) + "\n"


def as_markdown(explanation: Explanation, *, whole: bool = False) -> str:
    """The explanation as a heading and nested lists of Markdown."""
    lines: list[str] = []
    for depth, line in _outline(explanation, whole):
        safe = _escaped(line)
        lines.append(f"## {safe}\n" if depth == 0 else "  " * (depth - 1) + f"- {safe}")
    return "\n".join(lines) + "\n"


def _escaped(line: str) -> str:
    for mark in "\\`*_<>[]|":
        line = line.replace(mark, f"\\{mark}")
    return line


def _outline(explanation: Explanation, whole: bool) -> Outline:
    decision = explanation.decision
    yield 0, f"{explanation.label}: {explanation.headline}"
    for norm in explanation.deciding:
        yield from _norm(explanation, norm, 1, open_=True, whole=whole)
    if decision.nearest:
        nearest = next((p.short for p in explanation.places if p.id == decision.nearest), decision.nearest)
        yield 1, f"nearest: {nearest}"
        for unmet in decision.unmet:
            yield 2, f"not met: {unmet}"
    elif decision.unmet:
        for unmet in decision.unmet:
            yield 1, f"if {unmet}"
    for norm in explanation.others:
        if whole or norm.status in ("beaten", "unknown"):
            yield from _norm(explanation, norm, 1, open_=whole or norm.status == "unknown", whole=whole)
    for penalty in decision.penalties:
        yield 1, f"penalty, {_short(explanation, penalty.provision)}: {'; or '.join(penalty.options)}"
    for finding in decision.findings:
        said = "not said" if finding.value is None else _plain(finding.value)
        yield 1, f"left to the {finding.owner.replace('_', ' ')}: {finding.fact} ({said})"
    for fiction in decision.fictions:
        yield 1, f"read as {_plain(fiction.value)}: {fiction.fact}, {_short(explanation, fiction.provision)}"
    for presumption in decision.presumptions:
        source = f", {_short(explanation, presumption.provision)}" if presumption.provision else ""
        yield 1, f"presumed: {presumption.fact} is {_plain(presumption.value)}{source}"
    for note in decision.notes:
        yield 1, f"note, {_short(explanation, note.provision)}: {' '.join(note.text.split())}"
    for name in decision.missing:
        yield 1, f"still to be known: {name}"
    for name, reason in decision.irrelevant:
        yield 1, f"no longer matters: {name} ({reason})"
    for outside in decision.outside:
        yield 1, f"outside the rulebook: {outside}"


def _short(explanation: Explanation, provision: str) -> str:
    return next((p.short for p in explanation.places if p.id == provision), provision)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(as_data(value))


def _norm(explanation: Explanation, norm: ShownNorm, depth: int, *, open_: bool, whole: bool) -> Outline:
    cited = ", ".join(p.short for p in norm.cited) or norm.place.short
    role = _ROLES.get(norm.role, "")
    yield depth, f"{cited} {_STATUSES[norm.status]}: {_DIRECTIONS[norm.direction]}{role}. {norm.summary}".rstrip()
    for chain in norm.chains:
        construed = ", ".join(f"{a} read as {b}" for a, b in chain.construals)
        yield depth + 1, f"by {chain.text}" + (f" ({construed})" if construed else "")
    for place, how in norm.beaten_by:
        yield depth + 1, f"gives way to {place.short} ({how.replace('_', ' ')})"
    if norm.opaque:
        yield depth + 1, f"wording not held: {norm.opaque}"
    if not open_:
        return
    for condition in norm.conditions:
        yield from _condition(condition, depth + 1)
    held = [g for g in norm.grounds if g.standing == "holds"]
    for ground in held if held and norm.role and not whole else norm.grounds:
        yield from _ground(ground, depth + 1, "ground")
    for exclusion in norm.exclusions:
        yield from _ground(exclusion, depth + 1, "exclusion")
    for requirement in norm.requirements:
        yield depth + 1, f"requirement, {requirement.place.short}:"
        yield from _condition(requirement.condition, depth + 2)
    for limit in norm.limits:
        yield depth + 1, _limit(explanation, limit)
    for breach in norm.breaches:
        yield depth + 1, f"breach of {_short(explanation, breach.provision)}: {breach.condition}"
    for deadline in norm.deadlines:
        yield depth + 1, _deadline(deadline.relation, deadline.words, deadline.due, deadline.latest, deadline.passed)


def _limit(explanation: Explanation, limit: Limit) -> str:
    text = f"limit on {limit.parameter}, {_short(explanation, limit.provision)}: {_RELATIONS[limit.relation]} "
    if limit.inner == limit.outer:
        text += _plain(limit.inner) if limit.inner is not None else "something not yet known"
    else:
        text += f"between {_plain(limit.inner)} and {_plain(limit.outer)}"
    if limit.actual is not None:
        text += f"; it is {_plain(limit.actual)}"
    return text + (" (the binding one)" if limit.binding else "")


def _deadline(relation: str, words: str, due: object, latest: object, passed: bool | None) -> str:
    if relation == "words":
        return f"deadline: {words.replace('_', ' ')}"
    if due is None:
        return "deadline: not yet known"
    text = f"deadline: {relation} {as_data(due)}"
    if latest is None:
        text += ", or later: whether that day is a holiday is not known"
    return text + {True: " (passed)", False: " (not passed)", None: ""}[passed]


def _ground(ground: ShownGround, depth: int, what: str) -> Outline:
    yield depth, f"{what} {ground.place.short}: {_STANDS[ground.standing]}"
    for condition in ground.conditions:
        yield from _condition(condition, depth + 1)
    for inner in ground.grounds:
        yield from _ground(inner, depth + 1, "ground")
    for condition in ground.unless:
        yield depth + 1, "unless:"
        yield from _condition(condition, depth + 2)


def _condition(condition: ShownCondition, depth: int) -> Outline:
    if condition.joined:
        word = {"all": "all of", "any": "one of"}[condition.joined]
        yield depth, f"{word}: {_STANDS[condition.standing]}"
        for part in condition.parts:
            yield from _condition(part, depth + 1)
        return
    yield depth, f"{condition.text}: {_STANDS[condition.standing]}"
    for fact in condition.facts:
        yield from _fact(fact, depth + 1, condition.text)


def _fact(fact: ShownFact, depth: int, condition: str) -> Outline:
    origin = {"presumed": " (presumed)", "derived": " (follows)", "stated": "", "unknown": ""}[fact.origin]
    owner = f", found by the {fact.owner}" if fact.owner else ""
    # A condition that is the fact itself has just said its value.
    if condition != fact.name or owner or origin:
        yield depth, f"{fact.label}: {fact.value}{origin}{owner}"
    for derivation in fact.derivations:
        if derivation.standing != "fails":
            yield from _derivation(derivation, depth + 1)


def _derivation(derivation: ShownDerivation, depth: int) -> Outline:
    word = "read as" if derivation.kind == "deem" else "gives"
    yield depth, f"{derivation.place.short} {word} {derivation.value}: {_STANDS[derivation.standing]}"
    for condition in derivation.conditions:
        yield from _condition(condition, depth + 1)
    for ground in derivation.grounds:
        yield from _ground(ground, depth + 1, "ground")
    for exclusion in derivation.exclusions:
        yield from _ground(exclusion, depth + 1, "exclusion")
