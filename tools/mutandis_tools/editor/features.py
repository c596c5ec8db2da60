"""What the server can do, feature by feature: the protocol's questions, put to the desk and answered in its terms."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import json_rpc

from mutandis.citation import parse_citation
from mutandis.rulebook.format import format_file
from mutandis.source import Span
from mutandis_tools.editor import answers, completion
from mutandis_tools.editor.completion_conditions import Kind, Proposal
from mutandis_tools.editor.conditions import KINDS, words_of
from mutandis_tools.editor.edits import edits_between
from mutandis_tools.editor.fixes import fixes_of
from mutandis_tools.editor.folds import folds_of
from mutandis_tools.editor.hints import hints_of
from mutandis_tools.editor.hover import hover as hover_at
from mutandis_tools.editor.lenses import lenses_of, report_of
from mutandis_tools.editor.places import units
from mutandis_tools.editor.renames import rename_at, target_at
from mutandis_tools.editor.server import PAUSE, File, Server
from mutandis_tools.renaming.made import RenamingError

RUN_CASES = "mutandis.runCases"
"""The command behind the lens: the file's address and the provision whose cases are run."""
_WATCHED = "**/*.{yaml,yml,lock}"
_KINDS: Mapping[Kind, lsp.CompletionItemKind] = {
    "key": lsp.CompletionItemKind.Keyword,
    "fact": lsp.CompletionItemKind.Field,
    "action": lsp.CompletionItemKind.Function,
    "role": lsp.CompletionItemKind.Class,
    "provision": lsp.CompletionItemKind.Reference,
    "value": lsp.CompletionItemKind.EnumMember,
    "unit": lsp.CompletionItemKind.Unit,
    "snippet": lsp.CompletionItemKind.Snippet,
    "word": lsp.CompletionItemKind.Operator,
}
_SYMBOLS: Mapping[answers.SymbolKind, lsp.SymbolKind] = {
    "rule": lsp.SymbolKind.Function,
    "case": lsp.SymbolKind.Event,
    "article": lsp.SymbolKind.Module,
    "fact": lsp.SymbolKind.Field,
    "action": lsp.SymbolKind.Method,
    "term": lsp.SymbolKind.Class,
}
_LEGEND = lsp.SemanticTokensLegend(list(KINDS), [])


def build_server(named: Path | None = None) -> Server:
    """A server with all it can do; `named` is the rulebook's folder where a person gave one."""
    logging.getLogger(json_rpc.__name__).addFilter(_is_no_refusal)
    server = Server(named)
    _follow_files(server)
    _tell(server)
    _find(server)
    _change(server)
    return server


class RefusedError(JsonRpcException):
    """A request that cannot be done, and why."""

    CODE = -32803
    MESSAGE = "Request Failed"


def _is_no_refusal(record: logging.LogRecord) -> bool:
    """False for a request that was refused with a reason: the editor shows that, and nothing has failed."""
    return record.exc_info is None or not isinstance(record.exc_info[1], RefusedError)


# --- files ------------------------------------------------------------------------------------------------------------


def _follow_files(server: Server) -> None:
    @server.feature(lsp.INITIALIZED)
    async def initialized(ls: Server, params: lsp.InitializedParams) -> None:
        workspace = ls.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(_WATCHED)])
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = lsp.Registration("mutandis-files", method, options)
            await ls.client_register_capability_async(lsp.RegistrationParams([registration]))

    @server.feature(lsp.SHUTDOWN)
    def shut_down(ls: Server, params: None) -> None:
        ls.is_shut_down = True

    @server.feature(lsp.EXIT)
    def leave(ls: Server, params: None) -> None:
        # At once: the reading of a large rulebook beside would be waited for. What is kept is written whole or not.
        os._exit(0 if ls.is_shut_down else 1)

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        file = ls.file(params.text_document.uri)
        if file is not None:
            file.desk.addresses[file.name] = params.text_document.uri
            file.book.versions[file.name] = params.text_document.version
            file.desk.type(file.name, params.text_document.text)
            file.book.shown.add(file.name)
            ls.publish(file.book, file.name)
            ls.read_whole(file.book)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        file = ls.file(params.text_document.uri)
        if file is not None:
            document = ls.workspace.get_text_document(params.text_document.uri)
            file.book.versions[file.name] = document.version or 0
            is_changed = file.desk.type(file.name, document.source)
            ls.publish(file.book, file.name)
            if is_changed:
                ls.read_whole(file.book, PAUSE)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        file = ls.file(params.text_document.uri)
        if file is not None:
            ls.read_whole(file.book)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        file = ls.file(params.text_document.uri)
        if file is not None:
            file.desk.typed.pop(file.name, None)
            file.book.versions.pop(file.name, None)
            file.book.shown.discard(file.name)
            ls.read_whole(file.book)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def watched(ls: Server, params: lsp.DidChangeWatchedFilesParams) -> None:
        for book in ls.books.values():
            ls.read_whole(book, PAUSE)


