"""Which article of one rulebook is which of the other, and what became of those that only one of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from mutandis.citation import Citation, parse_citation
from mutandis.dataclass import dataclass
from mutandis.rulebook.model import Article
from mutandis_tools.comparison.renaming import Renaming


@dataclass(frozen=True, slots=True)
class ArticlePairs:
    """Articles by their citations (`act/12`).

    `kept` has the new number of each that is there still. `gone` has the articles in which rules of one stand that is
    gone: none where all went with it. `added` has the articles of the older rulebook from which rules of a new one
    came. `in_part` are those gone of whose rules some stand nowhere.
    """

    kept: Mapping[str, str]
    gone: Mapping[str, tuple[str, ...]]
    added: Mapping[str, tuple[str, ...]]
    in_part: frozenset[str]


def pair_articles(old: Mapping[str, Article], new: Mapping[str, Article], renaming: Renaming) -> ArticlePairs:
    """Each with the one of its number, or with one of another number in which all its rules that moved stand.

    For the latter two of three speak: it is under the same heading, neither number has the heading it had, it has the
    same rules and no others. An article without rules is the only one of its law under its heading.
    """
    went = {name: _went(article, renaming) for name, article in old.items()}
    same = {name for name in old if name in new and old[name].title == new[name].title}
    headed = [_only_headed(articles) for articles in (old, new)]
    found: dict[str, str] = {}
    for name, article in old.items():
        there = list(dict.fromkeys(filter(None, went[name])))
        if not article.rules and headed[0].get(under := (article.law, article.title)) == name and under in headed[1]:
            there = [headed[1][under]]
        if len(there) == 1 and there[0] in new:
            other = new[there[0]]
            is_whole = article.law == other.law and "" not in went[name] and len(article.rules) == len(other.rules)
            if sum((other.title == article.title, same.isdisjoint((name, there[0])), is_whole)) > 1:
                found[name] = there[0]
    claimed = Counter(found.values())
    kept = {name: now for name, now in found.items() if claimed[now] == 1}
    taken = set(kept.values())
    kept.update((name, name) for name in old if name in new and name not in kept and name not in taken)
    gone = {name: tuple(dict.fromkeys(filter(None, went[name]))) for name in old if name not in kept}
    came: dict[str, dict[str, None]] = {name: {} for name in new if name not in kept.values()}
    for name, places in went.items():
        for place in filter(None, places):
            if place in came:
                came[place][name] = None
    added = {name: tuple(origins) for name, origins in came.items()}
    return ArticlePairs(kept, gone, added, frozenset(name for name in gone if "" in went[name]))


def _only_headed(articles: Mapping[str, Article]) -> dict[tuple[str, str], str]:
    """Headings that one article of a law alone has, with the law, and that article."""
    many = Counter((one.law, one.title) for one in articles.values())
    return {key: name for name, one in articles.items() if many[key := (one.law, one.title)] == 1}


def told_of_gone(pairs: ArticlePairs, name: str) -> str:
    """Where the rules of an article stand that is gone; empty where it went with them."""
    into = pairs.gone[name]
    if not into:
        return ""
    return f": {'some of ' if name in pairs.in_part else ''}its rules stand in {_listed(into)} now"


def told_of_added(pairs: ArticlePairs, name: str) -> str:
    """Where rules of a new article stood; empty where all of them are new."""
    return f", with rules that stood in {_listed(pairs.added[name])}" if pairs.added[name] else ""


def _went(article: Article, renaming: Renaming) -> tuple[str, ...]:
    """Where each of its rules stands that has another number now; empty for one that has not."""
    return tuple(_article_of(str(rule.at), renaming) for rule in article.rules)


def _article_of(place: str, renaming: Renaming) -> str:
    now = renaming.new_place(place)
    if now == place:
        return ""
    cited = parse_citation(now)
    return str(Citation(cited.law, cited.article))


def _listed(names: Iterable[str]) -> str:
    return " and ".join(names)
