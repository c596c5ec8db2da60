"""What an editor asks for beside diagnostics, over the protocol: renaming, folds, tokens, hints, lenses, places."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra, mutandis[lsp]")

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from tests.editor.client import Editor, at, drive, edited

from mutandis_tools.editor.features import RefusedError, build_server

VISITS, CALLS, CASES = "act/001-visits.yaml", "act/002-calls.yaml", "act/cases/visits.yaml"


def test_renaming_is_prepared_done_and_refused_with_a_reason(visits: Path) -> None:
    text = (visits / CALLS).read_text(encoding="utf-8")

    async def script(editor: Editor) -> tuple[Any, ...]:
        await editor.open(CALLS)
        client, where, place = editor.client, editor.where(CALLS), at(text, "call.overheard")
        prepared = await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(where, place))
        done = await client.text_document_rename_async(lsp.RenameParams(where, place, "telephone"))
        reasons = []
        for ask in (
            client.text_document_rename_async(lsp.RenameParams(where, place, "visit")),
            client.text_document_prepare_rename_async(lsp.PrepareRenameParams(where, at(text, "summary"))),
        ):
            with pytest.raises(JsonRpcException) as refused:
                await ask
            reasons.append(str(refused.value))
        return prepared, done, reasons

    prepared, done, reasons = drive(visits, script)
    assert (prepared.placeholder, prepared.range.start) == ("call", at(text, "call.overheard", 0))
    (uri,) = [uri for uri in done.changes if uri.endswith(CALLS)]
    assert edited(text, done.changes[uri]) == text.replace("visit: call", "visit: telephone").replace(
        "when: call.", "when: telephone."
    )
    assert reasons[0].startswith("`visit` is declared already: ")
    assert reasons[1].startswith("nothing here has a name of its own: ")


def test_a_refusal_is_no_failure_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    build_server()
    log = logging.getLogger("pygls.protocol.json_rpc")
    for error in (RefusedError("it is declared already"), ValueError("a failure")):
        try:
            raise error
        except Exception:
            log.exception("Exception occurred for message")
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ValueError]


def test_what_an_editor_shows_around_the_text(visits: Path) -> None:
    async def script(editor: Editor) -> tuple[Any, ...]:
        await editor.open(VISITS)
        await editor.open(CALLS)
        client = editor.client
        lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(editor.where(VISITS)))
        assert lenses is not None and lenses[0].command is not None
        run = lenses[0].command
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
        return (
            lenses,
            await client.workspace_execute_command_async(lsp.ExecuteCommandParams(run.command, run.arguments)),
            await client.text_document_folding_range_async(lsp.FoldingRangeParams(editor.where(VISITS))),
            await client.text_document_inlay_hint_async(lsp.InlayHintParams(editor.where(CALLS), whole)),
            await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(editor.where(CALLS))),
        )

    lenses, report, folds, hints, tokens = drive(visits, script)
    assert [one.command.title for one in lenses] == [
        "2 cases, 1 does not pass · applied by 2 main · run",
        "no case names it",
    ]
    assert "A visit that nobody hears" in report
    assert (4, 11) in [(one.start_line, one.end_line) for one in folds]
    assert [(one.position.line, one.label) for one in hints] == [
        (8, "stop visit → stop call, visit.overheard → call.overheard")
    ]
    assert list(tokens.data) == [9, 10, len("call.overheard"), 0, 0]


def test_snippets_are_proposed_to_an_editor_that_takes_them(visits: Path) -> None:
    text = (visits / CALLS).read_text(encoding="utf-8")
    item = lsp.ClientCompletionItemOptions(snippet_support=True)
    takes = lsp.ClientCapabilities(
        text_document=lsp.TextDocumentClientCapabilities(
            completion=lsp.CompletionClientCapabilities(completion_item=item)
        )
    )

    async def script(editor: Editor) -> list[str]:
        await editor.open(CALLS)
        await editor.write(CALLS, text + "  - ")
        place = lsp.Position(text.count("\n"), 4)
        listed = await editor.client.text_document_completion_async(lsp.CompletionParams(editor.where(CALLS), place))
        assert isinstance(listed, lsp.CompletionList)
        return [one.label for one in listed.items if one.insert_text_format is lsp.InsertTextFormat.Snippet]

    assert "rule: apply mutatis mutandis" in drive(visits, script, takes)
    assert drive(visits, script) == []


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 33), ("utf-16", 31), ("utf-32", 30)])
def test_columns_are_counted_as_the_editor_does(visits: Path, encoding: str, column: int) -> None:
    text = (visits / VISITS).read_text(encoding="utf-8")
    odd = text.replace("      1: stay.days > 30 days", '      1: stay.note is "𝒜" and stay.dayz > 30 days')
    takes = lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=[lsp.PositionEncodingKind(encoding)])
    )

    async def script(editor: Editor) -> list[lsp.Diagnostic]:
        await editor.open(VISITS)
        return await editor.write(VISITS, odd)

    told = [one for one in drive(visits, script, takes) if "stay.dayz" in one.message]
    assert [(one.range.start.line, one.range.start.character) for one in told] == [(10, column)]


def test_windows_line_ends_are_kept_and_counted_as_one(visits: Path) -> None:
    path = visits / VISITS
    windows = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_text(windows, encoding="utf-8", newline="")

    async def script(editor: Editor) -> tuple[Any, ...]:
        clean = await editor.open(VISITS)
        slip = await editor.write(VISITS, windows.replace("stay.reason is work", "stay.reason is wrk"))
        await editor.write(VISITS, windows)
        options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
        formatting = lsp.DocumentFormattingParams(editor.where(VISITS), options)
        return clean, slip, await editor.client.text_document_formatting_async(formatting)

    clean, slip, edits = drive(visits, script)
    assert clean == [] and not edits
    assert [(one.code, one.range.start.line, one.range.end.character) for one in slip] == [("MUT051", 17, 28)]