# --- telling ----------------------------------------------------------------------------------------------------------


def _tell(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
        file = ls.file(params.text_document.uri)
        if file is None:
            return None
        row, column = file.row_and_column(params.position, ls.encoding)
        text = hover_at(file.desk, ls.texts, file.name, row, column)
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text)) if text else None

    @server.feature(lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, _LEGEND)
    def semantic_tokens(ls: Server, params: lsp.SemanticTokensParams) -> lsp.SemanticTokens:
        file = ls.file(params.text_document.uri)
        return lsp.SemanticTokens(_tokens(ls, file) if file is not None else [])

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(ls: Server, params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
        file = ls.file(params.text_document.uri)
        return [
            lsp.FoldingRange(
                one.start, one.end, kind=lsp.FoldingRangeKind.Comment if one.is_comment else lsp.FoldingRangeKind.Region
            )
            for one in (folds_of(file.desk.sheet(file.name).lines) if file is not None else ())
        ]

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hints(ls: Server, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
        file = ls.file(params.text_document.uri)
        if file is None:
            return []
        found = []
        for hint in hints_of(file.desk, file.name):
            if params.range.start.line <= hint.row <= params.range.end.line:
                line = file.desk.sheet(file.name).line(hint.row)
                at = lsp.Position(hint.row, units(line, len(line.rstrip()), ls.encoding))
                whole = lsp.MarkupContent(lsp.MarkupKind.Markdown, hint.whole)
                found.append(lsp.InlayHint(at, hint.text, tooltip=whole, padding_left=True))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    async def code_lens(ls: Server, params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        file = ls.file(params.text_document.uri)
        if file is None:
            return []
        # Running the cases may take a while; what is typed meanwhile is answered.
        rules = tuple(file.desk.sheet(file.name).rules)
        lenses = await asyncio.to_thread(lenses_of, file.desk, file.book.casebook, rules)
        uri = params.text_document.uri
        return [
            lsp.CodeLens(
                ls.range_of(lens.span, file.desk),
                command=lsp.Command(f"{lens.text} · run", RUN_CASES, arguments=[uri, lens.runs])
                if lens.runs
                else lsp.Command(lens.text, ""),
            )
            for lens in lenses
        ]

    @server.command(RUN_CASES)
    async def run_cases(ls: Server, uri: str, provision: str) -> str:
        file = ls.file(uri)
        if file is None:
            raise RefusedError(f"{uri} is of no rulebook")
        place = parse_citation(provision)
        text, is_good = await asyncio.to_thread(report_of, file.desk, file.book.casebook, place)
        kind = lsp.MessageType.Info if is_good else lsp.MessageType.Warning
        ls.window_show_message(lsp.ShowMessageParams(kind, text))
        return text


def _tokens(ls: Server, file: File) -> list[int]:
    """Each word by its distance from the one before, as the protocol has them."""
    data: list[int] = []
    row, start = 0, 0
    sheet = file.desk.sheet(file.name)
    for word in words_of(sheet, file.desk.opened.source.vocabulary):
        line = sheet.line(word.row)
        begins = units(line, word.column, ls.encoding)
        length = units(line, word.column + word.length, ls.encoding) - begins
        data += [word.row - row, begins - start if word.row == row else begins, length, KINDS.index(word.kind), 0]
        row, start = word.row, begins
    return data


# --- finding ----------------------------------------------------------------------------------------------------------


def _find(server: Server) -> None:
    def places(
        ls: Server, params: lsp.DefinitionParams | lsp.ReferenceParams, find: Callable[..., Iterable[Span]]
    ) -> list[lsp.Location]:
        file = ls.file(params.text_document.uri)
        if file is None:
            return []
        found = find(file.desk, file.name, *file.row_and_column(params.position, ls.encoding))
        return [ls.location_of(span, file.desk) for span in found]

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: lsp.DefinitionParams) -> list[lsp.Location]:
        return places(ls, params, answers.definition)

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def references(ls: Server, params: lsp.ReferenceParams) -> list[lsp.Location]:
        return places(ls, params, answers.references)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def document_symbols(ls: Server, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        file = ls.file(params.text_document.uri)

        def shown(one: answers.Symbol) -> lsp.DocumentSymbol:
            assert file is not None  # there are no symbols otherwise
            place = ls.range_of(one.span, file.desk)
            inside = [shown(inner) for inner in one.inside]
            head = lsp.Range(place.start, place.start)
            return lsp.DocumentSymbol(one.name, _SYMBOLS[one.kind], place, head, detail=one.about, children=inside)

        return [shown(one) for one in answers.symbols(file.desk, file.name)] if file is not None else []

    @server.feature(lsp.WORKSPACE_SYMBOL)
    def workspace_symbols(ls: Server, params: lsp.WorkspaceSymbolParams) -> list[lsp.SymbolInformation]:
        return [
            lsp.SymbolInformation(
                ls.location_of(one.span, book.desk),
                one.name,
                _SYMBOLS[one.kind],
                # Shown beside the name, and what editors look through as well.
                container_name=", ".join(said for said in (one.about, one.also) if said) or None,
            )
            for book in ls.books.values()
            for one in answers.find_symbols(book.desk, params.query)
        ]


# --- changing ---------------------------------------------------------------------------------------------------------


def _change(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[".", " "]))
    def complete(ls: Server, params: lsp.CompletionParams) -> lsp.CompletionList:
        file = ls.file(params.text_document.uri)
        if file is None:
            return lsp.CompletionList(False, [])
        row, column = file.row_and_column(params.position, ls.encoding)
        found = completion.propose(file.desk, file.name, row, column)
        place = ls.range_of(Span(file.name, row + 1, found.start + 1, row + 1, column + 1), file.desk)
        snippets = _takes_snippets(ls)
        items = [
            _item(one, place, number) for number, one in enumerate(found.listed) if snippets or one.kind != "snippet"
        ]
        return lsp.CompletionList(found.more, items)

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatting(ls: Server, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        file = ls.file(params.text_document.uri)
        if file is None:
            return []
        text = file.desk.text(file.name)
        formatted = format_file(text, file.name)
        if formatted.diagnostics:
            return []
        edits = edits_between(file.name, text, formatted.text)
        return [lsp.TextEdit(ls.range_of(edit.span, file.desk), edit.text) for edit in edits]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    def code_actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        file = ls.file(params.text_document.uri)
        if file is None:
            return []
        asked = {(one.code, one.range.start.line, one.range.start.character): one for one in params.context.diagnostics}
        found = []
        for fault in file.desk.faults(file.name):
            start = ls.range_of(fault.span, file.desk).start
            told = asked.get((fault.code, start.line, start.character))
            for fix in fixes_of(file.desk, fault) if told is not None else ():
                edit = ls.changes(fix.edits, file.desk)
                kind = lsp.CodeActionKind.QuickFix
                found.append(lsp.CodeAction(fix.title, kind, [told] if told else [], fix.is_sure, edit=edit))
        return found

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(ls: Server, params: lsp.PrepareRenameParams) -> lsp.PrepareRenamePlaceholder:
        file, row, column = _asked(ls, params)
        try:
            target = target_at(file.desk, file.name, row, column)
        except RenamingError as refused:
            raise RefusedError(f"{refused}: {refused.help}") from refused
        return lsp.PrepareRenamePlaceholder(ls.range_of(target.span, file.desk), target.shown)

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    async def rename(ls: Server, params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        file, row, column = _asked(ls, params)
        try:
            target = target_at(file.desk, file.name, row, column)
            edits = await asyncio.to_thread(rename_at, file.desk, target, params.new_name)
        except RenamingError as refused:
            raise RefusedError(f"{refused}: {refused.help}") from refused
        return ls.changes(edits, file.desk)


def _asked(ls: Server, params: Any) -> tuple[File, int, int]:
    file = ls.file(params.text_document.uri)
    if file is None:
        raise RefusedError("the file is of no rulebook")
    return (file, *file.row_and_column(params.position, ls.encoding))


def _takes_snippets(ls: Server) -> bool:
    document = ls.client_capabilities.text_document
    item = document.completion.completion_item if document is not None and document.completion is not None else None
    return item is not None and bool(item.snippet_support)


def _item(one: Proposal, place: lsp.Range, number: int) -> lsp.CompletionItem:
    text = one.text or (f"{one.label}: " if one.kind == "key" else one.label)
    return lsp.CompletionItem(
        one.label,
        kind=_KINDS[one.kind],
        detail=one.about or None,
        sort_text=f"{number:04}",
        insert_text_format=lsp.InsertTextFormat.Snippet if one.kind == "snippet" else None,
        text_edit=lsp.TextEdit(place, text),
    )
