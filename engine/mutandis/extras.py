"""What a package has that needs an extra: imported when it is first asked for, with a sentence where it is absent."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from mutandis.errors import MutandisError


def attribute_of(package: str, homes: Mapping[str, str], name: str, needed: str, extra: str) -> object:
    """What the package calls `name`, out of the module that `homes` says; `needed` is what needs the extra.

    Raises `AttributeError` for another name, and `MutandisError` where a module of others is not installed.
    """
    home = homes.get(name)
    if home is None:
        raise AttributeError(f"module `{package}` has no attribute `{name}`")
    try:
        return getattr(import_module(home), name)
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.startswith("mutandis"):
            raise  # one of our own: no extra has it
        absent = f"{needed} needs {missing.name}, which is not installed"
        raise MutandisError(f"{absent}: `pip install 'mutandis[{extra}]'`") from missing
