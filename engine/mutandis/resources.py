"""Where the data that ships with the library is found.

The packaged `mutandis/_data` first, then the checkout this file stands in. No other module computes a path.
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def data_folder(name: str) -> Traversable:
    """The folder `rulebook` or `schemas`. Raises `FileNotFoundError` if the installation has neither form of it."""
    packaged = files("mutandis").joinpath("_data").joinpath(name)
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).parents[2].joinpath(name)
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"the installation has no `{name}` data")


def rulebook_folder(name: str = "") -> Traversable:
    """The rulebook that ships with the library, or the one of this name that ships beside it.

    Raises `FileNotFoundError` where none of that name ships.
    """
    if name and name not in rulebook_names():
        raise FileNotFoundError(f"no rulebook called `{name}` ships with the library")
    return data_folder("rulebook").joinpath(name) if name else data_folder("rulebook")


def rulebook_names() -> tuple[str, ...]:
    """The names of the rulebooks that ship besides the one that is meant where none is named."""
    return tuple(sorted(entry.name for entry in data_folder("rulebook").iterdir() if is_rulebook_of_its_own(entry)))


def is_rulebook_of_its_own(folder: Traversable) -> bool:
    """True for a folder that is no law's and holds the folder of one: a rulebook, also within another."""
    if not folder.is_dir() or folder.joinpath("law.yaml").is_file():
        return False
    return any(entry.is_dir() and entry.joinpath("law.yaml").is_file() for entry in folder.iterdir())


def schema_text(name: str) -> str:
    """The text of the JSON Schema `name`, e.g. `rule`. Raises `FileNotFoundError` if there is none."""
    return data_folder("schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
