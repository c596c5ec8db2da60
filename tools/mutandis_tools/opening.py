"""Opening a rulebook for the tools: its files, locks and cases read and linked, with everything found wrong.

The engine's own `Rulebook` is for deciding; the tools also look at files, locks and cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.bundle.container import BundleError
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError, Diagnostic, Severity, sort_diagnostics
from mutandis.facts import Facts
from mutandis.facts.read import FactsRead, read_facts
from mutandis.facts.remembered import Remembered
from mutandis.link.program import Linked, Program
from mutandis.resources import rulebook_folder
from mutandis.rulebook.case_file import CaseFile, CasesRead, load_cases, read_cases
from mutandis.rulebook.lock import Lock, check_stale, read_lock
from mutandis.rulebook.model import Source
from mutandis.source import NOWHERE, Span
from mutandis.suggest import did_you_mean
from mutandis_tools import store
from mutandis_tools.location import Location, NoRulebookError, locate_rulebook
from mutandis_tools.names import Names

_MOST_NAMED = 12
_ABOUT_ACTIONS = frozenset({"decide", "when", "next_question", "why_not"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A rulebook with all that lies beside it.

    `typed` has the files a person named on the way, by the path they typed: those are told as they were typed.
    `remembered` has what values of facts were read as, case after case.
    """

    location: Location
    source: Source
    linked: Linked
    locks: dict[str, Lock]
    lock_texts: dict[str, str]
    cases: CasesRead | StoredCases
    typed: dict[str, str] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=Remembered, compare=False, repr=False)

    @property
    def names(self) -> Names:
        """What the rulebook calls things."""
        return Names(self.source.laws, self.source.vocabulary, self.linked.program)

    @property
    def files(self) -> dict[str, str]:
        """The text of every file, by its name in the rulebook, or as it was typed."""
        return {**self.source.files, **self.cases.files, **self.lock_texts, **self.typed}

    @property
    def shown_files(self) -> dict[str, str]:
        """How each file of the rulebook is named to a person: with the rulebook's folder before it."""
        folder = self.location.shown if self.location.path is not None else _shipped_folder()
        if not folder or self.location.is_bundle:
            return {}
        inside = (*self.source.files, *self.cases.files, *self.lock_texts)
        return {name: str(Path(folder) / name) for name in inside if name not in self.typed}

    @property
    def told(self) -> str:
        """The rulebook in a few words: its hash, and where it is."""
        return f"{self.source.content_hash[:12] or 'without a hash'}, {self.location.told}"


def open_rulebook(path: Path | None) -> Opened:
    """The rulebook at `path`, a folder or a bundle, or the one that ships with the program.

    Raises `NoRulebookError` if there is none.
    """
    return open_located(Location(None, "shipped") if path is None else locate_rulebook(path))


def open_located(location: Location) -> Opened:
    """The rulebook at `location`, a folder or a bundle.

    Raises `NoRulebookError` if there is none.
    """
    if location.path is not None and location.is_bundle:
        return _open_bundle(location, location.path)
    # Imported here: what was kept of a rulebook is opened without what reads and links one.
    from mutandis.link.linker import link
    from mutandis.rulebook.load import load_source

    root: Traversable = rulebook_folder() if location.path is None else location.path
    source = load_source(root)
    lock_texts = _lock_texts(root, source)
    locks = {name.partition("/")[0]: read_lock(text, name) for name, text in lock_texts.items()}
    known = {p.citation for lock in locks.values() for p in lock.provisions if p.citation is not None}
    return Opened(location, source, link(source, known), locks, lock_texts, load_cases(root))


def open_to_decide(location: Location) -> Opened:
    """The rulebook at `location` as far as deciding needs it: as it was kept when it was last linked, else anew.

    What is kept is told from what is not by a hash of every file, so the answers are the same.
    """
    root = rulebook_folder() if location.path is None else location.path
    if location.is_bundle or not isinstance(root, Path):
        return open_located(location)
    key = store.key_of(root)
    kept = store.fetch(key)
    if kept is not None:
        program = kept.program
        source = Source(dict(program.laws), program.vocabulary, (), (), {}, program.content_hash)
        texts = _lock_texts(root, source) if kept.is_stale else {}
        locks = {name.partition("/")[0]: read_lock(text, name) for name, text in texts.items()}
        return Opened(location, source, Linked(program, ()), locks, texts, StoredCases(root, kept.cases))
    opened = open_located(location)
    faults = (*opened.source.diagnostics, *opened.linked.diagnostics)
    if opened.linked.program is not None and not any(d.severity is Severity.ERROR for d in faults):
        named = tuple((case.name, case.span.file) for case in opened.cases.cases)
        is_stale = any(p.is_stale for lock in opened.locks.values() for p in lock.provisions)
        store.keep(key, store.Kept(opened.linked.program, named, is_stale))
    return opened


