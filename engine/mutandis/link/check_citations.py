"""Check: every provision that a rule names exists, and one that decides something is encoded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from mutandis.citation import Citation, CitationRange, parse_citation
from mutandis.condition.tree import Applies, FallsUnder, walk
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.link.consequences import half_read
from mutandis.link.construe import as_citation
from mutandis.link.provisions import Provisions, index_provisions
from mutandis.link.rule_parts import expressions_of
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.law import Law
from mutandis.rulebook.model import Article, Rule, Source
from mutandis.source import Span
from mutandis.suggest import nearest_names, suggest
from mutandis.vocabulary import Vocabulary

Use = tuple[CitationRange, Span, bool]
"""A provision named, where, and whether what stands there is needed to decide."""


def check_citations(
    provisions: Provisions,
    vocabulary: Vocabulary,
    laws: Mapping[str, Law],
    articles: Iterable[Article],
    half_read: Callable[[Citation], bool] = lambda _: False,
) -> Iterator[Diagnostic]:
    """`dangling-citation` and `not-encoded`, for rules, the vocabulary's provisions, excuses and parts of instruments.

    Of provisions that are `half_read`, nothing is told: they may stand where an error kept them from being read.
    """
    yield from (d for cited, d in _check_all(provisions, vocabulary, laws, articles) if not half_read(cited))


def _check_all(
    provisions: Provisions, vocabulary: Vocabulary, laws: Mapping[str, Law], articles: Iterable[Article]
) -> Iterator[tuple[Citation, Diagnostic]]:
    for rule in provisions.rules:
        for cited, span, needed in uses_of(rule):
            yield from ((cited.first, d) for d in _check(cited, span, needed, str(rule.at), provisions, laws))
        yield from ((cited.first, d) for cited, d in _within_a_ground(rule, provisions))
    for law in laws.values():
        for instrument in law.instruments if provisions.has_text(law.id) else ():
            for cited, span in instrument.spans:  # of a law whose provisions are not all known it may change any
                yield from ((cited.first, d) for d in _check(cited, span, False, str(cited), provisions, laws))
    for excuse in (excuse for article in articles for excuse in article.excused):
        at = CitationRange(excuse.at, excuse.at)
        yield from ((excuse.at, d) for d in _check(at, excuse.span, False, str(excuse.at), provisions, laws))
    for name, fact in vocabulary.facts.items():
        places = [place for _, place in fact.value_provisions]
        if fact.presumed_from is not None:
            places.append(CitationRange(fact.presumed_from, fact.presumed_from))
        if fact.counting is not None and fact.counting.provision:
            counted = parse_citation(fact.counting.provision)
            places.append(CitationRange(counted, counted))
        for place in places:
            yield from ((place.first, d) for d in _check(place, fact.span, False, name, provisions, laws))


def check_cases(cases: Iterable[CaseFile], source: Source, known: Collection[Citation]) -> Iterator[Diagnostic]:
    """`dangling-citation` for the provisions that cases test or expect; `known` are those of the laws' own texts."""
    provisions = index_provisions(source.articles, known)
    is_half_read = half_read(source)
    for case in cases:
        for cited, span in case.cited if case.law in source.laws else ():
            if provisions.status(cited) == "dangling" and not is_half_read(cited.first):
                help = _help(cited, provisions, source.laws)
                yield diagnose("dangling-citation", f"there is no provision {cited}", help, span)


def uses_of(rule: Rule) -> Iterator[Use]:
    """Every provision that `rule` names, in the order of its parts."""
    for order in rule.orders:
        for target in order.targets:
            yield target, order.span, False
    # In the order of the keys: one and the same place may be named by several.
    spans = list(rule.spans)
    of = rule.penalty.of if rule.penalty is not None else ()
    for targets, needed in ((rule.apply, True), (rule.within, False), (of, False)):
        for target in targets:
            found = next((one for one in spans if one[0] == target), None)
            if found is not None:
                spans.remove(found)
            yield target, found[1] if found is not None else rule.span, needed
    for construal in rule.construe:
        for name in (construal.source, *construal.targets):
            cited = as_citation(name, rule.at)
            if cited is not None:
                yield cited, construal.span, False
    for expression in expressions_of(rule):
        for part in walk(expression):
            if isinstance(part, FallsUnder):
                for first, last in part.ranges:
                    yield CitationRange(parse_citation(first), parse_citation(last)), part.span, part.subject is None
            elif isinstance(part, Applies):
                place = parse_citation(part.citation)
                yield CitationRange(place, place), part.span, True


def _within_a_ground(rule: Rule, provisions: Provisions) -> Iterator[tuple[CitationRange, Diagnostic]]:
    """A fiction that names a ground, at which no rule stands that could read it."""
    for cited in rule.within if rule.effect == "deem" else ():
        whose = next(
            (one for one in provisions.rules if any(cited.covers(ground.citation) for ground in one.grounds)), None
        )
        if whose is None or any(cited.covers(one.at) for one in provisions.rules):
            continue
        span = next((span for named, span in rule.spans if named == cited), rule.span)
        message = f"the fiction is for {cited}, a ground of {whose.at}: it reaches rules, and so nothing there"
        yield cited, diagnose("bad-citation", message, f"write `within: {whose.at}`", span, (), str(rule.at))


def _check(
    cited: CitationRange,
    span: Span,
    needed: bool,
    provision: str,
    provisions: Provisions,
    laws: Mapping[str, Law],
) -> Iterator[Diagnostic]:
    match provisions.status(cited):
        case "dangling":
            message = f"there is no provision {cited}"
            yield diagnose("dangling-citation", message, _help(cited, provisions, laws), span, (), provision)
        case "known":
            yield _not_encoded(cited, span, provision)
        case _ if needed and not cited.first.is_external and not provisions.is_encoded(cited):
            yield _not_encoded(cited, span, provision)
        case _:
            # Of a law without a text of its own a range is taken at its word; where it ends is told.
            ends = () if cited.first == cited.last else (cited.first, cited.last)
            for end in (one for one in ends if provisions.status(CitationRange(one, one)) == "dangling"):
                yield _not_encoded(CitationRange(end, end), span, provision)


def _not_encoded(cited: CitationRange, span: Span, provision: str) -> Diagnostic:
    return diagnose(
        "not-encoded",
        f"no rule encodes {cited}",
        "write its rules, or expect the engine to ask where it would have decided",
        span,
        (),
        provision,
    )


def _help(cited: CitationRange, provisions: Provisions, laws: Mapping[str, Law]) -> str:
    first = cited.first
    if first.law not in laws:
        otherwise = f"the rulebook has {', '.join(sorted(laws)) or 'no laws'}; other law is cited as `ext:name/…`"
        return suggest(nearest_names(first.law, laws), otherwise)
    listed = provisions.places.get((first.law, first.article), ())
    if not listed:
        return f"no rule file of {first.law} has article {first.article}"
    near = nearest_names(str(first), [str(place) for place in listed]) or tuple(str(place) for place in listed[:3])
    near = tuple(sorted(near, key=lambda place: [str(one) for one in listed].index(place)))
    return f"article {first.article} lists {', '.join(near)}"
