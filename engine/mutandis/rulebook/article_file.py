"""Reading a rule file: one or more articles, each a YAML document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutandis.citation import Citation, CitationError, parse_citation
from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.rulebook.conditions import Place
from mutandis.rulebook.fields.rules import ARTICLE, EXCUSE, RULE
from mutandis.rulebook.law_file import check_law_name
from mutandis.rulebook.meant import as_citations
from mutandis.rulebook.model import Article, Excuse, Rule
from mutandis.rulebook.rule_file import find_orders_of_themselves, read_rule, settle_ids
from mutandis.rulebook.shapes import (
    Faults,
    check_keys,
    describe,
    read_citation,
    read_mapping,
    read_ranges,
    read_sentence,
    read_some,
    read_text,
    recovered,
    spans_of_ranges,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlFile, YamlNode
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """The articles of one file, and what is wrong with them."""

    articles: tuple[Article, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_article_file(yaml_file: YamlFile, file: str, law: str, vocabulary: Vocabulary) -> ArticleFile:
    """The articles in the documents of `file`, which stands in the folder of `law`."""
    faults: Faults = []
    lines = yaml_file.text.split("\n")
    documents = [node for node in yaml_file.documents if not _is_empty(node)]
    if not documents:
        faults.append(empty_file(file, "write `law`, `article`, `title` and `rules`"))
    articles = (_read_article(node, law, vocabulary, lines, faults) for node in documents)
    return ArticleFile(tuple(article for article in articles if article is not None), tuple(faults))


def empty_file(file: str, help: str) -> Diagnostic:
    """The diagnostic for a file with nothing in it."""
    return diagnose("empty-file", "the file says nothing", f"{help}, or delete the file", Span(file, 1, 1, 1, 1))


def _is_empty(node: YamlNode) -> bool:
    return isinstance(node, ScalarNode) and not node.text and node.style == "plain"


def _read_article(node: YamlNode, law: str, vocabulary: Vocabulary, lines: list[str], faults: Faults) -> Article | None:
    mapping = read_mapping(node, "an article", faults)
    if mapping is None:
        return None
    if mapping.get("ask") is not None and mapping.get("rules") is None:
        what, help = "this is a case, and stands among rules", f"move the file to `{law}/cases`"
        faults.append(diagnose("wrong-shape", what, help, mapping.entries[0][0].span))
        return None
    instead = check_keys(mapping, "an article", ARTICLE, faults, elsewhere={"a rule": RULE})
    mapping = recovered(mapping, ARTICLE, elsewhere={"a rule": RULE})
    check_law_name(mapping.get("law"), law, faults)
    number_node, title_node = mapping.get("article"), mapping.get("title")
    number = _read_number(number_node, law, faults) if number_node is not None else None
    title = read_text(title_node, "the article's title", faults) if title_node is not None else None
    if number is None:
        return None
    place = Place(law, number, vocabulary, lines, faults)
    rules_node, gaps_node, excused_node = (mapping.get(key) for key in ("rules", "not_modelled", "excused"))
    if rules_node is None and gaps_node is None and instead.isdisjoint(("rules", "not_modelled")):
        faults.append(
            diagnose(
                "missing-key",
                f"article {number} has neither `rules` nor `not_modelled`",
                "write its rules, or say in `not_modelled` why it has none",
                mapping.entries[0][0].span if mapping.entries else mapping.span,
            )
        )
    read = []
    if isinstance(rules_node, SequenceNode):
        read = [rule for rule in (read_rule(item, place) for item in rules_node.items) if rule is not None]
    elif rules_node is not None:
        wrong_shape(rules_node, "`rules`", "a list of rules", "begin each rule with `- at: …`", faults)
    gaps = _read_gaps(gaps_node, place) if gaps_node is not None else ()
    excused = _read_excuses(excused_node, place) if excused_node is not None else ()
    rules = settle_ids(read, place)
    faults.extend(find_orders_of_themselves(rules))
    faults.extend(_find_modelled(gaps_node, rules, place) if gaps_node is not None else ())
    return Article(law, number, title or "", rules, gaps, excused, mapping.span)


def _read_number(node: YamlNode, law: str, faults: Faults) -> str | None:
    """The article's number: `77`, `16-2`, `addenda-14281/2`."""
    text = node.text if isinstance(node, ScalarNode) else ""
    try:
        citation = parse_citation(text, law=law)
        if citation == Citation(law, text) and not re.match(r"0\d", text):
            return text
    except CitationError:
        pass  # told below, with what an article's number looks like
    meant = tuple(
        dict.fromkeys(one.split("(")[0].split(".")[0].lstrip("0") or "0" for one in as_citations(text, law, ""))
    )
    faults.append(
        diagnose(
            "bad-citation",
            f"`article` is the number of an article, not {describe(node)}",
            f"write `article: {meant[0]}`; places within it stand under `at`"
            if len(meant) == 1
            else "write it as `77`, `16-2` or `addenda-14281/2`",
            node.span,
        )
    )
    return None


