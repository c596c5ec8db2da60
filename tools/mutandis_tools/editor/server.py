"""The language server itself: the protocol on one side, the desk and its answers on the other.

A change is answered at once with what is wrong in that file; the whole is read again when typing pauses.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from mutandis import __version__
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.rulebook.format import format_file
from mutandis.source import Span
from mutandis_tools.editor import answers
from mutandis_tools.editor.desk import Desk
from mutandis_tools.location import NoRulebookError, locate_rulebook

PAUSE = 0.6
"""Seconds without a keystroke after which the whole rulebook is read again."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_KINDS: Mapping[str, lsp.CompletionItemKind] = {
    "key": lsp.CompletionItemKind.Keyword,
    "fact": lsp.CompletionItemKind.Field,
    "action": lsp.CompletionItemKind.Function,
    "role": lsp.CompletionItemKind.Class,
    "provision": lsp.CompletionItemKind.Reference,
    "value": lsp.CompletionItemKind.EnumMember,
}
_MEANT = re.compile(r"did you mean `([^`]+)`")
_MISSED = re.compile(r"`([^`]+)`")


class Server(LanguageServer):
    """One server has one rulebook: the one around the first file that is opened, or around the folder."""

    def __init__(self, named: Path | None = None) -> None:
        super().__init__("mutandis", __version__)
        self.named = named
        self.desk: Desk | None = None
        self.told: set[str] = set()
        self.shown: set[str] = set()
        self.pending: asyncio.Task[None] | None = None
        self.from_disk = False

    def desk_for(self, uri: str) -> tuple[Desk, str] | None:
        """The rulebook that a file is of, and the file's name in it; None for a file that is of none."""
        path = to_fs_path(uri)
        if path is None:
            return None
        if self.desk is None:
            root = self._root_of(Path(path))
            if root is None:
                return None
            self.desk = Desk(root)
        name = self.desk.name_of(Path(path))
        return None if name is None else (self.desk, name)

    def file(self, uri: str) -> Iterator[tuple[Desk, str, str]]:
        """The rulebook, the name and the text of the file, if it is one of a rulebook."""
        found = self.desk_for(uri)
        if found is not None:
            yield (*found, found[0].text(found[1]))

    def _root_of(self, path: Path) -> Path | None:
        if self.named is not None:
            return self.named
        for folder in path.parents:
            try:
                found = locate_rulebook(folder)
            except NoRulebookError:
                continue
            if found.path is not None and not found.is_bundle:
                return found.path
        return None

    # --- positions ----------------------------------------------------------------------------------------------------

    def range_of(self, span: Span, text: str) -> lsp.Range:
        """The stretch in what the editor counts in."""
        lines = text.split("\n")
        start = _place(lines, span.line - 1, span.column - 1)
        return lsp.Range(start, _place(lines, span.end_line - 1, span.end_column - 1))

    def location_of(self, span: Span) -> lsp.Location:
        """A stretch of a file of the rulebook."""
        assert self.desk is not None  # a span is of a file that was read
        uri = from_fs_path(str(self.desk.root.resolve() / span.file)) or ""
        return lsp.Location(uri, self.range_of(span, self.desk.text(span.file)))

    # --- diagnostics --------------------------------------------------------------------------------------------------

    def publish(self, name: str, faults: Iterable[Diagnostic]) -> None:
        """Tell the editor what is wrong in a file."""
        assert self.desk is not None  # faults are of a file that was read
        text = self.desk.text(name)
        told = [
            lsp.Diagnostic(
                self.range_of(fault.span, text),
                f"{fault.message}\nhelp: {fault.help}" if fault.help else fault.message,
                severity=_SEVERITIES[fault.severity],
                code=fault.code,
                source="mutandis",
            )
            for fault in faults
        ]
        uri = from_fs_path(str(self.desk.root.resolve() / name)) or ""
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, told))
        if told:
            self.told.add(name)
        else:
            self.told.discard(name)

    def publish_all(self, from_disk: bool = False, pause: float = 0.0) -> None:
        """Read the whole rulebook, once `pause` seconds passed without another change, and tell what is wrong in it.

        It is read beside the answering of questions; what was typed meanwhile makes it be read again.
        """
        if self.pending is not None:
            self.pending.cancel()
        self.from_disk = self.from_disk or from_disk
        self.pending = asyncio.get_running_loop().create_task(self._read_whole(pause))

    async def _read_whole(self, pause: float) -> None:
        await asyncio.sleep(pause)
        desk, from_disk = self.desk, self.from_disk
        if desk is None:
            return
        typed = dict(desk.typed)
        opened, faults = await asyncio.to_thread(desk.read_whole, from_disk)
        if typed != desk.typed:
            return
        self.from_disk = False
        desk.take(opened)
        by_file: dict[str, list[Diagnostic]] = {}
        for fault in faults:
            by_file.setdefault(fault.span.file, []).append(fault)
        for name in sorted({*by_file, *self.told, *desk.typed, *self.shown} - {""}):
            self.publish(name, by_file.get(name, ()))


