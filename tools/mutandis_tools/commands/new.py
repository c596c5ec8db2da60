"""`mutandis new`: begins files of the rulebook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from mutandis.rulebook.load import load_source
from mutandis_text.document import StatuteDocument
from mutandis_tools.amendment.skeleton import find_article, print_skeleton
from mutandis_tools.commands.statute_file import Quiet, exit_if_bad, open_statute, refuse_other_law
from mutandis_tools.terminal import Exit, complain, stop, write

_RULEBOOK = Path("rulebook")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Begin a file of the rulebook.")
    group.callback()(_new)
    group.command("article", epilog="Example: mutandis new article act 41 --text act.txt")(article_command)
    app.add_typer(group, name="new")


def _new() -> None:
    """Begin a file of the rulebook."""


def article_command(
    law: Annotated[str, typer.Argument(metavar="LAW", help="The law's folder in the rulebook, e.g. act.")],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The article, e.g. 41 or 5-2 or addenda-8728/4.")],
    text: Annotated[Path, typer.Option("--text", exists=True, dir_okay=False, help="The official text of the law.")],
    rulebook: Annotated[Path, typer.Option("--rulebook", file_okay=False, help="The rulebook's folder.")] = _RULEBOOK,
    chapter: Annotated[str, typer.Option("--chapter", help="The folder within the law; by default its chapter.")] = "",
    print_only: Annotated[bool, typer.Option("--print", help="Print it; write no file.")] = False,
    quiet: Quiet = True,
) -> None:
    """Begin the rule file of an article: paragraphs, subparagraphs, provisos and quantities as places to fill in."""
    document = open_statute(text, law, quiet=quiet)
    exit_if_bad(document)
    if (rulebook / law).is_dir():
        refuse_other_law(document, load_source(rulebook).laws.get(law), rulebook / law)
    article = find_article(document, number)
    if article is None:
        stop(f"the text has no Article {number}", f"`mutandis text inventory {text}` lists what it has")
    skeleton = print_skeleton(document, article)
    if print_only:
        write(skeleton)
        return
    if not (rulebook / law).is_dir():
        stop(f"there is no law `{law}` in {rulebook}", "give the rulebook's folder with --rulebook")
    held = _file_of(rulebook / law, number)
    if held is not None:
        complain(f"{held} already holds Article {number}; nothing was written", "use --print to see the skeleton")
        raise typer.Exit(Exit.FINDINGS)
    slug = _slug(article.heading or number)
    name = f"{_padded(number)}-{slug}.yaml"
    path = rulebook / law / (chapter or _chapter_of(document, article.id)) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(skeleton, encoding="utf-8")
    write(f"{path}\n")


def _file_of(folder: Path, number: str) -> Path | None:
    """The file that already holds the article (a file may hold several)."""
    wanted = re.compile(rf"^article:\s*['\"]?{re.escape(number)}['\"]?\s*$", re.MULTILINE)
    for path in sorted(folder.rglob("*.yaml")):
        if wanted.search(path.read_text(encoding="utf-8", errors="replace")):
            return path
    return None


def _padded(number: str) -> str:
    number = number.removeprefix("addenda-").replace("/", "-")
    head, dash, tail = number.partition("-")
    return f"{head.zfill(3)}{dash}{tail}"


def _chapter_of(document: StatuteDocument, article: str) -> str:
    if "/addenda-" in article:
        return "addenda"
    division = next((one for one in reversed(document.divisions) if article in one.articles), None)
    return _slug(division.title) if division is not None else "general"


def _slug(title: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", title.lower()).split()
    return "-".join(words[:6]) or "article"
