"""Gathers what the official text tells a drafter: references, quantities, the past of each provision, words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.dataclass import dataclass
from mutandis.vocabulary import Vocabulary
from mutandis_text.document import ChangeKind, Provision, ProvisionKind, Sentence, StatuteDocument
from mutandis_text.quantities.find import Quantity, find_quantities
from mutandis_text.references.find import Reference, ReferenceReport, find_references
from mutandis_text.time.history import PastEvent, list_history
from mutandis_text.time.instruments import list_instruments
from mutandis_tools.amendment.vocabulary_words import Words


@dataclass(frozen=True, slots=True)
class Hints:
    """What a text tells of its provisions. `words` are those of the rulebook's vocabulary, None without one."""

    document: StatuteDocument
    report: ReferenceReport
    quantities: Mapping[str, Sequence[Quantity]]
    past: Mapping[str, tuple[PastEvent, ...]]
    words: Words | None

    def quantities_of(self, sentence: Sentence) -> Sequence[Quantity]:
        """The quantities of a sentence, or of an entry of a list."""
        return self.quantities.get(sentence.id, ())

    def references_in(self, sentence: Sentence) -> list[Reference]:
        """The references that stand in a sentence."""
        return [one for one in self.report.references if sentence.extent.contains(one.extent)]

    def last_change(self, provision: Provision, article: Provision) -> PastEvent | None:
        """The last dated change of the wording after the law began, of the provision itself or of its whole article."""
        kinds = (ChangeKind.AMENDED, ChangeKind.NEWLY_INSERTED)
        events = self.past.get(provision.id) or self.past.get(article.id, ())
        dated = [one for one in events if one.kind in kinds and one.since is not None and one.whole]
        return max(dated, key=lambda one: one.since or dt.date.min, default=None)

    def deletion(self, provision: Provision) -> PastEvent | None:
        """The dated event by which the provision went, or None."""
        events = self.past.get(provision.id, ())
        return next((one for one in reversed(events) if one.kind is ChangeKind.DELETED and one.since is not None), None)


def gather_hints(
    document: StatuteDocument, vocabulary: Vocabulary | None = None, article: Provision | None = None
) -> Hints:
    """Read the whole text once, for all its articles; its quantities for one `article` where that is given."""
    report = find_references(document)
    quantities: dict[str, list[Quantity]] = {}
    for one in find_quantities(document, article):
        quantities.setdefault(one.provision, []).append(one)
    past = list_history(document, list_instruments(document, report))
    return Hints(
        document,
        report,
        quantities,
        {one.provision: one.events for one in past},
        Words(vocabulary, document.law) if vocabulary is not None else None,
    )


def find_article(document: StatuteDocument, number: str) -> Provision | None:
    """The article of that number (`41`, `5-2`, `addenda-8728/4`), or None."""
    wanted = f"{document.law}/{number}"
    bodies = (
        one
        for addendum in document.addenda
        for one in (addendum.body, *addendum.body.children)
        if one is addendum.body or one.kind is ProvisionKind.ARTICLE
    )
    return next((article for article in (*document.articles, *bodies) if article.id == wanted), None)


def place_of(name: str) -> str:
    """The place of an id within its article, as `at` has it."""
    citation = _citation(name)
    return (citation.place.strip() or "main") if citation is not None else name


def place_in(name: str, own: str) -> str:
    """A citation as a rule file writes it in the provision `own`: without the law, in the same article by its place."""
    citation, here = _citation(name), _citation(own)
    if citation is None or here is None or citation.law != here.law:
        return name
    return citation.place.strip() if citation.article == here.article and citation.place else name.partition("/")[2]


def _citation(name: str) -> Citation | None:
    try:
        return parse_citation(name)
    except CitationError:
        return None
