"""What was worked out from the program's own code, and from texts by their hash: kept beside the rulebooks.

Each part is good for the code it was worked out by, and for no other.
"""

from __future__ import annotations

from mutandis_tools.store.files import PROGRAM, Shelf, code_state


def fetch_of_program(part: str) -> object | None:
    """The part as this very program kept it; None where it did not."""
    kept = Shelf(PROGRAM).fetch(part)
    if kept is None or kept.record("whole", "code") != code_state().hex():
        return None
    return kept.record("whole", "said")


def keep_of_program(part: str, said: object) -> None:
    """Keep the part, data in JSON's own types, in the place of what was there."""
    Shelf(PROGRAM).keep(part, {"whole": {"code": code_state().hex(), "said": said}})
