"""One file as it stands in the editor: its documents, its rules or cases, and what is wrong with it by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mutandis.diagnostics import Diagnostic, sort_diagnostics
from mutandis.rulebook.case_file import CaseFile, is_case_file
from mutandis.rulebook.model import Article, Rule
from mutandis.rulebook.rereading import Rereading
from mutandis.rulebook.yaml_source import YamlNode
from mutandis.source import Span
from mutandis_tools.opening import Opened, read_case


@dataclass(frozen=True)
class Sheet:
    """A file of a rulebook, read against the rulebook as it last stood.

    `text` has LF line ends. Rows and columns count from 0, columns in characters.
    """

    name: str
    text: str
    documents: Sequence[YamlNode] = ()
    articles: tuple[Article, ...] = ()
    cases: tuple[CaseFile, ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends."""
        return tuple(self.text.split("\n"))

    def line(self, row: int) -> str:
        """One line; empty beyond the last."""
        return self.lines[row] if 0 <= row < len(self.lines) else ""

    @property
    def law(self) -> str:
        """The law whose folder the file is in; empty for a file of all laws."""
        return self.name.partition("/")[0] if "/" in self.name else ""

    @property
    def rules(self) -> Iterator[Rule]:
        """The rules of the file, in its order."""
        for article in self.articles:
            yield from article.rules

    def article_at(self, row: int) -> str:
        """The number of the article that the row is in; that of the file's first where it is in none."""
        inside = [a for a in self.articles if a.span.line <= row + 1]
        return inside[-1].number if inside else next((a.number for a in self.articles), "")


def read_sheet(name: str, text: str, opened: Opened, again: Rereading, is_whole: bool) -> Sheet:
    """The file read by itself, against what the rulebook last was; `again` has what it was read as before.

    What a case may say depends on the whole rulebook: until that `is_whole`, a case is not held against it.
    """
    yaml_file = again.yaml(text, name)
    if is_case_file(name):
        read = again.cases(text, name)
        faults = list(read.diagnostics)
        for case in read.cases if is_whole else ():
            faults.extend(read_case(opened, case).diagnostics)
        return Sheet(name, text, yaml_file.documents, (), read.cases, sort_diagnostics(faults))
    if "/" not in name or name.split("/")[1:] in (["law.yaml"], ["vocabulary.yaml"]) or name.startswith("calendar/"):
        return Sheet(name, text, yaml_file.documents, faults=yaml_file.diagnostics)
    if yaml_file.diagnostics and not yaml_file.documents:
        return Sheet(name, text, faults=yaml_file.diagnostics)
    article = again.articles(yaml_file, name, name.partition("/")[0], opened.source.vocabulary)
    faults = [*yaml_file.diagnostics, *article.diagnostics]
    return Sheet(name, text, yaml_file.documents, article.articles, (), sort_diagnostics(faults))


def moved(span: Span, before: Sequence[str], after: Sequence[str]) -> Span | None:
    """Where a stretch of the lines `before` stands in the lines `after`; None where it was changed.

    One stretch of lines is taken to have been changed: what stands above it stays, what stands below it moves along.
    """
    shorter = min(len(before), len(after))
    above = next((row for row in range(shorter) if before[row] != after[row]), shorter)
    most = shorter - above
    below = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    if span.end_line <= above:
        return span
    if span.line > len(before) - below:
        shift = len(after) - len(before)
        return Span(span.file, span.line + shift, span.column, span.end_line + shift, span.end_column)
    return None
