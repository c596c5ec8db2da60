"""The rulebooks a service decides by: several, each in several versions, and which one a question means.

A rulebook has a name. A version of it is known from a day on (`korea@2024-01-01=old.bundle`), or always. A question
names one by its name, by the beginning of its hash, or by a law that only it has; the day on which the law is asked as
it was then known picks the version. A question holds the version it was given: a reload takes it away from nobody.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.calendar.written import UnreadTimeError, read_day
from mutandis.dataclass import dataclass
from mutandis.diagnostics import MutandisError, RulebookError, Severity
from mutandis.suggest import did_you_mean
from mutandis_tools.location import Location, NoRulebookError, locate_rulebook
from mutandis_tools.opening import Opened, open_kept

SHORTEST_HASH = 8
"""So many first digits of a hash name a rulebook."""


@dataclass(frozen=True, slots=True)
class Named:
    """A rulebook as it was named: under which name, known from which day, and where it lies (None: it ships)."""

    name: str
    known_from: dt.date | None
    location: Location

    @property
    def told(self) -> str:
        """`korea@2024-01-01`."""
        return self.name if self.known_from is None else f"{self.name}@{self.known_from.isoformat()}"


def read_named(written: str) -> Named:
    """The rulebook that `[NAME[@DATE]=]PATH` names. Raises `NoRulebookError` where there is none."""
    name, equals, path = written.partition("=")
    if not equals:
        name, path = "", written
    name, at, day = name.partition("@")
    known_from: dt.date | None = None
    if at:
        try:
            known_from = read_day(day)
        except UnreadTimeError as unread:
            raise NoRulebookError(f"`{written}`: {unread}", f"{unread.help}; NAME@2024-01-01=PATH") from None
    location = locate_rulebook(Path(path))
    return Named(name or Path(path).resolve().stem, known_from, location)


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One loaded version of a rulebook, the same as itself alone. `opened` has its files, where it is no bundle."""

    named: Named
    rulebook: Rulebook
    opened: Opened
    signature: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The rulebook's name."""
        return self.named.name

    @property
    def hash(self) -> str:
        """The hash of everything it says."""
        return self.rulebook.content_hash

    @property
    def told(self) -> str:
        """What a person is told of it: name, day, hash and place."""
        return f"{self.named.told} {self.hash[:12]}, {self.named.location.told}"

    def warm(self) -> None:
        """Ask about everything in a case with one fact: what is compiled when first used, no caller waits for."""
        book = self.rulebook
        facts = ((name, declared.type.kind) for name, declared in book.vocabulary.facts.items())
        fact = next((name for name, kind in facts if kind == "yes_no" and name not in book.program.derived), None)
        if fact is not None:
            book.assess({fact: True})


class NoSuchVersionError(MutandisError):
    """No loaded rulebook is meant, or several may be; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What came of loading again: versions that are new, and why others could not be loaded and stayed as they were."""

    changed: tuple[Version, ...]
    failed: tuple[tuple[Named, str], ...]


