"""Makes the skeleton of a rule file from an article: every place, with what its wording suggests, to be filled in.

The skeleton has the ids, the quantities and the references of each place, and none of the official wording but the
heading. Everything that wants a decision stands in comments, so the file says nothing until somebody has filled it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis_text.comparison.units import own_wording
from mutandis_text.document import Provision, ProvisionKind, Sentence, SentenceKind, StatuteDocument
from mutandis_text.quantities.find import Bound, Quantity, Role, find_quantities, print_quantity
from mutandis_text.references.construals import reads_as_construal
from mutandis_text.references.find import Reference, ReferenceReport, find_references
from mutandis_text.references.kinds import ReferenceKind

_FORBIDS = re.compile(r"\b(?:shall|may|must) (?:neither|not)\b|(?:^|,\s)no\b.*\b(?:shall|may)\b", re.IGNORECASE)
_CAPS = re.compile(
    r"(?i)\b(?:shall|may|must)\s+not\s+(?:exceed|be\s+(?:more|longer)\s+than)\b"
    r"|\bshall\s+be\s+(?:not|no)\s+(?:more|longer)\s+than\b|\bshall\s+be\s+(?:up\s+to|within|at\s+most|less\s+than)\b"
    r"|\bno\b[^.]{0,60}\bshall\s+exceed\b"
)
_ALL_OF = re.compile(
    r"(?i)\bwith\s+(?:all\s+(?:of\s+)?)?the\s+following\b|\ball\s+(?:of\s+)?the\s+following\b|\beach\s+of\s+the\s+following\b"
    r"|\bthe\s+following\s+(?:documents|matters|particulars|information|items|details|measures|requirements)\b"
)
_COUNTED = ("minute", "hour", "day", "week", "month", "year", "person", "member", "time")
_LONGEST_TITLE = 8
"""Words of a heading that are still a title; a longer one is wording, which stays outside the project."""

_LEAVES = {
    "presidential decree": "presidential_decree",
    "ordinance of the ministry of justice": "ordinance_of_the_ministry_of_justice",
    "ordinance of ministry of justice": "ordinance_of_the_ministry_of_justice",
    "minister of justice": "minister_of_justice",
}


def find_article(document: StatuteDocument, number: str) -> Provision | None:
    """The article of that number (`41`, `5-2`, `addenda-8728/4`), or None."""
    wanted = f"{document.law}/{number}"
    bodies = (child for addendum in document.addenda for child in (addendum.body, *addendum.body.children))
    return next((article for article in (*document.articles, *bodies) if article.id == wanted), None)


def print_skeleton(document: StatuteDocument, article: Provision) -> str:
    """The text of the rule file for an article."""
    report = find_references(document)
    quantities = find_quantities(document)
    number = article.id.removeprefix(f"{document.law}/")
    # Until somebody fills it in, the file is valid and has no rule.
    lines = [f"law: {document.law}", f"article: {number}", f"title: {_title(article)}", "rules: []"]
    lines += ["# Fill in what stands below, then take the brackets away."]
    paragraphs = [child for child in article.children if child.kind is ProvisionKind.PARAGRAPH] or [article]
    if paragraphs != [article] and own_wording(article):
        paragraphs.insert(0, article)
    for provision in paragraphs:
        lines.append("")
        lines.extend(_provision_lines(document, provision, report, quantities))
    lines += ["", "# Places that cannot be written as rules, each with the reason:", "# not_modelled:", "#   (1): why"]
    return "\n".join(lines) + "\n"


def _title(article: Provision) -> str:
    title = " ".join((article.heading or "").split())
    # A deleted article has no heading.
    if not title or len(title.split(" ")) > _LONGEST_TITLE:
        return "(say it in a few words)"
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,()'/-]*", title)
    return title if plain else '"' + title.replace('"', "'") + '"'


def _provision_lines(
    document: StatuteDocument,
    provision: Provision,
    report: ReferenceReport,
    quantities: Sequence[Quantity],
) -> Iterator[str]:
    place = _place(provision.id)
    told = f"line {document.line(provision.label.start)}"
    if not provision.is_live:
        yield f"  # --- {place}: {provision.status.value} ({told}) ---"
        return
    yield f"  # --- {place} ({told}) ---"
    for sentence in provision.sentences:
        if sentence.kind is SentenceKind.FURTHER:
            continue
        own = place if sentence.kind is SentenceKind.MAIN else _place(sentence.id)
        if reads_as_construal(sentence.text):
            yield f"  # {own}: the construals above"
            continue
        named = [r for r in report.references if sentence.extent.contains(r.extent)]
        yield from _notes(sentence, [q for q in quantities if q.provision == sentence.id])
        yield f"  # - at: {own}"
        yield "  #   summary:"
        own_quantities = [q for q in quantities if q.provision == sentence.id]
        yield from (f"  #   {line}" for line in _effect(sentence, named, provision.id, own_quantities))
        if _carries_list(provision, sentence):
            # Alternatives are grounds; what has to be attached or done together is none.
            yield "  #   requires:   # all of them" if _ALL_OF.search(sentence.text) else "  #   grounds:"
            for child in provision.children:
                if child.kind in (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM):
                    yield from _ground(child, quantities)


def _notes(sentence: Sentence, quantities: Sequence[Quantity]) -> Iterator[str]:
    for quantity in quantities:
        yield f"  # quantity: {_quantity(quantity)} ({quantity.role.value}, {quantity.bound.value})"
    if re.search(r"\bif deemed|\bdeemed necessary|\bdeems?\b|\bwhere .* deemed", sentence.text):
        yield "  # somebody's judgement is needed: a fact with `found_by`"


def _effect(
    sentence: Sentence, named: Sequence[Reference], own: str, quantities: Sequence[Quantity] = ()
) -> Iterator[str]:
    mutatis = [r for r in named if r.kind is ReferenceKind.MUTATIS_MUTANDIS]
    delegated = [r for r in named if r.kind is ReferenceKind.DELEGATION]
    text = sentence.text
    if mutatis:
        targets = [_place_in(t, own) for r in mutatis for t in r.targets]
        # A clause whose target is not there names nothing: the remark below tells it.
        yield f"apply: [{', '.join(targets)}]" if len(targets) > 1 else f"apply: {''.join(targets)}".rstrip()
        yield "construe:"
        for pair in (pair for r in mutatis for pair in r.construals):
            yield f"  # {' / '.join(pair.sources)}: {' / '.join(pair.targets)}"
    elif delegated and re.search(r"\bmatters\b", text, re.IGNORECASE):
        words = delegated[-1].words.lower().removeprefix("the ")
        yield f"delegate: {_LEAVES.get(words, words.replace(' ', '_'))}"
    elif "shall be punished" in text:
        yield "penalty:"
        yield "  of:"
        yield "  any: []"
    elif "shall not apply" in text:
        yield "unless:   # of the rule above: {at: this place, when: ...}"
    elif re.search(r"\bmeans\b|\bthe term\b|\bdefinitions?\b", text, re.IGNORECASE):
        yield "define:"
        yield "as:"
    elif _caps(text, quantities):
        yield "limits:"
        yield "requires:"
        return
    elif _FORBIDS.search(text):
        yield "must_not:"
    elif re.search(r"\bmay\b", text) and not re.search(r"\bshall\b", text.partition(" may ")[0]):
        yield "may:"
    elif re.search(r"\bshall\b", text):
        yield "must:"
    else:
        yield "states:"
    for reference in named:
        if reference.kind is ReferenceKind.NOTWITHSTANDING:
            yield f"despite: {', '.join(_place_in(t, own) for t in reference.targets)}"
    if not mutatis and not delegated:
        yield "when:"
    for reference in named:
        if reference.broken:
            yield f"# broken reference ({reference.raw}): {reference.broken}"


def _caps(text: str, quantities: Sequence[Quantity]) -> bool:
    """True if the sentence says how much something may be (`shall not exceed 24 hours`), not that it may be done."""
    bounded = any(q.role is Role.LIMIT and q.bound in (Bound.AT_MOST, Bound.LESS_THAN) for q in quantities)
    return bounded and _CAPS.search(text) is not None


def _ground(provision: Provision, quantities: Sequence[Quantity]) -> Iterator[str]:
    if not provision.is_live:
        yield f"  #     # {provision.number}: {provision.status.value}"
        return
    numbers = [_quantity(quantity) for quantity in quantities if quantity.provision == provision.id]
    yield f"  #     {provision.number}:" + (f"   # quantity: {', '.join(numbers)}" if numbers else "")
    for sentence in provision.sentences:
        if sentence.kind in (SentenceKind.PROVISO, SentenceKind.LATTER):
            yield f"  #     # {_place(sentence.id)}"
    for child in provision.children:
        yield f"  #     #   item ({child.number})"


def _quantity(quantity: Quantity) -> str:
    many = quantity.unit in _COUNTED and quantity.values[-1] != 1
    return print_quantity(replace(quantity, unit=f"{quantity.unit}s") if many else quantity)


def _carries_list(provision: Provision, sentence: Sentence) -> bool:
    lead = provision.list_lead
    return lead is not None and provision.sentences[lead.sentence] is sentence


def _place(name: str) -> str:
    """The place within its article, as `at` has it."""
    citation = _citation(name)
    return (citation.place.strip() or "main") if citation is not None else name


def _place_in(name: str, own: str) -> str:
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
