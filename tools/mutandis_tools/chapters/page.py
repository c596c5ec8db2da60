"""The page of one chapter, and the list of all pages, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from mutandis.dataclass import dataclass
from mutandis.link.standings import chapter_of
from mutandis.rulebook.model import Article, Law, Rule
from mutandis_tools.chapters.tables import chapter_tables
from mutandis_tools.chapters.wording import Worded, word_force, word_rule
from mutandis_tools.coverage.provisions import chapter_title
from mutandis_tools.names import Names
from mutandis_tools.report.decision_markdown import escape_markdown

_SECTIONS: Final = (
    ("What must be done", ("must",)),
    ("What may be done", ("may",)),
    ("What must not be done", ("must_not",)),
    ("What need not be done", ("need_not",)),
    ("Within what limits", ("limits",)),
    ("What is meant", ("define", "deem")),
    ("What applies from elsewhere", ("apply",)),
    ("What does not apply", ("disapply",)),
    ("What is punished", ("penalty",)),
    ("What is left to others", ("delegate",)),
)
MADE: Final = "<!-- Made by `mutandis chapters` from the rules. Edit the rules, not this page. -->"


@dataclass(frozen=True, slots=True)
class Page:
    """One file: its name below the folder of all pages, and its text."""

    name: str
    text: str


def chapter_pages(articles: Iterable[Article], laws: Sequence[Law], names: Names) -> tuple[Page, ...]:
    """A page for every chapter, and `README.md` that lists them, in the order of the laws."""
    chapters: dict[tuple[str, str], list[Article]] = {}
    for article in articles:
        chapters.setdefault((article.law, chapter_of(article)), []).append(article)
    pages: list[Page] = []
    index = [MADE, "", "# The chapters", ""]
    for law in laws:
        mine = [(chapter, found) for (of, chapter), found in chapters.items() if of == law.id]
        if not mine:
            continue
        index += [f"## {escape_markdown(law.title)}", ""]
        for chapter, found in mine:
            name = f"{law.id}/{chapter.replace('/', '-') or 'articles'}.md"
            pages.append(Page(name, _page(law, chapter, found, names)))
            index.append(f"- [{escape_markdown(chapter_title(chapter))}]({name}): {_articles(found)}")
        index.append("")
    return (Page("README.md", "\n".join(index)), *pages)


def _articles(articles: Sequence[Article]) -> str:
    numbers = [article.number for article in articles]
    return f"{'articles' if len(numbers) > 1 else 'article'} {', '.join(numbers)}"


def _page(law: Law, chapter: str, articles: Sequence[Article], names: Names) -> str:
    lines = [MADE, "", f"# {escape_markdown(law.short)}: {escape_markdown(chapter_title(chapter))}", ""]
    for article in articles:
        titled = f"Article {article.number}, {article.title}" if article.title else f"Article {article.number}"
        lines.append(f"- {escape_markdown(titled)}")
    rules = [rule for article in articles for rule in article.rules]
    for title, effects in _SECTIONS:
        found = [rule for rule in rules if rule.effect in effects and not rule.opaque]
        if found:
            lines += ["", f"## {title}", ""]
            for rule in found:
                lines.extend(_rule(rule, names))
    lines += chapter_tables(rules, names)
    lines += _earlier([rule for rule in rules if rule.opaque], names)
    left = [(place, reason) for article in articles for place, reason in article.not_modelled]
    if left:
        lines += ["", "## What the rules leave out", ""]
        lines += [f"- {names.provision(str(place))}: {escape_markdown(reason)}" for place, reason in left]
    return "\n".join([*lines, ""])


def _earlier(rules: Sequence[Rule], names: Names) -> Iterator[str]:
    """The wordings that the rulebook does not hold, in a line each: of what, where, until when, and why."""
    if not rules:
        return
    yield from ("", "## Earlier wordings that are not held", "")
    for rule in rules:
        worded, force = word_rule(rule, names), ", ".join(word_force(rule))
        told = f"**{escape_markdown(worded.what)}**, {escape_markdown(worded.place)}, {escape_markdown(force)}"
        yield f"- {told}: {escape_markdown(rule.opaque)}"


def _rule(rule: Rule, names: Names) -> Iterator[str]:
    worded = word_rule(rule, names)
    yield f"- **{escape_markdown(_head(worded))}**, {escape_markdown(worded.place)}. {escape_markdown(worded.summary)}"
    for one in worded.lines:
        indent = len(one) - len(one.lstrip())
        yield f"  {' ' * indent}- {escape_markdown(one.strip())}"


def _head(worded: Worded) -> str:
    return f"{worded.what} ({worded.who})" if worded.who else worded.what
