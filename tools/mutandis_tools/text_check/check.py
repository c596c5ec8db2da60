"""`check --text`: what of the official texts the rules leave out and nobody excused, and excuses for nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from mutandis.citation import Citation, plain_place
from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, sort_diagnostics
from mutandis.rulebook.law import Law
from mutandis.rulebook.model import Article, Excuse, Source
from mutandis.source import Span
from mutandis_text.quantities.written import print_quantity
from mutandis_text.structure.load import load_statute
from mutandis_tools.text_check.instruments import Enforcement
from mutandis_tools.text_check.parts import Parts
from mutandis_tools.text_check.quantities import find_unsaid_quantities
from mutandis_tools.text_check.references import find_unfollowed_references


def check_against_texts(source: Source, locked: Collection[str], texts: Path) -> tuple[Diagnostic, ...]:
    """Everything found in the laws whose texts lie in the folder `texts`, each as `LAW.txt`.

    A law without a text is told where it is one of `locked`: it was read against its text once.
    """
    parts = Parts(source.articles, source.vocabulary)
    found: list[Diagnostic] = []
    for law in source.laws.values():
        path = texts / f"{law.id}.txt"
        if path.is_file():
            found += _check_law(law, path, source, parts)
        elif law.id in locked:
            message = f"`{law.id}` was not compared: there is no `{path.name}` among the texts"
            help = "put the official text there, saved under the law's name"
            found.append(diagnose("text-not-given", message, help, law.span))
    return sort_diagnostics(found)


def _check_law(law: Law, path: Path, source: Source, parts: Parts) -> Iterator[Diagnostic]:
    document = load_statute(path, law.id)
    enforcement = Enforcement.of(law)
    articles = [article for article in source.articles if article.law == law.id]
    places = _Places(articles, law.span)
    used: set[int] = set()
    for place, quantity in find_unsaid_quantities(document, parts, enforcement):
        shown = print_quantity(quantity)
        if places.excuse_quantity(place, shown, used):
            continue
        yield diagnose(
            "quantity-without-rule",
            f"no rule at `{place}` has `{shown}`",
            "let the rule say it, or give an entry of `excused` with this `quantity` and the reason",
            places.span(place),
            (),
            str(place),
        )
    for place, target, reference in find_unfollowed_references(document, parts, enforcement, source.laws):
        if places.excuse_reference(place, target, used):
            continue
        message = f"no rule at `{place}` follows its reference to `{target}`"
        yield diagnose(
            "reference-not-followed",
            f"{message}: {reference.broken}" if reference.broken else message,
            "let the rule name it or what it is about, or give an entry of `excused` with this `reference`",
            places.span(place),
            (),
            str(place),
        )
    for excuse in (one for article in articles for one in article.excused):
        if id(excuse) not in used:
            what = excuse.quantity or ", ".join(map(str, excuse.references))
            message = f"nothing at `{excuse.at}` needs an excuse for `{what}`"
            help = "take it out: the rules have it, or the text does not; or write it as `check --text` does"
            yield diagnose("excuse-for-nothing", message, help, excuse.span, (), str(excuse.at))


@dataclass(slots=True)
class _Places:
    """Where the articles of a law say what: the spans to point to, and the excuses."""

    articles: Sequence[Article]
    law: Span
    _by_number: dict[str, Article] = field(init=False)

    def __post_init__(self) -> None:
        self._by_number = {article.number: article for article in self.articles}

    def span(self, place: Citation) -> Span:
        """The first rule that stands at the place, else the article's file, else the law's."""
        article = self._by_number.get(place.article)
        if article is None:
            return self.law
        plain = plain_place(place)
        near = [rule for rule in article.rules if plain_place(rule.at) == plain]
        near += [rule for rule in article.rules if plain_place(rule.at).covers(plain)]
        return near[0].span if near else article.span

    def excuse_quantity(self, place: Citation, shown: str, used: set[int]) -> bool:
        """True if the quantity is excused; what excuses it goes to `used`."""
        return self._use((one for one in self._at(place) if one.quantity == shown), used)

    def excuse_reference(self, place: Citation, target: Citation, used: set[int]) -> bool:
        """True if the reference is excused; what excuses it goes to `used`."""
        return self._use(
            (one for one in self._at(place) if any(cited.covers(target) for cited in one.references)), used
        )

    def _at(self, place: Citation) -> Iterator[Excuse]:
        article = self._by_number.get(place.article)
        for excuse in article.excused if article is not None else ():
            if plain_place(excuse.at) == plain_place(place):
                yield excuse

    @staticmethod
    def _use(excuses: Iterator[Excuse], used: set[int]) -> bool:
        found = {id(one) for one in excuses}
        used |= found
        return bool(found)
