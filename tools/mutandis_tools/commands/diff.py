"""`mutandis diff`: one rulebook against another."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from mutandis.backends.solver.terms import NoSolverError
from mutandis.calendar.written import UnreadTimeError, read_day
from mutandis.files import write_whole
from mutandis.link.standings import chapter_of
from mutandis.resources import rulebook_folder
from mutandis_tools.chapters.page import chapter_pages
from mutandis_tools.commands.common import AsJson, Usable, opened_or_stop, ready_or_stop
from mutandis_tools.comparison.declarations import DeclarationChange
from mutandis_tools.comparison.renamed_terms import called_otherwise, renamed_actions, renamed_choices, renamed_terms
from mutandis_tools.comparison.renaming import Renaming
from mutandis_tools.comparison.saving import case_texts
from mutandis_tools.names import Names
from mutandis_tools.opening import Opened
from mutandis_tools.report.comparison_html import comparison_html
from mutandis_tools.report.comparison_text import comparison_data, comparison_text
from mutandis_tools.report.kept_text import Told, fetch_told, keep_told
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.report.meaning_text import comparison_markdown
from mutandis_tools.revision import NoRevisionError, at_revision
from mutandis_tools.rulebook_difference import (
    Comparison,
    Meaning,
    compare_dates,
    compare_rulebooks,
    have_files,
    same_files,
)
from mutandis_tools.store.proofs import solver_version
from mutandis_tools.terminal import Exit, is_watched, progress, show, stop, working, write

if TYPE_CHECKING:
    from mutandis.rulebook.rereading import Rereading
    from mutandis_tools.comparison.semantic import SemanticDifference

_DIFFERENCE = "difference"
"""What is told of a difference is kept under names that begin so."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("diff", epilog="Example: mutandis diff --git main rulebook --html changes.html")(diff)


