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


def rulebook_folder() -> Traversable:
    """The rulebook that ships with the library."""
    return data_folder("rulebook")


def schema_text(name: str) -> str:
    """The text of the JSON Schema `name`, e.g. `rule`. Raises `FileNotFoundError` if there is none."""
    return data_folder("schemas").joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