class StoredCases:
    """The cases beside a rulebook that was kept: their names are known, a file is read when it is asked for."""

    def __init__(self, root: Path, named: tuple[tuple[str, str], ...]) -> None:
        self.root = root
        self.named = named
        self._read: CasesRead | None = None

    def of_names(self, wanted: Collection[str]) -> tuple[CaseFile, ...]:
        """The cases with these names, read from their files."""
        files = dict.fromkeys(file for name, file in self.named if name in wanted)
        read = [read_cases((self.root / file).read_bytes(), file) for file in files]
        return tuple(case for one in read for case in one.cases if case.name in wanted)

    @property
    def cases(self) -> tuple[CaseFile, ...]:
        """All cases."""
        return self._all().cases

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with those that do not read."""
        return self._all().diagnostics

    @property
    def files(self) -> dict[str, str]:
        """The texts of the case files."""
        return self._all().files

    def _all(self) -> CasesRead:
        if self._read is None:
            self._read = load_cases(self.root)
        return self._read


def _open_bundle(location: Location, path: Path) -> Opened:
    """A bundle has no files, no locks and no cases; what decides is all there."""
    try:
        program = Rulebook.load_bundle(path).program
    except BundleError as broken:
        raise NoRulebookError(str(broken), "name a rulebook's folder, or a bundle") from broken
    source = Source(dict(program.laws), program.vocabulary, (), (), {}, program.content_hash)
    return Opened(location, source, Linked(program, ()), {}, {}, CasesRead((), (), {}))


def find_faults(opened: Opened) -> tuple[Diagnostic, ...]:
    """Everything that `check` tells: of the files, the links, the locks and the cases."""
    from mutandis_tools.coverage.locked_places import check_rule_places

    found = [*opened.source.diagnostics, *opened.linked.diagnostics, *opened.cases.diagnostics]
    for lock in opened.locks.values():
        found.extend(lock.diagnostics)
        found.extend(check_stale(lock))
    found.extend(check_rule_places(opened.source.articles, opened.locks))
    if not any(d.severity is Severity.ERROR and _is_vocabulary(d.span.file) for d in opened.source.diagnostics):
        # A vocabulary that could not be read in full would make every case look wrong.
        for case in opened.cases.cases:
            found.extend(read_case(opened, case).diagnostics)
    return sort_diagnostics(found)


def _is_vocabulary(file: str) -> bool:
    return file.rpartition("/")[2] == "vocabulary.yaml"


def read_case(opened: Opened, case: CaseFile) -> FactsRead:
    """The case's facts, and what is wrong with it: facts the vocabulary does not allow, a question about what is not.

    Of a case under a law that the rulebook does not have nothing else is told: it belongs to another rulebook.
    """
    laws = opened.source.laws
    if case.law and case.law not in laws:
        otherwise = f"this is {opened.location.told}; name the rulebook that has it with `--rulebook`"
        help_ = did_you_mean(case.law, laws, otherwise)
        fault = diagnose("unknown-question", f"the rulebook has no law `{case.law}`", help_, case.span)
        return FactsRead(Facts({}), (fault,))
    read = read_case_facts(opened.source, opened.linked.program, case, opened.remembered)
    faults = (*read.diagnostics, *_unknown_subject(opened, case), *_contradicted(opened, case, read))
    return FactsRead(read.facts, faults)


def _contradicted(opened: Opened, case: CaseFile, read: FactsRead) -> tuple[Diagnostic, ...]:
    """Derived facts that the case states against its other facts."""
    program = opened.linked.program
    if program is None or read.diagnostics or read.facts.plain:
        return ()
    try:
        Rulebook(program).decide(next(iter(program.components)), read.facts, at=case.at, law_as_of=case.law_as_of)
    except CaseError as contradicted:
        where = {f"`{name}`": place for name, place in case.places.items()}
        return tuple(
            replace(d, span=next((place for name, place in where.items() if d.message.startswith(name)), case.span))
            for d in contradicted.diagnostics
        )
    return ()


def read_case_facts(
    source: Source, program: Program | None, case: CaseFile, remembered: Remembered | None = None
) -> FactsRead:
    """The case's facts, checked; each diagnostic points into the case's file."""
    derived = program.derived if program is not None else None

    def span_of(name: str) -> Span:
        return case.places.get(name, case.places.get(name.partition(".")[0], case.span))

    return read_facts(case.facts, source.vocabulary, derived=derived, span_of=span_of, remembered=remembered)


def _unknown_subject(opened: Opened, case: CaseFile) -> Iterator[Diagnostic]:
    vocabulary, ask = opened.source.vocabulary, case.ask
    span = ask.span if ask.span != NOWHERE else case.span
    if ask.question in _ABOUT_ACTIONS and ask.subject not in vocabulary.actions:
        help_ = did_you_mean(ask.subject, vocabulary.actions, "ask about an action that the vocabulary declares")
        yield diagnose("unknown-question", f"the vocabulary has no action `{ask.subject}`", help_, span)
    elif ask.question == "value" and ask.subject not in vocabulary.facts:
        help_ = did_you_mean(ask.subject, vocabulary.facts, "ask about a fact that the vocabulary declares")
        yield diagnose("unknown-question", f"the vocabulary has no fact `{ask.subject}`", help_, span)
    bearer = vocabulary.terms.get(ask.by)
    if ask.by and (bearer is None or not bearer.role):
        roles = [name for name, term in vocabulary.terms.items() if term.role]
        help_ = did_you_mean(ask.by, roles, f"a role is a term with `role: yes`: {', '.join(roles[:_MOST_NAMED])}")
        yield diagnose("unknown-question", f"the vocabulary has no role `{ask.by}`", help_, span)


def _lock_texts(root: Traversable, source: Source) -> dict[str, str]:
    texts: dict[str, str] = {}
    for law in source.laws:
        entry = root.joinpath(law).joinpath("text.lock")
        if entry.is_file():
            texts[f"{law}/text.lock"] = entry.read_bytes().decode("utf-8", errors="replace")
    return texts


def _shipped_folder() -> str:
    """The folder of the shipped rulebook, where it is a folder that a person can open."""
    path = Path(str(rulebook_folder()))
    return Location(path, "shipped").shown if path.is_dir() else ""
