"""`mutandis find`: which action or fact is meant by these words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from mutandis.questions.find import Finder, Found
from mutandis_tools.commands.common import RulebookOption, Usable, usable_or_stop
from mutandis_tools.names import Names
from mutandis_tools.report.lines import BLANK, Line, Piece, line
from mutandis_tools.terminal import show, stop

_MOST_ARTICLES = 4
_PART = "words"
"""The part of what is kept of a rulebook that there is to find."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("find", epilog="Example: mutandis find 'telephone calls of a juvenile'")(find_command)


def find_command(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What somebody wants to do, or asks about.")],
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="Show so many actions, and so many facts.")
    ] = 8,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Find the actions and facts that some words speak of, the best match first."""
    if not " ".join(words).strip():
        stop(
            "there are no words to find", "say what somebody wants to do, e.g. `mutandis find 'make a telephone call'`"
        )
    usable = usable_or_stop(rulebook)
    found = _finder(usable).find(" ".join(words), most)
    if as_json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    elif not found.actions and not found.facts:
        first = next(iter(usable.opened.source.articles), None)
        shown = f"; an article is shown by `mutandis show {first.law}/{first.number}`" if first is not None else ""
        stop(f"nothing speaks of `{' '.join(words)}`", f"try other words{shown}")
    else:
        show(_lines(found, usable.opened.names))


def _finder(usable: Usable) -> Finder:
    """What there is to find in the rulebook, as it was kept, or gathered now and kept."""
    program, shelf = usable.rulebook.program, usable.opened.shelf
    kept = shelf.fetch(_PART)
    if kept is not None:
        return Finder(program, kept.record("whole", "gathered"))
    finder = Finder(program)
    shelf.keep(_PART, {"whole": {"gathered": finder.as_data()}})
    return finder


def _lines(found: Found, names: Names) -> Iterator[Line]:
    wide = max((len(one.action) for one in found.actions), default=0)
    if found.actions:
        yield line(Piece("Actions", "heading"))
    for action in found.actions:
        # An addendum says from when on the others hold, and seldom what somebody looks for.
        articles = [place for place in action.articles if "/addenda" not in place] or action.articles
        places = [names.provision(place) for place in articles[:_MOST_ARTICLES]]
        more = " and others" if len(articles) > _MOST_ARTICLES else ""
        where = f" ({', '.join(places)}{more})" if places else ""
        yield line("  ", Piece(action.action.ljust(wide), "strong"), "  ", Piece(action.label + where, hangs=True))
    if found.actions and found.facts:
        yield BLANK
    wide = max((len(one.fact) for one in found.facts), default=0)
    if found.facts:
        yield line(Piece("Facts", "heading"))
    for fact in found.facts:
        yield line("  ", Piece(fact.fact.ljust(wide), "fact"), "  ", Piece(fact.question, hangs=True))
