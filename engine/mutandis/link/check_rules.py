"""Check: rules that can never speak, limits on what is free anyway, penalties for nothing (S4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

from mutandis.citation import Citation
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.exclusive import alternatives, excludes, is_contradictory, literals_of
from mutandis.link.instances import Instances
from mutandis.link.linked_parts import link_exclusions, link_grounds
from mutandis.link.program import Component, Derivation, DerivedFact, LinkedPenalty, Norm
from mutandis.link.provisions import Provisions
from mutandis.link.reading import Reading
from mutandis.rulebook.law import ALWAYS, Law
from mutandis.rulebook.model import Entry, Exclusion, Ground, Rule
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary

T = TypeVar("T")
_INTERVALS = "set `since` and `until` right: `until` is the first day it no longer holds"


def check_rules(
    read: Instances, provisions: Provisions, vocabulary: Vocabulary, laws: Mapping[str, Law]
) -> Iterator[Diagnostic]:
    """`limit-on-the-free`, `never-in-force`, `before-its-law`, `unreachable-proviso`, `delegation-named-otherwise`."""
    told: set[tuple[str, str]] = set()
    for reading in read.readings:
        yield from _limit_on_the_free(reading, vocabulary, told)
    for reading in read.out_of_force:
        yield from _out_of_force(reading, told)
    begins = {id: min((day for one in law.instruments for day in one.days), default=None) for id, law in laws.items()}
    for rule in provisions.rules:
        yield from _dead_parts(rule)
        begin = begins.get(rule.at.law)
        if begin is not None:
            yield from _before_its_law(rule, laws[rule.at.law], begin)
        yield from _unreachable(rule, vocabulary)
    yield from _left_otherwise(provisions.rules)


def check_penalties(
    penalties: Sequence[LinkedPenalty],
    components: Sequence[Component],
    provisions: Provisions,
    half_read: Callable[[Citation], bool] = lambda _: False,
) -> Iterator[Diagnostic]:
    """`penalty-for-nothing`, but of provisions that are `half_read`, and `penalty-named-otherwise`."""
    yield from _named_otherwise(penalties)
    for penalty in penalties:
        encoded = any(provisions.status(cited) == "listed" and provisions.rules_in(cited) for cited in penalty.of)
        if any(half_read(cited.first) for cited in penalty.of):
            continue
        if encoded and not any(penalty in component.penalties for component in components):
            yield diagnose(
                "penalty-for-nothing",
                f"no rule at {', '.join(map(str, penalty.of))}{_with_the_id(penalty)} binds anybody, "
                "so nothing there can be breached",
                "name the provision that holds the duty or the prohibition",
                penalty.span,
                (),
                str(penalty.citation),
            )


def _with_the_id(penalty: LinkedPenalty) -> str:
    return f" with the id `{penalty.rules[0].rpartition('#')[2]}`" if penalty.rules else ""


def check_milder(
    components: Iterable[Component], derived: Iterable[DerivedFact], provisions: Provisions
) -> Iterator[Diagnostic]:
    """`milder-of-nothing`."""
    told: set[str] = set()
    wordings: list[Sequence[Norm | Derivation]] = [component.norms for component in components]
    wordings += ([one for one in fact.derivations if one.kind != "ground"] for fact in derived)
    marked = [([one for one in listed if one.milder], listed) for listed in wordings]
    for one, other in (pair for compared, listed in marked for pair in product(compared, listed)):
        if not other.milder and other.rule not in told and _is_next_wording(one, other):
            told.add(other.rule)
            yield diagnose(
                "milder-of-nothing",
                f"{one.citation} has another wording, which is not compared: under both laws it is read alike",
                "write `milder: yes` at each wording that is compared",
                other.span,
                [Label(one.span, "this one is")],
                str(other.citation),
            )
    for one in (one for compared, _ in marked for one in compared):
        if one.governed_by is None and one.rule not in told:
            told.add(one.rule)
            yield diagnose(
                "milder-of-nothing",
                f"{one.citation} compares earlier and later wording, and no event says which is the earlier",
                "name the day that governs it, `governed_by: …`, or leave `milder` out",
                one.span,
                (),
                str(one.citation),
            )
    for rule in provisions.rules:
        if rule.milder and rule.effect == "penalty":
            yield diagnose(
                "milder-of-nothing",
                f"{rule.at} threatens a penalty, and of two penalties none is told to be the milder",
                "leave `milder` out; where the ceiling is a limit on what a court may impose, mark that one",
                rule.span,
                (),
                str(rule.at),
            )


def _is_next_wording(one: Norm | Derivation, other: Norm | Derivation) -> bool:
    """True of two wordings of one place of which the one ends on the day on which the other begins."""
    days = {one.force.until, other.force.since}, {other.force.until, one.force.since}
    is_same = (one.citation, one.sources) == (other.citation, other.sources)
    return is_same and any(len(day) == 1 and None not in day for day in days)


def _named_otherwise(penalties: Sequence[LinkedPenalty]) -> Iterator[Diagnostic]:
    """A penalty whose name is one letter away from one that more rules threaten."""
    named: dict[str, dict[str, LinkedPenalty]] = {}
    for penalty in penalties:
        for option in penalty.options:
            named.setdefault(option.kind, {}).setdefault(penalty.rule, penalty)
    for kind, more, listed in _misspelt(named):
        for penalty in listed.values():
            yield diagnose(
                "penalty-named-otherwise",
                f"{penalty.citation} threatens `{kind}`, and other rules `{more}`",
                f"write `{more}`, or give what is another penalty a name that is not so near",
                penalty.span,
                (),
                str(penalty.citation),
            )


def _left_otherwise(rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """A matter left to what is one letter away from that to which more rules leave theirs."""
    named: dict[str, dict[str, Rule]] = {}
    for rule in rules:
        if rule.effect == "delegate":
            named.setdefault(rule.text, {})[rule.id] = rule
    for text, more, listed in _misspelt(named):
        for rule in listed.values():
            yield diagnose(
                "delegation-named-otherwise",
                f"{rule.at} leaves its matter to `{text}`, and other rules to `{more}`",
                f"write `{more}`, or give what is another instrument a name that is not so near",
                rule.span,
                (),
                str(rule.at),
            )


def _misspelt(named: Mapping[str, Mapping[str, T]]) -> Iterator[tuple[str, str, Mapping[str, T]]]:
    """Names that are one letter away from one that more rules have, with that one, and the rules that have them."""
    for name, listed in named.items():
        more = [other for other in named if len(named[other]) > len(listed) and _is_one_letter_off(name, other)]
        if more:
            yield name, more[0], listed


def _is_one_letter_off(one: str, other: str) -> bool:
    """A letter too many, too few, another, or two that changed places."""
    shorter = min(len(one), len(other))
    begin = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    left, right = one[begin:], other[begin:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _limit_on_the_free(reading: Reading, vocabulary: Vocabulary, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    rule = reading.rule
    limiting = rule.effect == "limits" or (rule.effect == "may" and rule.requires)
    action = vocabulary.actions.get(rule.actions[0]) if rule.actions and limiting else None
    if action is None or action.default == "forbidden" or (rule.id, action.name) in told:
        return
    told.add((rule.id, action.name))
    what = "limits" if rule.effect == "limits" else "allows, with requirements,"
    where = reading.chain[-1].rule if reading.chain else rule
    yield diagnose(
        "limit-on-the-free",
        f"{rule.at} {what} `{action.name}`, which nothing forbids in the first place",
        f"declare `{action.name}` with `default: forbidden` if it needs a legal basis; else forbid what is meant",
        where.span,
        [Label(action.span, "declared here"), *([Label(rule.span, "the rule applied")] if reading.chain else [])],
        str(where.at),
    )


def _out_of_force(reading: Reading, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    clause = reading.chain[-1].rule if reading.chain else reading.written
    if (clause.id, f"force {reading.written.id}") in told:
        return
    told.add((clause.id, f"force {reading.written.id}"))
    message = f"{reading.written.at} is never in force"
    if reading.chain:
        message = f"{reading.written.at} and {clause.at}, which applies it, are never in force together"
    labels = [Label(reading.written.span, "the rule applied")] if reading.chain else []
    yield diagnose("never-in-force", message, _INTERVALS, clause.span, labels, str(clause.at))


def _dead_parts(rule: Rule) -> Iterator[Diagnostic]:
    parts: list[Ground | Exclusion | Entry] = [*rule.grounds, *rule.unless, *rule.entries]
    for part in parts:
        if not rule.force.is_empty and part.force.meet(rule.force).is_empty:
            message = f"{part.citation} is never in force together with its rule"
            yield diagnose("never-in-force", message, _INTERVALS, part.span, (), str(part.citation))


def _before_its_law(rule: Rule, law: Law, begins: dt.date) -> Iterator[Diagnostic]:
    parts: list[Rule | Ground | Exclusion | Entry] = [rule, *rule.grounds, *rule.unless, *rule.entries]
    for part in parts:
        day = part.force.since
        if day is not None and day < begins:
            place = rule.at if isinstance(part, Rule) else part.citation
            yield diagnose(
                "before-its-law",
                f"{place} is in force from {day}, and the {law.short} from {begins}",
                f"set `since` right, or add the instrument to the `instruments` of {law.id}/law.yaml",
                part.span,
                (),
                str(place),
            )


def _unreachable(rule: Rule, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    trunk = list(literals_of(rule.when))
    if is_contradictory(trunk, vocabulary):
        yield _never(rule.span, rule.at, "the rule", "its conditions contradict each other")
        return
    for ground in rule.grounds:
        own = list(literals_of([ground.when] if ground.when is not None else []))
        if is_contradictory([*trunk, *own], vocabulary):
            yield _never(ground.span, ground.citation, "the ground", "it contradicts the rule's own conditions")
    for requirement in rule.requires:
        own = list(literals_of([requirement.condition]))
        if is_contradictory([*trunk, *own], vocabulary):
            why = (
                "it contradicts itself" if is_contradictory(own, vocabulary) else "it contradicts the rule's conditions"
            )
            yield _never(requirement.span, requirement.citation, "the requirement", why)
    possible = alternatives(rule.when, link_grounds(rule.grounds))
    for exclusion in rule.unless:
        linked = link_exclusions((exclusion,))[0]
        own = list(literals_of([linked.when] if linked.when is not None else []))
        if all(is_contradictory([*literals, *own], vocabulary) for literals in possible):
            yield _never(
                exclusion.span, exclusion.citation, "the proviso", "it contradicts the rule that it is a proviso to"
            )
        elif not linked.grounds and linked.force == ALWAYS and own and all(excludes(own, p) for p in possible):
            yield _never(rule.span, rule.at, "the rule", f"the proviso at {linked.citation} takes in every case of it")
        elif not linked.grounds and linked.force == ALWAYS and own and rule.grounds:
            for ground, literals in zip(rule.grounds, possible, strict=True):
                if excludes(own, literals):
                    why = f"the proviso at {linked.citation} takes in every case of it"
                    yield _never(ground.span, ground.citation, "the ground", why)


def _never(span: Span, place: Citation, what: str, why: str) -> Diagnostic:
    return diagnose(
        "unreachable-proviso",
        f"{what} at {place} can never hold: {why}",
        "mend the condition, or take it out",
        span,
        (),
        str(place),
    )
