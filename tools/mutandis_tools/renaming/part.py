"""One name for another, and what of a rulebook that can touch: what declares, and the files that say either.

Reading takes most of the time of a renaming, and only these files need to be read with a place for every part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.facts.remembered import Remembered
from mutandis.rulebook.calendar_file import is_calendar_file
from mutandis.rulebook.case_file import CasesRead, is_case_file
from mutandis.rulebook.load import is_rulebook_file, load_text
from mutandis.rulebook.rereading import Rereading
from mutandis.vocabulary import Vocabulary
from mutandis_tools.opening import Opened, read_case
from mutandis_tools.store.files import Shelf

_DECLARING = ("vocabulary.yaml", "law.yaml", "divisions.yaml")


@dataclass(frozen=True, slots=True)
class Change:
    """One name for another: of a term, or of the attribute or verb that the terms `kinds` have in common.

    `old` and `new` are the words that change; `join` stands between a verb or attribute and its term: a point after the
    term, a space before it, nothing where the term itself is renamed.
    """

    old: str
    new: str
    join: str = ""
    kinds: tuple[str, ...] = ()

    def pattern(self, word: str) -> re.Pattern[str]:
        """What finds the whole names that have the word."""
        either, word = "|".join(map(re.escape, self.kinds)), re.escape(word)
        match self.join:
            case ".":
                return re.compile(rf"(?<![\w.])((?:{either})\.){word}()(?![\w.])")
            case " ":
                return re.compile(rf"(?<![\w.])(){word}( (?:{either}))(?![\w.])")
            case _:
                return re.compile(rf"(?<![\w.])(){word}()(?!\w)")

    def is_in(self, text: str, vocabulary: Vocabulary) -> bool:
        """False where a text of rules cannot name what changes, nor have a variable of a list that does."""
        either = f"(?:{re.escape(self.old)}|{re.escape(self.new)})"
        match self.join:
            case ".":
                before = re.findall(rf"(\w*)\s*\.\s*{either}(?!\w)", text)
                return any(term in self.kinds or term not in vocabulary.terms for term in before)
            case " ":
                return any(term in self.kinds for term in re.findall(rf"(?<!\w){either}\s+(\w+)", text))
            case _:
                return re.search(rf"(?<!\w){either}(?!\w)", text) is not None

    def is_in_cases(self, text: str) -> bool:
        """False where a text of cases cannot name what changes; none names what nobody had."""
        old = re.escape(self.old)
        stands = {".": rf"\.{old}(?!\w)|(?<!\w){old}[\"']?\s*:", " ": rf"(?<!\w){old}\s+\w"}
        return re.search(stands.get(self.join, rf"(?<!\w){old}(?!\w)"), text) is not None

    def is_shared(self, vocabulary: Vocabulary) -> bool:
        """True if other terms have an attribute or verb of the old or the new name."""
        return any(self.has(vocabulary, term) for term in vocabulary.terms if term not in self.kinds)

    def has(self, vocabulary: Vocabulary, term: str) -> bool:
        """True if the term has an attribute or verb of the old or the new name."""
        match self.join:
            case ".":
                return any(f"{term}.{word}" in vocabulary.facts for word in (self.old, self.new))
            case " ":
                return any(f"{word} {term}" in vocabulary.actions for word in (self.old, self.new))
            case _:
                return False


def part_of(opened: Opened, change: Change, again: Rereading) -> Opened:
    """What declares, the files that may say either name, and clauses that construe where other terms have it too.

    Nothing of it is linked.
    """
    vocabulary = opened.source.vocabulary
    shared = change.is_shared(vocabulary)

    def is_part(name: str, text: str) -> bool:
        if is_case_file(name):
            return change.is_in_cases(text)
        return _declares(name) or change.is_in(text, vocabulary) or (shared and "construe" in text)

    texts = {**opened.source.files, **opened.cases.files}
    return _read(opened, {name: text for name, text in texts.items() if is_part(name, text)}, again)


def _declares(name: str) -> bool:
    return is_rulebook_file(name) and (name.rpartition("/")[2] in _DECLARING or is_calendar_file(name))


def part_with(part: Opened, over: Mapping[str, str], again: Rereading) -> Opened:
    """The part as it would be with these texts in the place of what its files have."""
    return _read(part, {**part.source.files, **part.cases.files, **over}, again)


def _read(opened: Opened, texts: Mapping[str, str], again: Rereading) -> Opened:
    read = [again.cases(text, name) for name, text in texts.items() if is_case_file(name)]
    cases = CasesRead(
        tuple(case for one in read for case in one.cases),
        tuple(fault for one in read for fault in one.diagnostics),
        {name: text for one in read for name, text in one.files.items()},
    )
    linked = replace(opened.linked, program=None, diagnostics=())
    source = load_text(texts, again)
    return replace(
        opened, source=source, linked=linked, cases=cases, lock_texts={}, remembered=Remembered(), shelf=Shelf("")
    )


def errors_of(part: Opened) -> list[Diagnostic]:
    """What is wrong in the files of the part, read by themselves."""
    found = [*part.source.diagnostics, *part.cases.diagnostics]
    for case in part.cases.cases:
        found += read_case(part, case).diagnostics
    return [one for one in found if one.severity is Severity.ERROR]