def _place(lines: list[str], row: int, column: int) -> lsp.Position:
    line = lines[row] if 0 <= row < len(lines) else ""
    return lsp.Position(max(row, 0), len(line[: max(column, 0)].encode("utf-16-le")) // 2)


def _column(text: str, at: lsp.Position) -> int:
    lines = text.split("\n")
    line = lines[at.line] if at.line < len(lines) else ""
    return len(line.encode("utf-16-le")[: at.character * 2].decode("utf-16-le", "ignore"))


def build_server(named: Path | None = None) -> Server:
    """A server with all it can do; `named` is the rulebook's folder where a person gave one."""
    server = Server(named)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        found = ls.desk_for(params.text_document.uri)
        if found is not None:
            desk, name = found
            desk.type(name, params.text_document.text)
            ls.shown.add(name)
            ls.publish(name, desk.own_faults(name))
            ls.publish_all()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        found = ls.desk_for(params.text_document.uri)
        if found is not None:
            desk, name = found
            if desk.type(name, ls.workspace.get_text_document(params.text_document.uri).source):
                ls.publish(name, desk.own_faults(name))
                ls.publish_all(pause=PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        if ls.desk_for(params.text_document.uri) is not None:
            ls.publish_all(from_disk=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        found = ls.desk_for(params.text_document.uri)
        if found is not None:
            desk, name = found
            desk.typed.pop(name, None)
            ls.shown.discard(name)
            ls.publish_all(from_disk=True)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
        ls.publish_all(from_disk=True)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
        place = _asked(ls, params)
        text = answers.hover(*place) if place is not None else ""
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: lsp.DefinitionParams) -> list[lsp.Location]:
        place = _asked(ls, params)
        return [ls.location_of(span) for span in answers.definition(*place)] if place is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
        place = _asked(ls, params)
        return [ls.location_of(span) for span in answers.references(*place)] if place is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", " "]))
    def completion(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList:
        place = _asked(ls, params)
        if place is None:
            return lsp.CompletionList(False, [])
        desk, name, row, column = place
        line = desk.text(name).split("\n")[row]
        begun = re.search(r"[\w./()-]*$", line[:column])
        start = begun.start() if begun is not None else column
        edit_range = ls.range_of(Span(name, row + 1, start + 1, row + 1, column + 1), desk.text(name))
        items = [
            lsp.CompletionItem(
                one.text,
                kind=_KINDS[one.kind],
                detail=one.about or None,
                text_edit=lsp.TextEdit(edit_range, f"{one.text}: " if one.kind == "key" else one.text),
            )
            for one in answers.proposals(*place)
        ]
        return lsp.CompletionList(False, items)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbols(ls: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        return [
            lsp.DocumentSymbol(
                called, lsp.SymbolKind.Function, ls.range_of(span, text), ls.range_of(span, text), detail=says
            )
            for desk, name, text in ls.file(params.text_document.uri)
            for called, says, span in answers.symbols(desk, name)
        ]

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def workspace_symbols(ls: Server, params: lsp.WorkspaceSymbolParams) -> list[lsp.SymbolInformation]:
        if ls.desk is None:
            return []
        wanted = params.query.casefold()
        vocabulary = ls.desk.vocabulary
        kinds = (
            (vocabulary.facts, lsp.SymbolKind.Field),
            (vocabulary.actions, lsp.SymbolKind.Function),
            (vocabulary.terms, lsp.SymbolKind.Class),
        )
        found = [
            lsp.SymbolInformation(ls.location_of(one.span), name, kind)
            for table, kind in kinds
            for name, one in table.items()
            if wanted in name.casefold() and one.span.line
        ]
        for article in ls.desk.opened.source.articles:
            called = f"{ls.desk.short(article.citation)} {article.title}"
            if wanted in called.casefold():
                found.append(lsp.SymbolInformation(ls.location_of(article.span), called, lsp.SymbolKind.File))
        return found[:400]

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(ls: Server, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        edits: list[lsp.TextEdit] = []
        for _, name, text in ls.file(params.text_document.uri):
            formatted = format_file(text, name)
            if not formatted.diagnostics and formatted.text != text:
                lines = text.split("\n")
                whole = lsp.Range(lsp.Position(0, 0), _place(lines, len(lines) - 1, len(lines[-1])))
                edits.append(lsp.TextEdit(whole, formatted.text))
        return edits

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    def code_actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        return [
            fix
            for _, _, text in ls.file(uri)
            for diagnostic in params.context.diagnostics
            for fix in _fixes(uri, diagnostic, text)
        ]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def code_lens(ls: Server, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        return [
            lsp.CodeLens(ls.range_of(span, text), command=lsp.Command(title, ""))
            for desk, name, text in ls.file(params.text_document.uri)
            for span, title in answers.lenses(desk, name)
        ]

    return server


def _asked(ls: Server, params: Any) -> tuple[Desk, str, int, int] | None:
    found = ls.desk_for(params.text_document.uri)
    if found is None:
        return None
    desk, name = found
    return desk, name, params.position.line, _column(desk.text(name), params.position)


def _fixes(uri: str, diagnostic: lsp.Diagnostic, text: str) -> Iterable[lsp.CodeAction]:
    """Put the name that was meant in the place of the one that is not declared."""
    message, _, help_ = diagnostic.message.partition("\nhelp: ")
    meant, missed = _MEANT.search(help_), _MISSED.findall(message)
    row = diagnostic.range.start.line
    lines = text.split("\n")
    line = lines[row] if row < len(lines) else ""
    for wrong in missed if meant is not None else ():
        column = line.find(wrong, len(line[: diagnostic.range.start.character]))
        if column >= 0 and meant is not None:
            where = lsp.Range(_place(lines, row, column), _place(lines, row, column + len(wrong)))
            edit = lsp.WorkspaceEdit(changes={uri: [lsp.TextEdit(where, meant.group(1))]})
            title = f"Write `{meant.group(1)}`"
            yield lsp.CodeAction(title, lsp.CodeActionKind.QuickFix, [diagnostic], True, edit=edit)
            return
