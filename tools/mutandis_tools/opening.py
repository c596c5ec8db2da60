"""Opening a rulebook for the tools: its files, locks and cases read and linked, with everything found wrong.

The engine's own `Rulebook` is for deciding; the tools also look at files, locks and cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutandis.api import Rulebook
from mutandis.bundle.container import BundleError, Container, unpack
from mutandis.bundle.program import program_of
from mutandis.bundle.written import bundle_of, pack
from mutandis.dataclass import dataclass
from mutandis.decide.question import Question
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError, Diagnostic, Severity, sort_diagnostics
from mutandis.facts import Facts
from mutandis.facts.misfits import NAMED
from mutandis.facts.read import FactsRead, read_facts
from mutandis.facts.remembered import Remembered
from mutandis.link.linked import Linked
from mutandis.link.program import Program
from mutandis.resources import rulebook_folder
from mutandis.rulebook.case_file import CaseFile, CasesRead, load_cases
from mutandis.rulebook.lock import Lock, StaleIndex, check_stale, index_stale, provisions_of, read_lock
from mutandis.rulebook.model import Article, Source
from mutandis.source import Span
from mutandis.suggest import did_you_mean, suggest
from mutandis_tools.case_names import ABOUT_ACTIONS, unknown_expected, unknown_subject
from mutandis_tools.location import Location, NoRulebookError, locate_rulebook
from mutandis_tools.misspelt import tell_misspelt
from mutandis_tools.names import Names
from mutandis_tools.store.files import Shelf, shelf_of
from mutandis_tools.store.records import (
    Articles,
    StoredCases,
    Texts,
    article_sections,
    case_sections,
    finding_of,
    finding_record,
)

if TYPE_CHECKING:
    from mutandis.backends.engine import Engine
    from mutandis.rulebook.rereading import Rereading

Working = Callable[[str], AbstractContextManager[object]]
"""What is entered while something that takes a while is done, with words for it."""

_MOST_NEAR, _SHORT = 3, 2
_LINKED, _RULES, _CASES, _FAULTS = "linked", "rules", "cases", "faults"
"""The parts kept of a rulebook: its program, its articles with what was found in them, its cases, all its faults."""


class Checking:
    """What tells whether the facts of cases contradict each other, kept from one case to the next."""

    __slots__ = ("_engine",)

    def __init__(self) -> None:
        self._engine: Engine | None = None

    def engine_of(self, program: Program) -> Engine:
        """What finds the values of the program's derived facts."""
        if self._engine is None or self._engine.program is not program:
            # Imported here: most cases state no derived fact.
            from mutandis.backends.sparing import sparing

            self._engine = sparing(program)
        return self._engine


@dataclass(frozen=True, slots=True)
class Opened:
    """A rulebook with all that lies beside it.

    `typed` has the files a person named on the way, by the path they typed: those are told as they were typed.
    `remembered` has what values of facts were read as, case after case, `checking` what tells whether they contradict
    each other. `shelf` has what else is kept of the rulebook.
    `is_stale` is False where it is known that all rules were read against the wording that the locks have.
    """

    location: Location
    source: Source
    linked: Linked
    locks: Mapping[str, Lock]
    lock_texts: Mapping[str, str]
    cases: CasesRead | StoredCases
    typed: dict[str, str] = field(default_factory=dict)
    remembered: Remembered = field(default_factory=Remembered, compare=False, repr=False)
    checking: Checking = field(default_factory=Checking, compare=False, repr=False)
    shelf: Shelf = field(default=Shelf(""), compare=False)
    is_stale: bool = True

    @property
    def names(self) -> Names:
        """What the rulebook calls things."""
        return Names(self.source.laws, self.source.vocabulary, self.linked.program)

    @property
    def files(self) -> Mapping[str, str]:
        """The text of every file, by its name in the rulebook, or as it was typed."""
        return {**self.source.files, **self.cases.files, **self.lock_texts, **self.typed}

    @property
    def stale(self) -> StaleIndex:
        """The provisions whose rules were not read against the wording as locked."""
        return index_stale(*self.locks.values()) if self.is_stale else index_stale()

    def article(self, law: str, number: str) -> Article | None:
        """The article with this number; None where the rulebook has none."""
        articles = self.source.articles
        if isinstance(articles, Articles):
            return articles.find(law, number)
        return next((a for a in articles if (a.law, a.number) == (law, number)), None)

    def cases_of(self, file: str) -> tuple[CaseFile, ...]:
        """The cases of one file."""
        if isinstance(self.cases, StoredCases):
            return self.cases.of_file(file)
        return tuple(case for case in self.cases.cases if case.span.file == file)

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


