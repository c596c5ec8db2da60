"""The application as a worker process makes it: settings come from the environment."""

from __future__ import annotations

import os

from fastapi import FastAPI

from mutandis_service.app import create_app
from mutandis_service.observing import send_traces
from mutandis_service.settings import Settings


def app() -> FastAPI:
    """The service with the settings that `mutandis serve` was given, warm before it is asked."""
    settings = Settings.of_environment(os.environ)
    if settings.traces:
        send_traces()
    app = create_app(settings)
    app.state.service.rulebooks.warm()
    return app
