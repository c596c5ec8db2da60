"""What whoever runs the service sees: figures and traces, with nothing of a case in them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.service.conftest import ADULT, Serve

from mutandis_service.callers import add_key
from mutandis_service.observing import SHARED

LEND: dict[str, Any] = {"action": "lend book", "at": "2020-03-01", "facts": ADULT}


def _figures(client: TestClient, **headers: str) -> dict[str, float]:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    lines = [line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def test_requests_and_decisions_are_counted_by_path_and_verdict(serve: Serve) -> None:
    client = serve(metrics=True)
    for _ in range(2):
        client.post("/v1/decide", json=LEND)
    client.post("/v1/decide", json={**LEND, "facts": {"x": 1}})
    client.post("/v1/batch", json={"action": "lend book", "cases": [{"facts": ADULT}, {"facts": {"x": 1}}]})
    client.get("/v1/nothing/adult")
    found = _figures(client)
    assert found['mutandis_requests_total{path="/v1/decide",status="200"}'] == 2
    assert found['mutandis_requests_total{path="/v1/decide",status="422"}'] == 1
    assert found['mutandis_request_seconds_count{path="/v1/decide"}'] == 3
    assert found['mutandis_decisions_total{rulebook="library",verdict="permitted"}'] == 3
    assert any(name.startswith('mutandis_rulebook_info{hash="') for name in found)
    assert "adult" not in client.get("/metrics").text


def test_figures_are_told_to_who_may_read_them_and_where_they_are_asked_for(serve: Serve, tmp_path: Path) -> None:
    assert serve().get("/metrics").status_code == 404
    keys = tmp_path / "keys.json"
    asks, reads = add_key(keys, "asks", (), ("ask",)), add_key(keys, "reads", (), ("metrics",))
    client = serve(metrics=True, keys=str(keys))
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"X-API-Key": asks}).status_code == 403
    assert _figures(client, **{"X-API-Key": reads})
    assert client.post("/v1/decide", json=LEND, headers={"X-API-Key": reads}).status_code == 403


def test_the_figures_of_several_workers_are_put_together(tmp_path: Path) -> None:
    program = (
        "from mutandis_service.observing import Metrics\n"
        "m = Metrics(); m.requests.labels('/v1/decide', '200').inc(); print(m.text()[0].decode())"
    )
    environment = {**os.environ, SHARED: str(tmp_path)}
    told = [
        subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert 'mutandis_requests_total{path="/v1/decide",status="200"} 2.0' in told[1]


def test_a_request_is_a_span_within_the_callers_trace_and_has_no_facts(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spans = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    client = serve(traces=True, log=str(tmp_path / "decisions.sqlite"))
    caller = f"00-{'a' * 32}-{'b' * 16}-01"
    client.post("/v1/decide", json=LEND, headers={"traceparent": caller})
    client.post("/v1/decide", json={**LEND, "facts": {"reader.class": "secret"}})
    names = [span.name for span in spans.get_finished_spans()]
    assert names == ["answer", "record", "POST /v1/decide", "answer", "POST /v1/decide"]
    first, _, whole, *_ = spans.get_finished_spans()
    assert whole.context is not None and f"{whole.context.trace_id:032x}" == "a" * 32
    assert first.parent is not None and first.parent.span_id == whole.context.span_id
    assert whole.attributes is not None and whole.attributes["http.response.status_code"] == 200
    assert "secret" not in "".join(span.to_json() for span in spans.get_finished_spans())
