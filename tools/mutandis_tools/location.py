"""Which rulebook is meant, in one order for every command.

What was named (an argument, `--rulebook`), the variable `MUTANDIS_RULEBOOK`, the rulebook that the file in hand lies
in, the one a person stands in, the one that ships with the program.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis.resources import rulebook_folder, rulebook_names

VARIABLE = "MUTANDIS_RULEBOOK"

_LAW_FILE = "law.yaml"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a rulebook is and why that one is meant; without a `path`, the one that ships.

    `path` is a folder, or a bundle's file.
    """

    path: Path | None
    reason: Literal["named", "variable", "around the file", "around", "shipped"]

    @property
    def is_bundle(self) -> bool:
        """True for a rulebook in one file."""
        return self.path is not None and self.path.is_file()

    @property
    def shown(self) -> str:
        """The path as a person is told of it: relative to where they stand, where it lies below; empty: shipped."""
        if self.path is None:
            return ""
        here, path = Path.cwd(), self.path.resolve()
        return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

    @property
    def told(self) -> str:
        """Where it is, in words."""
        return self.shown or "shipped with the program"


class NoRulebookError(Exception):
    """There is no rulebook where one was named; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def locate_rulebook(
    named: Path | None = None, beside: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Location:
    """The rulebook that is meant. `beside` is the file in hand: a case, a rule file.

    Raises `NoRulebookError` if what was named, or the variable names, is none.
    """
    if named is not None:
        return Location(_checked(named, ""), "named")
    if environment.get(VARIABLE):
        return Location(_checked(Path(environment[VARIABLE]), f", which {VARIABLE} names"), "variable")
    if beside is not None and (around := find_around(beside.resolve().parent)) is not None:
        return Location(around, "around the file")
    if (around := find_around(Path.cwd())) is not None:
        return Location(around, "around")
    return Location(None, "shipped")


def is_rulebook(folder: Path) -> bool:
    """True for a folder that holds a law."""
    return folder.is_dir() and _holds_a_law(folder)


def is_part(path: Path) -> bool:
    """True for what lies in a rulebook and is none: a file in YAML, the folder of a law or one below it."""
    if path.is_file():
        return path.suffix in (".yaml", ".yml")
    return path.is_dir() and not is_rulebook(path) and find_around(path.resolve()) is not None


def yaml_files_below(folder: Path) -> list[Path]:
    """Every file in YAML in the folder and in those below it, in order."""
    return sorted(found for found in folder.rglob("*.y*ml") if found.suffix in (".yaml", ".yml"))


def find_around(folder: Path) -> Path | None:
    """The rulebook that `folder` is, or lies in; None if there is none up to the root."""
    for place in (folder, *folder.parents):
        if (place / _LAW_FILE).is_file():
            return place.parent
        if _holds_a_law(place):
            return place
    return None


def _holds_a_law(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.is_dir() and Path(entry.path, _LAW_FILE).is_file() for entry in entries)
    except OSError:  # a folder on the way up that may not be looked into is no rulebook of this person
        return False


def _checked(path: Path, named_by: str) -> Path:
    if not path.exists():
        names = rulebook_names()
        if str(path) in names:
            return Path(str(rulebook_folder(str(path))))
        if path.suffix == ".bundle":
            raise NoRulebookError(f"there is no bundle `{path}`{named_by}", "write one with `mutandis bundle`")
        known = f", or the name of one that ships: {', '.join(names)}" if names else ""
        raise NoRulebookError(
            f"there is no rulebook folder `{path}`{named_by}",
            f"give the folder that holds `vocabulary.yaml` and a folder for each law, or a bundle{known}",
        )
    if path.is_dir() and (path / _LAW_FILE).is_file():
        raise NoRulebookError(f"`{path}`{named_by} is the folder of one law", f"its rulebook is `{path.parent}`")
    if path.is_dir() and not (path / "vocabulary.yaml").exists() and not any(path.glob("*/*.y*ml")):
        raise NoRulebookError(
            f"the folder `{path}`{named_by} holds no rulebook",
            "a rulebook has a folder for each law, with `law.yaml`, `vocabulary.yaml` and the rule files",
        )
    return path
