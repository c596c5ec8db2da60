"""The lock of a law: which official wording its rules were last read against.

`rulebook/<law>/text.lock` has one line for each provision of the official text, in the order of the law:

    act/95(2) | live | 9f86d081884c7d65 | - | amended 16345 | 0a1b…| =

id, state, hash of the wording, hash of the heading, history, sketch of the wording (for recognising a renumbered
provision), and what the rules were read against: `=` this wording, a hash an earlier wording, `new` none yet,
`from <id>` this provision under another number. Everything but `=` is stale. Lines that begin with `#` carry the
format, the law and the instrument of the text. The tools write locks; the engine only reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final, Literal

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.source import NOWHERE, Span

LOCK_FORMAT: Final = "mutandis text lock 1"
"""The first line of a lock, after `# `."""

READ: Final = "="
"""What the last column says when the rules were read against the wording as locked."""

UNREAD: Final = "new"
"""What the last column says of a provision that nobody has read rules against."""

State = Literal["live", "deleted", "moved", "gone"]
"""`deleted` and `moved` are stubs the text still prints; `gone` is no longer printed at all."""

_COLUMNS: Final = 7
_STATES: Final = ("live", "deleted", "moved", "gone")
_HASH = re.compile(r"[0-9a-f]{16}")
_READ = re.compile(r"=|new|[0-9a-f]{16}|from \S.*")


@dataclass(frozen=True, slots=True)
class LockedProvision:
    """One line of a lock. `citation` is None for an id that is no citation (a number printed twice: `act/5#2`)."""

    id: str
    state: State
    wording: str
    heading: str
    history: str
    sketch: str
    read: str
    citation: Citation | None = field(default=None, compare=False)
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def is_stale(self) -> bool:
        """True if the rules that stand here were not read against the wording as locked."""
        return self.read != READ

    @property
    def staleness(self) -> str:
        """Why it is stale, in a few words; empty if it is not."""
        if not self.is_stale:
            return ""
        if self.state == "gone":
            return "no longer in the official text"
        if self.read.startswith("from "):
            return f"stood at {self.read.removeprefix('from ')} before"
        if self.read == UNREAD:
            return "inserted since the rules were read"
        return "deleted since the rules were read" if self.state == "deleted" else "reworded since the rules were read"


@dataclass(frozen=True, slots=True)
class Lock:
    """A law's lock. `instrument` is the last instrument of the locked text, as its head names it."""

    law: str
    instrument: str
    provisions: tuple[LockedProvision, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def by_id(self) -> dict[str, LockedProvision]:
        """The provisions by id."""
        return {provision.id: provision for provision in self.provisions}


def provisions_of(locks: Mapping[str, Lock]) -> set[Citation]:
    """The provisions that the laws' own texts have, or had."""
    return {p.citation for lock in locks.values() for p in lock.provisions if p.citation is not None}


def read_lock_file(data: bytes, file: str) -> Lock:
    """The lock in the bytes of a file; one that is not UTF-8 is told in `diagnostics`, like a line that is none."""
    try:
        return read_lock(data.decode("utf-8"), file)
    except UnicodeDecodeError as error:
        message = f"byte {data[error.start]:#04x} is not UTF-8"
        help_ = "lock the text again; locks are written by `mutandis text lock`"
        return Lock("", "", (), (diagnose("not-utf-8", message, help_, Span(file, 1, 1, 1, 1)),))


def read_lock(text: str, file: str = "") -> Lock:
    """Read a lock. A line that is none is left out and told in `diagnostics`.

    >>> read_lock("# mutandis text lock 1\\n# law act\\n").law
    'act'
    """
    law = instrument = ""
    faults: list[Diagnostic] = []
    provisions: dict[str, LockedProvision] = {}
    is_lock = text.startswith(f"# {LOCK_FORMAT}\n")
    if not is_lock:
        faults.append(_unreadable(f"the first line is not `# {LOCK_FORMAT}`", Span(file, 1, 1, 1, 1)))
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("# law "):
            law = line.removeprefix("# law ").strip()
        elif line.startswith("# instrument "):
            instrument = line.removeprefix("# instrument ").strip()
        if not line.strip() or line.startswith("#"):
            continue
        span = Span(file, number, 1, number, len(line) + 1)
        provision = _read_line(line, span, faults)
        if provision is None:
            continue
        if provision.id in provisions:
            first = Label(provisions[provision.id].span, "first here")
            message = f"`{provision.id}` stands twice in the lock"
            help = "remove one of the two lines; after a merge, take the one of the newer text"
            faults.append(diagnose("provision-locked-twice", message, help, span, (first,), provision.id))
            continue
        provisions[provision.id] = provision
    if not is_lock and not provisions:
        del faults[1:]  # another file: what its lines are not is no news
    return Lock(law, instrument, tuple(provisions.values()), tuple(faults))


def _read_line(line: str, span: Span, faults: list[Diagnostic]) -> LockedProvision | None:
    columns = [column.strip() for column in line.split("|")]
    if len(columns) != _COLUMNS:
        faults.append(_unreadable(f"{len(columns)} columns instead of {_COLUMNS}", span))
        return None
    name, state, wording, heading, history, sketch, read = columns
    if state not in _STATES:
        faults.append(_unreadable(f"`{state}` is no state of a provision", span))
        return None
    if not _HASH.fullmatch(wording) or not (heading == "-" or _HASH.fullmatch(heading)):
        faults.append(_unreadable("a hash is not sixteen hexadecimal digits", span))
        return None
    if not _READ.fullmatch(read):
        faults.append(_unreadable(f"`{read}` does not say what was read", span))
        return None
    try:
        citation = parse_citation(name)
    except CitationError:
        citation = None
    # mypy cannot narrow a string to a Literal by membership; the check above is what makes it true.
    known: State = state  # type: ignore[assignment]
    return LockedProvision(name, known, wording, heading, history, sketch, read, citation, span)


def _unreadable(what: str, span: Span) -> Diagnostic:
    help = "do not edit a lock by hand: `mutandis text lock` writes it, `mutandis text accept` marks provisions as read"
    return diagnose("unreadable-lock", f"this line of the lock cannot be read: {what}", help, span)


@dataclass(frozen=True, slots=True)
class StaleIndex:
    """The stale provisions of the rulebook's locks, ready to ask whether a place rests on one."""

    by_article: dict[tuple[str, str], tuple[LockedProvision, ...]]

    def under(self, place: Citation) -> tuple[LockedProvision, ...]:
        """The stale provisions that `place` rests on: itself, what it stands in, what stands in it."""
        stale = self.by_article.get((place.law, place.article), ())
        return tuple(p for p in stale if p.citation and (p.citation.covers(place) or place.covers(p.citation)))

    def rest_on(self, cited: Iterable[str]) -> tuple[LockedProvision, ...]:
        """The stale provisions that a decision with these citations rests on, each once."""
        found: dict[str, LockedProvision] = {}
        for name in cited:
            try:
                place = parse_citation(name)
            except CitationError:
                continue  # a provision outside the rulebook is in no lock
            found.update((provision.id, provision) for provision in self.under(place))
        return tuple(found.values())


def index_stale(*locks: Lock) -> StaleIndex:
    """The stale provisions of several laws together."""
    found: dict[tuple[str, str], tuple[LockedProvision, ...]] = {}
    for lock in locks:
        for provision in lock.provisions:
            if provision.is_stale and provision.citation:
                key = (provision.citation.law, provision.citation.article)
                found[key] = (*found.get(key, ()), provision)
    return StaleIndex(found)


def check_stale(lock: Lock) -> tuple[Diagnostic, ...]:
    """A warning for each provision whose rules were not read against the wording as locked."""
    return tuple(
        diagnose(
            "stale-provision",
            f"`{p.id}`: {p.staleness}",
            f'{_remedy(p)}, then run `mutandis text accept "{p.id}"`',
            p.span,
            (),
            p.id,
        )
        for p in lock.provisions
        if p.is_stale
    )


def _remedy(provision: LockedProvision) -> str:
    """What is to be done about a stale provision before it is accepted."""
    if provision.read == UNREAD:
        return "write its rules"
    if provision.state in ("gone", "deleted"):
        return "end its rules (`until`)"
    if provision.read.startswith("from "):
        return "put the rules of that number here, mend what cites it, read them again"
    return "read its rules again"
