"""Builds the document from the masked lines: a state machine over the levels of a statute.

Under construction.
"""

from __future__ import annotations

from mutandis_tools.text.document import StatuteDocument


def read_statute(text: str, law: str, file: str = "") -> StatuteDocument:
    """Read a consolidated statute; what cannot be placed is told in the document's diagnostics, never dropped."""
    raise NotImplementedError
