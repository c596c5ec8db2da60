"""`mutandis show`: an article's rules, beside its official text where that is given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mutandis.citation import Citation, CitationError, plain_place
from mutandis.explain.called import ARTICLE
from mutandis.link.rule_parts import places_of
from mutandis.rulebook.model import Rule
from mutandis_tools.chapters.wording import word_rule
from mutandis_tools.citing import form_of, read_provision
from mutandis_tools.commands.common import ReadRulebookOption, with_files_or_stop
from mutandis_tools.names import what_there_is
from mutandis_tools.opening import Opened
from mutandis_tools.report.decision_outline import division_in_words
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.report.side_by_side import Row, side_by_side
from mutandis_tools.terminal import show, stop, table_columns, text_columns
from mutandis_tools.wordings import wordings_of

EFFECTS = {
    "may": "may",
    "must": "must",
    "must_not": "must not",
    "need_not": "need not",
    "limits": "limits",
    "define": "says when",
    "deem": "reads otherwise",
    "apply": "applies",
    "penalty": "punishes with",
    "delegate": "leaves to",
    "states": "states",
    "disapply": "",
}
"""What a rule does, before what it does it to."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("show", epilog="Example: mutandis show act/41 --text act.txt")(show_command)


def show_command(
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help="An article or a part of it: act/77(1).")],
    text: Annotated[
        Path | None,
        typer.Option("--text", metavar="FILE", exists=True, dir_okay=False, help="The official text, to stand beside."),
    ] = None,
    rulebook: ReadRulebookOption = None,
) -> None:
    """Show what the rulebook says of a provision, beside the official text where it is given."""
    opened = with_files_or_stop(rulebook)
    try:
        wanted = read_provision(provision, opened.source.laws)
    except CitationError as error:
        stop(str(error), form_of(opened.source.laws))
    wordings = wordings_of(text, wanted.law) if text is not None else {}
    texts = {place: wording for place, wording in wordings.items() if wanted.covers(place)}
    rules = _rules(wanted, opened)
    if not texts and not rules:
        stop(f"neither the rulebook nor the text has `{provision}`", what_there_is(wanted.law, opened.source.laws))
    stale = {one.citation for one in opened.stale.under(wanted)}
    rows: list[Row] = []
    for place in sorted({*texts, *rules}):
        beside = (tuple(rules.get(place, ())),)
        cells = ((texts.get(place, ""),), *beside) if text is not None else beside
        rows.append(Row(opened.names.provision(str(place)), cells, "to be read again" if place in stale else ""))
    wide = table_columns() if text is not None else text_columns()
    show(side_by_side(rows, 2 if text is not None else 1, wide))
    show(line(Piece(f"handled by: {one}", "quiet")) for one in _divisions(wanted, opened))


def _divisions(wanted: Citation, opened: Opened) -> list[str]:
    """The divisions that handle what the rules at the place are about, in the order of the rules."""
    article = opened.article(wanted.law, wanted.article)
    rules = article.rules if article is not None else ()
    declared = opened.source.vocabulary.actions
    found = (
        declared[action].division
        for rule in rules
        if any(wanted.covers(plain_place(place)) for place in places_of(rule))
        for action in rule.actions
        if action in declared
    )
    return [division_in_words(one) for one in dict.fromkeys(found) if one is not None]


def _does(rule: Rule, what: str, opened: Opened) -> str:
    """What the rule does; only of what is so or not is it said when."""
    given = opened.source.vocabulary.facts.get(rule.target) if rule.effect == "define" else None
    if given is None or given.type.kind == "yes_no":
        return EFFECTS[rule.effect]
    return "gives" if ARTICLE.match(what) else "gives the"


def _rules(wanted: Citation, opened: Opened) -> dict[Citation, list[str]]:
    """What stands at each place: the rule with its conditions where it stands itself, a mention at its grounds."""
    found: dict[Citation, list[str]] = {}
    article = opened.article(wanted.law, wanted.article)
    if article is not None:
        for rule in article.rules:
            for place in dict.fromkeys(plain_place(place) for place in places_of(rule)):
                if not wanted.covers(place):
                    continue
                own = place == plain_place(rule.at)
                worded = word_rule(rule, opened.names)
                head = f"{_does(rule, worded.what, opened)} {worded.what}".strip()
                if not own:
                    found.setdefault(place, []).append(f"part of {worded.place}: {head}")
                    continue
                who = f" ({worded.who})" if worded.who else ""
                told = [f"{head}{who}: {worded.summary}", *(f"  {one}" for one in worded.lines)]
                found.setdefault(place, []).extend([*told, f"  {rule.span.file}:{rule.span.line}"])
        for place, reason in article.not_modelled:
            if wanted.covers(plain_place(place)):
                found.setdefault(plain_place(place), []).append(f"not modelled: {reason}")
    return found
