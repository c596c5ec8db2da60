"""A client of the language server for the tests: it starts the real server and speaks to it over its streams."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

T = TypeVar("T")


class Editor:
    """A client with one rulebook open; what is wrong in each file, as it was last told."""

    def __init__(self, root: Path, capabilities: lsp.ClientCapabilities | None = None) -> None:
        self.root = root
        self.capabilities = capabilities or lsp.ClientCapabilities()
        self.client = LanguageClient("editor-of-the-tests", "1")
        self.told: dict[str, list[lsp.Diagnostic]] = {}
        self.wanted: dict[str, int] = {}
        self.times = 0
        self.version = 1

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def published(_: LanguageClient, params: lsp.PublishDiagnosticsParams) -> None:
            if params.version is None or params.version >= self.wanted.get(params.uri, 0):
                self.told[params.uri] = list(params.diagnostics)
            self.times += 1

    def uri(self, name: str) -> str:
        return (self.root / name).resolve().as_uri()

    def where(self, name: str) -> lsp.TextDocumentIdentifier:
        return lsp.TextDocumentIdentifier(self.uri(name))

    async def begin(self) -> None:
        await self.client.start_io(sys.executable, "-c", "from mutandis_tools.main import main; main()", "lsp")
        await self.client.initialize_async(
            lsp.InitializeParams(capabilities=self.capabilities, root_uri=self.root.as_uri())
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
        # What is told of an earlier text may still be on its way.
        self.wanted[self.uri(name)] = self.version
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


def drive(
    root: Path, script: Callable[[Editor], Awaitable[T]], capabilities: lsp.ClientCapabilities | None = None
) -> T:
    """What a script gets from a server that it has for itself."""

    async def run() -> T:
        editor = Editor(root, capabilities)
        await editor.begin()
        try:
            return await script(editor)
        finally:
            await editor.end()

    return asyncio.run(run())


def at(text: str, needle: str, shift: int = 1) -> lsp.Position:
    """The place in `text` just inside `needle`, in UTF-16 units."""
    before = text[: text.index(needle) + shift]
    line = before[before.rfind("\n") + 1 :]
    return lsp.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def edited(text: str, edits: list[lsp.TextEdit]) -> str:
    """The text with an editor's edits made, whose places count UTF-16 units."""
    lines = text.split("\n")

    def offset(place: lsp.Position) -> int:
        line = lines[place.line].encode("utf-16-le")[: place.character * 2].decode("utf-16-le")
        return sum(len(one) + 1 for one in lines[: place.line]) + len(line)

    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
