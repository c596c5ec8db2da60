"""What the service says of itself is true: schemathesis asks what its description allows, and what it forbids."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.checks import CHECKS, load_all_checks
from tests.service.conftest import ADULT, LIBRARY

from mutandis_service import Settings, create_app
from mutandis_service.models import QUESTIONS
from mutandis_service.rulebooks import Rulebooks

load_all_checks()
_APP: FastAPI = create_app(Settings(watch=0), rulebooks=Rulebooks.of([f"library={LIBRARY}"]))
_SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", _APP)
_NAMES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
)
_CHECKS: list[Any] = [CHECKS.get_one(name) for name in _NAMES]


@_SCHEMA.parametrize()
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(checks=_CHECKS)


def _validator(reference: str) -> Draft202012Validator:
    return Draft202012Validator({**_APP.openapi(), "$ref": reference})


@pytest.mark.parametrize("path", QUESTIONS)
def test_a_real_answer_is_as_described(client: TestClient, path: str) -> None:
    asked: dict[str, Any] = {"action": "lend book", "at": "2020-03-01", "facts": ADULT}
    if path == "/v1/batch":
        asked = {"action": "lend book", "cases": [{"facts": ADULT}, {"facts": {"x": 1}}]}
    elif path == "/v1/assess":
        del asked["action"]
    elif path == "/v1/next-question":
        asked["facts"] = {}
    elif path == "/v1/why-not":
        asked["wanted"] = "forbidden"
    elif path.startswith("/v1/value"):
        asked = {"fact": "reader.class", "facts": ADULT}
    answer = client.post(path, json=asked)
    assert answer.status_code == 200
    escaped = path.replace("/", "~1")
    _validator(f"#/paths/{escaped}/post/responses/200/content/application~1json/schema").validate(answer.json())


def test_an_idempotency_key_is_told_of_where_an_answer_is_put_on_record() -> None:
    told = {
        path
        for path, methods in _APP.openapi()["paths"].items()
        for one in methods.values()
        if any(parameter["name"] == "idempotency-key" for parameter in one.get("parameters", ()))
    }
    assert told == {"/v1/decide", "/v1/assess", "/v1/batch"}


def test_what_makes_clients_names_each_question_once(client: TestClient) -> None:
    described: dict[str, Any] = client.get("/openapi.json").json()
    names = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names) and {"decide", "assess", "batch", "explain_value", "ready"} <= set(names)


def test_what_makes_clients_finds_every_list_and_every_name() -> None:
    components = _APP.openapi()["components"]["schemas"]
    assert components["Decision"]["title"] == "Decision"

    def lists(value: object) -> list[dict[str, Any]]:
        if isinstance(value, list):
            return [found for inner in value for found in lists(inner)]
        if not isinstance(value, dict):
            return []
        kinds = value.get("type")
        own = [value] if kinds == "array" or (isinstance(kinds, list) and "array" in kinds) else []
        return own + [found for inner in value.values() for found in lists(inner)]

    found = lists(components)
    assert found and all("items" in one for one in found)


def test_every_reference_of_the_description_leads_somewhere() -> None:
    described = _APP.openapi()
    written = json.dumps(described)
    assert "x-engine-schema" not in written and "#/$defs/" not in written
    components = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    def references(value: object) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(references, value))
        if not isinstance(value, dict):
            return set()
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))

    assert references(described) <= components