def diff(
    old: Annotated[
        Path | None,
        typer.Argument(metavar="[OLD]", help="The rulebook as it was, a folder or a bundle.", show_default=False),
    ] = None,
    new: Annotated[
        Path | None,
        typer.Argument(metavar="[NEW]", help="As it is. Without it: the one that ships.", show_default=False),
    ] = None,
    revision: Annotated[
        str | None,
        typer.Option("--git", metavar="REV", help="OLD is NEW as it was in this revision; name NEW alone, or nothing."),
    ] = None,
    law_as_of: Annotated[
        tuple[str, str] | None,
        typer.Option("--law-as-of", metavar="A B", help="One rulebook, the law as of two days: 2019-01-01 2020-01-01."),
    ] = None,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Of the cases, only those whose verdict is another.")
    ] = False,
    proofs: Annotated[
        bool,
        typer.Option(
            "--proofs/--no-proofs",
            help="Look for differences in every case, not only in those of files. It needs `mutandis[analysis]`.",
        ),
    ] = True,
    save_cases: Annotated[
        Path | None,
        typer.Option("--save-cases", metavar="FOLDER", help="Write the cases that show differences as case files."),
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a pull request.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one page that needs no other file.")
    ] = None,
    in_full: Annotated[
        bool, typer.Option("--in-full", help="Every action with all of its cases, also where they are very many.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compare two rulebooks: rules, what they reach through references, and the outcome of every case.

    Also what is declared: defaults, presumptions, questions, enforcement days, case files. For each action that the
    amendment touches it is proved that no case comes out otherwise, or the smallest case that does is shown. Exits 1
    where anything differs, 2 where the two cannot be compared.
    """
    if (revision is not None or law_as_of is not None) and new is not None:
        stop("with `--git` or `--law-as-of` there is one rulebook", "name it alone, or stand in it")
    if revision is not None and law_as_of is not None:
        stop("`--git` and `--law-as-of` exclude each other")
    if revision is None and law_as_of is None and old is None:
        stop("there is nothing to compare with", "name OLD, or say `--git REV` or `--law-as-of A B`")
    days = None if law_as_of is None else (_day(law_as_of[0]), _day(law_as_of[1]))
    with ExitStack() as kept:
        if days is not None:
            before = after = _side(old)
            title = f"The law as of {days[0]} and as of {days[1]}"
        elif revision is not None:
            after = _side(old)
            before = _side(_read_out(after, revision, kept), after.opened)
            title = f"{after.opened.location.shown or 'the rulebook'}: what changed since {revision}"
        else:
            before = _side(old)
            after = _side(new, before.opened)
            if new is None and before.opened.source.laws.keys().isdisjoint(after.opened.source.laws):
                message = f"`{old}` and the rulebook {after.opened.told}, have no law in common"
                stop(message, "name the rulebook as it is now too: `mutandis diff OLD NEW`")
            title = "What changed between two rulebooks"
        shelf, found = after.opened.shelf, None
        # Case files are made of more than is told.
        asked = (verdicts, proofs, in_full, as_json)
        part = "" if save_cases is not None else _part(before.opened, days, asked, proofs)
        told = fetch_told(shelf, part) if part else None
        if told is None:
            found, names = _found(
                before, after, lambda was, now: _meaning(was, now, proofs, save_cases, days), days, verdicts, kept
            )
            data = _data(found, after) if as_json else ""
            told = Told(comparison_text(found, names, after.opened.names, in_full), found.differs, data)
            if part and (found.meaning is not None or not proofs):
                keep_told(shelf, part, told)
        _tell(told, found, before, after, title, save_cases, markdown, html, as_json)
    if told.differs:
        raise typer.Exit(Exit.FINDINGS)


def _data(found: Comparison, after: Usable) -> str:
    return json.dumps(comparison_data(found, after.rulebook.vocabulary), indent=2, ensure_ascii=False) + "\n"


def _part(before: Opened, days: tuple[dt.date, dt.date] | None, options: tuple[bool, ...], proofs: bool) -> str:
    """The name that what is told is kept under, beside the newer rulebook; empty where nothing is kept of the older."""
    solver = (solver_version().replace(".", "_"),) if proofs else ()
    asked = "-".join(str(one) for one in (*(days or ()), *map(int, options), *solver))
    return f"{_DIFFERENCE}-{asked}-{before.shelf.key}" if before.shelf.key else ""


def _found(
    before: Usable,
    after: Usable,
    meaning: Callable[[Usable, Usable], Meaning],
    days: tuple[dt.date, dt.date] | None,
    verdicts: bool,
    kept: ExitStack,
) -> tuple[Comparison, Names]:
    """All differences, and what the older rulebook calls things, its terms under the names they have now."""
    if days is not None:
        found = compare_dates(after.opened, after.rulebook, days, meaning(before, after), verdicts)
        return found, before.opened.names
    before, named = _with_words_of(after, before, kept)
    books, both = (before.rulebook, after.rulebook), (before.opened, after.opened)
    found = compare_rulebooks(*both, books, meaning(before, after), verdicts, named)
    if have_files(*both) and not same_files(*both):
        found = replace(found, pages=_pages(*both))
    return found, before.opened.names


def _with_words_of(after: Usable, before: Usable, kept: ExitStack) -> tuple[Usable, tuple[DeclarationChange, ...]]:
    """The older rulebook with its terms, and values of facts, under the names they have now, until `kept` is closed,
    and what is told of that.
    """
    opened = before.opened
    sources = opened.source, after.opened.source
    terms, actions, choices = (find(*sources) for find in (renamed_terms, renamed_actions, renamed_choices))
    if opened.location.is_bundle or not (terms or actions or choices):
        return before, ()
    # Imported here: few amendments give something another name.
    from mutandis.rulebook.rereading import Rereading
    from mutandis_tools.opening import open_over
    from mutandis_tools.renaming.made import RenamingError
    from mutandis_tools.renaming.names import with_words_named

    with working("giving words the names they have now"):
        again = Rereading()
        try:
            # What was kept has no places of what conditions say.
            texts = with_words_named(open_over(opened, {}, again), terms, actions, choices, again)
        except RenamingError:
            return before, ()  # two names for one word: both are told
        folder = Path(kept.enter_context(TemporaryDirectory(prefix="mutandis-")))
        shutil.copytree(opened.location.path or Path(str(rulebook_folder())), folder, dirs_exist_ok=True)
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return _side(folder, opened), called_otherwise(terms, actions, choices, sources[1].vocabulary)


def _pages(old: Opened, new: Opened) -> tuple[str, ...]:
    """The chapters whose page says something else now."""
    sides = [list(one.source.articles) for one in (old, new)]
    sources = old.source, new.source
    if sources[0].vocabulary == sources[1].vocabulary and dict(sources[0].laws) == dict(sources[1].laws):
        # In the same words, a chapter says something else where one of its articles does.
        both = [{(article.law, article.number): article for article in side} for side in sides]
        other = [key for key in {**both[0], **both[1]} if both[0].get(key) != both[1].get(key)]
        chapters = {(key[0], chapter_of(side[key])) for key in other for side in both if key in side}
        sides = [[one for one in side if (one.law, chapter_of(one)) in chapters] for side in sides]
    before, after = (
        {page.name: page.text for page in chapter_pages(articles, list(one.source.laws.values()), one.names)}
        for articles, one in zip(sides, (old, new), strict=True)
    )
    return tuple(name for name in {**before, **after} if before.get(name) != after.get(name) and name != "README.md")


def _tell(
    told: Told,
    found: Comparison | None,
    before: Usable,
    after: Usable,
    title: str,
    save_cases: Path | None,
    markdown: bool,
    html: Path | None,
    as_json: bool,
) -> None:
    """Print what is told, and write what was asked for; `found` is None where that was kept, of which no more is."""
    if before.opened.location.is_bundle or after.opened.location.is_bundle:
        note = "a bundle has no rule files and no cases: what is declared and what is answered were compared"
        show([line(Piece("note: ", "note"), note)], to_errors=True)
    if save_cases is not None and found is not None and found.meaning is not None:
        _write({save_cases / name: text for name, text in case_texts(found.meaning, after.rulebook)})
    if html is not None:
        _write({html: comparison_html(title, told.lines)})
    if as_json:
        write(told.data)
    elif markdown:
        write(comparison_markdown(told.lines))
    elif html is None:
        show(told.lines)
        if not told.lines and is_watched():
            show([line(Piece("the same", "good"), f": {len(after.opened.cases.cases)} cases come out alike")])


def _meaning(
    before: Usable, after: Usable, proofs: bool, save_cases: Path | None, days: tuple[dt.date, dt.date] | None = None
) -> Meaning:
    """What finds what is otherwise in any case; it finds None, and says so, where the solver is not installed."""

    def compared(renaming: Renaming) -> SemanticDifference | None:
        if not proofs:
            return None
        # Imported here: who compares only rules does not wait for it.
        from mutandis_tools.comparison.kept import KeptDifferences
        from mutandis_tools.comparison.semantic import PLAIN, compare_meaning

        try:
            with progress("comparing actions") as tell:
                books = before.rulebook, after.rulebook
                known = KeptDifferences(books[0].program, books[1].program, renaming, PLAIN, days)
                found = compare_meaning(*books, renaming=renaming, told=tell, days=days, known=known)
                known.save()
                return found
        except NoSolverError as missing:
            if save_cases is not None:
                stop(str(missing))
            note = f"only the cases of files were compared: {missing}"
            show([line(Piece("note: ", "note"), note)], to_errors=True)
            return None

    return compared


def _write(texts: dict[Path, str]) -> None:
    """Write files; what stands in a folder under other names stays."""
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        except OSError as refused:
            stop(f"`{path}` cannot be written: {refused.strerror}", "name a place that can be written to")


def _day(text: str) -> dt.date:
    try:
        return read_day(text)
    except UnreadTimeError as unread:
        stop(f"`--law-as-of`: {unread}", unread.help)


def _side(folder: Path | None, beside: Opened | None = None) -> Usable:
    """One of the two rulebooks; one with errors cannot be compared, which is no finding about the difference."""

    def known() -> Rereading | None:
        # Imported here: only what was not kept is read.
        from mutandis_tools.store.known_cases import KnownCases

        return None if beside is None else KnownCases(beside.cases)

    opened = opened_or_stop(folder, again=known)
    try:
        return ready_or_stop(opened)
    except typer.Exit:
        stop(f"the rulebook {opened.told} has errors, so it cannot be compared", "see them with `mutandis check`")


def _read_out(after: Usable, revision: str, kept: ExitStack) -> Path:
    """The rulebook as it was in a revision, until `kept` is closed."""
    path = after.opened.location.path
    if path is None or after.opened.location.is_bundle:
        stop(f"the rulebook {after.opened.told} is in no work tree of git", "name a rulebook's folder")
    try:
        return kept.enter_context(at_revision(path, revision))
    except NoRevisionError as error:
        stop(str(error), error.help)
