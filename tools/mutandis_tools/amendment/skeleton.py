"""Makes the skeleton of a rule file from an article: every place, with what its wording suggests, to be filled in.

The skeleton has the ids, the quantities, the references and the past of each place, what of the vocabulary its wording
speaks of, and none of the official wording but the heading. Everything that wants a decision stands in comments, so the
file says nothing until somebody has filled it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.dataclass import dataclass
from mutandis.vocabulary import Vocabulary
from mutandis_text.comparison.units import own_wording
from mutandis_text.document import (
    ChangeKind,
    Provision,
    ProvisionKind,
    Sentence,
    SentenceKind,
    StatuteDocument,
    walk_provision,
)
from mutandis_text.quantities.find import Bound, Quantity, Role, find_quantities, print_quantity
from mutandis_text.references.construals import reads_as_construal
from mutandis_text.references.find import Reference, ReferenceReport, find_references
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time.history import PastEvent, list_history
from mutandis_text.time.instruments import list_instruments
from mutandis_tools.amendment.vocabulary_words import Words

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
_ON_ACTIONS = ("may", "must", "must_not", "limits")
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
    bodies = (
        one
        for addendum in document.addenda
        for one in (addendum.body, *addendum.body.children)
        if one is addendum.body or one.kind is ProvisionKind.ARTICLE
    )
    return next((article for article in (*document.articles, *bodies) if article.id == wanted), None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the text tells of its provisions, and the words of the vocabulary."""

    document: StatuteDocument
    report: ReferenceReport
    quantities: Sequence[Quantity]
    past: Mapping[str, tuple[PastEvent, ...]]
    words: Words | None

    def quantities_of(self, sentence: Sentence) -> list[Quantity]:
        return [q for q in self.quantities if q.provision == sentence.id]

    def references_in(self, sentence: Sentence) -> list[Reference]:
        return [r for r in self.report.references if sentence.extent.contains(r.extent)]


def print_skeleton(document: StatuteDocument, article: Provision, vocabulary: Vocabulary | None = None) -> str:
    """The text of the rule file for an article; `vocabulary` has the words to suggest."""
    report = find_references(document)
    past = list_history(document, list_instruments(document, report))
    found = _Found(
        document,
        report,
        find_quantities(document),
        {one.provision: one.events for one in past},
        Words(vocabulary, document.law) if vocabulary is not None else None,
    )
    number = article.id.removeprefix(f"{document.law}/")
    # Until somebody fills it in, the file is valid and has no rule.
    lines = [f"law: {document.law}", f"article: {number}", f"title: {_title(article)}", "rules: []"]
    lines += ["# Fill in what stands below, then take the brackets away."]
    paragraphs = [child for child in article.children if child.kind is ProvisionKind.PARAGRAPH] or [article]
    if paragraphs != [article] and own_wording(article):
        paragraphs.insert(0, article)
    for provision in paragraphs:
        lines.append("")
        lines.extend(_provision_lines(provision, article, found))
    lines += ["", "# Places that cannot be written as rules, each with the reason:", "# not_modelled:", "#   (1): why"]
    return "\n".join(lines) + "\n"


def print_case_stubs(document: StatuteDocument, article: Provision) -> str:
    """The text of a file of cases for an article: in comments, a case to write for each place, with its boundaries."""
    quantities = find_quantities(document)
    number = article.id.removeprefix(f"{document.law}/")
    lines = [f"# Cases of Article {number}, to be written from the law: one a document, without the signs of comments."]
    for node in walk_provision(article):
        for sentence in node.sentences if node.is_live else ():
            if sentence.kind is SentenceKind.FURTHER:
                continue
            place = _place(node.id if sentence.kind is SentenceKind.MAIN else sentence.id)
            tests = number if place == "main" else f"{number}{place}"
            bounds = [_quantity(q) for q in quantities if q.provision == sentence.id]
            lines += ["# ---", "# case: (what happens, in a few words)", f"# tests: {tests}", f"# law: {document.law}"]
            lines += [f"# # the boundary: {bound}, and the next below or above" for bound in bounds]
            lines += ["# facts:", "#", "# ask: {decide: }", "# expect:", "#   verdict:"]
    return "\n".join(lines) + "\n"


def _title(article: Provision) -> str:
    title = " ".join((article.heading or "").split())
    # A deleted article has no heading.
    if not title or len(title.split(" ")) > _LONGEST_TITLE:
        return "(say it in a few words)"
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,()'/-]*", title)
    return title if plain else '"' + title.replace('"', "'") + '"'


