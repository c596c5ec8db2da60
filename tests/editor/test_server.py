"""The language server, driven over its standard input and output as an editor does it."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

pytest.importorskip("pygls", reason="the language server is an extra, mutandis[lsp]")

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

BOOK = Path(__file__).parents[1] / "fixtures" / "diagnostics" / "unguarded-optional-fact" / "good"
RULES = "act/001-suspension.yaml"
T = TypeVar("T")


class Editor:
    """A client with one rulebook open; what is wrong in each file, as it was last told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient("editor-of-the-tests", "1")
        self.told: dict[str, list[lsp.Diagnostic]] = {}
        self.times = 0
        self.version = 1

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def published(_: LanguageClient, params: lsp.PublishDiagnosticsParams) -> None:
            self.told[params.uri] = list(params.diagnostics)
            self.times += 1

    def uri(self, name: str) -> str:
        return (self.root / name).resolve().as_uri()

    def where(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri(name))

    async def begin(self) -> None:
        await self.client.start_io(sys.executable, "-c", "from mutandis_tools.main import main; main()", "lsp")
        await self.client.initialize_async(
            lsp.InitializeParams(capabilities=lsp.ClientCapabilities(), root_uri=self.root.as_uri())
        )
        self.client.initialized(lsp.InitializedParams())

    async def end(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]

    async def open(self, name: str) -> list[lsp.Diagnostic]:
        text = (self.root / name).read_text(encoding="utf-8")
        item = lsp.TextDocumentItem(self.uri(name), "yaml", self.version, text)
        return await self._after(name, lambda: self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item)))

    async def write(self, name: str, text: str) -> list[lsp.Diagnostic]:
        """Type the text; what is told of it at once."""
        self.version += 1
        where = lsp.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri(name))
        change = lsp.TextDocumentContentChangeWholeDocument(text=text)
        params = lsp.DidChangeTextDocumentParams(where, [change])
        return await self._after(name, lambda: self.client.text_document_did_change(params))

    async def _after(self, name: str, do: Callable[[], None]) -> list[lsp.Diagnostic]:
        self.told.pop(self.uri(name), None)
        do()
        return await self.until(lambda: self.told.get(self.uri(name)))

    async def until(self, found: Callable[[], list[lsp.Diagnostic] | None]) -> list[lsp.Diagnostic]:
        for _ in range(600):
            told = found()
            if told is not None:
                return told
            await asyncio.sleep(0.05)
        raise AssertionError("nothing was told in 30 seconds")


def drive(root: Path, script: Callable[[Editor], Awaitable[T]]) -> T:
    async def run() -> T:
        editor = Editor(root)
        await editor.begin()
        try:
            return await script(editor)
        finally:
            await editor.end()

    return asyncio.run(run())


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    shutil.copytree(BOOK, root)
    (root / "vocabulary.yaml").write_text("terms: {}\n", encoding="utf-8")
    return root


def at(text: str, needle: str, shift: int = 1) -> lsp.Position:
    """The place in `text` just inside `needle`."""
    before = text[: text.index(needle) + shift]
    return lsp.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)


def test_a_slip_is_told_while_it_is_typed_and_mended_by_a_quick_fix(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")
    slip = text.replace("inmate.released_on is present", "inmate.relesed_on is present")

    async def script(editor: Editor) -> tuple[Any, ...]:
        clean = await editor.open(RULES)
        told = await editor.write(RULES, slip)
        params = lsp.CodeActionParams(editor.where(RULES), told[0].range, lsp.CodeActionContext(told))
        fixes = await editor.client.text_document_code_action_async(params)
        mended = await editor.write(RULES, text)
        return clean, told, fixes, mended

    clean, told, fixes, mended = drive(book, script)
    assert clean == [] == mended
    assert [(d.code, d.range.start) for d in told if d.code == "MUT050"] == [
        ("MUT050", at(slip, "inmate.relesed_on", 0))
    ]
    (fix,) = [f for f in fixes if f.title == "Write `inmate.released_on`"]
    (edit,) = next(iter(fix.edit.changes.values()))
    assert (edit.new_text, edit.range.start) == ("inmate.released_on", at(slip, "inmate.relesed_on", 0))


def test_what_another_file_breaks_is_told_when_typing_pauses(book: Path) -> None:
    vocabulary = (book / "act/vocabulary.yaml").read_text(encoding="utf-8")

    async def script(editor: Editor) -> list[lsp.Diagnostic]:
        await editor.open(RULES)
        await editor.open("act/vocabulary.yaml")
        editor.told.pop(editor.uri(RULES), None)
        await editor.write("act/vocabulary.yaml", vocabulary.replace("released_on", "let_go_on"))
        return await editor.until(lambda: editor.told.get(editor.uri(RULES)))

    assert {d.code for d in drive(book, script)} == {"MUT050"}


def test_what_stands_under_the_cursor_is_explained_found_and_named_everywhere(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")

    async def script(editor: Editor) -> tuple[Any, ...]:
        await editor.open(RULES)
        where, fact, action = editor.where(RULES), at(text, "inmate.released_on"), at(text, "suspend visit")
        client = editor.client
        return (
            await client.text_document_hover_async(lsp.HoverParams(where, fact)),
            await client.text_document_hover_async(lsp.HoverParams(where, action)),
            await client.text_document_definition_async(lsp.DefinitionParams(where, fact)),
            await client.text_document_references_async(lsp.ReferenceParams(lsp.ReferenceContext(False), where, fact)),
            await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(where)),
            await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("released")),
            await client.text_document_code_lens_async(lsp.CodeLensParams(where)),
        )

    fact, action, declared, named, symbols, found, lenses = drive(book, script)
    assert "When was the inmate released?" in fact.contents.value
    assert "forbidden" in action.contents.value
    assert [(d.uri.rpartition("/")[2], d.range.start.line) for d in declared] == [("vocabulary.yaml", 4)]
    assert [place.range.start.line for place in named] == [9, 10]
    assert [s.name for s in symbols] == ["Act Art. 1, main sentence: may suspend visit"]
    assert [s.name for s in found] == ["inmate.released_on"]
    assert [lens.command.title for lens in lenses] == ["no case names it"]


def test_what_may_come_next_depends_on_the_place(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")

    async def script(editor: Editor) -> list[set[str]]:
        await editor.open(RULES)
        found = []
        for place in (
            at(text, "inmate.released_on", 0),
            at(text, "suspend visit", 0),
            at(text, "by: warden", 4),
            at(text, "summary", 0),
        ):
            params = lsp.CompletionParams(editor.where(RULES), place)
            listed = await editor.client.text_document_completion_async(params)
            assert isinstance(listed, lsp.CompletionList)
            found.append({item.label for item in listed.items})
        return found

    facts, actions, roles, keys = drive(book, script)
    assert "inmate.released_on" in facts and "suspend visit" not in facts
    assert actions == {"suspend visit"}
    assert roles == {"warden"}
    assert {"when", "despite", "must_not"} <= keys


def test_the_file_is_formatted_as_fmt_does(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")
    loose = text.replace("1 year <= today", "1  year<=today")

    async def script(editor: Editor) -> Any:
        await editor.open(RULES)
        await editor.write(RULES, loose)
        options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
        return await editor.client.text_document_formatting_async(
            lsp.DocumentFormattingParams(editor.where(RULES), options)
        )

    (edit,) = drive(book, script)
    assert edit.new_text == text
