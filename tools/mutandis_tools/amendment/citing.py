"""What rules, words and cases cite by a number that an amendment gives to another provision, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mutandis.citation import Citation, CitationError, CitationRange, parse_citation
from mutandis.link.check_citations import uses_of
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.model import Source

Citing = Sequence[tuple[str, CitationRange, int]]
"""Who cites (a rule's id, a fact's name, or a case file), what, and the line where that is a case file, else 0."""

_MOST_LINES = 6
"""Lines told of one case file; a test of an article cites it in every case."""


def list_citing(source: Source, cases: Iterable[CaseFile] = ()) -> Citing:
    """Everything of a rulebook that names provisions, but for the places where rules stand."""
    rules = [rule for article in source.articles for rule in article.rules]
    found = [(rule.id, cited, 0) for rule in rules for cited, _, _ in uses_of(rule)]
    for name, fact in source.vocabulary.facts.items():
        found += [(name, cited, 0) for _, cited in fact.value_provisions]
    found += [(span.file, cited, span.line) for case in cases for cited, span in case.cited]
    return found


def citing_of(name: str, citing: Citing) -> tuple[str, ...]:
    """Who cites the provision, a part of it, or a range that it ends or stands in; case files with their lines."""
    try:
        provision = parse_citation(name)
    except CitationError:
        return ()
    lines: dict[str, dict[int, None]] = {}
    for who, cited, line in citing:
        if _names(cited, provision):
            lines.setdefault(who, {})[line] = None
    return tuple(f"{who}:{_few(sorted(found))}" if any(found) else who for who, found in lines.items())


def _few(lines: Sequence[int]) -> str:
    told = ",".join(map(str, lines[:_MOST_LINES]))
    return told if len(lines) <= _MOST_LINES else f"{told},… ({len(lines)} lines)"


def _names(cited: CitationRange, provision: Citation) -> bool:
    ends = (cited.first, cited.last)
    return any(provision.covers(one) for one in ends) or (cited.first != cited.last and cited.covers(provision))
