"""An explanation written out: as indented text, or as Markdown. Colour, boxes and width are left to whoever shows it.

Everything is said once: a condition with what it comes to and the value it turned on, a fact where it is first read, a
limit instead of the requirement it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mutandis.decide.recounting import is_counting
from mutandis.decide.result import EXCLUDED_BY, NO_GROUND, Limit, as_data
from mutandis.decide.result_parts import DeadlineDue, Fiction, Finding, Presumption
from mutandis.explain.explanation import (
    Explanation,
    ShownCondition,
    ShownDerivation,
    ShownFact,
    ShownGround,
    ShownNorm,
    ShownRequirement,
)
from mutandis.explain.words import (
    BEYOND,
    DIRECTIONS,
    NO_DAY,
    NOT_KNOWN,
    RELATIONS,
    ROLES,
    STANDINGS,
    STATUSES,
    because,
    done_in_words,
    is_last_day,
    penalty_in_words,
)

Outline = Iterator[tuple[int, str]]
"""Lines with their depth in the tree."""


def as_text(explanation: Explanation, *, whole: bool = False, every_wording: bool = False) -> str:
    """The explanation as indented lines.

    `whole` writes out the norms that do not carry the verdict as well: of those that do not apply, what keeps them from
    it. `every_wording` writes out those in full, and those of another time.
    """
    lines = ("  " * depth + line for depth, line in outline(explanation, whole, every_wording))
    return "\n".join(lines) + "\n"


def as_markdown(explanation: Explanation, *, whole: bool = False, every_wording: bool = False) -> str:
    """The explanation as a heading and nested lists of Markdown."""
    lines: list[str] = []
    for depth, line in outline(explanation, whole, every_wording):
        safe = _escaped(line)
        lines.append(f"## {safe}\n" if depth == 0 else "  " * (depth - 1) + f"- {safe}")
    return "\n".join(lines) + "\n"


def value_as_text(fact: ShownFact) -> str:
    """The tree behind the value of a fact as indented lines."""
    lines = [f"{fact.label}: {fact.value}{_origin(fact)}"]
    told: set[str] = set()
    for derivation in fact.derivations:
        lines.extend("  " * depth + line for depth, line in _derivation(derivation, 1, told))
    return "\n".join(lines) + "\n"


def _escaped(line: str) -> str:
    for mark in "\\`*_<>[]|":
        line = line.replace(mark, f"\\{mark}")
    return line


def outline(explanation: Explanation, whole: bool, every_wording: bool) -> Outline:
    """The lines of the tree, each with its depth."""
    decision, spoken = explanation.decision, dict(explanation.spoken)
    told: set[str] = set()
    yield 0, f"{explanation.label}: {explanation.headline}"
    for norm in explanation.deciding:
        yield from _norm(explanation, norm, told, open_=True, whole=whole)
    if decision.nearest:
        nearest = next((p.short for p in explanation.places if p.id == decision.nearest), decision.nearest)
        yield 1, f"nearest: {nearest}"
        for unmet in decision.unmet:
            yield 2, f"not met: {spoken.get(unmet, unmet)}"
    elif decision.unmet:
        for unmet in decision.unmet:
            yield 1, f"if {spoken.get(unmet, unmet)}"
    for one in decision.authority:
        if one.role in BEYOND:
            said = "; ".join(part for part in (spoken.get(one.text, one.text), one.summary) if part)
            yield 1, f"{BEYOND[one.role]}, {_short(explanation, one.provision)}{f': {said}' if said else ''}"
        elif is_counting(one):
            yield 1, f"counted by {_short(explanation, one.provision)}: {one.summary}"
    others = [n for n in explanation.others if whole or n.status in ("beaten", "unknown")]
    shown = [n for n in others if n.in_force or every_wording]
    for norm in shown:
        open_ = whole or norm.status == "unknown"
        yield from _norm(explanation, norm, told, open_=open_, whole=whole, failing=not every_wording)
    if len(shown) < len(others):
        hidden = len(others) - len(shown)
        yield 1, f"{hidden} wording{'' if hidden == 1 else 's'} of another time, not in force"
    for penalty in decision.penalties:
        on = f", falls on {' or '.join(spoken.get(party, party) for party in penalty.by)}" if penalty.by else ""
        options = " or ".join(map(penalty_in_words, penalty.options))
        yield 1, f"penalty, {_short(explanation, penalty.provision)}: {options}{on}"
    for one in decision.authority:
        if one.punishes:
            waits = ", ".join(spoken.get(name, name) for name in one.facts) or "what cannot be reckoned"
            yield 1, f"penalty, {_short(explanation, one.provision)}, may be due: it depends on {waits}"
    for finding in decision.findings:
        if finding.fact not in told:
            said = "not said" if finding.value is None else _said_of(finding, spoken)
            owner, fact = spoken.get(finding.owner, finding.owner), spoken.get(finding.fact, finding.fact)
            yield 1, f"left to the {owner}: {fact} ({said})"
    for fiction in decision.fictions:
        fact = spoken.get(fiction.fact, fiction.fact)
        yield 1, f"read as {_said_of(fiction, spoken)}: {fact}, {_short(explanation, fiction.provision)}"
    for presumption in decision.presumptions:
        if presumption.fact not in told or presumption.provision:
            source = f", {_short(explanation, presumption.provision)}" if presumption.provision else ""
            fact = spoken.get(presumption.fact, presumption.fact)
            yield 1, f"presumed: {fact}: {_said_of(presumption, spoken)}{source}"
    for note in decision.notes:
        yield 1, f"note, {_short(explanation, note.provision)}: {spoken.get(note.text, note.text)}"
    for open_fact in explanation.open:
        places = "; ".join(place.short for place in open_fact.places)
        yield 1, f"still to be known: {open_fact.words}{f', for {places}' if places else ''}"
    for stands in dict.fromkeys(one.because for one in decision.irrelevant):
        facts = [spoken.get(one.fact, one.fact) for one in decision.irrelevant if one.because == stands]
        why = because(stands, lambda provision: _short(explanation, provision))
        yield 1, f"no longer matters, as {why}: {'; '.join(facts)}"
    for outside in decision.outside:
        yield 1, f"outside the rulebook: {outside}"


def _short(explanation: Explanation, provision: str) -> str:
    return next((p.short for p in explanation.places if p.id == provision), provision)


def _said_of(one: Finding | Fiction | Presumption, spoken: Mapping[str, str]) -> str:
    return spoken.get(f"{one.fact}: {one.value}") or _plain(one.value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(as_data(value))


def _norm(
    explanation: Explanation, norm: ShownNorm, told: set[str], *, open_: bool, whole: bool, failing: bool = False
) -> Outline:
    """A norm. With `failing`, of one that does not apply only what keeps it from applying."""
    cited = ", ".join(p.short for p in norm.cited) or norm.place.short
    role = f" ({ROLES[norm.role]})" if ROLES.get(norm.role) else ""
    status = STATUSES[norm.status] if norm.in_force else "is not in force"
    yield 1, f"{cited} {status}: {DIRECTIONS[norm.direction]}{role}. {norm.summary}".rstrip()
    for chain in norm.chains:
        yield 2, f"by {chain.text}" + (f" (reads {chain.read_as})" if chain.read_as else "")
    for place, how in norm.beaten_by:
        yield 2, f"gives way to {place.short} ({how.replace('_', ' ')})"
    if norm.opaque:
        yield 2, f"wording not held: {norm.opaque}"
    if not open_:
        return
    if failing and norm.status == "not_triggered":
        yield from _failing(norm, told)
        return
    for condition in norm.conditions:
        yield from _condition(condition, 2, told)
    held = [g for g in norm.grounds if g.standing == "holds"]
    for ground in held if held and norm.role and not whole else norm.grounds:
        yield from _ground(ground, 2, "ground", told)
    for exclusion in norm.exclusions:
        yield from _ground(exclusion, 2, "exclusion", told)
    for requirement in norm.requirements:
        if not _is_told_as_limit(requirement, norm):
            yield 2, f"requirement, {requirement.place.short}:"
            yield from _condition(requirement.condition, 3, told)
    for limit in norm.limits:
        yield 2, _limit(explanation, limit)
    spoken = dict(explanation.spoken)
    for breach in norm.breaches:
        words = spoken.get(breach.condition, breach.condition)
        yield 2, f"breach of {_short(explanation, breach.provision)}: {words}"
    for deadline in norm.deadlines:
        yield 2, _deadline(explanation, deadline)


def _failing(norm: ShownNorm, told: set[str]) -> Outline:
    for condition in norm.conditions:
        if condition.standing == "fails":
            yield from _condition(condition, 2, told)
    if not any(ground.standing == "holds" for ground in norm.grounds):
        for ground in norm.grounds:
            yield from _ground(ground, 2, "ground", told)
    for exclusion in norm.exclusions:
        if exclusion.standing == "holds":
            yield from _ground(exclusion, 2, "exclusion", told)


def _is_told_as_limit(requirement: ShownRequirement, norm: ShownNorm) -> bool:
    read = {fact.name for fact in requirement.condition.facts}
    return any(limit.provision == requirement.place.id and limit.parameter in read for limit in norm.limits)


def _limit(explanation: Explanation, limit: Limit) -> str:
    parameter = dict(explanation.spoken).get(limit.parameter, limit.parameter)
    text = f"limit, {_short(explanation, limit.provision)}: {parameter} "
    if is_last_day(limit):
        text += f"until {_plain(limit.outer)} at the latest"
        return text + (f"; it is until {_plain(limit.actual)}" if limit.actual is not None else "") + _binding(limit)
    text += f"{RELATIONS[limit.relation]} "
    text += _end(limit)
    if limit.actual is not None:
        text += f"; it is {_plain(limit.actual)}"
    return text + _binding(limit)


def _end(limit: Limit) -> str:
    """The value of a limit; of one that is not known yet, what it is surely and what it may be."""
    possibly = "without end" if limit.outer is None else _plain(limit.outer)
    if limit.inner == limit.outer:
        return possibly if limit.outer is not None else "what is not known yet"
    if limit.inner is None:
        return f"what is not known yet, possibly {possibly}"
    return f"{_plain(limit.inner)} surely, {possibly} possibly"


def _binding(limit: Limit) -> str:
    return " (the tightest)" if limit.binding else ""


def _deadline(explanation: Explanation, deadline: DeadlineDue) -> str:
    return _due(explanation, deadline) + done_in_words(deadline)


def _due(explanation: Explanation, deadline: DeadlineDue) -> str:
    if deadline.relation == "words":
        return f"deadline: {deadline.words.replace('_', ' ')}"
    if deadline.relation == "recurs":
        return f"comes again: {deadline.words}"
    if deadline.is_lacking:
        return f"deadline: {deadline.relation} {NO_DAY}"
    if deadline.due is None:
        spoken = dict(explanation.spoken)
        waits = [spoken.get(name, name) for name in deadline.unknown_for]
        waits += [f"wording that is not held: {_short(explanation, place)}" for place in deadline.wording]
        return f"deadline: {deadline.relation} a day that depends on {', '.join(waits)}"
    text = f"deadline: {deadline.relation} {as_data(deadline.due)}"
    if deadline.latest is None:
        return f"{text}, or later: whether that day is a holiday is not known"
    if deadline.latest != deadline.due:
        text += f", at the latest {as_data(deadline.latest)}"
    return text + {True: " (passed)", False: " (not passed)", None: ""}[deadline.passed]


def _ground(ground: ShownGround, depth: int, what: str, told: set[str]) -> Outline:
    head = f"{what} {ground.place.short}"
    if len(ground.conditions) == 1 and not ground.grounds and not ground.unless:
        # A ground with one condition comes to what the condition comes to.
        first, *rest = _condition(ground.conditions[0], depth, told)
        yield depth, f"{head}: {first[1]}"
        yield from rest
        return
    yield (
        depth,
        f"{head}: {NOT_KNOWN} it holds" if ground.standing == "unknown" else f"{head}: {STANDINGS[ground.standing]}",
    )
    for condition in ground.conditions:
        yield from _condition(condition, depth + 1, told)
    for inner in ground.grounds:
        yield from _ground(inner, depth + 1, "ground", told)
    for condition in ground.unless:
        yield depth + 1, "unless:"
        yield from _condition(condition, depth + 2, told)


def _condition(condition: ShownCondition, depth: int, told: set[str]) -> Outline:
    unknown = condition.standing == "unknown"
    if condition.joined:
        word = {"all": "all of", "any": "one of"}[condition.joined]
        holds = {"all": "these all hold", "any": "one of these holds"}[condition.joined]
        yield depth, f"{NOT_KNOWN} {holds}" if unknown else f"{word}: {STANDINGS[condition.standing]}"
        for part in condition.parts:
            yield from _condition(part, depth + 1, told)
        return
    facts = condition.facts
    if unknown:
        yield depth, f"{NOT_KNOWN} {condition.words}{_found_by(condition)}"
    else:
        yield depth, f"{condition.words}: {STANDINGS[condition.standing]}{_turned_on(condition)}"
    several = len(facts) > 1
    deeper = depth + (2 if several else 1)
    for fact in facts:
        if several:
            yield depth + 1, f"{fact.label}: {fact.value}{_origin(fact)}"
        if fact.name not in told:
            told.add(fact.name)
            giving = [one for one in fact.derivations if one.standing != "fails"]
            for derivation in giving:
                yield from _derivation(derivation, deeper, told)
            for derivation in () if giving else fact.derivations:
                if derivation.in_force:
                    yield from _not_reaching(derivation, deeper)


def _not_reaching(derivation: ShownDerivation, depth: int) -> Outline:
    """A rule that does not give its fact, with what fails there and no more: what that rests on is another question."""
    yield depth, f"{derivation.place.short} does not reach"
    for condition in derivation.conditions:
        if condition.standing == "fails":
            yield depth + 1, f"{condition.words}: no{_turned_on(condition)}"
    if derivation.grounds and all(ground.standing == "fails" for ground in derivation.grounds):
        yield depth + 1, NO_GROUND
    for exclusion in derivation.exclusions:
        if exclusion.standing == "holds":
            yield depth + 1, f"{EXCLUDED_BY}{exclusion.place.short}"


def _found_by(condition: ShownCondition) -> str:
    """Whose it is to find what is not known."""
    owners = dict.fromkeys(fact.owner for fact in condition.facts if fact.owner and fact.origin == "unknown")
    return f", which is for the {' and the '.join(owners)} to find" if owners else ""


def _turned_on(condition: ShownCondition) -> str:
    """The value that a condition turned on, where its own words do not have it, and where that value comes from."""
    if len(condition.facts) != 1:
        return f" ({condition.value})" if condition.value else ""
    (fact,) = condition.facts
    if condition.value:
        return f" ({condition.value})"
    is_itself = condition.text in (fact.name, f"not {fact.name}")
    is_said = condition.standing == "holds" and condition.words.endswith(f" {fact.value}")
    value = "" if is_itself or is_said or fact.value in ("not known", "none") else f" ({fact.value})"
    return f"{value}{_origin(fact)}"


def _origin(fact: ShownFact) -> str:
    origin = {"presumed": " (presumed)", "derived": " (follows)", "stated": "", "unknown": ""}[fact.origin]
    return f"{origin}, found by the {fact.owner}" if fact.owner else origin


def _derivation(derivation: ShownDerivation, depth: int, told: set[str]) -> Outline:
    word = "read as" if derivation.kind == "deem" else "gives"
    yield depth, f"{derivation.place.short} {word} {derivation.value}: {STANDINGS[derivation.standing]}"
    for condition in derivation.conditions:
        yield from _condition(condition, depth + 1, told)
    for ground in derivation.grounds:
        yield from _ground(ground, depth + 1, "ground", told)
    for exclusion in derivation.exclusions:
        yield from _ground(exclusion, depth + 1, "exclusion", told)
