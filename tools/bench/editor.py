"""`PYTHONPATH=tools python -m bench.editor`: how long the language server lets an editor wait.

The real server is driven over its standard input and output, on the shipped rulebook and on made ones of 500 and 3,000
articles, each with nothing kept of it and again with what was kept. A keystroke is a changed text until its diagnostics
come; it is typed every 80 ms, beginning right after the file is opened, while the server also reads the whole.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable
from pathlib import Path
from statistics import median

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from bench.ours import article_files
from mutandis.resources import rulebook_folder

KEYSTROKES = 40
BETWEEN = 0.08
"""Seconds between keystrokes: a fast typist."""


class Timed:
    """An editor with one file open, that counts the milliseconds it waits."""

    def __init__(self, root: Path, cache: Path) -> None:
        self.root, self.cache = root, cache
        self.client = LanguageClient("bench", "1")
        self.version = 0
        self.told: asyncio.Event = asyncio.Event()
        self.latest = 0

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def published(_: LanguageClient, params: lsp.PublishDiagnosticsParams) -> None:
            if params.uri == self.uri:
                self.latest = len(params.diagnostics)
                self.told.set()

    async def begin(self, name: str) -> float:
        """Start the server; the milliseconds until it can be asked."""
        self.uri = (self.root / name).as_uri()
        self.text = (self.root / name).read_text(encoding="utf-8")
        started = time.perf_counter()
        environment = {**os.environ, "MUTANDIS_CACHE": str(self.cache)}
        await self.client.start_io(
            sys.executable, "-c", "from mutandis_tools.main import main; main()", "lsp", env=environment
        )
        await self.client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
        self.client.initialized(lsp.InitializedParams())
        return _since(started)

    async def open(self) -> float:
        """Open the file; the milliseconds until it is told what is wrong in it."""
        item = lsp.TextDocumentItem(self.uri, "yaml", self.version, self.text)
        self.told.clear()
        started = time.perf_counter()
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        await self.told.wait()
        return _since(started)

    async def type(self, text: str) -> float:
        """Change the text; the milliseconds until it is told what is wrong in it."""
        self.version += 1
        where = lsp.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        self.told.clear()
        started = time.perf_counter()
        change = lsp.TextDocumentContentChangeWholeDocument(text=text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(where, [change]))
        await self.told.wait()
        return _since(started)

    async def keystrokes(self) -> list[float]:
        """A comment typed letter by letter, and taken out again."""
        waited = []
        for count in range(KEYSTROKES):
            waited.append(await self.type(f"{self.text}# {'x' * count}\n"))
            await asyncio.sleep(BETWEEN)
        return waited

    async def ask(self, question: Awaitable[object]) -> float:
        """The milliseconds until a question is answered."""
        started = time.perf_counter()
        await question
        return _since(started)

    async def settled(self, slip: str) -> float:
        """Make a slip that only reading the whole finds; the milliseconds until it is told, the pause included."""
        await self.type(self.text)
        before, started = self.latest, time.perf_counter()
        await self.type(slip)
        while self.latest == before:
            self.told.clear()
            await self.told.wait()
        return _since(started)

    async def end(self) -> None:
        """Stop the server."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]


async def measure(root: Path, name: str, slip: tuple[str, str], cache: Path) -> dict[str, str]:
    """The waits of one session with a rulebook, in milliseconds."""
    editor = Timed(root, cache)
    found = {"start": f"{await editor.begin(name):.0f}", "open": f"{await editor.open():.0f}"}
    at_once = await editor.keystrokes()
    assert slip[0] in editor.text
    found["whole after a pause"] = f"{await editor.settled(editor.text.replace(*slip)):.0f}"
    await editor.type(editor.text)
    await asyncio.sleep(1)
    later = await editor.keystrokes()
    for what, waits in (("keystroke, just opened", at_once), ("keystroke", later)):
        ordered = sorted(waits)
        found[what] = f"{median(ordered):.0f} / {ordered[int(len(ordered) * 0.95)]:.0f} / {ordered[-1]:.0f}"
    await editor.type(editor.text)
    where = lsp.TextDocumentIdentifier(editor.uri)
    row = next(row for row, line in enumerate(editor.text.split("\n")) if " by: " in line)
    place = lsp.Position(row, len(editor.text.split("\n")[row]))
    client = editor.client
    for what, question in (
        ("completion", client.text_document_completion_async(lsp.CompletionParams(where, place))),
        ("hover", client.text_document_hover_async(lsp.HoverParams(where, place))),
        ("tokens", client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(where))),
        ("lenses", client.text_document_code_lens_async(lsp.CodeLensParams(where))),
        ("symbols", client.workspace_symbol_async(lsp.WorkspaceSymbolParams("of"))),
    ):
        found[what] = f"{await editor.ask(question):.0f}"
    await editor.end()
    return found


def main() -> None:
    """Measure and print; `--articles` for other sizes."""
    parser = argparse.ArgumentParser(prog="python -m bench.editor", description=main.__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[500, 3_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        beside = Path(folder).resolve()
        shipped = beside / "shipped"
        shutil.copytree(str(rulebook_folder()), shipped)
        slip = ("by: warden", "by: warden\n    despite: 9999")
        name = "act/contact/041-visits.yaml"
        books = [("shipped", shipped, name, slip)]
        for articles in options.articles:
            root = beside / f"made-{articles}"
            for file, text in article_files(articles).items():
                (root / file).parent.mkdir(parents=True, exist_ok=True)
                (root / file).write_text(text, encoding="utf-8")
            declaring = ("law.yaml", "vocabulary.yaml")
            first = min(file for file in article_files(articles) if not file.endswith(declaring))
            books.append((f"{articles} articles", root, first, slip))
        for title, root, file, slip in books:
            for kept in ("nothing kept", "kept"):
                found = asyncio.run(measure(root, file, slip, beside / "cache"))
                print(f"{title}, {kept} (milliseconds; keystrokes: median / 95 of 100 / longest)", flush=True)
                for what, waited in found.items():
                    print(f"  {what:24} {waited}", flush=True)


def _since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
