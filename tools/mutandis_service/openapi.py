"""How the service describes itself: answers and problems of each path, and the engine's own schemas beside them.

The schemas of decisions and explanations are those that `mutandis schema` prints, their definitions moved to where
OpenAPI keeps them, so that what makes clients finds them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from mutandis.resources import schema_text
from mutandis_service import told
from mutandis_service.models import ALWAYS
from mutandis_service.problems import MEDIA_TYPE, PROBLEMS
from mutandis_service.service import KEY

_COMPONENTS = "#/components/schemas/"
_PROBLEM: Final = {"schema": {"$ref": f"{_COMPONENTS}ProblemTold"}}
_HASH: Final = {"description": "The hash of the rulebook that answered.", "schema": {"type": "string"}}
_RECEIPT: Final = {
    "description": "The entry of the decision log, `number:hash`, where there is a log.",
    "schema": {"type": "string", "pattern": "^[0-9]+:[0-9a-f]{64}$"},
}
_REPLAYED: Final = {
    "description": "`true` where the answer is the one on record under the idempotency key.",
    "schema": {"enum": ["true"]},
}
_COMMON: Final = ("unreadable", "unauthenticated", "not-allowed", "no-rulebook", "wrong-request", "too-many", "failed")


def _documented(
    summary: str, answer: type[BaseModel] | Mapping[str, Any], *problems: str, by_rulebook: bool = True
) -> dict[str, Any]:
    """What a route says of itself: its answer, a model or a schema, and its problems."""
    ok: dict[str, Any] = {"description": "The answer."}
    if isinstance(answer, Mapping):
        media_type = "text/plain" if answer is _FIGURES else "application/json"
        ok["content"] = {media_type: {"schema": dict(answer)}}
    else:
        ok["model"] = answer
    if by_rulebook:
        ok["headers"] = {"Mutandis-Rulebook": _HASH}
    if "log-unavailable" in problems:
        ok["headers"] |= {"Mutandis-Record": _RECEIPT, "Idempotency-Replayed": _REPLAYED}
    titles: dict[int, list[str]] = {}
    for kind in problems:
        status, title = PROBLEMS[kind]
        titles.setdefault(status, []).append(title)
    answers: dict[int | str, Any] = {200: ok}
    for status, found in sorted(titles.items()):
        words = "; ".join(found)
        answers[status] = {"description": f"{words[:1].upper()}{words[1:]}.", "content": {MEDIA_TYPE: _PROBLEM}}
    return {"summary": summary, "responses": answers, "response_model": None}


_DECISION: Final = {"$ref": f"{_COMPONENTS}Decision"}
_ASKED: Final = (*_COMMON, "wrong-case", "unfinished", "too-large", "wrong-media-type", "too-slow")
_RECORDED: Final = (*_ASKED, "key-used", "log-unavailable")
_VIEWED: Final = (*_COMMON, "too-slow")
_FIGURES: Final = {"type": "string", "description": "In the text format of Prometheus."}
_EXPLAINED: Final = {"anyOf": [{"$ref": f"{_COMPONENTS}Explanation"}, {"$ref": f"{_COMPONENTS}TextTold"}]}
_VALUE_EXPLAINED: Final = {"anyOf": [{"type": "object"}, {"$ref": f"{_COMPONENTS}TextTold"}]}

DOCUMENTED: Final[Mapping[str, dict[str, Any]]] = {
    "/v1/decide": _documented("Decide about one action", _DECISION, *_RECORDED),
    "/v1/assess": _documented("Everything that binds", {"type": "array", "items": _DECISION}, *_RECORDED),
    "/v1/next-question": _documented("What to ask next", told.NextAnswer, *_ASKED),
    "/v1/why-not": _documented("What would have to be different", told.WhyNotAnswer, *_ASKED),
    "/v1/when": _documented("From when, until when", told.WhenAnswer, *_ASKED),
    "/v1/explain": _documented("Why", _EXPLAINED, *_ASKED),
    "/v1/value": _documented("What a fact comes to", told.ValueTold, *_ASKED),
    "/v1/value/why-not": _documented("What another value would take", told.WhyNotValueAnswer, *_ASKED),
    "/v1/value/when": _documented("From when, until when a value", told.WhenValueAnswer, *_ASKED),
    "/v1/value/explain": _documented("Why a value", _VALUE_EXPLAINED, *_ASKED),
    "/v1/batch": _documented("Decide many cases", told.BatchAnswer, *_RECORDED),
    "/v1/rulebooks": _documented("Rulebooks", told.RulebooksAnswer, *_VIEWED, by_rulebook=False),
    "/v1/actions": _documented("Actions", told.ActionsAnswer, *_VIEWED),
    "/v1/find": _documented("Actions and facts by words", told.FoundAnswer, *_VIEWED),
    "/v1/form": _documented("The facts of an action", told.FormAnswer, *_VIEWED, "wrong-case"),
    "/v1/graph": _documented("The graph", told.GraphAnswer, *_VIEWED, "no-provision", "no-rule-files"),
    "/v1/diff": _documented("Two versions compared", told.DifferenceAnswer, *_VIEWED),
    "/v1/reload": _documented(
        "Load again", told.ReloadAnswer, *_COMMON, "too-large", "wrong-media-type", by_rulebook=False
    ),
    "/metrics": _documented("Figures", _FIGURES, *_COMMON, "not-found", by_rulebook=False),
    "/health": _documented("Health", told.HealthAnswer, "failed", by_rulebook=False),
    "/ready": _documented("Readiness", told.ReadyAnswer, "failed", "not-ready", by_rulebook=False),
}
"""What every path says of itself."""


def describe(app: FastAPI) -> None:
    """Have the application describe itself with the engine's schemas."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            written = get_openapi(
                title=app.title,
                summary=app.summary,
                version=app.version,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            _leave_out_keys(written["paths"])
            components = written.setdefault("components", {}).setdefault("schemas", {})
            components.update(engine_schemas())
            for model in (told.ProblemTold, told.DiagnosticTold, told.TextTold):
                schema = model.model_json_schema(ref_template=f"{_COMPONENTS}{{model}}")
                components |= schema.pop("$defs", {})
                components[model.__name__] = schema
            for unused in ("HTTPValidationError", "ValidationError"):
                components.pop(unused, None)
            app.openapi_schema = _moved(written, {})
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign] # the framework's own way to extend the description


