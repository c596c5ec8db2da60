"""The page of one chapter, and the list of all pages, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mutandis.condition.tree import Fact
from mutandis.dataclass import dataclass
from mutandis.link.standings import chapter_of
from mutandis.rulebook.law import Law
from mutandis.rulebook.model import Article, Rule
from mutandis_tools.chapters.tables import chapter_tables
from mutandis_tools.chapters.wording import GOES_ON, Worded, goes_on, word_force, word_rule
from mutandis_tools.coverage.provisions import chapter_title
from mutandis_tools.names import Names
from mutandis_tools.report.decision_markdown import escape_markdown

_LASTING: Final = "What must be done as long as the grounds hold"
_SECTIONS: Final = (
    ("What must be done", ("must",)),
    (_LASTING, ("must",)),
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
_MARK: Final = "°"
"""Stands at a rule that asks what the head of the page says; twice for the second fact that it says, and so on."""
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
            index.append(f"- [{escape_markdown(chapter_title(chapter))}]({name}): {_articles(found, law, names)}")
        index.append("")
    return (Page("README.md", "\n".join(index)), *pages)


def _articles(articles: Sequence[Article], law: Law, names: Names) -> str:
    if all(map(_is_addenda, articles)):
        return ", ".join(escape_markdown(_called(article, law, names)) for article in articles)
    numbers = [article.number for article in articles]
    return f"{'articles' if len(numbers) > 1 else 'article'} {', '.join(numbers)}"


def _page(law: Law, chapter: str, articles: Sequence[Article], names: Names) -> str:
    lines = [MADE, "", f"# {escape_markdown(law.short)}: {escape_markdown(chapter_title(chapter))}", ""]
    for article in articles:
        lines.append(f"- {escape_markdown(_titled(article, law, names))}")
    rules = [rule for article in articles for rule in article.rules]
    marks = _marks(rules, names)
    for fact, mark in marks.items():
        lines += [
            "",
            f"{mark} asks that {escape_markdown(names.statement(fact))}. That is presumed where nothing is said.",
        ]
    for title, effects in _SECTIONS:
        listed = [rule for rule in rules if rule.effect in effects and not rule.opaque]
        found = [rule for rule in listed if goes_on(rule, names) == (title == _LASTING)]
        if found:
            lines += ["", f"## {title}", ""]
            for rule in found:
                lines.extend(_rule(rule, names, marks))
    lines += _laid_down(rules, names)
    lines += chapter_tables(rules, names)
    lines += _earlier([rule for rule in rules if rule.opaque], names)
    left = [(place, reason) for article in articles for place, reason in article.not_modelled]
    if left:
        lines += ["", "## What the rules leave out", ""]
        lines += [f"- {names.provision(str(place))}: {escape_markdown(reason)}" for place, reason in left]
    return "\n".join([*lines, ""])


def _laid_down(rules: Sequence[Rule], names: Names) -> Iterator[str]:
    """What provisions say that binds nobody by itself, in a line each: days of entry into force, what a year is."""
    stated = [rule for rule in rules if rule.effect == "states"]
    if stated:
        yield from ("", "## What is laid down", "")
        yield from (
            f"- {escape_markdown(names.provision(str(rule.at)))}. {escape_markdown(rule.summary)}" for rule in stated
        )


def _is_addenda(article: Article) -> bool:
    return article.number.startswith("addenda")


def _called(article: Article, law: Law, names: Names) -> str:
    """An article as it is cited within its law."""
    return names.provision(f"{article.law}/{article.number}").removeprefix(law.short).strip()


def _titled(article: Article, law: Law, names: Names) -> str:
    """`Article 30, Duty of care`, and of addenda, as they are cited: `Addenda of No. 8728, Art. 2, Money`."""
    called = _called(article, law, names) if _is_addenda(article) else f"Article {article.number}"
    return f"{called}, {article.title}" if article.title else called


def _earlier(rules: Sequence[Rule], names: Names) -> Iterator[str]:
    """The wordings that the rulebook does not hold, in a line each: of what, where, until when, and why."""
    if not rules:
        return
    yield from ("", "## Earlier wordings that are not held", "")
    for rule in rules:
        worded, force = word_rule(rule, names), ", ".join(word_force(rule))
        told = f"**{escape_markdown(worded.what)}**, {escape_markdown(worded.place)}, {escape_markdown(force)}"
        yield f"- {told}: {escape_markdown(rule.opaque)}"


def _marks(rules: Iterable[Rule], names: Names) -> dict[str, str]:
    """A mark for each fact that rules ask of somebody as a matter of course, as it is presumed: that an inmate is held.

    It is said once, at the head of the page, and not at each of its rules.
    """
    asked = dict.fromkeys(fact for rule in rules if not rule.opaque for fact in _taken_for_granted(rule, names))
    return {fact: _MARK * (place + 1) for place, fact in enumerate(asked)}


def _taken_for_granted(rule: Rule, names: Names) -> list[str]:
    """The facts that the rule asks outright, of a role, and that are presumed of it."""
    vocabulary = names.vocabulary
    asked = [one.name for one in rule.when if isinstance(one, Fact)]
    return [name for name in asked if vocabulary.facts[name].presume is True and vocabulary.is_of_role(name)]


def _rule(rule: Rule, names: Names, marks: Mapping[str, str]) -> Iterator[str]:
    granted = _taken_for_granted(rule, names)
    when = tuple(one for one in rule.when if not (isinstance(one, Fact) and one.name in granted))
    worded = word_rule(replace(rule, when=when), names)
    marked = "".join(f" {marks[fact]}" for fact in granted)
    place = f"{escape_markdown(worded.place)}{marked}"
    yield f"- **{escape_markdown(_head(worded))}**, {place}. {escape_markdown(worded.summary)}"
    for one in worded.lines:
        if one == GOES_ON:  # the heading says so
            continue
        indent = len(one) - len(one.lstrip())
        yield f"  {' ' * indent}- {escape_markdown(one.strip())}"


def _head(worded: Worded) -> str:
    return f"{worded.what} ({worded.who})" if worded.who else worded.what