def _provision_lines(provision: Provision, article: Provision, found: _Found) -> Iterator[str]:
    place = _place(provision.id)
    told = f"line {found.document.line(provision.label.start)}"
    if not provision.is_live:
        yield f"  # --- {place}: {provision.status.value} ({told}) ---"
        return
    yield f"  # --- {place} ({told}) ---"
    change = _last_change(provision, article, found)
    lifting: list[Sentence] = []
    for sentence in provision.sentences:
        if sentence.kind is SentenceKind.FURTHER or sentence in lifting:
            continue
        own = place if sentence.kind is SentenceKind.MAIN else _place(sentence.id)
        if reads_as_construal(sentence.text):
            yield f"  # {own}: the construals above"
            continue
        if sentence.kind is SentenceKind.MAIN:
            lifting = [s for s in provision.sentences if s.kind is SentenceKind.PROVISO and _lifts(s, found)]
        here = lifting if sentence.kind is SentenceKind.MAIN else []
        effect = list(_effect(sentence, found.references_in(sentence), provision.id, found.quantities_of(sentence)))
        yield from _sentence_lines(sentence, own, provision, effect, here, found)
        yield from _past_lines(change, provision.id, own, effect[0].partition(":")[0])


def _sentence_lines(
    sentence: Sentence,
    own: str,
    provision: Provision,
    effect: Sequence[str],
    lifting: Sequence[Sentence],
    found: _Found,
) -> Iterator[str]:
    named, quantities = found.references_in(sentence), found.quantities_of(sentence)
    yield from _notes(sentence, quantities)
    yield from _references(named, provision.id)
    suggested = found.words.suggest(sentence.text) if found.words is not None else None
    if suggested is not None and (suggested.actions or suggested.facts):
        yield f"  # vocabulary: {', '.join((*suggested.actions, *suggested.facts))}"
    yield f"  # - at: {own}"
    yield "  #   summary:"
    yield from (f"  #   {line}" for line in effect)
    if effect[0].partition(":")[0] in _ON_ACTIONS:
        if suggested is not None and suggested.by:
            yield f"  #   by: {suggested.by}"
        if suggested is not None and suggested.to:
            yield f"  #   to: {suggested.to}"
    if _carries_list(provision, sentence):
        # Alternatives are grounds; what has to be attached or done together is none.
        yield "  #   requires:   # all of them" if _ALL_OF.search(sentence.text) else "  #   grounds:"
        for child in provision.children:
            if child.kind in (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM):
                yield from _ground(child, found.quantities)
    for one in lifting:
        yield "  #   unless:"
        yield f"  #     at: {_place(one.id)}"
        yield "  #     when:"
    bounds = [q for q in quantities if q.role is Role.LIMIT and q.bound in (Bound.AT_MOST, Bound.LESS_THAN)]
    if bounds and effect[0] != "limits:":
        yield f"  # - at: {own}"
        yield "  #   summary:"
        yield "  #   limits:   # the action above"
        told = [f"… {'<=' if q.bound is Bound.AT_MOST else '<'} {_quantity(q)}" for q in bounds]
        yield f"  #   requires:   # {'; '.join(told)}"


def _lifts(sentence: Sentence, found: _Found) -> bool:
    """True for a proviso that only says when the main sentence does not apply."""
    return "shall not apply" in sentence.text and not found.quantities_of(sentence)


def _references(named: Sequence[Reference], own: str) -> Iterator[str]:
    """What the sentence refers to besides what stands in a key of the rule."""
    in_keys = (ReferenceKind.MUTATIS_MUTANDIS, ReferenceKind.DELEGATION, ReferenceKind.NOTWITHSTANDING)
    told = dict.fromkeys(
        f"{_place_in(target, own)} ({one.kind.value})"
        for one in named
        if one.kind not in in_keys and not one.broken
        for target in one.targets
    )
    if told:
        yield f"  # refers to: {', '.join(told)}"


def _last_change(provision: Provision, article: Provision, found: _Found) -> PastEvent | None:
    """The last change of the wording after the law began, of the provision itself or of its whole article."""
    kinds = (ChangeKind.AMENDED, ChangeKind.NEWLY_INSERTED)
    events = found.past.get(provision.id) or found.past.get(article.id, ())
    dated = [one for one in events if one.kind in kinds and one.since is not None and one.whole]
    return max(dated, key=lambda one: one.since or dt.date.min, default=None)


def _past_lines(change: PastEvent | None, id: str, own: str, effect: str) -> Iterator[str]:
    """Since when the wording is in force, and a rule for the one before, which somebody may have the text of."""
    if change is None or change.since is None or effect in ("delegate", "states", "apply", "penalty"):
        if change is not None and change.since is not None:
            yield f"  #   since: {change.since.isoformat()}"
        return
    yield f"  #   since: {change.since.isoformat()}"
    if change.kind is ChangeKind.NEWLY_INSERTED:
        return
    yield f"  # - at: {own}"
    yield f"  #   id: {id}#earlier wording"
    yield f"  #   summary: The wording before {change.instrument} is not held."
    yield f"  #   {effect}:   # as above"
    yield f"  #   not_held: replaced by {change.instrument}"
    yield f"  #   until: {change.since.isoformat()}"


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