def _leave_out_keys(paths: Mapping[str, Any]) -> None:
    """Say of an idempotency key only where answers are put on record."""
    for told_of in paths.values():
        for operation in told_of.values():
            if "Idempotency-Replayed" not in operation["responses"]["200"].get("headers", ()):
                others = [one for one in operation.pop("parameters", ()) if one["name"] != KEY]
                operation |= {"parameters": others} if others else {}


def engine_schemas() -> dict[str, Any]:
    """The schemas of decisions and explanations, and of every part of them, by their names among the components."""
    found: dict[str, Any] = {}
    for name in ("decision", "explanation"):
        schema = json.loads(schema_text(name))
        parts = schema.pop("$defs")
        names = {part: _component(name, part) for part in parts}
        found[_component(name)] = _moved({k: v for k, v in schema.items() if not k.startswith("$")}, names)
        found |= {names[part]: _moved(inner, names) for part, inner in parts.items()}
    for name, schema in found.items():
        schema["title"] = name  # what makes clients names classes by it
    decision = found["Decision"]
    decision["required"] = list(ALWAYS)
    decision["description"] += " Whole, it has all its parts; where `parts` were asked for, those."
    decision["properties"]["citations"] = {
        "type": "array",
        "items": {"type": "string"},
        "description": "Every provision cited, once; only where `parts` asks for it.",
    }
    return found


def _component(schema: str, part: str = "") -> str:
    name = "".join(word.capitalize() for word in part.split("_"))
    if not part:
        return schema.capitalize()
    return name if schema == "decision" else f"Shown{name}"


def _moved(value: Any, names: Mapping[str, str]) -> Any:
    """A part of a schema with its references to where components are."""
    if isinstance(value, list):
        return [_moved(inner, names) for inner in value]
    if not isinstance(value, dict):
        return value
    if told.ENGINE in value:
        return {"$ref": _COMPONENTS + value[told.ENGINE]}
    moved = {key: _moved(inner, names) for key, inner in value.items()}
    reference = value.get("$ref")
    if "array" in value.get("type", ()) and "items" not in value:
        moved["items"] = {}  # anything: what makes clients wants it said
    if isinstance(reference, str) and not reference.startswith(_COMPONENTS):
        moved["$ref"] = _reference(reference, names)
    return moved


def _reference(reference: str, names: Mapping[str, str]) -> str:
    """`#/$defs/limit`, or of another schema: `decision.schema.json#/$defs/limit`, `urn:mutandis:schema:decision`."""
    document, _, place = reference.partition("#")
    if not document:
        return _COMPONENTS + names[place.rpartition("/")[2]]
    schema = document.rpartition(":")[2].removesuffix(".schema.json")
    return _COMPONENTS + _component(schema, place.rpartition("/")[2])
