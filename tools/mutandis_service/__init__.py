"""Decisions over HTTP: `mutandis serve`, and `create_app` for a program that serves them with its own authentication.

The service puts the questions of the engine's API to rulebooks that were loaded once. It needs the extra
`mutandis[serve]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutandis.extras import attribute_of

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
    return attribute_of(__name__, _HOMES, name, "the service", "serve")
