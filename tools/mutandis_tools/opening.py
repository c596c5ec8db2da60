"""Opening a rulebook for the tools: its files, locks and cases read and linked, with everything found wrong.

The engine's own `Rulebook` is for deciding; the tools also look at files, locks and cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.evaluate.facts import FactsRead, read_facts
from mutandis.link.linker import Linked, link
from mutandis.link.program import Program
from mutandis.resources import rulebook_folder
from mutandis.rulebook.case_file import CaseFile, CasesRead, load_cases
from mutandis.rulebook.load import load_source
from mutandis.rulebook.lock import Lock, check_stale, read_lock
from mutandis.rulebook.model import Source
from mutandis.source import NOWHERE, Span
from mutandis.suggest import did_you_mean
from mutandis_tools.coverage.locked_places import check_rule_places
from mutandis_tools.names import Names

_ABOUT_ACTIONS = frozenset({"decide", "when", "next_question", "why_not"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A rulebook with all that lies beside it. `shown` is the folder as a person is told of it."""

    shown: str
    source: Source
    linked: Linked
    locks: dict[str, Lock]
    lock_texts: dict[str, str]
    cases: CasesRead

    @property
    def names(self) -> Names:
        """What the rulebook calls things."""
        return Names(self.source.laws, self.source.vocabulary)

    @property
    def files(self) -> dict[str, str]:
        """The text of every file, by its name in the rulebook."""
        return {**self.source.files, **self.cases.files, **self.lock_texts}

    @property
    def shown_files(self) -> dict[str, str]:
        """How each file is named to a person: with the rulebook's folder before it."""
        return {name: str(Path(self.shown) / name) for name in self.files} if self.shown else {}


def open_rulebook(folder: Path | None) -> Opened:
    """The rulebook in `folder`, or the one that ships with the program.

    Raises `FileNotFoundError` if there is none.
    """
    root: Traversable = rulebook_folder() if folder is None else folder
    if not root.is_dir():
        raise FileNotFoundError(f"there is no rulebook folder `{folder}`")
    source = load_source(root)
    lock_texts = _lock_texts(root, source)
    locks = {name.partition("/")[0]: read_lock(text, name) for name, text in lock_texts.items()}
    known = {p.citation for lock in locks.values() for p in lock.provisions if p.citation is not None}
    return Opened(_shown(root), source, link(source, known), locks, lock_texts, load_cases(root))


def find_faults(opened: Opened) -> tuple[Diagnostic, ...]:
    """Everything that `check` tells: of the files, the links, the locks and the cases."""
    found = [*opened.source.diagnostics, *opened.linked.diagnostics, *opened.cases.diagnostics]
    for lock in opened.locks.values():
        found.extend(lock.diagnostics)
        found.extend(check_stale(lock))
    found.extend(check_rule_places(opened.source.articles, opened.locks))
    if not any(d.severity is Severity.ERROR and _is_vocabulary(d.span.file) for d in opened.source.diagnostics):
        # A vocabulary that could not be read in full would make every case look wrong.
        for case in opened.cases.cases:
            found.extend(find_case_faults(opened, case))
    return sort_diagnostics(found)


def _is_vocabulary(file: str) -> bool:
    return file.rpartition("/")[2] == "vocabulary.yaml"


def find_case_faults(opened: Opened, case: CaseFile) -> tuple[Diagnostic, ...]:
    """What is wrong with a case: facts the vocabulary does not allow, a question about what it does not have."""
    return (*read_case_facts(opened.source, opened.linked.program, case).diagnostics, *_unknown_subject(opened, case))


def read_case_facts(source: Source, program: Program | None, case: CaseFile) -> FactsRead:
    """The case's facts, checked; each diagnostic points into the case's file."""
    derived = program.derived if program is not None else None

    def span_of(name: str) -> Span:
        return case.places.get(name, case.places.get(name.partition(".")[0], case.span))

    return read_facts(case.facts, source.vocabulary, derived=derived, span_of=span_of)


def _unknown_subject(opened: Opened, case: CaseFile) -> tuple[Diagnostic, ...]:
    vocabulary, ask = opened.source.vocabulary, case.ask
    if ask.question in _ABOUT_ACTIONS and ask.subject not in vocabulary.actions:
        what, known = "action", list(vocabulary.actions)
    elif ask.question == "value" and ask.subject not in vocabulary.facts:
        what, known = "fact", list(vocabulary.facts)
    else:
        return ()
    help_ = did_you_mean(ask.subject, known, f"ask about an {what} that the vocabulary declares")
    message = f"the vocabulary has no {what} `{ask.subject}`"
    span = ask.span if ask.span != NOWHERE else case.span
    return (diagnose("unknown-question", message, help_, span),)


def _lock_texts(root: Traversable, source: Source) -> dict[str, str]:
    texts: dict[str, str] = {}
    for law in source.laws:
        entry = root.joinpath(law).joinpath("text.lock")
        if entry.is_file():
            texts[f"{law}/text.lock"] = entry.read_bytes().decode("utf-8", errors="replace")
    return texts


def _shown(root: Traversable) -> str:
    """The folder relative to where the person stands, where it lies below; else in full."""
    path = Path(str(root))
    if not path.is_dir():
        return ""
    here = Path.cwd()
    resolved = path.resolve()
    return str(resolved.relative_to(here)) if resolved.is_relative_to(here) else str(resolved)