def _read_gaps(node: YamlNode, place: Place) -> tuple[tuple[Citation, str], ...]:
    """`not_modelled`: places of the article, and why each has no rules."""
    mapping = read_mapping(node, "`not_modelled`", place.faults)
    gaps = []
    for key, value in mapping.entries if mapping is not None else ():
        reason = read_sentence(value, f"the reason for `{key.text}`", place.faults)
        try:
            citation = parse_citation(key.text, law=place.law, article=place.article)
        except CitationError as error:
            place.faults.append(
                diagnose("bad-citation", f"`not_modelled`: {error}", "write the place: `(2)`, `(1) proviso`", key.span)
            )
            continue
        if (citation.law, citation.article) != (place.law, place.article):
            message = f"`not_modelled` names {citation}, but the document is article {place.article}"
            place.faults.append(diagnose("bad-citation", message, "say it in the document of that article", key.span))
        elif reason is not None:
            gaps.append((citation, reason))
    return tuple(gaps)


def _find_modelled(node: YamlNode, rules: tuple[Rule, ...], place: Place) -> Iterator[Diagnostic]:
    """Places that `not_modelled` names, and at which a rule of the article does something."""
    at = {rule.at: rule for rule in rules if rule.effect not in ("states", "delegate")}
    for key, _ in node.entries if isinstance(node, MappingNode) else ():
        for cited, span in spans_of_ranges(key, place.law, place.article):
            if cited.first in at:
                yield diagnose(
                    "modelled-and-not",
                    f"{cited} is said not to be modelled, and has a rule",
                    "take it out of `not_modelled`; what the rule leaves out is told in its `note`",
                    span,
                    (Label(at[cited.first].span, "the rule is here"),),
                    str(cited),
                )


def _read_excuses(node: YamlNode, place: Place) -> tuple[Excuse, ...]:
    """`excused`: a list of what the rules leave out of the text, each entry for a quantity or for references."""
    if not isinstance(node, SequenceNode):
        wrong_shape(node, "`excused`", "a list of excuses", "begin each with `- at: …`", place.faults)
        return ()
    found: dict[tuple[object, ...], Excuse] = {}
    for item in node.items:
        excuse = _read_excuse(item, place)
        if excuse is None:
            continue
        first = found.setdefault((excuse.at, excuse.quantity, excuse.references), excuse)
        if first is not excuse:
            what = f"`{excuse.quantity}`" if excuse.quantity else "a reference"
            message = f"{what} at {excuse.at} is excused twice"
            label = Label(first.span, "the other is here")
            fault = diagnose(
                "duplicate-declaration", message, "keep one of them, with both reasons", excuse.span, (label,)
            )
            place.faults.append(fault)
    return tuple(found.values())


def _read_excuse(node: YamlNode, place: Place) -> Excuse | None:
    mapping = read_mapping(node, "an excuse", place.faults)
    if mapping is None:
        return None
    instead = check_keys(mapping, "an excuse", EXCUSE, place.faults)
    mapping = recovered(mapping, EXCUSE)
    at_node, quantity_node, reference_node, reason_node = (mapping.get(key) for key in EXCUSE.keys)
    if (quantity_node is None) == (reference_node is None):
        both = quantity_node is not None
        if not both and not instead.isdisjoint(("quantity", "reference")):
            return None
        place.faults.append(
            diagnose(
                "wrong-shape" if both else "missing-key",
                "an excuse has `quantity` and `reference`" if both else "an excuse lacks `quantity` or `reference`",
                "write an entry for each" if both else "say what of the text the rules leave out",
                mapping.entries[0][0].span if mapping.entries else mapping.span,
            )
        )
        return None
    faults, law, article = place.faults, place.law, place.article
    at = read_citation(at_node, "`at` of an excuse", law, article, faults) if at_node is not None else None
    reason = read_sentence(reason_node, "the reason of an excuse", faults) if reason_node is not None else None
    quantity = read_text(quantity_node, "`quantity`", faults) if quantity_node is not None else ""
    if reference_node is not None:
        read_some(reference_node, "`reference`", faults)
    ranges = read_ranges(reference_node, "`reference`", law, article, faults) if reference_node is not None else ()
    if at is None or reason is None or quantity is None or not (quantity or ranges):
        return None
    return Excuse(at, quantity, ranges, reason, mapping.span)
