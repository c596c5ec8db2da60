"""`mutandis check`: everything that is wrong with a rulebook, at once."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutandis.diagnostics import Diagnostic, Severity, gather_alike, sort_diagnostics
from mutandis_tools.commands.common import AsJson, ReadRulebookOption, complete_action, with_files_or_stop
from mutandis_tools.location import is_part
from mutandis_tools.opening import Opened, find_faults, kept_findings
from mutandis_tools.report.diagnostics_data import diagnostics_json, diagnostics_sarif
from mutandis_tools.report.diagnostics_text import diagnostics_text, summary_text
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.terminal import Exit, columns, is_watched, show, stop, working, write

if TYPE_CHECKING:
    from mutandis_tools.deep.findings import DeepReport


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check", epilog="Example: mutandis check rulebook --sarif > findings.sarif")(check)


def check(
    context: typer.Context,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="A rulebook's folder; or one of its files, or a folder in it: then only what is wrong there. Without "
            "it: the one that MUTANDIS_RULEBOOK names, the one you stand in, the one that ships.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="Print SARIF 2.1.0.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="Show notes too, which ask for nothing.")] = False,
    text: Annotated[
        bool,
        typer.Option(
            "--text",
            help="Compare with the official texts: every quantity and every reference of a provision stands in its "
            "rules, or is `excused` there.",
        ),
    ] = False,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            envvar="MUTANDIS_TEXTS",
            metavar="FOLDER",
            help="Where the official texts are, each as `LAW.txt`; for `--text`.",
            show_default=False,
        ),
    ] = None,
    deep: Annotated[
        bool,
        typer.Option(
            "--deep",
            help="Ask about all cases too: rules that never apply, conflicts, gaps, questions that never matter. It "
            "needs `mutandis[analysis]`.",
        ),
    ] = False,
    actions: Annotated[
        list[str] | None,
        typer.Option(
            "--action",
            metavar="ACTION",
            help="With `--deep`: only what is said of this action; may be given again.",
            autocompletion=complete_action,
            show_default=False,
        ),
    ] = None,
    rulebook: ReadRulebookOption = None,
) -> None:
    """Check a rulebook: files, conditions, references, orders, cases. Tells everything at once.

    Says nothing where nothing is wrong. Exits 1 on errors and warnings. JSON and SARIF have the notes too.
    With `--deep` each finding is proved or shown by a case, and JSON is an object with `findings` and `deep`.
    """
    # A folder of texts named on the way is named to be compared with; one that the environment names is not.
    named_by = context.get_parameter_source("texts")
    text = text or (named_by is not None and named_by.name == "COMMANDLINE")
    if text and (texts is None or not texts.is_dir()):
        where = f"`{texts}` is no folder" if texts is not None else "`--text` compares with texts that are not here"
        stop(where, "name their folder with `--texts`, or in MUTANDIS_TEXTS: each text as `act.txt`, by its law's name")
    if actions and not deep:
        stop("`--action` says what `--deep` asks about", "add `--deep`")
    if deep and as_sarif:
        stop("what `--deep` finds is about no line of a file, so it has no SARIF", "use `--json`")
    if as_json and as_sarif:
        stop("`--json` and `--sarif` exclude each other")
    if path is not None and path.suffix in (".yaml", ".yml") and not path.exists():
        stop(f"there is no file `{path}`", "give a rulebook's folder, or a file of one")
    part = path if path is not None and is_part(path) else None
    opened = with_files_or_stop(rulebook if part is not None else path or rulebook, part)
    with working("checking"):
        found = find_faults(opened)
    if text and texts is not None:
        with working("comparing with the texts"):
            found = sort_diagnostics((*found, *_against_texts(opened, texts)))
    files = frozenset[str]()
    if part is not None:
        files = _files_inside(part, opened)
        found = tuple(d for d in found if d.span.file in files)
    deeply: DeepReport | None = None
    if deep:
        # Imported here: a plain check does not wait for the solver.
        from mutandis_tools.commands.deep import deep_check

        deeply = deep_check(opened, actions or (), files)
    if as_json and deeply is not None and opened.linked.program is not None:
        from mutandis_tools.report.deep_text import deep_data

        told = json.loads(diagnostics_json(found, opened.shown_files))
        data = {"findings": told, "deep": deep_data(deeply, opened.linked.program.vocabulary)}
        write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    elif as_json:
        write(diagnostics_json(found, opened.shown_files))
    elif as_sarif:
        write(diagnostics_sarif(found, opened.shown_files))
    else:
        told = gather_alike(d for d in found if notes or d.severity is not Severity.NOTE)
        if told:
            show(diagnostics_text(told, opened.files, opened.shown_files, columns()))
            show([line(summary_text(told))])
        elif is_watched() and deeply is None:
            articles, cases = len(opened.source.articles), len(opened.cases.cases)
            show([line(Piece("clean", "good"), f": {articles} articles, {cases} cases, nothing to mend")])
            show([line(Piece(f"rulebook {opened.told}", "quiet"))])
        if deeply is not None:
            from mutandis_tools.report.deep_text import deep_text

            show(deep_text(deeply, opened.names))
    asks = deeply is not None and any(not one.is_note for one in deeply.findings)
    if asks or any(d.severity is not Severity.NOTE for d in found):
        raise typer.Exit(Exit.FINDINGS)


def _against_texts(opened: Opened, texts: Path) -> tuple[Diagnostic, ...]:
    """What the comparison with the texts tells, kept as long as rulebook and texts stay as they are."""
    state = sha256()
    for law in opened.source.laws:
        path = texts / f"{law}.txt"
        state.update(f"{law}:{path.stat().st_size if path.is_file() else 'none'};".encode())
        state.update(path.read_bytes() if path.is_file() else b"")

    def compare() -> tuple[Diagnostic, ...]:
        # Imported here: reading statutes takes a while, and a check without texts does not.
        from mutandis_tools.text_check.check import check_against_texts

        return check_against_texts(opened.source, opened.locks, texts)

    return kept_findings(opened.shelf, f"text-{state.hexdigest()[:16]}", compare)


def _files_inside(part: Path, opened: Opened) -> frozenset[str]:
    """The rulebook's files at or below a path; ends the program for one that is none of its."""
    wanted = part.resolve()
    names = frozenset(
        name
        for name, shown in opened.shown_files.items()
        if (wanted == (p := Path(shown).resolve())) or wanted in p.parents
    )
    if not names:
        stop(f"`{part}` is no part of the rulebook {opened.told}", "name the rulebook with `--rulebook`")
    return names
