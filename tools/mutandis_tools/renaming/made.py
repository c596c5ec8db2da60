"""What every renaming gives, and how it is held against the rulebook: the texts as they would be are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, MutandisError, Severity
from mutandis.rulebook.format import format_file
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


def renaming(opened: Opened, spans: Iterable[Span], old: str, new: str, read: Read) -> Renaming:
    """`new` in the place of `old`, which stands at each of the places.

    Raises `RenamingError` where the rulebook would then have errors. `read` reads it as it would be.
    """
    made, files = put_in_place(opened, [(spans, old, new)]), opened.files
    written = dict(made.texts)
    for file, text in made.texts.items():
        # A condition may have become too long for its line, in a file that was laid out before.
        if format_file(files[file], file).text == files[file]:
            written[file] = format_file(text, file).text
    _check(opened, written, read)
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


def _check(opened: Opened, written: Mapping[str, str], read: Read) -> None:
    """Read the rulebook as it would be, and compare what is wrong in it with what was."""
    wrong: Sequence[Diagnostic] = [d for d in find_faults(read(written)) if d.severity is Severity.ERROR]
    if wrong:
        raise RenamingError(f"the rulebook would not read: {wrong[0].span}: {wrong[0].message}", wrong[0].help)