def open_located(location: Location, again: Rereading | None = None, over: Mapping[str, str] | None = None) -> Opened:
    """The rulebook at `location`, a folder or a bundle.

    `again` has what its files were read as before; `over` has texts that stand in the place of those on the disk.

    Raises `NoRulebookError` if there is none.
    """
    if location.path is not None and location.is_bundle:
        return _open_bundle(location, location.path)
    # Imported here: what was kept of a rulebook is opened without what reads and links one.
    from mutandis.link.check_unused import check_unused
    from mutandis.link.linker import link
    from mutandis.rulebook.load import load_source

    root: Traversable = rulebook_folder() if location.path is None else location.path
    source = load_source(root, again, over)
    lock_texts = _lock_texts(root, source)
    locks = {name.partition("/")[0]: read_lock(text, name) for name, text in lock_texts.items()}
    linked = link(source, locks)
    if linked.program is not None and not any(d.severity is Severity.ERROR for d in source.diagnostics):
        # Here, where the vocabulary still has its places: what is kept has none. Of a rule that did not read, what it
        # reads is not known.
        linked = replace(linked, diagnostics=(*linked.diagnostics, *check_unused(linked.program)))
    return Opened(location, source, linked, locks, lock_texts, load_cases(root, again, over))


def open_kept(
    location: Location,
    working: Working = lambda what: nullcontext(),
    again: Callable[[], Rereading | None] = lambda: None,
) -> Opened:
    """The rulebook at `location` as it was kept when it was last linked, else read and linked, and kept.

    What is kept is told from what is not by a hash of every file, so the answers are the same. `working` is entered
    with what is being done where that takes a while. `again` gives what its files were read as before; it is asked for
    only where they are read.
    """
    kept = fetch_kept(location)
    if isinstance(kept, Opened):
        return kept
    with working("reading and linking the rulebook"):
        return open_and_keep(location, kept, again())


def open_over(kept: Opened, over: Mapping[str, str], again: Rereading) -> Opened:
    """A rulebook that was kept, read from its texts and those of `over`, with a place for every part of its rules.

    Its other cases are taken as they were kept. `again` has what files were read as before.
    """
    from mutandis.link.linker import link
    from mutandis.rulebook.case_file import is_case_file
    from mutandis.rulebook.load import load_text

    source = load_text({**kept.source.files, **over}, again)
    read = [again.cases(text, name) for name, text in over.items() if is_case_file(name)]
    files = {name for one in read for name in one.files}
    cases = CasesRead(
        (*(c for c in kept.cases.cases if c.span.file not in files), *(c for one in read for c in one.cases)),
        (
            *(d for d in kept.cases.diagnostics if d.span.file not in files),
            *(d for one in read for d in one.diagnostics),
        ),
        {**kept.cases.files, **{name: text for one in read for name, text in one.files.items()}},
    )
    linked = link(source, kept.locks) if over else kept.linked
    return replace(kept, source=source, linked=linked, cases=cases, shelf=Shelf("") if over else kept.shelf)


def open_and_keep(location: Location, shelf: Shelf | None, again: Rereading | None = None) -> Opened:
    """The rulebook at `location`, read and linked, and kept on the shelf where there is one."""
    opened = open_located(location, again)
    if shelf is not None:
        opened = replace(opened, shelf=shelf)
        _keep(shelf, opened)
    return opened


def fetch_kept(location: Location) -> Opened | Shelf | None:
    """The rulebook at `location` as it was kept; where it was not, the shelf to keep it on, if there can be one."""
    root = rulebook_folder() if location.path is None else location.path
    if location.is_bundle or not isinstance(root, Path):
        return None
    shelf = shelf_of(root)
    return _fetch(shelf, location, root) or shelf


def _fetch(shelf: Shelf, location: Location, root: Path) -> Opened | None:
    """The rulebook as it was kept; None where its rules are not. Its cases are read when they are first looked at."""
    linked, rules = (shelf.fetch(part) for part in (_LINKED, _RULES))
    if linked is None or rules is None:
        return None
    program = program_of(linked)
    beside: Any = rules.record("whole", "beside")
    found: list[tuple[Diagnostic, ...]] = [tuple(map(finding_of, beside[key])) for key in ("read", "linked")]
    files = Texts(root, beside["files"])
    articles = Articles(rules)
    source = Source(
        dict(program.laws), program.vocabulary, articles, found[0], files, program.content_hash, program.days_off
    )
    locks = Texts(root, beside["locks"])
    return Opened(
        location,
        source,
        Linked(program, found[1]),
        _Locks(locks),
        locks,
        StoredCases(lambda: shelf.fetch(_CASES) or _read_cases(shelf, root), root),
        shelf=shelf,
        is_stale=bool(beside["is_stale"]),
    )


def _read_cases(shelf: Shelf, root: Path) -> Container:
    """The cases of a rulebook of which another set of them was kept."""
    packed = pack(case_sections(load_cases(root)))
    if shelf_of(root).key == shelf.key:  # else a file was written since
        shelf.keep_packed(_CASES, packed)
    return unpack(packed, str(root))


