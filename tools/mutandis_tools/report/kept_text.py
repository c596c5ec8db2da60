"""What a report tells, as it is kept on a shelf: what was worked out of two rulebooks is told again at once."""

from __future__ import annotations

from typing import Any

from mutandis.dataclass import dataclass
from mutandis_tools.report.lines import Line, Piece
from mutandis_tools.store.files import Shelf


@dataclass(frozen=True, slots=True)
class Told:
    """The lines of a report, whether it tells of any difference, and the same as JSON where that was asked for."""

    lines: tuple[Line, ...]
    differs: bool
    data: str = ""


def fetch_told(shelf: Shelf, part: str) -> Told | None:
    """What was kept under the name `part`; None where nothing was."""
    kept = shelf.fetch(part)
    if kept is None:
        return None
    record: Any = kept.record("whole", "told")
    return Told(
        tuple(tuple(Piece(*piece) for piece in one) for one in record["lines"]), record["differs"], record["data"]
    )


def keep_told(shelf: Shelf, part: str, told: Told) -> None:
    """Keep what is told, each stretch with its style."""
    lines = [[[piece.text, piece.style, piece.hangs] for piece in one] for one in told.lines]
    shelf.keep(part, {"whole": {"told": {"lines": lines, "differs": told.differs, "data": told.data}}})
