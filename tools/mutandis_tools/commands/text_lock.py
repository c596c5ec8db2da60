"""`mutandis text lock`, `check` and `accept`: bind rules to the wording they were read against."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from mutandis.citation import CitationError, parse_citation
from mutandis.diagnostics import Severity, sort_diagnostics
from mutandis.files import write_whole
from mutandis.rulebook.lock import Lock, read_lock
from mutandis_text.comparison.compare import Comparison, compare_documents, compare_with_lock, count_changes
from mutandis_text.comparison.lock import (
    accept_provisions,
    add_headings,
    has_headings,
    lock_document,
    print_lock,
    renew_lock,
)
from mutandis_text.document import StatuteDocument
from mutandis_text.output.terminal import render_diagnostics
from mutandis_text.structure.load import law_of_file, load_statute
from mutandis_tools.commands.common import OwnRulebookOption, ReadRulebookOption, folder_or_stop, own_folder_or_stop
from mutandis_tools.commands.statute_file import (
    AsJson,
    Quiet,
    TextFile,
    exit_if_bad,
    exit_if_unread,
    law_of_folder,
    open_statute,
    print_json,
    refuse_other_law,
)
from mutandis_tools.location import Location
from mutandis_tools.opening import Opened, fetch_kept
from mutandis_tools.terminal import show, write

if TYPE_CHECKING:
    from mutandis.rulebook.case_file import CasesRead
    from mutandis.rulebook.model import Source
    from mutandis_tools.store.records import StoredCases

Law = Annotated[
    str, typer.Option("--law", metavar="LAW", help="The law in the rulebook; the file's name if not given.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("lock", epilog="Example: mutandis text lock act.txt --law act")(lock_command)
    app.command("check", epilog="Example: mutandis text check act-2026.txt --law act --old act.txt")(check_command)
    app.command("accept", epilog='Example: mutandis text accept "act/95(2)" act/96')(accept_command)


def lock_command(
    file: TextFile,
    law: Law = "",
    named: OwnRulebookOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take a newer text over an existing lock; what was accepted is kept.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write the lock of a law: one line for each provision with the fingerprint of its official wording."""
    _, rulebook = own_folder_or_stop(named)
    law = law or law_of_file(file)
    document = open_statute(file, law, quiet=quiet)
    exit_if_bad(document)
    own = law_of_folder(rulebook, law)
    refuse_other_law(document, own, rulebook / law)
    path = rulebook / law / "text.lock"
    lock = lock_document(document)
    told = f"{len(lock.provisions)} provisions"
    if path.exists():
        held = _read_lock(path)
        comparison = compare_with_lock(held, document)
        if not comparison.changes and not has_headings(held):
            write_whole(path, print_lock(add_headings(held, lock)))
            print(f"{path}: {told}; title, divisions and annexes were added, what was accepted is kept.")
            return
        if not comparison.changes:
            print(f"{path} already holds this text ({told}).")
            return
        if not replace:
            # Imported here, as below: no other command of the group reports an amendment.
            from mutandis.rulebook.load import load_source
            from mutandis_tools.amendment.reach import report_amendment
            from mutandis_tools.amendment.report_text import check_lines

            report = report_amendment(comparison, document, None, load_source(rulebook).articles, own)
            show(check_lines(report), to_errors=True)
            print(f"{path} holds another text; nothing was written. Use --replace to take this one.", file=sys.stderr)
            raise typer.Exit(1)
        lock = renew_lock(held, lock, comparison.origins)
        stale = sum(provision.is_stale for provision in lock.provisions)
        told += f", {stale} to be read again"
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no law `{law}` in {rulebook}")
    write_whole(path, print_lock(lock))
    print(f"{path}: {told}.")


