"""A rulebook while it is edited: its files as they stand in the editor, and everything wrong with them.

What a keystroke in one file changes is read again from that file alone, against the rulebook as it last stood; what
else follows from it (links, orders, cases, locks) is found by reading the whole, which the server does beside the
answering, when typing pauses. Of the whole, only what was changed is read from its text again; it is linked anew.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from mutandis.citation import CitationError, CitationRange, parse_citation_range
from mutandis.diagnostics import Diagnostic, sort_diagnostics
from mutandis.link.linked import Linked
from mutandis.rulebook.case_file import CasesRead, is_case_file
from mutandis.rulebook.load import ECHOES, is_rulebook_file, load_text
from mutandis.rulebook.rereading import Rereading
from mutandis_tools.editor.sheet import Sheet, moved, read_sheet
from mutandis_tools.editor.standing import Standing, vocabulary_files
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, fetch_kept, find_faults, open_and_keep, open_located, open_over
from mutandis_tools.store.files import Shelf, shelf_of


class Desk:
    """One rulebook folder, with the texts that are open in an editor over those on the disk.

    It begins with the rulebook as it was kept or, where none was, with its laws and vocabulary alone; `is_whole` tells.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.typed: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.location = Location(self.root, "named")
        self._beside, self._here = Rereading(), Rereading()
        self._reading = threading.Lock()
        self._sheets: dict[str, Sheet] = {}
        self._lines: dict[str, tuple[str, list[str]]] = {}
        self._found: dict[str, tuple[tuple[str, ...], tuple[Diagnostic, ...]]] = {}
        self._faults: tuple[Diagnostic, ...] | None = None
        self._kept: Opened | None = None
        kept = self._fetch()
        self.is_whole = isinstance(kept, Opened)
        self.standing = Standing(kept if isinstance(kept, Opened) else _vocabulary_of(self.location, self.root))
        self._here.declare(vocabulary_files(self.opened.source.files))

    @property
    def opened(self) -> Opened:
        """The rulebook as it last stood."""
        return self.standing.opened

    def name_of(self, path: Path) -> str | None:
        """The file's name in the rulebook; None for a file that is none of its."""
        try:
            name = path.resolve().relative_to(self.root).as_posix()
        except (ValueError, OSError, RuntimeError):  # another folder's, or a link that leads to itself
            return None
        return name if is_rulebook_file(name) or is_case_file(name) else None

    def text(self, name: str) -> str:
        """The file as it stands in the editor, else on the disk; empty where there is none."""
        typed = self.typed.get(name)
        return self.standing.files.get(name, "") if typed is None else typed

    def line(self, name: str, row: int) -> str:
        """One line of a file, rows from 0; empty beyond the last."""
        text = self.text(name)
        known = self._lines.get(name)
        if known is None or known[0] != text:
            known = self._lines[name] = (text, text.split("\n"))
        return known[1][row] if 0 <= row < len(known[1]) else ""

    def sheet(self, name: str) -> Sheet:
        """The file, read as it stands."""
        text = self.text(name)
        known = self._sheets.get(name)
        if known is None or known.text != text:
            known = self._sheets[name] = read_sheet(name, text, self.opened, self._here, self.is_whole)
        return known

    # --- what is wrong ------------------------------------------------------------------------------------------------

    def faults(self, name: str) -> tuple[Diagnostic, ...]:
        """What is wrong in one file as it stands, and what else was wrong in it when the whole was last read."""
        before, told = self._found.get(name, ((), ()))
        if name not in self.typed:
            return told
        sheet = self.sheet(name)
        still = [replace(one, span=place) for one in told if (place := moved(one.span, before, sheet.lines))]
        return sort_diagnostics([*self._own(sheet), *still])

    def _own(self, sheet: Sheet) -> tuple[Diagnostic, ...]:
        if self.standing.is_vocabulary_readable:
            return sheet.faults
        return tuple(one for one in sheet.faults if one.slug not in ECHOES)

    def type(self, name: str, text: str) -> bool:
        """Take the text of a file as the editor has it; False where that is what it was already."""
        text = text.replace("\r\n", "\n")
        known = self.typed.get(name, self.standing.files.get(name))
        self.typed[name] = text
        return text != known

    def read_whole(self, typed: Mapping[str, str]) -> tuple[Standing, tuple[Diagnostic, ...]]:
        """The rulebook with the texts `typed` over those on the disk, and everything wrong with it.

        Changes nothing that is answered from: `take` it.
        """
        over = {name: text for name, text in typed.items() if self._on_disk(name) != text}
        kept = self._fetch()
        with self._reading:
            if isinstance(kept, Opened):
                opened = open_over(kept, over, self._beside) if over else kept
            elif over:
                opened = open_located(self.location, self._beside, over)
            else:
                opened = open_and_keep(self.location, kept, self._beside)
                self._kept = opened if opened.shelf.key else None
        return Standing(opened), find_faults(opened)

    def as_it_stands(self) -> tuple[Opened, tuple[Diagnostic, ...]]:
        """The rulebook with what is typed, and everything wrong with it; read again only where it was not yet."""
        typed = {name: text for name, text in self.typed.items() if self._on_disk(name) != text}
        kept = self._fetch()
        if isinstance(kept, Opened) and not typed:
            return kept, find_faults(kept)
        if isinstance(kept, Opened) and self._faults is not None and self.standing.files == {**kept.files, **typed}:
            return self.opened, self._faults
        opened = self.read_from_files()
        return opened, find_faults(opened)

    def read_from_files(self, over: Mapping[str, str] | None = None) -> Opened:
        """The rulebook as it stands, `over` in the place of what its files have, with a place for every part of it."""
        typed = {name: text for name, text in self.typed.items() if self._on_disk(name) != text}
        kept = self._fetch()
        with self._reading:
            if isinstance(kept, Opened):
                return open_over(kept, {**typed, **(over or {})}, self._beside)
            return open_located(self.location, self._beside, {**typed, **(over or {})})

    def _fetch(self) -> Opened | Shelf | None:
        """The rulebook as it was kept, with what was decoded of it already; else the shelf to keep it on."""
        shelf = shelf_of(self.root)
        if self._kept is None or not shelf.key or self._kept.shelf.key != shelf.key:
            found = fetch_kept(self.location)
            if not isinstance(found, Opened):
                return found
            self._kept = found
        return self._kept

    def _on_disk(self, name: str) -> str | None:
        try:
            return (self.root / name).read_bytes().decode("utf-8").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError):  # not there yet, or not a text: what is typed counts
            return None

    def take(self, standing: Standing, faults: Collection[Diagnostic]) -> None:
        """Answer from this reading from now on; `faults` is everything wrong in it."""
        self._here.declare(vocabulary_files(standing.opened.source.files))
        self._sheets.clear()
        self.standing, self.is_whole, self._faults = standing, True, tuple(faults)
        by_file: dict[str, list[Diagnostic]] = {}
        for fault in faults:
            by_file.setdefault(fault.span.file, []).append(fault)
        self._found = {}
        for name, told in by_file.items():
            text = standing.files.get(name, "")
            own = set(self._own(read_sheet(name, text, self.opened, self._here, True)) if name in self.typed else ())
            self._found[name] = (tuple(text.split("\n")), tuple(one for one in told if one not in own))

    @property
    def faulty(self) -> Collection[str]:
        """The files in which something was wrong when the whole was last read."""
        return self._found

    def cited(self, text: str, name: str, row: int) -> CitationRange | None:
        """What a citation written in a row of the file speaks of; None where it is no citation."""
        sheet = self.sheet(name)
        try:
            return parse_citation_range(text, law=sheet.law, article=sheet.article_at(row))
        except CitationError:
            return None


def _vocabulary_of(location: Location, root: Path) -> Opened:
    """The rulebook's laws and vocabulary alone, which are read at once: what a file needs to be checked by itself."""
    texts: dict[str, str] = {}
    for path in (*root.glob("vocabulary.yaml"), *root.glob("*/vocabulary.yaml"), *root.glob("*/law.yaml")):
        if path.is_file():
            texts[path.relative_to(root).as_posix()] = path.read_bytes().decode("utf-8", errors="replace")
    source = load_text(texts)
    return Opened(location, replace(source, diagnostics=()), Linked(None, ()), {}, {}, CasesRead((), (), {}))
