"""Whether a log is as it was written: each entry follows from the one before, what is gone was taken out openly."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from mutandis.dataclass import dataclass
from mutandis_log.entry import BEGINNING, Entry, Seal, UnreadableEntryError
from mutandis_log.log import DecisionLog

MOST_FAULTS = 100
"""After so many faults nobody needs more to see that a log was altered."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of the chain."""

    seq: int
    message: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a log came to: how many entries, how many of them redacted or pruned, its last receipt, what is wrong."""

    entries: int
    redacted: int
    pruned: int
    head: str
    faults: tuple[Fault, ...]


def digest_of(hashes: list[str]) -> str:
    """One hash for those of pruned entries, which the entry that tells of the pruning has."""
    return sha256("".join(hashes).encode()).hexdigest()


def verify(log: DecisionLog, receipts: Mapping[int, str] | None = None) -> Verified:
    """Go through the whole log. `receipts` are hashes of entries that somebody kept, by number: with one of the last
    entry it is found too if entries are missing at the end."""
    before = log.end()
    found = _gone_through(log, dict(receipts or {}))
    if found.faults and log.end() != before:
        # Entries that were pruned between the reading of them and of what tells of it look exchanged.
        found = _gone_through(log, dict(receipts or {}))
    return found


def _gone_through(log: DecisionLog, receipts: dict[int, str]) -> Verified:
    chain = _Chain(log.seal, receipts)
    for seq in log.strays():
        chain.wrong(seq, "it stands before the first entry")
    while True:
        try:
            for entry in log.entries(after=chain.last):
                chain.take(entry)
            return chain.end()
        except UnreadableEntryError as broken:
            chain.pass_over(broken)


class _Chain:
    def __init__(self, seal: Seal, receipts: dict[int, str]) -> None:
        self._seal = seal
        self._receipts = receipts
        self._faults: list[Fault] = []
        self.last = 0
        self._previous = BEGINNING
        self._redacted: dict[int, set[str]] = {}
        self._pruned: dict[int, str] = {}
        self._told_redacted: dict[int, set[str]] = {}
        self._told_pruned: set[int] = set()

    def wrong(self, seq: int, message: str) -> None:
        if len(self._faults) < MOST_FAULTS:
            self._faults.append(Fault(seq, message))

    def pass_over(self, broken: UnreadableEntryError) -> None:
        """Go on behind a row that is no entry."""
        self._follows(broken.seq)
        self.wrong(broken.seq, "it cannot be read: it was not written by this program, or altered")
        self._receipts.pop(broken.seq, None)
        self.last, self._previous = broken.seq, broken.hash

    def _follows(self, seq: int) -> bool:
        first, end = self.last + 1, seq - 1
        if first <= end:
            self.wrong(first, "it is missing" if first == end else f"it and all up to entry {end} are missing")
        return first > end

    def take(self, entry: Entry) -> None:
        if not self._follows(entry.seq):
            pass  # of what it follows from nothing is known
        elif entry.previous != self._previous:
            self.wrong(entry.seq, "it does not follow from the entry before")
        if entry.is_pruned:
            self._pruned[entry.seq] = entry.hash
        if not entry.is_pruned and not self._is_as_recorded(entry):
            self.wrong(entry.seq, "what it says is not what was put on record")
        elif not entry.is_told_alike:
            self.wrong(entry.seq, "the columns beside it say something else than it does")
        if entry.redacted:
            self._redacted[entry.seq] = set(entry.redacted)
        try:
            self._take_telling(entry)
        except (KeyError, TypeError, ValueError):
            self.wrong(entry.seq, "what it says was taken out cannot be read")
        expected = self._receipts.pop(entry.seq, None)
        if expected is not None and expected != entry.hash:
            self.wrong(entry.seq, "it is not the entry of the receipt")
        self.last, self._previous = entry.seq, entry.hash

    def _is_as_recorded(self, entry: Entry) -> bool:
        try:
            return entry.digest(self._seal) == entry.hash
        except UnicodeEncodeError:  # half of a surrogate pair, which no entry is written with
            return False

    def _take_telling(self, entry: Entry) -> None:
        """What an entry says of others that something was taken out of."""
        if entry.kind == "redaction":
            for seq, names in entry.question["entries"]:
                self._told_redacted.setdefault(seq, set()).update(names)
        if entry.kind != "pruning":
            return
        if any(first < 1 or end >= entry.seq for first, end in entry.question["ranges"]):
            raise ValueError("only what stands before it can be pruned")
        numbers = [seq for first, end in entry.question["ranges"] for seq in range(first, end + 1)]
        held = [self._pruned.get(seq, "") for seq in numbers]
        self._told_pruned.update(numbers)
        if digest_of(held) != entry.question["digest"]:
            self.wrong(entry.seq, "what it says was pruned is not what is left of it")

    def end(self) -> Verified:
        for seq, names in self._redacted.items():
            if silent := sorted(names - self._told_redacted.get(seq, set())):
                self.wrong(seq, f"{', '.join(silent)} is gone, and no entry tells who took it out")
        for seq in sorted(self._pruned.keys() - self._told_pruned):
            self.wrong(seq, "it is gone, and no entry tells who pruned it")
        for seq in sorted(self._receipts):
            self.wrong(seq, "there is a receipt for it, and it is missing")
        faults = tuple(sorted(self._faults, key=lambda fault: fault.seq))
        head = f"{self.last}:{self._previous}" if self.last else ""
        return Verified(self.last, len(self._redacted), len(self._pruned), head, faults)
