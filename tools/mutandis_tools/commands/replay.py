"""`mutandis replay`: the decisions of a log made again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from mutandis.api import Rulebook
from mutandis.diagnostics import DiagnosedError, MutandisError
from mutandis_log.entry import Entry
from mutandis_tools.commands.common import AsJson
from mutandis_tools.commands.decide import day_of_law
from mutandis_tools.commands.log import (
    LogArgument,
    SealOption,
    SinceOption,
    UntilOption,
    action_or_stop,
    day_or_stop,
    opened_log,
)
from mutandis_tools.location import NoRulebookError
from mutandis_tools.report.replay_text import replay_text
from mutandis_tools.terminal import Exit, progress, show, stop, text_columns, working, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("replay", epilog="Example: mutandis replay decisions.sqlite --rulebook amended/")(replay)


def replay(
    log: LogArgument,
    rulebook: Annotated[
        list[str] | None,
        typer.Option(
            "--rulebook",
            "-r",
            metavar="[NAME[@DATE]=]PATH",
            help="The rulebook to decide by, a folder or a bundle. Of several, each entry has the one whose hash it "
            "names, or else the newest; with --known-on the one known on that day.",
            show_default=False,
        ),
    ] = None,
    known_on: Annotated[
        str, typer.Option("--known-on", metavar="DATE", help="The law as it was known on this day.")
    ] = "",
    law_as_of: Annotated[
        str, typer.Option("--law-as-of", metavar="DATE", help="The law in force on this day, for every entry.")
    ] = "",
    since: SinceOption = "",
    until: UntilOption = "",
    action: Annotated[str, typer.Option("--action", "-a", metavar="ACTION", help="Only decisions about this.")] = "",
    samples: Annotated[
        int, typer.Option("--samples", metavar="N", min=0, max=1000, help="How many entries to name of a kind.")
    ] = 3,
    seal: SealOption = "",
    as_json: AsJson = False,
) -> None:
    """Decide the record again: byte for byte the same under the same rulebook, and under another which would flip.

    Tells how many come out otherwise, from what to what, by which provisions, with samples. Exits 1 where any answer is
    another.
    """
    held = opened_log(log, seal)
    from mutandis_log.replay import replay as decide_again
    from mutandis_service.rulebooks import NoSuchVersionError, Rulebooks

    day = day_of_law(known_on)
    try:
        with working("loading the rulebooks"):
            loaded = Rulebooks.of(rulebook or ())
        newest = loaded.choose("", day)
    except (NoRulebookError, NoSuchVersionError) as error:
        stop(str(error), error.help)
    except DiagnosedError as error:
        stop(f"a rulebook has errors, so nothing can be decided by it:\n{error}", "see them with `mutandis check`")
    except MutandisError as error:
        stop(str(error))
    by_hash = {version.hash: version.rulebook for version in loaded.current}

    def choose(entry: Entry) -> Rulebook:
        own = by_hash.get(str(entry.question.get("rulebook", "")))
        return newest.rulebook if own is None or day is not None else own

    first, end = day_or_stop(since, "--since"), day_or_stop(until, "--until")
    action_or_stop(held, action)
    last, _ = held.end() or (0, "")
    with progress("entries") as told:
        found = decide_again(
            held.entries(since=first, until=end, action=action),
            choose,
            law_as_of=day_of_law(law_as_of),
            samples=samples,
            progress=None if told is None else lambda done: told(done, last),
        )
    if as_json:
        write(json.dumps({**asdict(found), "is_identical": found.is_identical}, indent=2, ensure_ascii=False) + "\n")
    else:
        show(replay_text(found, newest.opened.names, text_columns()))
    if not found.is_identical:
        raise typer.Exit(Exit.FINDINGS)
