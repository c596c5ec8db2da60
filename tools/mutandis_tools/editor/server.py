"""The server's state: the rulebooks whose files are open, and what an editor was told of each.

A change is answered at once with what is wrong in that file; the whole is read again when typing pauses, in a thread
beside the answering of questions.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
import traceback
from pathlib import Path
from typing import cast

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from mutandis import __version__
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.source import Span
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.edits import Edits
from mutandis_tools.editor.lenses import Casebook
from mutandis_tools.editor.places import Encoding, column, units
from mutandis_tools.editor.standing import Standing
from mutandis_tools.location import find_around
from mutandis_tools.wordings import OfficialTexts

PAUSE = 0.6
"""Seconds without a keystroke after which the whole rulebook is read again."""
SWITCH = 0.001
"""Seconds that the reading of the whole may run while a question waits; Python's own 0.005 adds up in an answer."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}


class Book:
    """A rulebook that is being edited, and what an editor was told of it."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root)
        self.casebook = Casebook(self.desk.standing)
        self.told: set[str] = set()
        self.versions: dict[str, int] = {}
        self.shown: set[str] = set()
        self.due: float | None = None
        self.reading: asyncio.Task[None] | None = None

    def take(self, standing: Standing, faults: tuple[Diagnostic, ...]) -> None:
        """Answer from this reading from now on."""
        self.desk.take(standing, faults)
        self.casebook = Casebook(standing)


class File:
    """A file of a rulebook that a question is about."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.desk, self.name = book, book.desk, name

    def row_and_column(self, at: lsp.Position, encoding: Encoding) -> tuple[int, int]:
        """The place in characters."""
        return at.line, column(self.desk.line(self.name, at.line), at.character, encoding)


class Server(LanguageServer):
    """Serves any number of rulebooks: for each file that is opened the one around it, or the one a person named."""

    def __init__(self, named: Path | None = None) -> None:
        super().__init__("mutandis", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.named = named
        self.books: dict[Path, Book] = {}
        self.texts = OfficialTexts()
        self.is_shut_down = False
        sys.setswitchinterval(SWITCH)

    @property
    def encoding(self) -> Encoding:
        """What the editor counts columns in."""
        agreed = self.workspace.position_encoding
        return cast(Encoding, str(getattr(agreed, "value", agreed) or "utf-16"))

    def file(self, uri: str) -> File | None:
        """The file, if it is one of a rulebook."""
        path = to_fs_path(uri)
        if path is None:
            return None
        root = self.named if self.named is not None else find_around(Path(path).parent)
        if root is None:
            return None
        root = root.resolve()
        known = self.books.get(root)
        if known is not None:
            name = known.desk.name_of(Path(path))
            return None if name is None else File(known, name)
        book = Book(root)
        name = book.desk.name_of(Path(path))
        if name is None:
            return None
        self.books[root] = book
        return File(book, name)

    # --- positions ----------------------------------------------------------------------------------------------------

    def range_of(self, span: Span, desk: Desk) -> lsp.Range:
        """The stretch in what the editor counts in."""
        start = units(desk.line(span.file, span.line - 1), span.column - 1, self.encoding)
        end = units(desk.line(span.file, span.end_line - 1), span.end_column - 1, self.encoding)
        return lsp.Range(lsp.Position(span.line - 1, start), lsp.Position(span.end_line - 1, end))

    def location_of(self, span: Span, desk: Desk) -> lsp.Location:
        """A stretch of a file of the rulebook."""
        return lsp.Location(uri_of(desk, span.file), self.range_of(span, desk))

    def changes(self, edits: Edits, desk: Desk) -> lsp.WorkspaceEdit:
        """Edits as an editor makes them."""
        return lsp.WorkspaceEdit(
            changes={
                uri_of(desk, name): [lsp.TextEdit(self.range_of(edit.span, desk), edit.text) for edit in listed]
                for name, listed in edits.items()
            }
        )

    # --- diagnostics --------------------------------------------------------------------------------------------------

    def diagnostic(self, fault: Diagnostic, desk: Desk) -> lsp.Diagnostic:
        """A finding as an editor shows it."""
        related = [
            lsp.DiagnosticRelatedInformation(self.location_of(label.span, desk), label.text)
            for label in fault.labels
            if label.span.line
        ]
        return lsp.Diagnostic(
            self.range_of(fault.span, desk),
            f"{fault.message}\nhelp: {fault.help}" if fault.help else fault.message,
            severity=_SEVERITIES[fault.severity],
            code=fault.code,
            source="mutandis",
            related_information=related or None,
        )

    def publish(self, book: Book, name: str) -> None:
        """Tell the editor what is wrong in a file."""
        desk = book.desk
        told = [self.diagnostic(fault, desk) for fault in desk.faults(name)]
        version = book.versions.get(name)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri_of(desk, name), told, version))
        if told:
            book.told.add(name)
        else:
            book.told.discard(name)

    def read_whole(self, book: Book, pause: float = 0.0) -> None:
        """Read the whole rulebook, once `pause` seconds passed without another change, and tell what is wrong in it.

        What is typed while it is read makes it be read again.
        """
        loop = asyncio.get_running_loop()
        book.due = loop.time() + pause
        if book.reading is None or book.reading.done():
            book.reading = loop.create_task(self._read_when_due(book))

    async def _read_when_due(self, book: Book) -> None:
        while book.due is not None:
            wait = book.due - asyncio.get_running_loop().time()
            if wait > 0:
                await asyncio.sleep(wait)
                continue
            book.due = None
            try:
                standing, faults = await asyncio.to_thread(book.desk.read_whole, dict(book.desk.typed))
            except Exception:
                # The editor goes on with what it was told last; what went wrong stands in its log.
                text = f"{book.desk.root} could not be read:\n{traceback.format_exc()}"
                self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, text))
                continue
            book.take(standing, faults)
            for name in sorted({*(one.span.file for one in faults), *book.told, *book.shown} - {""}):
                self.publish(book, name)
            await asyncio.to_thread(self._prepare, standing)
            self._refresh()

    def _prepare(self, standing: Standing) -> None:
        """Work out beforehand what a question would otherwise wait for."""
        standing.prepare()
        for law in standing.opened.source.laws:
            self.texts.read(law)
        # What was read is kept for long: the collector need not walk over it at some keystroke.
        gc.freeze()

    def _refresh(self) -> None:
        """Have the editor ask again for what it shows of the whole."""
        workspace = self.client_capabilities.workspace
        if workspace is None:
            return
        for can, ask in (
            (workspace.code_lens, self.workspace_code_lens_refresh_async),
            (workspace.inlay_hint, self.workspace_inlay_hint_refresh_async),
            (workspace.semantic_tokens, self.workspace_semantic_tokens_refresh_async),
        ):
            if can is not None and can.refresh_support:
                asyncio.get_running_loop().create_task(_quietly(ask(None)))


async def _quietly(answer: object) -> None:
    """Wait for an answer that says nothing; an editor that refuses to ask again shows what it has."""
    with contextlib.suppress(Exception):
        await answer  # type: ignore[misc]


def uri_of(desk: Desk, name: str) -> str:
    """The file's address: the one by which it was opened, which may lead over links, else the one on the disk."""
    return desk.addresses.get(name) or from_fs_path(str(desk.root / name)) or ""