def _keep(shelf: Shelf, opened: Opened) -> None:
    """Keep a rulebook without errors; one with errors is read again when they are mended."""
    source, linked, cases = opened.source, opened.linked, opened.cases
    faults = (*source.diagnostics, *linked.diagnostics)
    if linked.program is None or any(d.severity is Severity.ERROR for d in faults) or isinstance(cases, StoredCases):
        return
    beside = {
        "read": [finding_record(d) for d in source.diagnostics],
        "linked": [finding_record(d) for d in linked.diagnostics],
        "files": list(source.files),
        "locks": list(opened.lock_texts),
        "is_stale": any(p.is_stale for lock in opened.locks.values() for p in lock.provisions),
    }
    shelf.keep(_CASES, case_sections(cases))
    shelf.keep(_RULES, {"whole": {"beside": beside}, **article_sections(source.articles)})
    shelf.keep_packed(_LINKED, bundle_of(linked.program))


class _Locks(Mapping[str, Lock]):
    """The locks of a rulebook that was kept, by law, each read when it is looked at."""

    def __init__(self, texts: Texts) -> None:
        self._files = {name.partition("/")[0]: name for name in texts}
        self._texts = texts
        self._read: dict[str, Lock] = {}

    def __getitem__(self, law: str) -> Lock:
        if law not in self._read:
            self._read[law] = read_lock(self._texts[self._files[law]], self._files[law])
        return self._read[law]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _open_bundle(location: Location, path: Path) -> Opened:
    """A bundle has no files, no locks and no cases; what decides is all there."""
    try:
        program = Rulebook.load_bundle(path).program
    except BundleError as broken:
        raise NoRulebookError(str(broken), "name a rulebook's folder, or a bundle") from broken
    source = Source(dict(program.laws), program.vocabulary, (), (), {}, program.content_hash, program.days_off)
    return Opened(location, source, Linked(program, ()), {}, {}, CasesRead((), (), {}))


def find_faults(opened: Opened) -> tuple[Diagnostic, ...]:
    """Everything that `check` tells: of the files, the links, the locks and the cases."""
    return kept_findings(opened.shelf, _FAULTS, lambda: _find_faults(opened))


def kept_findings(shelf: Shelf, part: str, find: Callable[[], tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """What `find` gives, as it was kept under the name `part`; else found now, and kept."""
    kept = shelf.fetch(part)
    if kept is not None:
        listed: Any = kept.record("whole", "faults")
        return tuple(map(finding_of, listed))
    found = find()
    shelf.keep(part, {"whole": {"faults": [finding_record(one) for one in found]}})
    return found


def _find_faults(opened: Opened) -> tuple[Diagnostic, ...]:
    from mutandis.link.check_citations import check_cases
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
            found.extend(unknown_expected(opened.source, case))
        found.extend(check_cases(opened.cases.cases, opened.source, provisions_of(opened.locks)))
    return tell_misspelt(sort_diagnostics(found), opened.source.vocabulary, opened.files)


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
    unread = [_near_the_action(opened, case, one) if one.help == NAMED else one for one in read.diagnostics]
    faults = (*unread, *unknown_subject(opened.source.vocabulary, case), *_contradicted(opened, case, read))
    return FactsRead(read.facts, faults)


def _near_the_action(opened: Opened, case: CaseFile, fault: Diagnostic) -> Diagnostic:
    """A fact that the vocabulary has nothing near to, with those of the action asked about that share a word."""
    from mutandis.questions.facts_of import facts_of

    program, action = opened.linked.program, case.ask.subject
    if program is None or case.ask.question not in ABOUT_ACTIONS or action not in program.components:
        return fault
    said = _words(fault.message.split("`")[1])
    shared = {one.name: len(said & _words(one.name)) for one in facts_of(program, action)}
    near = sorted((name for name, many in shared.items() if many), key=lambda name: (-shared[name], name))
    listed = f"`mutandis schema facts '{action}'` lists what the answer turns on"
    return replace(fault, help=suggest(near[:_MOST_NEAR], listed))


def _words(name: str) -> set[str]:
    """The words of a fact's name; those as short as `of` and `at` tell nothing."""
    return {word for word in re.split(r"\W|_", name) if len(word) > _SHORT}


def _contradicted(opened: Opened, case: CaseFile, read: FactsRead) -> tuple[Diagnostic, ...]:
    """Derived facts that the case, or a member of a list, states against the other facts."""
    program = opened.linked.program
    if program is None or read.diagnostics:
        return ()
    if read.facts.plain and program.vocabulary.lists.keys().isdisjoint(read.facts):
        return ()  # neither the case nor a member of a list can state what follows
    days_off = None if case.holidays is None else frozenset(case.holidays)
    try:
        opened.checking.engine_of(program).check_stated(
            Question("", case.at, case.law_as_of, None, days_off), read.facts.native
        )
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

    def span_of(name: str, slug: str) -> Span:
        places = case.names if slug == "unknown-fact" else case.places
        return places.get(name, places.get(name.partition(".")[0], case.span))

    return read_facts(
        case.facts,
        source.vocabulary,
        derived=derived,
        span_of=span_of,
        remembered=remembered,
        law=case.law,
        provisions=program.provisions if program is not None else None,
    )


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