def check_command(
    newtext: TextFile,
    law: Law = "",
    named: ReadRulebookOption = None,
    old: Annotated[
        Path | None,
        typer.Option(
            "--old", metavar="FILE", exists=True, dir_okay=False, help="The older text, to see the words that changed."
        ),
    ] = None,
    as_json: AsJson = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, as a list to work through.")] = False,
    as_report: Annotated[
        bool, typer.Option("--report", help="The whole report: worklist, each article before and after side by side.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", dir_okay=False, help="Write the whole report as one HTML file to print."
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Compare a newer text with the lock: what changed, which rules stand on it, what refers to it; exit 1 if so."""
    if as_json and (as_markdown or as_report):
        raise typer.BadParameter("choose --json or --markdown; --json has everything that --report tells")
    from mutandis_tools.amendment.citing import list_citing
    from mutandis_tools.amendment.facts import summarise
    from mutandis_tools.amendment.reach import loses_its_number, report_amendment
    from mutandis_tools.amendment.report_data import report_data
    from mutandis_tools.amendment.report_html import report_html
    from mutandis_tools.amendment.report_markdown import check_markdown, report_markdown
    from mutandis_tools.amendment.report_text import check_lines, report_lines

    rulebook = folder_or_stop(named)
    law = law or law_of_file(newtext)
    document = open_statute(newtext, law, quiet=quiet)
    exit_if_unread(document)
    source, cases = _read(rulebook)
    refuse_other_law(document, source.laws.get(law), rulebook / law)
    earlier = load_statute(old, law) if old is not None else None
    if earlier is not None:
        exit_if_unread(earlier)
    comparison = _compare(document, rulebook / law / "text.lock", earlier)
    renamed = any(loses_its_number(one) for one in comparison.changes)
    citing = list_citing(source, cases().cases) if renamed else ()
    report = report_amendment(comparison, document, earlier, source.articles, source.laws.get(law), citing)
    if html is not None:
        write_whole(html, report_html(report))
        print(f"{html}: {summarise(report)}.", file=sys.stderr)
    if as_json:
        print_json(report_data(report))
    elif as_markdown:
        write(report_markdown(report) if as_report else check_markdown(report))
    elif as_report or html is None:
        columns = shutil.get_terminal_size((120, 24)).columns
        show(report_lines(report, columns) if as_report else check_lines(report))
    exit_if_bad(document)
    if comparison.changes:
        raise typer.Exit(1)


def accept_command(
    provisions: Annotated[
        list[str] | None,
        typer.Argument(metavar="PROVISION...", help="Ids such as act/95(2); what stands in a provision goes with it."),
    ] = None,
    everything: Annotated[str, typer.Option("--all", metavar="LAW", help="Every provision of this law.")] = "",
    named: OwnRulebookOption = None,
) -> None:
    """Record that the rules of these provisions were read against the wording as locked."""
    if bool(provisions) == bool(everything):
        raise typer.BadParameter("name provisions, or a law with --all")
    _, rulebook = own_folder_or_stop(named)
    by_law: dict[str, list[str]] = {everything: []} if everything else {}
    for name in provisions or ():
        by_law.setdefault(name.partition("/")[0], []).append(name)
    locks = {law: _read_lock(rulebook / law / "text.lock") for law in by_law}
    chosen = {law: _inside(locks[law], names) for law, names in by_law.items()}
    for law, ids in chosen.items():
        accepted = accept_provisions(locks[law], ids)
        fresh = sum(p.is_stale for p in locks[law].provisions) - sum(p.is_stale for p in accepted.provisions)
        write_whole(rulebook / law / "text.lock", print_lock(accepted))
        print(f"{law}: {fresh} provisions accepted, {sum(p.is_stale for p in accepted.provisions)} left to read.")


def _inside(lock: Lock, names: list[str]) -> list[str]:
    """The named provisions with all that stands in them. Raises `BadParameter` for a name the lock does not have."""
    found: list[str] = []
    for name in names:
        # An attached table is no citation; its entries go with it.
        inside = [p.id for p in lock.provisions if p.id == name or p.id.startswith(f"{name}.")]
        try:
            wanted = parse_citation(name)
            inside = [p.id for p in lock.provisions if p.citation is not None and wanted.covers(p.citation)] or inside
        except CitationError as error:
            if not inside:
                raise typer.BadParameter(f"{error}; ids look like act/95(2)") from error
        if not inside:
            raise typer.BadParameter(f"the lock has no provision `{name}`")
        found += inside
    return found


def _compare(document: StatuteDocument, path: Path, earlier: StatuteDocument | None) -> Comparison:
    if earlier is None:
        lock = _read_lock(path)
        if not has_headings(lock):
            hint = "`mutandis text lock` on the text it was made from adds them"
            print(f"note: {path} does not hold title, divisions and annexes; {hint}", file=sys.stderr)
        return compare_with_lock(lock, document)
    held = _read_lock(path) if path.exists() else None
    if held is not None:
        apart = count_changes(compare_with_lock(held, earlier))
        if any(count for kind, count in apart.items() if kind != "unchanged"):
            name = earlier.file or "the older text"
            print(f"note: {name} is not the text that {path} was made from; comparing the two texts", file=sys.stderr)
    return compare_documents(earlier, document)


def _read_lock(path: Path) -> Lock:
    if not path.is_file():
        raise typer.BadParameter(f"there is no lock {path}; write one with `mutandis text lock FILE --law LAW`")
    text = path.read_text(encoding="utf-8")
    lock = read_lock(text, str(path))
    render_diagnostics(lock.diagnostics, text, Console(stderr=True))
    if any(one.severity is Severity.ERROR for one in lock.diagnostics):
        raise typer.Exit(1)
    return lock


def _read(rulebook: Path) -> tuple[Source, Callable[[], CasesRead | StoredCases]]:
    """The rules as far as they can be read, and what reads the cases.

    A broken rule file does not keep a drafter from seeing what changed.
    """
    from mutandis.rulebook.case_file import load_cases
    from mutandis.rulebook.load import load_source

    kept = fetch_kept(Location(rulebook, "named"))
    if isinstance(kept, Opened):
        return kept.source, lambda: kept.cases
    source = load_source(rulebook)
    errors = [one for one in sort_diagnostics(source.diagnostics) if one.severity is Severity.ERROR]
    if errors:
        print(f"note: {len(errors)} errors in the rulebook; rules may be missing in the list", file=sys.stderr)
    return source, lambda: load_cases(rulebook)
