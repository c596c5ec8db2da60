"""What a service is started with. It passes from the program to its workers as one environment variable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from mutandis.dataclass import dataclass

VARIABLE = "MUTANDIS_SERVICE"
"""The environment variable that has the settings, as JSON."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How decisions are served.

    `rulebooks` are written `[NAME[@DATE]=]PATH`; without any, the one that ships. Limits: `most_bytes` of a body,
    `deepest` nesting of its JSON, `most_cases` of one batch, `seconds` for one answer, `rate` requests a second for
    each caller (0: no limit). `watch` is how often, in seconds, bundles are looked at for a new one (0: never).
    `keys` is a file of API keys, `authenticate` a `module:name` that tells callers instead. `show_cases` lets
    messages that may hold facts of a case into the program's own log. `log` is the decision log (a path or a URL) that
    decisions are put on record in, `seal` the file of the key that seals it. `metrics` are told at /metrics, `traces`
    are made of requests. `reload_on_hup` has the signal HUP load the rulebooks again. Pages from `origins`, written
    `https://desk.example`, may ask from within a browser (CORS; `*`: from anywhere).
    """

    rulebooks: tuple[str, ...] = ()
    most_bytes: int = 1_000_000
    deepest: int = 32
    most_cases: int = 10_000
    seconds: float = 10.0
    rate: float = 0.0
    watch: float = 2.0
    keys: str = ""
    authenticate: str = ""
    show_cases: bool = False
    log: str = ""
    seal: str = ""
    metrics: bool = False
    traces: bool = False
    reload_on_hup: bool = False
    origins: tuple[str, ...] = ()

    def as_text(self) -> str:
        """The settings as the environment variable has them."""
        return json.dumps(asdict(self))

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that the variable has; the defaults where it is not set."""
        written = json.loads(environment.get(VARIABLE, "{}"))
        several = {name: tuple(written.get(name, ())) for name in ("rulebooks", "origins")}
        return cls(**{**written, **several})
