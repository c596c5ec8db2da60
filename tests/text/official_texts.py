"""The official texts, where a checkout has them: beside it in `../shared/sources`, or where `MUTANDIS_TEXTS` points."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from mutandis_text.document import StatuteDocument
from mutandis_text.structure.load import load_statute

LAWS = ("act", "juvenile-decree", "probation-decree")


def texts_folder() -> Path:
    """The folder that holds the texts; it need not exist."""
    named = os.environ.get("MUTANDIS_TEXTS")
    return Path(named) if named else Path(__file__).resolve().parents[3] / "shared" / "sources"


@cache
def _read(path: Path) -> StatuteDocument:
    return load_statute(path)


def official_text(law: str) -> StatuteDocument:
    """The document of a law; skips the test where the text is absent."""
    path = texts_folder() / f"{law}.txt"
    if not path.is_file():
        pytest.skip(f"the official text {path.name} is not here; set MUTANDIS_TEXTS to its folder")
    return _read(path)