class Rulebooks:
    """The loaded versions. `current` is replaced as a whole: whoever reads it once has versions that fit together."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._named = tuple(named)
        self._reloading = threading.Lock()
        self.is_warm = False
        self.current: tuple[Version, ...] = tuple(map(load_version, named))
        doubled = {v.named.told for v in self.current if sum(v.named.told == o.named.told for o in self.current) > 1}
        for told in sorted(doubled):
            raise NoRulebookError(f"two rulebooks are called `{told}`", "name them: NAME=PATH, or NAME@DATE=PATH")

    @classmethod
    def of(cls, written: Iterable[str]) -> Rulebooks:
        """Those that the command line names; without any, the one that is meant without a name."""
        named = [read_named(one) for one in written]
        return cls(named or [Named("rulebook", None, locate_rulebook())])

    def choose(
        self,
        wanted: str = "",
        known_on: dt.date | None = None,
        may_ask: Callable[[Version], bool] = lambda version: True,
    ) -> Version:
        """The version a question means: see the module. Without a name, the one named first.

        Where a hash or a law may mean several, it is one that the caller may ask; others are not offered either.
        """
        current = self.current
        offered = [v for v in current if may_ask(v)]
        if not wanted:
            return self._known(current, current[0].name, known_on)
        if exact := [v for v in current if v.named.known_from is not None and v.named.told == wanted]:
            return self._agreeing(current, exact, wanted, known_on)
        if any(v.name == wanted for v in current):
            return self._known(current, wanted, known_on)
        if len(wanted) >= SHORTEST_HASH and (found := [v for v in current if v.hash.startswith(wanted)]):
            return self._agreeing(current, [v for v in found if v in offered] or found, wanted, known_on)
        having = list(dict.fromkeys(v.name for v in offered if wanted in v.rulebook.laws))
        having = having or [v.name for v in current if wanted in v.rulebook.laws][:1]
        if len(having) == 1:
            return self._known(current, having[0], known_on)
        if having:
            raise NoSuchVersionError(
                f"{len(having)} rulebooks have the law `{wanted}`", f"name one of them: {', '.join(having)}"
            )
        names = list(dict.fromkeys((*(v.name for v in offered), *(v.named.told for v in offered))))
        otherwise = f"there are: {', '.join(names) or 'none for you'}; a hash has at least {SHORTEST_HASH} digits"
        raise NoSuchVersionError(f"no rulebook `{wanted}` is loaded", did_you_mean(wanted, names, otherwise))

    def _agreeing(
        self, current: tuple[Version, ...], named: Sequence[Version], wanted: str, known_on: dt.date | None
    ) -> Version:
        """Of the versions that are named the first, or the first known on the day that the question also names."""
        if known_on is None:
            return named[0]
        faults: list[NoSuchVersionError] = []
        instead: dict[str, str] = {}  # of each rulebook that has the version, the one known on the day
        for version in named:
            try:
                known = self._known(current, version.name, known_on)
            except NoSuchVersionError as fault:
                faults.append(fault)
                continue
            if known.hash == version.hash:
                return version
            instead[version.name] = known.named.told
        if not instead:
            raise faults[0]
        those = ", of another rulebook ".join(f"`{told}`" for told in instead.values())
        names = " or ".join(f"`{name}`" for name in instead)
        message = f"`{wanted}` was not the version known on {known_on.isoformat()}: that was {those}"
        raise NoSuchVersionError(message, f"leave out `known_on`, or name the rulebook alone: {names}")

    def _known(self, current: tuple[Version, ...], name: str, known_on: dt.date | None) -> Version:
        """The version of a name that was known on a day: of those that began by then, the one that began last."""
        versions = sorted((v for v in current if v.name == name), key=lambda v: v.named.known_from or dt.date.min)
        if known_on is None:
            return versions[-1]
        known = [v for v in versions if (v.named.known_from or dt.date.min) <= known_on]
        if not known:
            first = versions[0].named.known_from
            message = f"no version of `{name}` was known on {known_on.isoformat()}"
            raise NoSuchVersionError(message, f"the first is known from {first}")
        return known[-1]

    def warm(self) -> None:
        """Warm every version, and from now on each that is loaded, before it answers."""
        self.is_warm = True
        for version in self.current:
            version.warm()

    def reload(self, only_changed_bundles: bool = False) -> Reloaded:
        """Load again what changed; what cannot be loaded stays as it was, and is told."""
        with self._reloading:
            changed: list[Version] = []
            failed: list[tuple[Named, str]] = []
            versions: list[Version] = []
            for version in self.current:
                versions.append(version)
                if only_changed_bundles and signature_of(version.named) in ((), version.signature):
                    continue
                try:
                    fresh = load_version(version.named)
                    if self.is_warm and fresh.hash != version.hash:
                        fresh.warm()
                except (MutandisError, NoRulebookError, OSError) as error:
                    failed.append((version.named, str(error)))
                    # Not tried again until it changes again.
                    versions[-1] = replace(version, signature=signature_of(version.named))
                    continue
                if fresh.hash != version.hash:
                    changed.append(fresh)
                    versions[-1] = fresh
                else:
                    versions[-1] = replace(version, signature=fresh.signature)
            self.current = tuple(versions)
            return Reloaded(tuple(changed), tuple(failed))


def signature_of(named: Named) -> tuple[int, ...]:
    """What tells one bundle in a place from the next; empty for a folder, and where there is none."""
    path = named.location.path
    if path is None or not path.is_file():
        return ()
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def load_version(named: Named) -> Version:
    """The rulebook read, linked and ready. Raises `RulebookError` for one with errors, `NoRulebookError` for none."""
    signature = signature_of(named)
    opened = open_kept(named.location)
    faults = [d for d in (*opened.source.diagnostics, *opened.linked.diagnostics) if d.severity is Severity.ERROR]
    if faults or opened.linked.program is None:
        raise RulebookError(faults)
    return Version(named, Rulebook(opened.linked.program), opened, signature)
