"""What whoever runs the service sees of it: figures for Prometheus, traces for OpenTelemetry, no facts of cases.

Both are extras (`mutandis[metrics]`, `mutandis[traces]`) and cost nothing where they are not asked for. With several
workers the figures of all of them are put together in files, whose folder `PROMETHEUS_MULTIPROC_DIR` names.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mutandis import __version__

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which workers put their figures together."""
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Where the times of answers are told apart: close together where most decisions are."""


_SILENT: Final[dict[str, Any]] = {"record_exception": False, "set_status_on_exception": False}
"""What an exception says may hold facts of a case: no span has it."""


class Metrics:
    """The figures of a service. Raises `ImportError` where prometheus-client is not installed."""

    def __init__(self) -> None:
        import prometheus_client as prometheus

        self._prometheus = prometheus
        self.registry = prometheus.CollectorRegistry()
        self.requests = prometheus.Counter(
            "mutandis_requests", "Requests by path and status.", ("path", "status"), registry=self.registry
        )
        self.seconds = prometheus.Histogram(
            "mutandis_request_seconds", "Time to answer, by path.", ("path",), registry=self.registry, buckets=_SECONDS
        )
        self.decisions = prometheus.Counter(
            "mutandis_decisions",
            "Decisions told, by rulebook and verdict.",
            ("rulebook", "verdict"),
            registry=self.registry,
        )
        self.rulebooks = prometheus.Gauge(
            "mutandis_rulebook_info",
            "The loaded rulebooks: 1 for each that answers.",
            ("rulebook", "hash", "program"),
            registry=self.registry,
            multiprocess_mode="max",
        )

    def loaded(self, versions: Iterator[tuple[str, str]]) -> None:
        """Tell which rulebooks are loaded, by name and hash, and which are no longer."""
        if SHARED not in os.environ:
            self.rulebooks.clear()
        for name, hash_ in versions:
            self.rulebooks.labels(name, hash_[:12], __version__).set(1)

    def text(self) -> tuple[bytes, str]:
        """The figures as Prometheus reads them, and their media type."""
        registry = self.registry
        if SHARED in os.environ:
            from prometheus_client.multiprocess import MultiProcessCollector

            registry = self._prometheus.CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return self._prometheus.generate_latest(registry), self._prometheus.CONTENT_TYPE_LATEST


class Traces:
    """Spans of requests and of what they wait for. Raises `ImportError` where OpenTelemetry is not installed."""

    def __init__(self) -> None:
        from opentelemetry import propagate, trace

        self._trace = trace
        self._propagate = propagate
        self._tracer = trace.get_tracer("mutandis.service", __version__)

    @contextmanager
    def request(self, scope: Scope) -> Iterator[Any]:
        """The span of one request, within the caller's trace where its headers name one."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        context = self._propagate.extract(headers)
        kind = self._trace.SpanKind.SERVER
        with self._tracer.start_as_current_span(scope["method"], context, kind, **_SILENT) as span:
            span.set_attribute("http.request.method", scope["method"])
            yield span

    @contextmanager
    def part(self, name: str, **attributes: str) -> Iterator[None]:
        """The span of something that a request waits for."""
        with self._tracer.start_as_current_span(name, attributes=attributes, **_SILENT):
            yield


def send_traces() -> None:
    """Have spans sent by OTLP over HTTP, as the variables of OpenTelemetry say (`OTEL_EXPORTER_OTLP_ENDPOINT`).

    Raises `ImportError` where `mutandis[traces]` is not installed.
    """
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "mutandis", "service.version": __version__}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)


class Observed:
    """Counts and times every request, and spans it, by the path of its route: what was asked stands in neither."""

    def __init__(self, app: ASGIApp, metrics: Metrics | None, traces: Traces | None) -> None:
        self._app = app
        self._metrics = metrics
        self._traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._traces is None:
            await self._count(scope, receive, send)
        else:
            with self._traces.request(scope) as span:
                status = await self._count(scope, receive, send)
                path = _path_of(scope)
                span.update_name(f"{scope['method']} {path}")
                span.set_attribute("http.route", path)
                span.set_attribute("http.response.status_code", status)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> int:
        status = 500
        begin = time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            if self._metrics is not None:
                path = _path_of(scope)
                self._metrics.requests.labels(path, str(status)).inc()
                self._metrics.seconds.labels(path).observe(time.perf_counter() - begin)
        return status


def _path_of(scope: Scope) -> str:
    """The path of the route, not of the request: one of a bounded number."""
    return getattr(scope.get("route"), "path", "none")
