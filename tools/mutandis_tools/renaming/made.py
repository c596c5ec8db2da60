"""What every renaming gives, and how it is held against the rulebook: the texts as they would be are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, MutandisError, Severity
from mutandis.link.linker import link
from mutandis.rulebook.case_file import CasesRead, is_case_file, read_cases
from mutandis.rulebook.format import format_file
from mutandis.rulebook.load import load_text
from mutandis.source import Span
from mutandis_tools.opening import Opened, find_faults

Read = Callable[[Mapping[str, str]], Opened]
"""The rulebook as it would be with these texts in the place of what its files have."""


class RenamingError(MutandisError):
    """A name that cannot be given; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Renaming:
    """The texts of the files that change, and in how many places they do."""

    texts: Mapping[str, str]
    places: int


def renaming(opened: Opened, spans: Iterable[Span], old: str, new: str, read: Read | None = None) -> Renaming:
    """`new` in the place of `old`, which stands at each of the places.

    Raises `RenamingError` where the rulebook would then have errors. `read` reads it as it would be.
    """
    places: dict[str, set[tuple[int, int]]] = {}
    for span in spans:
        places.setdefault(span.file, set()).add((span.line, span.column))
    texts = {file: opened.files[file] for file in places}
    written = {file: _written(texts[file], places[file], old, new) for file in sorted(places)}
    for file, text in written.items():
        # A condition may have become too long for its line, in a file that was laid out before.
        if format_file(texts[file], file).text == texts[file]:
            written[file] = format_file(text, file).text
    _check(opened, written, read)
    return Renaming(written, sum(map(len, places.values())))


def _written(text: str, places: Iterable[tuple[int, int]], old: str, new: str) -> str:
    lines = text.split("\n")
    for row, column in sorted(places, reverse=True):
        line = lines[row - 1]
        assert line[column - 1 : column - 1 + len(old)] == old, f"{row}:{column} of {line!r} is not `{old}`"
        lines[row - 1] = line[: column - 1] + new + line[column - 1 + len(old) :]
    return "\n".join(lines)


def _check(opened: Opened, written: Mapping[str, str], read: Read | None) -> None:
    """Read the rulebook as it would be, and compare what is wrong in it with what was."""
    after = read(written) if read is not None else _read(opened, written)
    wrong: Sequence[Diagnostic] = [d for d in find_faults(after) if d.severity is Severity.ERROR]
    if wrong:
        raise RenamingError(f"the rulebook would not read: {wrong[0].span}: {wrong[0].message}", wrong[0].help)


def _read(opened: Opened, written: Mapping[str, str]) -> Opened:
    texts = {**opened.files, **written}
    source = load_text(texts)
    linked = link(source, opened.locks)
    read = [read_cases(text, file) for file, text in texts.items() if is_case_file(file)]
    cases = CasesRead(
        tuple(case for one in read for case in one.cases), tuple(d for one in read for d in one.diagnostics), {}
    )
    return replace(opened, source=source, linked=linked, cases=cases)
