"""Rules that stand where the official text has nothing: found with the locks alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mutandis.citation import Citation, plain_place
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.link.rule_parts import places_of
from mutandis.rulebook.lock import Lock
from mutandis.rulebook.model import Article
from mutandis.source import Span


def check_rule_places(articles: Iterable[Article], locks: Mapping[str, Lock]) -> Iterator[Diagnostic]:
    """A warning for each place of a rule file that the lock of its law does not have.

    There is none without a lock, or where the lock does not read: that is told of the lock.
    """
    locks = {law: lock for law, lock in locks.items() if not lock.diagnostics}
    known = {
        provision.citation
        for lock in locks.values()
        for provision in lock.provisions
        if provision.citation is not None and provision.state != "gone"
    }
    for article in articles:
        if article.law not in locks:
            continue
        places: list[tuple[Citation, Span]] = [(place, article.span) for place, _ in article.not_modelled]
        places += [(place, rule.span) for rule in article.rules for place in places_of(rule)]
        for place, span in dict(places).items():
            if place.law in locks and plain_place(place) not in known:
                help = f"look at the place; `mutandis show {place.article_citation()} --text FILE` shows the Article"
                message = f"the official text has no `{place}`"
                yield diagnose("rule-without-provision", message, help, span, (), str(place))
