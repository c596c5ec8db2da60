"""`mutandis chapters`: a page for each chapter, for people who apply the law."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mutandis.files import write_whole
from mutandis_tools.chapters.page import Page, chapter_pages
from mutandis_tools.commands.common import ReadRulebookOption, ready_or_stop, with_files_or_stop
from mutandis_tools.opening import Opened
from mutandis_tools.report.lines import line, printable
from mutandis_tools.terminal import Exit, show, stop

_PART = "pages"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("chapters", epilog="Example: mutandis chapters --out docs/chapters")(chapters)


def chapters(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the pages go.")],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if the pages there are not what would be written.")
    ] = False,
    rulebook: ReadRulebookOption = None,
) -> None:
    """Write a page for each chapter: what may, must and must not be done, by whom, within what limits."""
    opened = ready_or_stop(with_files_or_stop(rulebook)).opened
    if out.exists() and not out.is_dir():
        stop(f"`{out}` is a file", "give a folder with `--out`")
    pages = _pages(opened)
    if check:
        stale = [page.name for page in pages if not _is_current(out, page)]
        show(line(f"{printable(str(out / name))} is not what the rules say now") for name in stale)
        if stale:
            raise typer.Exit(Exit.FINDINGS)
        return
    for page in pages:
        path = out / page.name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, page.text)
    show([line(f"{len(pages)} pages in {printable(str(out))}")])


def _pages(opened: Opened) -> tuple[Page, ...]:
    """The pages as they were kept; else made now, and kept."""
    kept = opened.shelf.fetch(_PART)
    if kept is not None:
        return tuple(Page(name, str(kept.record(_PART, name))) for name in kept.names(_PART))
    laws = sorted(opened.source.laws.values(), key=lambda law: (law.rank, law.id))
    pages = chapter_pages(opened.source.articles, laws, opened.names)
    opened.shelf.keep(_PART, {_PART: {page.name: page.text for page in pages}})
    return pages


def _is_current(out: Path, page: Page) -> bool:
    path = out / page.name
    return path.is_file() and path.read_text(encoding="utf-8") == page.text
