"""What linking finds only because a file could not be read in full: the error that kept it is told, this is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mutandis.citation import Citation
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.rulebook.model import Source
from mutandis.source import Span

_ALWAYS_TOLD = frozenset({"circle", "too-many-instances"})


def without_consequences(diagnostics: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """The diagnostics, sorted, less warnings and notes that lie in a file with errors or look into one.

    A vocabulary or law file with errors is looked into by everything: then errors are not told either. Rules whose
    order names a provision that does not exist are not told to be unordered.
    """
    diagnostics = tuple(diagnostics)
    dangling = [found.span for found in diagnostics if found.slug == "dangling-citation"]
    if dangling:
        diagnostics = tuple(found for found in diagnostics if not _waits_for(found, dangling))
    faulty = faulty_files(source)
    if not faulty:
        return sort_diagnostics(diagnostics)
    everywhere = any(file.rpartition("/")[2] in ("vocabulary.yaml", "law.yaml") for file in faulty)

    def is_told(found: Diagnostic) -> bool:
        places = {found.span.file, *(label.span.file for label in found.labels)}
        if found.slug in _ALWAYS_TOLD:
            return True
        return not everywhere and (found.severity is Severity.ERROR or not places & faulty)

    return sort_diagnostics(found for found in diagnostics if is_told(found))


def _waits_for(found: Diagnostic, dangling: Iterable[Span]) -> bool:
    """True for a pair of rules without an order, of which one has an order that leads nowhere."""
    return found.slug == "unordered-power-and-ban" and any(
        place.file == rule.file
        and (rule.line, rule.column) <= (place.line, place.column)
        and (place.end_line, place.end_column) <= (rule.end_line, rule.end_column)
        for rule in (label.span for label in found.labels)
        for place in dangling
    )


def half_read(source: Source) -> Callable[[Citation], bool]:
    """True for a provision whose article lies in a file with errors, or may lie in one that gave no article."""
    faulty = faulty_files(source)
    file_of = {(article.law, article.number): article.span.file for article in source.articles}
    silent = {file.partition("/")[0] for file in faulty - set(file_of.values())}

    def is_half_read(cited: Citation) -> bool:
        file = file_of.get((cited.law, cited.article))
        return file in faulty if file is not None else cited.law in silent

    return is_half_read


def faulty_files(source: Source) -> frozenset[str]:
    """The files with errors."""
    return frozenset(d.span.file for d in source.diagnostics if d.severity is Severity.ERROR)
