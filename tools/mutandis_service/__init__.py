"""Decisions over HTTP: `mutandis serve`, and `create_app` for a program that serves them with its own authentication.

The service puts the questions of the engine's API to rulebooks that were loaded once. It needs the extra
`mutandis[serve]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutandis.diagnostics import MutandisError

if TYPE_CHECKING:
    from mutandis_service.app import create_app as create_app
    from mutandis_service.callers import Caller as Caller
    from mutandis_service.settings import Settings as Settings

_HOMES = {
    "Caller": "mutandis_service.callers",
    "Settings": "mutandis_service.settings",
    "create_app": "mutandis_service.app",
}

__all__ = ["Caller", "Settings", "create_app"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `mutandis_service` has no attribute `{name}`")
    from importlib import import_module

    try:
        return getattr(import_module(home), name)
    except ModuleNotFoundError as missing:
        raise MutandisError(
            f"the service needs {missing.name}, which is not installed: `pip install 'mutandis[serve]'`"
        ) from missing
