"""The official wording of provisions, read from the texts of the laws where a person has them.

The texts are never part of a rulebook. `MUTANDIS_TEXTS` names a folder with one file for each law, `act.txt` for the
law `act`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from mutandis.citation import Citation, CitationError, parse_citation

VARIABLE = "MUTANDIS_TEXTS"


def wordings_of(path: Path, law: str) -> dict[Citation, str]:
    """What each provision of the law's text says itself, without what stands inside it."""
    # Imported here: most of what the tools do needs no text.
    from mutandis_text.comparison.units import own_wording
    from mutandis_text.document import walk_units
    from mutandis_text.structure.load import load_statute

    found: dict[Citation, str] = {}
    for unit in walk_units(load_statute(path, law)):
        try:
            citation = parse_citation(unit.id)
        except CitationError:
            continue
        if unit.sentence is not None:
            found[citation] = unit.sentence.text
            continue
        heading = f"({unit.provision.heading}) " if unit.provision.heading else ""
        state = "" if unit.provision.is_live else unit.provision.status.value
        found[citation] = f"{heading}{own_wording(unit.provision)}{state}".strip()
    return found


class OfficialTexts:
    """The wordings of the laws whose texts a person has, each law read once; none where no folder is named."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        named = environment.get(VARIABLE, "")
        self._folder = Path(named) if named else None
        self._read: dict[str, dict[Citation, str]] = {}

    def read(self, law: str) -> None:
        """Read the law's text, if there is one and it was not read yet. One that cannot be read counts as none."""
        if self._folder is None or law in self._read:
            return
        path = self._folder / f"{law}.txt"
        try:
            self._read[law] = wordings_of(path, law) if path.is_file() else {}
        except (OSError, UnicodeDecodeError):
            self._read[law] = {}

    def wording(self, place: Citation) -> str:
        """What the provision says, of a law whose text was read; empty where it is not known."""
        known = self._read.get(place.law, {})
        return known.get(place, "") or known.get(place.without_sentence(), "")
