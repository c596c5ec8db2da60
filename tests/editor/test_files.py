"""Files as editors have them: not saved, not YAML, made, taken away, of another rulebook, of none."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra, mutandis[lsp]")

from lsprotocol import types as lsp
from tests.editor.client import Editor, at, drive

VISITS, CALLS = "act/001-visits.yaml", "act/002-calls.yaml"


def codes(told: list[lsp.Diagnostic]) -> set[object]:
    return {one.code for one in told}


def test_files_are_followed_as_they_come_change_and_go(visits: Path) -> None:
    text = (visits / VISITS).read_text(encoding="utf-8")
    new = "act/003-letters.yaml"
    third = "law: act\narticle: 3\ntitle: Letters\nrules:\n  - at: main\n    summary: S.\n    apply: 4\n"

    async def script(editor: Editor) -> tuple[Any, ...]:
        client = editor.client
        found = [await editor.open(VISITS)]
        # No YAML any more: told at its place, and the other file goes on being read.
        found.append(await editor.write(VISITS, text.replace("rules:", "rules: [")))
        found.append(await editor.open(CALLS))
        found.append(await editor.write(VISITS, text))
        # A file that is on no disk yet applies what nobody wrote.
        item = lsp.TextDocumentItem(editor.uri(new), "yaml", 1, third)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        found.append(await editor.until(lambda: editor.told.get(editor.uri(new)) or None))
        # Closed without being saved, it is gone, and what was wrong in it too.
        client.text_document_did_close(lsp.DidCloseTextDocumentParams(editor.where(new)))
        found.append(await editor.until(lambda: None if editor.told[editor.uri(new)] else []))
        # Somebody else takes the vocabulary away, and puts it back.
        kept = (visits / "act/vocabulary.yaml").read_text(encoding="utf-8")
        for words in ("terms: {}\n", kept):
            (visits / "act/vocabulary.yaml").write_text(words, encoding="utf-8")
            changed = [lsp.FileEvent(editor.uri("act/vocabulary.yaml"), lsp.FileChangeType.Changed)]
            editor.told.clear()
            client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changed))
            found.append(await editor.until(lambda: editor.told.get(editor.uri(CALLS))))
        return tuple(found)

    clean, broken, other, mended, unsaved, closed, without, again = drive(visits, script)
    assert clean == other == mended == closed == again == []
    assert codes(broken) == {"MUT012"}
    assert codes(unsaved) == {"MUT082"}
    assert {"MUT022", "MUT050"} & codes(without)


def test_two_rulebooks_are_served_and_files_of_none_are_left_alone(visits: Path) -> None:
    other = visits.parent / "other"
    shutil.copytree(visits, other)
    words = (other / "act/vocabulary.yaml").read_text(encoding="utf-8")
    (other / "act/vocabulary.yaml").write_text(words.replace("overheard", "heard"), encoding="utf-8")
    stray = visits.parent / "stray" / "compose.yaml"
    stray.parent.mkdir()
    stray.write_text("services: {}\n", encoding="utf-8")

    async def script(editor: Editor) -> tuple[Any, ...]:
        client = editor.client
        here = await editor.open(CALLS)
        item = lsp.TextDocumentItem((other / CALLS).as_uri(), "yaml", 1, (other / CALLS).read_text(encoding="utf-8"))
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        there = await editor.until(lambda: editor.told.get((other / CALLS).as_uri()))
        text = stray.read_text(encoding="utf-8")
        item = lsp.TextDocumentItem(stray.as_uri(), "yaml", 1, text)
        client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        where = lsp.TextDocumentIdentifier(stray.as_uri())
        place = at(text, "services")
        nothing = (
            await client.text_document_hover_async(lsp.HoverParams(where, place)),
            await client.text_document_completion_async(lsp.CompletionParams(where, place)),
            await client.text_document_definition_async(lsp.DefinitionParams(where, place)),
            await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(where)),
        )
        symbols = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("call.overheard"))
        return here, there, nothing, symbols, editor.told.get(stray.as_uri())

    here, there, nothing, symbols, told = drive(visits, script)
    assert here == [] and codes(there) == {"MUT050"}
    assert not nothing[0] and not nothing[1].items and not nothing[2] and not nothing[3]
    assert told is None
    assert [one.location.uri for one in symbols] == [(visits / "act/vocabulary.yaml").as_uri()]


def test_the_server_leaves_at_once_though_it_reads_the_whole(visits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")

    async def script() -> int | None:
        editor = Editor(visits)
        await editor.begin()
        await editor.open(VISITS)
        server = editor.client._server
        await editor.end()
        assert server is not None
        return await server.wait()

    assert asyncio.run(script()) == 0


def test_a_file_opened_over_a_link_is_told_of_by_that_address(visits: Path) -> None:
    link = visits.parent / "link"
    link.symlink_to(visits, target_is_directory=True)
    address = f"{link.as_uri()}/{VISITS}"

    async def script(editor: Editor) -> tuple[Any, ...]:
        text = (visits / VISITS).read_text(encoding="utf-8").replace("stay.days", "stay.dayz")
        item = lsp.TextDocumentItem(address, "yaml", 1, text)
        editor.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        told = await editor.until(lambda: editor.told.get(address))
        where = lsp.TextDocumentIdentifier(address)
        context = lsp.CodeActionContext(told)
        params = lsp.CodeActionParams(where, told[0].range, context)
        return told, await editor.client.text_document_code_action_async(params)

    told, fixes = drive(visits, script)
    assert codes(told) == {"MUT050"}
    assert set(fixes[0].edit.changes) == {address}
