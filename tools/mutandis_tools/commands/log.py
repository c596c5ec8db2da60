"""`mutandis log`: what a decision log has, whether it is whole, and what is taken out of it.

What uses the database is imported where a command uses it: the program's help takes none of it.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from mutandis.calendar import written
from mutandis.decide.result import Verdict
from mutandis.diagnostics import MutandisError
from mutandis.suggest import did_you_mean, nearest_names, suggest
from mutandis_log.entry import UnreadableEntryError
from mutandis_tools.commands.common import AsJson
from mutandis_tools.report.lines import Piece, line, printable
from mutandis_tools.terminal import Exit, show, stop, working, write

if TYPE_CHECKING:
    from mutandis_log import DecisionLog, Entry
    from mutandis_log.export import Format

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check, export and redact a decision log, which `mutandis serve --log` keeps.",
)

LogArgument = Annotated[
    str, typer.Argument(metavar="LOG", help="The log: a file (SQLite), or postgresql://user@host/database.")
]
SealOption = Annotated[
    str, typer.Option("--seal", metavar="FILE", envvar="MUTANDIS_SEAL", help="The key that the log is sealed with.")
]
SinceOption = Annotated[
    str, typer.Option("--since", metavar="DAY", help="Recorded on this day (or moment, in UTC) or later.")
]
UntilOption = Annotated[str, typer.Option("--until", metavar="DAY", help="Recorded before this day (or moment).")]
BecauseOption = Annotated[
    str, typer.Option("--because", metavar="WHY", help="Why: the log tells it for ever.", show_default=False)
]


def opened_log(place: str, seal: str) -> DecisionLog:
    """The log that is there; ends the program where there is none, or nothing to open it with."""
    try:
        from mutandis_log.entry import Seal
        from mutandis_log.log import DecisionLog
    except ImportError as absent:
        stop(f"a decision log needs {absent.name}, which is not installed", "pip install 'mutandis[log]'")
    try:
        return DecisionLog(place, Seal.of_file(seal), must_exist=True)
    except (MutandisError, OSError) as error:
        stop(str(error), "`mutandis serve --log LOG` keeps one")
    except ImportError as absent:
        stop(f"this database needs {absent.name}, which is not installed", "pip install 'mutandis[postgresql]'")


@app.command(epilog="Example: mutandis log verify decisions.sqlite")
def verify(
    log: LogArgument,
    receipt: Annotated[
        list[str] | None,
        typer.Option(
            "--receipt",
            metavar="NUMBER:HASH",
            help="A receipt that was kept (the header Mutandis-Record). That of the last entry shows whether entries "
            "are missing at the end. May be repeated.",
        ),
    ] = None,
    seal: SealOption = "",
    as_json: AsJson = False,
) -> None:
    """Tell whether the log is as it was written. Exits 1 where an entry was altered, removed or taken out silently."""
    held = opened_log(log, seal)
    from mutandis_log.verify import verify as go_through

    with working("going through the log"):
        found = go_through(held, dict(_receipt(one) for one in receipt or ()))
    if as_json:
        write(json.dumps({**asdict(found), "whole": not found.faults}, indent=2) + "\n")
    else:
        show(line(f"entry {fault.seq}: ", Piece(printable(fault.message), "bad")) for fault in found.faults)
        taken = f", {found.redacted:,} redacted, {found.pruned:,} pruned" if found.redacted or found.pruned else ""
        verdict = Piece("not whole", "bad") if found.faults else Piece("whole", "good")
        show([line(verdict, f": {_entries(found.entries)}{taken}")])
        if found.head:
            show([line(Piece(f"receipt {found.head}", "quiet"))])
    if found.faults:
        raise typer.Exit(Exit.FINDINGS)


def _receipt(written: str) -> tuple[int, str]:
    number, _, hash_ = written.partition(":")
    if not number.isdigit() or len(hash_) != 64:
        stop(f"`{written}` is no receipt", "a receipt is NUMBER:HASH, as the header Mutandis-Record has it")
    return int(number), hash_


@app.command(epilog="Example: mutandis log export decisions.sqlite --format csv > decisions.csv")
def export(
    log: LogArgument,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="jsonl: all there is of each entry, one a line; records: what `mutandis decide --again` reads; csv.",
        ),
    ] = "jsonl",
    since: SinceOption = "",
    until: UntilOption = "",
    action: Annotated[str, typer.Option("--action", "-a", metavar="ACTION", help="Only decisions about this.")] = "",
    verdict: Annotated[str, typer.Option("--verdict", metavar="VERDICT", help="Only these answers.")] = "",
    seal: SealOption = "",
) -> None:
    """Print what the log has, for another program."""
    formats: dict[str, Format] = {"jsonl": "jsonl", "records": "records", "csv": "csv"}
    if format_ not in formats:
        stop(f"there is no format `{format_}`", f"there are: {', '.join(formats)}")
    held = opened_log(log, seal)
    from mutandis_log.export import export as lines_of

    first, end = day_or_stop(since, "--since"), day_or_stop(until, "--until")
    wanted, verdicts = verdict.replace(" ", "_"), [one.value for one in Verdict]
    if wanted and wanted not in verdicts:
        stop(f"there is no verdict `{verdict}`", did_you_mean(wanted, verdicts, f"there are: {', '.join(verdicts)}"))
    action_or_stop(held, action)
    entries = held.entries(since=first, until=end, action=action, verdict=wanted)
    for text in lines_of(entries, formats[format_]):
        write(text)


@app.command(epilog="Example: mutandis log mark decisions.sqlite inmate.name visitor")
def mark(
    log: LogArgument,
    facts: Annotated[
        list[str] | None, typer.Argument(metavar="FACT…", help="Facts, or terms with all their facts.")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="They are personal no longer.")] = False,
    seal: SealOption = "",
) -> None:
    """Mark facts as personal: `redact` takes them out where no fact is named. Without any, print those marked."""
    held = opened_log(log, seal)
    if facts:
        if not remove:
            _tell_slips(held, facts)
        held.mark(facts, remove=remove)
    show(line(name) for name in sorted(held.marks()))


@app.command(epilog='Example: mutandis log redact decisions.sqlite --fact kin --because "the family asked"')
def redact(
    log: LogArgument,
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", "-f", metavar="FACT", help="This fact, or term; without any, those marked."),
    ] = None,
    entry: Annotated[
        list[int] | None, typer.Option("--entry", metavar="NUMBER", help="Only of this entry. May be repeated.")
    ] = None,
    before: Annotated[str, typer.Option("--before", metavar="DAY", help="Only of entries recorded before.")] = "",
    because: BecauseOption = "",
    seal: SealOption = "",
) -> None:
    """Take facts out of entries, with the parts of the answers that say or betray them. The chain stays whole.

    Verdict and citations stay. An entry without its facts cannot be decided again.
    """
    held = opened_log(log, seal)
    _must_say_why(because)
    from mutandis_log.removal import redact as take_out

    for name, near in _slips(held, fact or ()):
        stop(printable(f"no entry states a fact `{name}`, and nothing was taken out"), printable(suggest(near, "")))
    numbers = {one.seq for one in held.entries(numbers=entry)} if entry else set()
    if absent := sorted(set(entry or ()) - numbers):
        stop(f"the log has no entry {absent[0]}", "`mutandis log export` has the number of each, `seq`")
    facts = set(fact or ()) or held.marks()
    if not facts:
        stop("no fact is named, and none is marked", "name one with --fact, or mark it with `mutandis log mark`")
    end = day_or_stop(before, "--before")
    told = take_out(held, facts, because=because, who=getpass.getuser(), numbers=entry or (), before=end)
    _tell(told, "redacted")


@app.command(epilog='Example: mutandis log prune decisions.sqlite --before 2020-01-01 --because "five years are over"')
def prune(
    log: LogArgument,
    before: Annotated[
        str, typer.Option("--before", metavar="DAY", help="Entries recorded before this day.", show_default=False)
    ],
    because: BecauseOption = "",
    seal: SealOption = "",
) -> None:
    """Leave of old entries their place in the chain alone."""
    held = opened_log(log, seal)
    _must_say_why(because)
    from mutandis_log.removal import prune as take_out

    _tell(take_out(held, day_or_stop(before, "--before"), because=because, who=getpass.getuser()), "pruned")


def action_or_stop(held: DecisionLog, action: str) -> None:
    """Ends the program for an action that is written nearly as one that the log has decisions about."""
    known = held.actions() if action else frozenset()
    if action not in known and (near := nearest_names(action, known)):
        stop(printable(f"no entry is about `{action}`"), printable(suggest(near, "")))


def _slips(held: DecisionLog, facts: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """The names that no entry has, of facts or terms, and which of those that entries have are nearest."""
    from mutandis_log.removal import facts_in

    known = facts_in(held) if facts else frozenset()
    for name in facts:
        if name not in known and (near := nearest_names(name, known)):
            yield name, near


def _tell_slips(held: DecisionLog, facts: Sequence[str]) -> None:
    try:
        slips = tuple(_slips(held, facts))
    except UnreadableEntryError:
        return  # what the log has cannot be told; `verify` says of what entry, and marking needs none
    for name, near in slips:
        show([line(printable(f"no entry states a fact `{name}` so far: {suggest(near, '')}"))], to_errors=True)


def _must_say_why(because: str) -> None:
    if not because.strip():
        stop("what is taken out cannot be brought back, and the log tells why it was", "say it with --because")


def _tell(told: Entry | None, done: str) -> None:
    if told is None:
        show([line("there is nothing to take out")])
        return
    taken = told.question["entries"]
    count = len(taken) if isinstance(taken, list) else taken
    show([line(Piece(done, "strong"), f": {_entries(count)}; entry {told.seq} tells of it")])
    show([line(Piece(f"receipt {told.receipt}", "quiet"))])


def day_or_stop(text: str, option: str) -> str:
    """A day as it was written; ends the program where there is none."""
    try:
        if text:
            written.read_time(text)
        return text
    except written.UnreadTimeError as unread:
        stop(f"`{option}`: {unread}", unread.help)


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"
