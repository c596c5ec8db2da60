"""`mutandis diff`: one rulebook against another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutandis.diagnostics import MutandisError
from mutandis_tools.commands.common import AsJson, Usable, ready_or_stop, with_files_or_stop
from mutandis_tools.comparison.declarations import compare_declarations
from mutandis_tools.comparison.outcomes import Side, cases_of_both, compare_outcomes
from mutandis_tools.comparison.renaming import find_renaming
from mutandis_tools.comparison.rules import compare_rules
from mutandis_tools.comparison.saving import case_texts
from mutandis_tools.report.comparison_text import comparison_data, comparison_text
from mutandis_tools.report.lines import BLANK, Piece, line
from mutandis_tools.report.meaning_text import comparison_markdown, meaning_data, meaning_text
from mutandis_tools.rulebook_graph import reached_by
from mutandis_tools.terminal import Exit, is_watched, progress, show, stop, write

if TYPE_CHECKING:
    from mutandis_tools.comparison.semantic import SemanticDifference


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("diff", epilog="Example: mutandis diff ../before/rulebook rulebook")(diff)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The rulebook as it was.")],
    new: Annotated[
        Path | None,
        typer.Argument(metavar="[NEW]", help="As it is. Without it: the one that ships.", show_default=False),
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
    as_json: AsJson = False,
) -> None:
    """Compare two rulebooks: rules, what they reach through references, and the outcome of every case.

    Also what is declared: defaults, presumptions, questions, enforcement days, case files. For each action that the
    amendment touches it is proved that no case comes out otherwise, or the smallest case that does is shown. Exits 1
    where anything differs, 2 where the two cannot be compared.
    """
    before, after = _side(old), _side(new)
    rules = compare_rules(before.opened.source.articles, after.opened.source.articles)
    cases = cases_of_both(before.opened, after.opened)
    sides = Side(before.opened, before.rulebook), Side(after.opened, after.rulebook)
    outcomes = compare_outcomes(*sides, cases)
    declarations = compare_declarations(
        before.opened.source, after.opened.source, before.opened.cases.cases, after.opened.cases.cases
    )
    if verdicts:
        outcomes = tuple(one for one in outcomes if one.changes_verdict)
    reached = reached_by(rules, before.opened, after.opened)
    meaning = _meaning(before, after, must=save_cases is not None) if proofs else None
    found = () if meaning is None else meaning_text(meaning, before.opened.names, after.opened.names)
    if save_cases is not None and meaning is not None:
        _save(save_cases, dict(case_texts(meaning, after.rulebook)))
    if as_json:
        data = comparison_data(rules, reached, declarations, outcomes)
        if meaning is not None:
            data["answers"] = meaning_data(meaning, after.rulebook.vocabulary)
        write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    else:
        lines = comparison_text(rules, reached, declarations, outcomes, after.opened.names)
        lines = (*lines, *([BLANK] if lines and found else []), *found)
        if markdown:
            write(comparison_markdown(lines))
        else:
            show(lines)
        if not lines and is_watched():
            show([line(Piece("the same", "good"), f": {len(cases)} cases come out alike")])
    if rules or declarations or outcomes or (meaning is not None and meaning.actions):
        raise typer.Exit(Exit.FINDINGS)


def _meaning(before: Usable, after: Usable, must: bool) -> SemanticDifference | None:
    """What is otherwise in any case; None, and said to be so, where the solver is not installed."""
    # Imported here: who compares only rules does not wait for it.
    from mutandis_tools.comparison.semantic import compare_meaning

    try:
        with progress("comparing actions") as tell:
            old, new = before.opened.source, after.opened.source
            renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
            return compare_meaning(before.rulebook, after.rulebook, renaming=renaming, told=tell)
    except MutandisError as missing:
        if must:
            stop(str(missing))
        note = f"only the cases of files were compared: {missing}"
        show([line(Piece("note: ", "note"), note)], to_errors=True)
        return None


def _save(folder: Path, texts: dict[str, str]) -> None:
    """Write the case files; what stands in the folder under other names stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as refused:
        stop(f"the cases cannot be written to {folder}: {refused.strerror}", "name a folder that can be written to")


def _side(folder: Path | None) -> Usable:
    """One of the two rulebooks; one with errors cannot be compared, which is no finding about the difference."""
    opened = with_files_or_stop(folder)
    try:
        return ready_or_stop(opened)
    except typer.Exit:
        stop(f"the rulebook {opened.told} has errors, so it cannot be compared", "see them with `mutandis check`")
