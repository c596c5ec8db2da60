"""What linking gives."""

from __future__ import annotations

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic
from mutandis.link.program import Program


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking gives: the program, unless an error stands in its way, and every finding of linking."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
