"""`mutandis serve`: decisions over HTTP."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from mutandis.diagnostics import DiagnosedError, MutandisError
from mutandis_tools.location import NoRulebookError
from mutandis_tools.report.lines import Line, Piece, line, printable
from mutandis_tools.terminal import show, stop, working

if TYPE_CHECKING:
    from mutandis_service.rulebooks import Version

PORT = 8410
"""Where the service listens if nobody says: a port that nothing else is known for."""
_LIMITS = "Limits"
_SLOWEST_START = 120
"""So many seconds may a worker take to load its rulebooks before it is given up."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("serve", epilog="Example: mutandis serve --rulebook rulebook --port 8410")(serve)


def serve(
    rulebook: Annotated[
        list[str] | None,
        typer.Option(
            "--rulebook",
            "-r",
            metavar="[NAME[@DATE]=]PATH",
            help="A rulebook's folder, or a bundle; its name in questions, and the day from which it is known. "
            "May be repeated; the first is meant where a question names none.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on; 0.0.0.0 for every one.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", metavar="PORT", min=1, max=65535, help="The port.")] = PORT,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, max=64, help="How many processes answer.")
    ] = 1,
    keys: Annotated[
        str, typer.Option("--keys", metavar="FILE", help="Who may ask: a file that `mutandis keys` writes.")
    ] = "",
    authenticate: Annotated[
        str,
        typer.Option("--authenticate", metavar="MODULE:NAME", help="A function of your own that tells who asks."),
    ] = "",
    log: Annotated[
        str,
        typer.Option(
            "--log",
            metavar="LOG",
            help="Put every decision on record before it is told: in a file, or postgresql://user@host/database.",
        ),
    ] = "",
    seal: Annotated[
        str, typer.Option("--seal", metavar="FILE", envvar="MUTANDIS_SEAL", help="A key to seal the log with.")
    ] = "",
    origin: Annotated[
        list[str] | None,
        typer.Option(
            "--origin",
            metavar="ORIGIN",
            help="Let pages from here ask from within a browser (CORS): https://desk.example, or * for any. May be "
            "repeated.",
            show_default=False,
        ),
    ] = None,
    metrics: Annotated[
        bool, typer.Option("--metrics", help="Tell Prometheus figures at /metrics. It needs `mutandis[metrics]`.")
    ] = False,
    traces: Annotated[
        bool,
        typer.Option("--traces", help="Send traces by OTLP, as variables OTEL_… say. It needs `mutandis[traces]`."),
    ] = False,
    most_bytes: Annotated[
        int,
        typer.Option("--most-bytes", metavar="BYTES", min=1000, help="The largest request.", rich_help_panel=_LIMITS),
    ] = 1_000_000,
    most_cases: Annotated[
        int,
        typer.Option("--most-cases", metavar="N", min=1, help="The most cases of one batch.", rich_help_panel=_LIMITS),
    ] = 10_000,
    deepest: Annotated[
        int,
        typer.Option(
            "--deepest", metavar="N", min=4, max=100, help="The deepest nesting of JSON.", rich_help_panel=_LIMITS
        ),
    ] = 32,
    seconds: Annotated[
        float,
        typer.Option(
            "--seconds", metavar="SECONDS", min=0.01, help="The longest time for one answer.", rich_help_panel=_LIMITS
        ),
    ] = 10.0,
    rate: Annotated[
        float,
        typer.Option(
            "--rate",
            metavar="N",
            min=0,
            help="Requests a second for each caller; 0 for no limit.",
            rich_help_panel=_LIMITS,
        ),
    ] = 0.0,
    watch: Annotated[
        float,
        typer.Option(
            "--watch", metavar="SECONDS", min=0, help="Look for new bundles every so many seconds; 0 for never."
        ),
    ] = 2.0,
    show_cases: Annotated[
        bool, typer.Option("--show-cases", help="Let messages that may hold facts of a case into the program's log.")
    ] = False,
) -> None:
    """Answer questions over HTTP: decide, assess, next question, why not, explain, batch, form, graph, diff.

    /docs shows every question with an example. It needs `mutandis[serve]`.
    """
    try:
        import uvicorn

        from mutandis_service.observing import SHARED, send_traces
        from mutandis_service.rulebooks import Rulebooks
        from mutandis_service.settings import VARIABLE, Settings
    except ImportError as absent:
        stop(f"`mutandis serve` needs {absent.name}, which is not installed", "pip install 'mutandis[serve]'")
    settings = Settings(
        rulebooks=tuple(rulebook or ()),
        most_bytes=most_bytes,
        deepest=deepest,
        most_cases=most_cases,
        seconds=seconds,
        rate=rate,
        watch=watch,
        keys=keys,
        authenticate=authenticate,
        show_cases=show_cases,
        log=log,
        seal=seal,
        metrics=metrics,
        traces=traces,
        reload_on_hup=workers == 1,
        origins=tuple(origin or ()),
    )
    if metrics and workers > 1:
        # Before anything counts: workers put their figures together here.
        os.environ.setdefault(SHARED, tempfile.mkdtemp(prefix="mutandis-metrics-"))
    try:
        with working("loading the rulebooks"):
            loaded = Rulebooks.of(settings.rulebooks)
            application: object = "mutandis_service.program:app"
            if workers == 1:
                from mutandis_service.app import create_app

                if traces:
                    send_traces()
                application = create_app(settings, rulebooks=loaded)
    except NoRulebookError as error:
        stop(str(error), error.help)
    except DiagnosedError as error:
        stop(f"a rulebook has errors, so nothing can be decided by it:\n{error}", "see them with `mutandis check`")
    except MutandisError as error:
        stop(str(error))
    _check_free(host, port)
    os.environ[VARIABLE] = settings.as_text()
    show(_greeting(loaded.current, host, port), to_errors=True)
    uvicorn.run(
        application,  # type: ignore[arg-type] # an application, or where workers find one
        factory=workers > 1,
        host=host,
        port=port,
        workers=workers if workers > 1 else None,
        log_level="warning",
        access_log=False,
        timeout_worker_healthcheck=_SLOWEST_START,
        server_header=False,
    )


def _check_free(host: str, port: int) -> None:
    """End the program where something listens there already, before it says that it does."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((host, port))
        except OSError as error:
            stop(f"nobody can listen on {host}:{port}: {(error.strerror or str(error)).lower()}", "name a --port")


def _greeting(versions: Iterable[Version], host: str, port: int) -> list[Line]:
    lines = [
        line("rulebook ", Piece(printable(v.told), "strong"), f": {len(v.rulebook.program.components):,} actions")
        for v in versions
    ]
    return [*lines, line("listening on ", Piece(f"http://{host}:{port}", "place"), ", /docs shows how to ask")]
