"""Taking out of a log what must not be kept: personal facts of a case, and whole entries when their time is over.

The chain stays whole. Of a redacted leaf its hash is left, of a pruned entry its place; an entry tells who took out
what, and why. A decision of which a fact was taken out cannot be made again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from mutandis_log.entry import ANSWER, FACT, Draft, Entry, Leaf
from mutandis_log.log import DecisionLog
from mutandis_log.verify import digest_of

OF_VALUES: Final = frozenset({"limits", "breaches", "deadlines", "findings", "decisions"})
"""The parts of an answer that say, or let be worked out, what the facts were."""
_SHORTEST: Final = 3
"""A value of fewer characters (`no`) is not looked for in the other parts: it would be found everywhere."""


def redact(
    log: DecisionLog, facts: Collection[str], *, because: str, who: str, numbers: Sequence[int] = (), before: str = ""
) -> Entry | None:
    """Take these facts out of entries (all, those of `numbers`, those recorded `before` a day), and with each fact the
    parts of the answer that say or betray its value. A term (`inmate`) means all its facts. What tells of it is
    returned; None where there was nothing to take out.
    """
    changed: dict[int, dict[str, Leaf]] = {}
    told: list[list[Any]] = []
    for entry in log.entries(numbers=numbers, until=before):
        names = leaves_to_take_out(entry, facts)
        if names:
            changed[entry.seq] = {n: leaf.taken_out() if n in names else leaf for n, leaf in entry.leaves.items()}
            told.append([entry.seq, sorted(names)])
    if not told:
        return None
    question = {"facts": sorted(facts), "because": because, "entries": told}
    return log.take_out(Draft("redaction", who, question, {}), changed)


def facts_in(log: DecisionLog) -> frozenset[str]:
    """The facts that entries of a log state or stated, and their terms."""
    stated = {name.removeprefix(FACT) for entry in log.entries() for name in entry.leaves if name.startswith(FACT)}
    return frozenset(stated | {name.partition(".")[0] for name in stated})


def leaves_to_take_out(entry: Entry, facts: Collection[str]) -> frozenset[str]:
    """The names of the leaves of an entry that say something of these facts and are still there."""
    said = entry.said(FACT)
    mine = [name for name in said if name in facts or name.partition(".")[0] in facts]
    if not mine:
        return frozenset()
    values = {text for name in mine for text in _values(entry.value_of(said[name]))}
    betray = [
        part
        for part, text in entry.said(ANSWER).items()
        if (part in OF_VALUES and text != "[]") or any(value in text for value in values)
    ]
    return frozenset([*(FACT + name for name in mine), *(ANSWER + part for part in betray)])


def _values(value: object) -> list[str]:
    """Every text in a value that is long enough to be told from others."""
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _values(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _values(inner)]
    written = json.dumps(str(value), ensure_ascii=False)[1:-1]
    return [written] if len(written) >= _SHORTEST and not isinstance(value, bool) else []


def prune(log: DecisionLog, before: str, *, because: str, who: str) -> Entry | None:
    """Leave of every entry recorded before a day (or moment, in UTC) its place in the chain alone; what tells of it is
    returned, None where there was nothing to prune. What tells of what was taken out stays."""
    pruned = [
        entry
        for entry in log.entries(until=before)
        if not entry.is_pruned and entry.kind not in ("redaction", "pruning")
    ]
    if not pruned:
        return None
    numbers = [entry.seq for entry in pruned]
    question = {
        "before": before,
        "because": because,
        "entries": len(pruned),
        "ranges": _ranges(numbers),
        "digest": digest_of([entry.hash for entry in pruned]),
    }
    return log.take_out(Draft("pruning", who, question, {}), {}, numbers)


def _ranges(numbers: Sequence[int]) -> list[list[int]]:
    """Ascending numbers as pairs of the first and the last of each run."""
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b != a + 1), numbers[-1]]
    return [list(pair) for pair in zip(starts, ends, strict=True)]
