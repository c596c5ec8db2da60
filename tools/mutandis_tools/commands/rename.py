"""`mutandis rename`: another name for something, wherever the rulebook says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import Severity
from mutandis.files import write_whole
from mutandis.rulebook.rereading import Rereading
from mutandis.vocabulary import Vocabulary
from mutandis_tools.casebook.cases import case_id
from mutandis_tools.chapters.page import MADE
from mutandis_tools.commands.common import OwnRulebookOption, cases_meant, end_with, own_folder_or_stop
from mutandis_tools.opening import Opened, find_faults, open_kept, open_over
from mutandis_tools.renaming.facts import check_fact, rename_fact
from mutandis_tools.renaming.made import Read, Renaming, RenamingError
from mutandis_tools.renaming.names import check_action, check_term, rename_action, rename_case, rename_term
from mutandis_tools.report.lines import line, printable
from mutandis_tools.terminal import show, stop, working, write

_MOST_TOLD = 12
_Rename = Callable[[Opened, Read, Rereading], Renaming]
_Check = Callable[[Vocabulary], object]
ListOption = Annotated[
    bool, typer.Option("--list", "--dry-run", help="Say which files would change; write none.", show_default=False)
]
DiffOption = Annotated[bool, typer.Option("--diff", help="Print what would change as a patch; write nothing.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Give something another name throughout the rulebook."
    )
    group.callback()(_rename)
    group.command(
        "fact", epilog="Example: mutandis rename fact telephone_call.permission_obtained telephone_call.permitted"
    )(fact_command)
    group.command("term", epilog="Example: mutandis rename term telephone_call phone_call --diff")(term_command)
    group.command(
        "action", epilog="Example: mutandis rename action 'grant temporary_release' 'allow temporary_release'"
    )(action_command)
    group.command(
        "case", epilog="Example: mutandis rename case a-friend-s-visit-is 'The visit of a friend is listened to'"
    )(case_command)
    app.add_typer(group, name="rename")


def _rename() -> None:
    """Give something another name throughout the rulebook."""


def fact_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The fact as it is named, `term.attribute`.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name, of the same term.")],
    list_only: ListOption = False,
    as_diff: DiffOption = False,
    rulebook: OwnRulebookOption = None,
) -> None:
    """Rename a fact in vocabularies, conditions and cases. Comments, layout and texts for a person stay as they are."""
    _give(
        old,
        new,
        lambda vocabulary: check_fact(vocabulary, old, new),
        lambda opened, read, again: rename_fact(opened, old, new, read, again),
        rulebook,
        list_only,
        as_diff,
    )


def term_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The term or role as it is named.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    list_only: ListOption = False,
    as_diff: DiffOption = False,
    rulebook: OwnRulebookOption = None,
) -> None:
    """Rename a term, its facts and actions with it: in vocabularies, conditions, construals and cases."""
    _give(
        old,
        new,
        lambda vocabulary: check_term(vocabulary, old, new),
        lambda opened, read, again: rename_term(opened, old, new, read, again),
        rulebook,
        list_only,
        as_diff,
    )


def action_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The action as it is named, `verb term`.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name, of the same term.")],
    list_only: ListOption = False,
    as_diff: DiffOption = False,
    rulebook: OwnRulebookOption = None,
) -> None:
    """Rename an action by its verb, for all kinds of its term: in vocabularies, rules and cases."""
    _give(
        old,
        new,
        lambda vocabulary: check_action(vocabulary, old, new),
        lambda opened, read, again: rename_action(opened, old, new, read, again),
        rulebook,
        list_only,
        as_diff,
    )


def case_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The name of the case; its beginning is enough.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name, one line.")],
    list_only: ListOption = False,
    as_diff: DiffOption = False,
    rulebook: OwnRulebookOption = None,
) -> None:
    """Rename a case in its file."""

    def rename(opened: Opened, read: Read, again: Rereading) -> Renaming:
        found = cases_meant(opened, old)
        if not found:
            stop(f"no case is called `{old}`", "`mutandis decide --list` shows the cases of the rulebook")
        if len(found) > 1:
            named = ", ".join(case_id(one) for one in found[:_MOST_TOLD])
            stop(f"{len(found)} cases can be meant by `{old}`", f"say more of the name: {named}")
        return rename_case(opened, found[0].span.file, found[0].name, new, again)

    _give(old, new, lambda vocabulary: None, rename, rulebook, list_only, as_diff)


def _give(
    old: str, new: str, check: _Check, rename: _Rename, rulebook: Path | None, list_only: bool, as_diff: bool
) -> None:
    """Give the name, or show what that would change; ends the program where it cannot be given."""
    if list_only and as_diff:
        stop("`--list` and `--diff` exclude each other")
    location, folder = own_folder_or_stop(rulebook)
    again = Rereading()
    with working("reading the rulebook"):
        opened = open_kept(location, again=lambda: again)
        errors = [d for d in find_faults(opened) if d.severity is Severity.ERROR]
    if errors:
        end_with(errors, opened)
    try:
        check(opened.source.vocabulary)
        with working("renaming"):
            renaming = rename(opened, lambda over: open_over(opened, over, again), again)
    except RenamingError as error:
        stop(str(error), error.help)
    if as_diff:
        write("".join(_patch(opened, renaming)))
        return
    if not list_only:
        _write_together(folder, renaming.texts)
    word, shown_files = "would change" if list_only else "changed", opened.shown_files
    show(line(f"{word} {printable(shown_files.get(file, file))}") for file in renaming.texts)
    number = renaming.places
    show([line(f"{old} is {new} in {number} place{'s' if number != 1 else ''}")])
    left = list(_left(opened, renaming, old))
    told = [f"{place}: a comment or a sentence still says `{old}`" for place in left[:_MOST_TOLD]]
    if len(left) > _MOST_TOLD:
        told.append(f"and {len(left) - _MOST_TOLD} more")
    told += [f"the pages in {one} are as they were: `mutandis chapters --out {one}`" for one in _pages(folder)]
    show((line(one) for one in told), to_errors=True)


def _write_together(folder: Path, texts: Mapping[str, str]) -> None:
    """Write all the files, or, where one of them cannot be written, leave every one as it was."""
    before = {folder / file: (folder / file).read_bytes() for file in texts}
    try:
        for file, text in texts.items():
            write_whole(folder / file, text)
    except OSError:
        for path, data in before.items():
            if path.read_bytes() != data:
                write_whole(path, data)
        raise


def _patch(opened: Opened, renaming: Renaming) -> Iterator[str]:
    """The change as `patch` and `git apply` take it."""
    files, shown_files = opened.files, opened.shown_files
    for file, text in renaming.texts.items():
        shown = shown_files.get(file, file)
        before, after = (one.splitlines(keepends=True) for one in (files[file], text))
        yield from unified_diff(before, after, f"a/{shown}", f"b/{shown}")


def _pages(folder: Path) -> Iterator[Path]:
    """Where pages of chapters were made beside the rulebook, which say what they said."""
    for one in (folder.parent / "docs" / "chapters", folder.parent / "chapters"):
        if any(MADE in page.read_text(encoding="utf-8", errors="replace")[:200] for page in one.glob("*/*.md")):
            yield one


def _left(opened: Opened, renaming: Renaming, old: str) -> Iterator[str]:
    """Where the old name stands as it did, in what is written for a person. A word alone is too often another."""
    if "." not in old and " " not in old:
        return
    name, shown_files = re.compile(rf"(?<![\w.]){re.escape(old)}(?![\w.]\w)"), opened.shown_files
    for file, text in {**opened.files, **renaming.texts}.items():
        if not file.endswith((".yaml", ".yml")) or old not in text:
            continue
        for number, written in enumerate(text.split("\n"), 1):
            if name.search(written):
                yield f"{shown_files.get(file, file)}:{number}"
