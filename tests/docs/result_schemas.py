"""Writes the schemas of what the engine answers, from its records: `python tests/docs/result_schemas.py`."""

from __future__ import annotations

import json
from pathlib import Path

from mutandis.decide import result as r
from mutandis.decide import result_parts as p
from mutandis.explain import explanation as e
from mutandis_tools.report.record_schema import RecordSchema

SCHEMAS = Path(__file__).parents[2] / "schemas"
DECISION = "urn:mutandis:schema:decision"
_SOME = {"minItems": 1}

OF_DECISIONS = RecordSchema(
    names={r.SourceStep: "step", p.DeadlineDue: "deadline"},
    narrower={
        (r.Decision, "reachable"): {"minItems": 1, "uniqueItems": True},
        (r.Cited, "provisions"): _SOME,
        (p.Threat, "options"): _SOME,
    },
)
OF_EXPLANATIONS = RecordSchema(
    names={one: name.removeprefix("Shown").lower() for name, one in vars(e).items() if name.startswith("Shown")},
    elsewhere={
        r.Decision: DECISION,
        r.Verdict: f"{DECISION}#/$defs/verdict",
        p.Beaten: f"{DECISION}#/$defs/beaten",
        r.Breach: f"{DECISION}#/$defs/breach",
        p.DeadlineDue: f"{DECISION}#/$defs/deadline",
        r.Limit: f"{DECISION}#/$defs/limit",
        p.Threat: f"{DECISION}#/$defs/threat",
    },
)


def schema_file(kind: str) -> str:
    """The text of `schemas/<kind>.schema.json`, for `decision` or `explanation`."""
    if kind == "decision":
        found = OF_DECISIONS.document(r.Decision, DECISION, "A decision of Mutandis")
    else:
        found = OF_EXPLANATIONS.document(e.Explanation, "urn:mutandis:schema:explanation", "An explanation of Mutandis")
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for one in ("decision", "explanation"):
        SCHEMAS.joinpath(f"{one}.schema.json").write_text(schema_file(one), encoding="utf-8")
