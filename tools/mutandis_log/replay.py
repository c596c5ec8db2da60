"""Decisions of a log made again: whether they are the same, and under another rulebook which would come out otherwise.

Each entry is a question with its facts and its two dates, the law as known and the law in force, so it can be put again
to any rulebook, and with other dates. What was taken out of the log cannot be decided and is counted.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Any, Final

from mutandis import __version__
from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.flip import ABSENT, Flip, Flips, Told, Turned, rests_on, turned
from mutandis.decide.json_text import as_json
from mutandis.decide.record import DecisionRecord
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostics import CaseError, MutandisError
from mutandis_log.entry import Entry, UnreadableEntryError

UNTOLD: Final = "not_told"
"""What stands for the verdict of an action that an assessment leaves out: nothing binds, or it is open."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind: how many there are, and the numbers of the first."""

    what: str
    count: int
    samples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of deciding a log again.

    Of `decided` entries, `identical` have the same answer byte for byte (of another rulebook: but for its hash), and
    `flipped` another verdict on some action; `flips` tells which, most first, with the numbers of the first entries.
    `otherwise` counts the others by the part of the answer that is another. `same_rulebook` were decided by the
    rulebook that they name, `same_program` by the same version of the program. `refused` are those whose question the
    rulebook does not have, or that have none, by what is said of them; `left_out` those that are redacted or pruned.
    """

    decided: int
    identical: int
    flipped: int
    same_rulebook: int
    same_program: int
    flips: tuple[Flip[int], ...]
    otherwise: tuple[Group, ...]
    refused: tuple[Group, ...]
    left_out: tuple[Group, ...]

    @property
    def is_identical(self) -> bool:
        """True if every entry that is whole was decided alike."""
        return self.identical == self.decided and not self.refused


@dataclass(slots=True)
class _Counted:
    count: int = 0
    samples: list[int] = field(default_factory=list)

    def take(self, seq: int, most: int) -> None:
        self.count += 1
        if len(self.samples) < most:
            self.samples.append(seq)


class _Replay:
    def __init__(self, law_as_of: dt.date | None, samples: int) -> None:
        self.law_as_of = law_as_of
        self.samples = samples
        self.counts: Counter[str] = Counter()
        self.flips: Flips[int] = Flips(samples)
        self.groups: dict[str, dict[str, _Counted]] = {"otherwise": {}, "refused": {}, "left_out": {}}

    def group(self, kind: str, what: str, seq: int) -> None:
        self.groups[kind].setdefault(what, _Counted()).take(seq, self.samples)

    def take(self, entry: Entry, book: Rulebook) -> None:
        if entry.is_pruned or entry.kind not in ("decision", "assessment"):
            if entry.is_pruned:
                self.group("left_out", "pruned", entry.seq)
            return
        if entry.redacted:
            self.group("left_out", "redacted", entry.seq)
            return
        try:
            now = self.decide(entry, book)
        except MutandisError as error:  # a case that the rulebook does not have; or what is on record is no question
            told = error.diagnostics[0].message if isinstance(error, CaseError) else str(error)
            self.group("refused", told, entry.seq)
            return
        self.counts["decided"] += 1
        self.counts["same_rulebook"] += entry.question["rulebook"] == book.content_hash
        self.counts["same_program"] += entry.question["program"] == __version__
        recorded = entry.answer.replace(_hash(entry.question["rulebook"]), _hash(book.content_hash))
        text = as_json(now[0] if entry.kind == "decision" else now)
        if text == recorded:
            self.counts["identical"] += 1
            return
        try:
            self.compare(entry, recorded, text, book)
        except (TypeError, KeyError, AttributeError, UnreadableEntryError):
            self.group("otherwise", "in another form than this program's", entry.seq)

    def decide(self, entry: Entry, book: Rulebook) -> tuple[Decision, ...]:
        asked = _question_of(entry)
        law_as_of = self.law_as_of or asked.law_as_of
        dates: dict[str, Any] = {"at": asked.at, "law_as_of": law_as_of, "by": asked.by, "holidays": asked.holidays}
        if entry.kind == "decision":
            return (book.decide(asked.action, asked.facts, **dates),)
        found = book.assess(asked.facts, **dates)
        return tuple(d for d in found if entry.question.get("open") or d.verdict is not Verdict.UNDETERMINED)

    def compare(self, entry: Entry, recorded: str, text: str, book: Rulebook) -> None:
        was, now = _by_action(entry.value_of(recorded)), _by_action(json.loads(text))
        flips: list[Turned] = []
        parts: set[str] = set()
        for action in sorted({*was, *now}):
            before, after = was.get(action), now.get(action)
            one = Told(UNTOLD) if before is None else _told(before)
            absent = Told(UNTOLD if action in book.program.components else ABSENT)
            other = absent if after is None else _told(after)
            if one.verdict != other.verdict:
                flips.append(turned(action, one, other))
            elif before is not None and after is not None:
                parts.update(part for part in {*before, *after} if before.get(part) != after.get(part))
        self.counts["flipped"] += bool(flips)
        for flip in flips:
            self.flips.take(flip, [entry.seq])
        if not flips:
            for part in sorted(parts):
                self.group("otherwise", part, entry.seq)

    def end(self) -> Replayed:
        return Replayed(
            self.counts["decided"],
            self.counts["identical"],
            self.counts["flipped"],
            self.counts["same_rulebook"],
            self.counts["same_program"],
            self.flips.counted(),
            self.groups_of("otherwise"),
            self.groups_of("refused"),
            self.groups_of("left_out"),
        )

    def groups_of(self, kind: str) -> tuple[Group, ...]:
        """What was counted of a kind, most first."""
        found = sorted(self.groups[kind].items(), key=lambda item: (-item[1].count, item[0]))
        return tuple(Group(what, one.count, tuple(one.samples)) for what, one in found)


def replay(
    entries: Iterable[Entry],
    choose: Callable[[Entry], Rulebook],
    *,
    law_as_of: dt.date | None = None,
    samples: int = 3,
    progress: Callable[[int], None] | None = None,
) -> Replayed:
    """Decide entries again, each by the rulebook that `choose` gives for it.

    `law_as_of` is the day of the law in force, in place of the entries' own. `progress` is called with how many entries
    were gone through. Raises what `choose` raises.
    """
    work = _Replay(law_as_of, samples)
    for number, entry in enumerate(entries, 1):
        work.take(entry, choose(entry))
        if progress is not None:
            progress(number)
    return work.end()


def _question_of(entry: Entry) -> DecisionRecord:
    """The question of an entry; an assessment's has no action."""
    asked = {"action": "", **entry.question}
    names = ("action", "by", "at", "law_as_of", "holidays", "rulebook", "program")
    return DecisionRecord.of_data(
        {"record": 1, **{name: asked.get(name) for name in names}, "facts": entry.facts, "answer": {}}
    )


def _hash(content_hash: str) -> str:
    return f'"content_hash":"{content_hash}"'


def _by_action(answer: Any) -> dict[str, Mapping[str, Any]]:
    """The decisions of an answer in JSON's own types, by action."""
    return {one["action"]: one for one in (answer if isinstance(answer, list) else [answer])}


def _told(decision: Mapping[str, Any]) -> Told:
    # An older program's answer may lack a part.
    cited = [place for one in decision.get("cited", ()) for place in one["provisions"]]
    places = rests_on(cited, [one["provision"] for one in decision.get("breaches", ())])
    missing = tuple(decision.get("missing", ()))
    if not all(isinstance(text, str) for text in (*places, *missing)):
        raise TypeError("a place or a fact that is no text")
    return Told(str(decision["verdict"]), places, missing)
