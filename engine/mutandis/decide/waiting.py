"""The definitions that an answer which is not settled waits for (S29).

A fact that a definition gives, and of which the value is not known, is told where the answer would be another for one
of the values it may have; where these cannot be counted, where it waits for what the answer waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mutandis.dataclass import replace
from mutandis.decide.cited import chains_of
from mutandis.decide.conditions import is_truth
from mutandis.decide.counterfactual import turns_on
from mutandis.decide.held import held_grounds, may_hold
from mutandis.decide.names import united
from mutandis.decide.result import Verdict
from mutandis.decide.result_parts import Authority
from mutandis.decide.ternary import FALSE, TRUE, Gap, Range
from mutandis.decide.turning import Turning
from mutandis.link.program import Derivation, DerivedFact, LinkedGround
from mutandis.link.read_through import facts_read
from mutandis.link.reads import of_derivation, of_ground


def open_definitions(turning: Turning) -> Iterator[Authority]:
    """In an answer that is not settled, each definition that may give its fact another value than the answer would
    have without it, with what it waits for."""
    asked = turning.asked
    shape, derived = asked.shape, asked.program.derived
    if shape.verdict is not Verdict.UNDETERMINED:
        return
    values, detail, names = asked.detail()
    turned = {*shape.missing, *shape.deciding.facts, *shape.deciding.parameters}
    for name in turning.derived_in_order():
        if name not in detail.derived or name in (asked.choices or ()):
            continue
        place, entries = detail.derived[name]
        truth = _truth_of(values[place], derived[name])
        waits = names.waits(truth)
        facts = (waits.facts | waits.parameters) & turned
        if not facts or not _is_of_use(turning, name, derived[name]):
            continue
        for one, doubt in _in_doubt(turning, derived[name], [values[k] for k in entries]):
            beside = BESIDE & facts & names.waits(doubt if is_truth(derived[name]) else truth).facts
            read = _among(facts, facts_read(asked.program, of_derivation(one))) | beside
            if read:
                yield from _told(turning, one, read)


BESIDE = frozenset({"holidays", "now", "today"})
"""What is waited for and no condition reads by its name: it is stated beside the facts."""


def _among(facts: frozenset[str], read: Iterable[str]) -> frozenset[str]:
    """Those of the facts that are read: an attribute of a list's member where the list is."""
    names = frozenset(read)
    return frozenset(fact for fact in facts if fact.partition("[")[0] in names)


def _truth_of(value: Any, derived: DerivedFact) -> int:
    """What the value of a derived fact waits for, as a truth; bounds of a day are told of the definition that gave
    them."""
    if is_truth(derived):
        return int(value)
    is_bounded_day = isinstance(value, Range) and derived.type.kind in ("date", "moment")
    return value.truth if isinstance(value, Gap) and not is_bounded_day else TRUE


def _in_doubt(turning: Turning, derived: DerivedFact, entries: list[int]) -> Iterator[tuple[Derivation, int]]:
    """The derivations that may give the fact its value, cut down to the entries that may, with what these wait for."""
    place = 0
    for derivation in derived.derivations:
        own = zip(derivation.entries, entries[place : place + len(derivation.entries)], strict=True)
        place += len(derivation.entries)
        may = {entry: truth for entry, truth in own if truth != FALSE}
        values = turning.truths([entry.value for entry in may]) if is_truth(derived) else ()
        if may and not derivation.opaque and set(values) != {FALSE}:
            yield replace(derivation, entries=tuple(may)), united([*may.values(), *values])


def _is_of_use(turning: Turning, name: str, derived: DerivedFact) -> bool:
    """True unless the answer is the same for every value of a fact whose values can be counted."""
    declared = turning.program.vocabulary.facts.get(derived.base or name)
    if is_truth(derived):
        tried: list[object] = [True, False]
    elif declared is not None and derived.type.kind == "enum" and not (derived.type.several or derived.type.open):
        tried = [value for value, _ in declared.values]
    else:
        return True
    return turns_on(turning.asked, [({}, {name: value}) for value in tried])


def _told(turning: Turning, one: Derivation, facts: frozenset[str]) -> Iterator[Authority]:
    chains = chains_of(one.sources)
    grounds = () if any(held_grounds(turning, g) for g in one.grounds) else one.grounds
    leaves = [leaf for ground in grounds for leaf in _open_leaves(turning, ground)]
    for leaf in leaves:
        truths = turning.truths([leaf.when] if leaf.when is not None else [])
        beside = BESIDE & facts & turning.asked.detail()[2].waits(united([*truths])).facts
        reads = _among(facts, facts_read(turning.program, of_ground(leaf))) | beside
        yield Authority("open", str(leaf.citation), one.summary, chains, tuple(sorted(reads or facts)))
    if not leaves:
        places = dict.fromkeys(str(entry.citation) for entry in one.entries)
        yield from (Authority("open", place, one.summary, chains, tuple(sorted(facts))) for place in places)


def _open_leaves(turning: Turning, ground: LinkedGround) -> Iterable[LinkedGround]:
    """The innermost grounds that may hold."""
    if not may_hold(turning, ground):
        return []
    return [leaf for inner in ground.grounds for leaf in _open_leaves(turning, inner)] or [ground]
