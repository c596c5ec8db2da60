"""Which provision somebody meant who gave a fact one that no law of the rulebook has. Only for help lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutandis.citation import Citation, CitationError, Listed, parse_citation
from mutandis.rulebook.meant import as_citation
from mutandis.suggest import nearest_names, suggest


def absent(cited: Citation, listed: Listed) -> tuple[str, str]:
    """What is not there, the law, the article or the place, and what to do."""
    law = listed.get(cited.law)
    if law is None:
        otherwise = f"the rulebook has {', '.join(listed) or 'no laws'}; a provision of other law is `ext:name/…`"
        return f"the rulebook has no law `{cited.law}`", suggest(nearest_names(cited.law, listed), otherwise)
    article = cited.article_citation()
    inside = [one for one in law if parse_citation(one).article == cited.article]
    if inside:
        near = nearest_names(str(cited), inside) or inside[:3]
        return f"there is no provision {cited}", suggest(near, "")
    articles = [one for one in law if not parse_citation(one).place]
    regular = [one for one in articles if "addenda-" not in one]
    otherwise = f"{cited.law} has its articles from {regular[0]} to {regular[-1]}" if regular else "correct the number"
    return f"there is no provision {article}", suggest(nearest_names(str(article), articles), otherwise)


def meant_by(text: str, listed: Listed | None) -> str:
    """The help line for a text that is no citation with its law: how it is written, where that can be told."""
    found = [f"`{one}`" for one in dict.fromkeys(_meant(text, listed or {}))]
    if not found:
        return "give it with its law, e.g. `act/95(1)1`"
    listing = f"{', '.join(found[:-1])} or {found[-1]}" if found[1:] else found[0]
    return f"a fact names a provision with its law: write {listing}"


def _meant(text: str, listed: Listed) -> Iterator[str]:
    """The provisions that the text may name: of the law that it calls by name, or of each law that has such a place."""
    for law in listed:
        words = re.compile(rf"\b{law.replace('-', '[ _-]')}\b,?", re.IGNORECASE)
        if words.search(text):
            text = re.sub(r"\s+of(\s+the)?$", "", words.sub("", text).strip())
            laws = [law]
            break
    else:
        laws = [law for law in listed if listed[law]]
    for law in laws:
        try:
            cited = parse_citation(as_citation(text.strip(" /")), law=law)
        except CitationError:
            continue
        if not listed[law] or str(cited) in listed[law]:
            yield str(cited)
