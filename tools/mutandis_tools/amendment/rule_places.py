"""Which rules stand on which provision, and which provisions refer to it: what a change of wording reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.rulebook.model import Article
from mutandis_text.comparison.compare import Comparison, ProvisionChange
from mutandis_text.comparison.tree import parent_id
from mutandis_text.references.find import ReferenceReport
from mutandis_tools.coverage.provisions import places_of


def rule_places(articles: Iterable[Article]) -> dict[tuple[str, str], tuple[tuple[Citation, str], ...]]:
    """Every place that a rule file speaks of with the rule's id, by law and article; places not modelled too."""
    found: dict[tuple[str, str], list[tuple[Citation, str]]] = defaultdict(list)
    for article in articles:
        for rule in article.rules:
            for place in places_of(rule):
                found[place.law, place.article].append((place, rule.id))
        for place, _ in article.not_modelled:
            found[place.law, place.article].append((place, f"{place} (not modelled)"))
    return {key: tuple(dict.fromkeys(pairs)) for key, pairs in found.items()}


def add_reach(comparison: Comparison, articles: Iterable[Article], report: ReferenceReport) -> Comparison:
    """The comparison with the rules that stand on each changed provision and the provisions that refer to it."""
    places = rule_places(articles)
    referring: dict[str, list[str]] = defaultdict(list)
    for reference in report.references:
        for target in reference.targets if not reference.earlier else ():
            referring[target.removesuffix(" former")].append(reference.origin)
    changes = tuple(
        replace(
            change,
            rules=_rules_on(change, places),
            referred_by=_referring(change, referring),
        )
        for change in comparison.changes
    )
    return replace(comparison, changes=changes)


def _rules_on(
    change: ProvisionChange, places: dict[tuple[str, str], tuple[tuple[Citation, str], ...]]
) -> tuple[str, ...]:
    """Rules are written against the old text, so the old id counts where there is one."""
    try:
        provision = parse_citation(change.old or change.new or "")
    except CitationError:
        return ()
    near = places.get((provision.law, provision.article), ())
    return tuple(dict.fromkeys(rule for place, rule in near if provision.covers(place) or place.covers(provision)))


def _referring(change: ProvisionChange, referring: dict[str, list[str]]) -> tuple[str, ...]:
    names: list[str] = []
    for name in (change.new, change.old):
        while name:
            names.append(name)
            name = parent_id(name)
    origins = dict.fromkeys(origin for name in dict.fromkeys(names) for origin in referring.get(name, ()))
    own = {change.new, change.old}
    return tuple(origin for origin in origins if origin not in own)
