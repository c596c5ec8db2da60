"""Exclusions of which an order names one ground: each of their grounds is then an exclusion of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mutandis.citation import CitationRange
from mutandis.dataclass import replace
from mutandis.rulebook.model import Article, Exclusion, Rule


def with_grounds_apart(articles: Sequence[Article]) -> Sequence[Article]:
    """The articles, each exclusion of which an order names a ground given as one exclusion for each ground.

    The grounds of a proviso are numbered in its paragraph, as those of the rule are: it stays whole.
    """
    named = [target for article in articles for rule in article.rules for o in rule.orders for target in o.targets]
    if not any(_parted(rule, one, named) for article in articles for rule in article.rules for one in rule.unless):
        return articles
    return tuple(replace(article, rules=tuple(_apart(rule, named) for rule in article.rules)) for article in articles)


def _apart(rule: Rule, named: Sequence[CitationRange]) -> Rule:
    return replace(rule, unless=tuple(part for one in rule.unless for part in _parts(rule, one, named)))


def _parts(rule: Rule, one: Exclusion, named: Sequence[CitationRange]) -> Iterable[Exclusion]:
    if not _parted(rule, one, named):
        return (one,)
    return (Exclusion(ground.citation, one.when, (ground,), one.force, ground.span) for ground in one.grounds)


def _parted(rule: Rule, one: Exclusion, named: Sequence[CitationRange]) -> bool:
    if len(one.grounds) < 2 or one.citation.without_sentence() == rule.at.without_sentence():
        return False
    return any(
        not target.covers(one.citation) and any(target.covers(ground.citation) for ground in one.grounds)
        for target in named
    )
