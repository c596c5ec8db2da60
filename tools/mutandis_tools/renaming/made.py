"""What every renaming gives, and how it is held against the rulebook as it was, or read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, MutandisError, Severity
from mutandis.rulebook.format import format_file
from mutandis.rulebook.rereading import Rereading
from mutandis.source import Span
from mutandis_tools.opening import Opened, find_faults
from mutandis_tools.renaming.image import is_image
from mutandis_tools.renaming.part import Change

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


def renaming(part: Opened, spans: Iterable[Span], change: Change, read: Read, again: Rereading) -> Renaming:
    """The new name in the place of the old one, which stands at each of the places.

    `part` has the files that say either. Raises `RenamingError` where the rulebook would then have errors. `read` reads
    it as it would be, which is done only where it is not sure to be what it was.
    """
    made = laid_out(part.files, put_in_place(part, [(spans, change.old, change.new)]), again)
    if not is_image(part, made.texts, change, again):
        refuse_errors(find_faults(read(made.texts)))
    return made


def laid_out(files: Mapping[str, str], made: Renaming, again: Rereading) -> Renaming:
    """The texts laid out anew where those of `files` were: a condition may have become too long for its line."""

    def canonical(text: str, file: str) -> str:
        return format_file(text, file, again.yaml(text, file)).text

    written = {
        file: canonical(text, file) if canonical(files[file], file) == files[file] else text
        for file, text in made.texts.items()
    }
    return Renaming(written, made.places)


def put_in_place(opened: Opened, named: Iterable[tuple[Iterable[Span], str, str]]) -> Renaming:
    """Each new name in the place of the old one, which stands at each of its places; nothing is checked."""
    places: dict[str, dict[tuple[int, int], tuple[str, str]]] = {}
    for spans, old, new in named:
        for span in spans:
            places.setdefault(span.file, {})[span.line, span.column] = old, new
    files = opened.files
    written = {file: _written(files[file], places[file]) for file in sorted(places)}
    return Renaming(written, sum(map(len, places.values())))


def _written(text: str, places: Mapping[tuple[int, int], tuple[str, str]]) -> str:
    lines = text.split("\n")
    for (row, column), (old, new) in sorted(places.items(), reverse=True):
        line = lines[row - 1]
        assert line[column - 1 : column - 1 + len(old)] == old, f"{row}:{column} of {line!r} is not `{old}`"
        lines[row - 1] = line[: column - 1] + new + line[column - 1 + len(old) :]
    return "\n".join(lines)


def refuse_errors(found: Iterable[Diagnostic]) -> None:
    """Raise `RenamingError` with the first error of what was found in the rulebook as it would be."""
    wrong = next((one for one in found if one.severity is Severity.ERROR), None)
    if wrong is not None:
        raise RenamingError(f"the rulebook would not read: {wrong.span}: {wrong.message}", wrong.help)
