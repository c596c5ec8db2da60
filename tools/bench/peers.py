"""The same policy in other engines: each returns a function from its own native input to verdict and citations.

Every peer is written the way its manual shows, its policy compiled or loaded once, its input prepared outside the
timing in the form it likes best. A peer that is not installed is reported as absent, never left out silently.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.policy import GROUNDS, Answer, Case

NAMES = {ground: f"act/77(1){number}" for number, ground in enumerate(GROUNDS, 1)}


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine: how it is called in the report, how it wants a case, and how it decides one."""

    name: str
    prepare: Callable[[Case], Any]
    decide: Callable[[Any], Answer]


def _same(case: Case) -> Any:
    return dict(case)


def datalogic() -> Peer:
    """JSONLogic compiled by datalogic-py."""
    module = importlib.import_module("datalogic_py")

    def var(name: str) -> dict[str, str]:
        return {"var": name}

    eligible = {
        "and": [
            {"==": [var("inmate_class"), "sentenced"]},
            var("record_excellent"),
            {">=": [{"*": [var("days_served"), 3]}, var("term_days")]},
            {"or": [var(g) for g in GROUNDS]},
        ]
    }
    within = {"<=": [{"+": [var("days_used"), var("days_asked")]}, 20]}
    rule = {
        "if": [
            eligible,
            {
                "merge": [
                    [{"if": [within, "permitted", "forbidden"]}],
                    *[{"if": [var(g), [NAMES[g]], []]} for g in GROUNDS],
                ]
            },
            ["forbidden_by_default"],
        ]
    }
    compiled = module.Engine().compile(rule)

    def decide(case: Any) -> Answer:
        verdict, *cited = compiled.evaluate(case)
        return verdict, cited

    return Peer("datalogic-py", _same, decide)


def zen_expression() -> Peer:
    """One compiled expression of zen-engine."""
    module = importlib.import_module("zen")
    grounds = " or ".join(GROUNDS)
    cites = ", ".join(f"{g} ? '{NAMES[g]}' : ''" for g in GROUNDS)
    compiled = module.compile_expression(
        f"inmate_class == 'sentenced' and record_excellent and days_served * 3 >= term_days and ({grounds})"
        f" ? [days_used + days_asked <= 20 ? 'permitted' : 'forbidden', {cites}] : ['forbidden_by_default']"
    )

    def decide(case: Any) -> Answer:
        verdict, *cited = compiled.evaluate(case)
        return verdict, [c for c in cited if c]

    return Peer("zen-engine, expression", _same, decide)


def zen_table(trace: bool = False) -> Peer:
    """A decision table of zen-engine that collects one row for every ground, optionally with its trace."""
    module = importlib.import_module("zen")
    common = {"class": "'sentenced'", "record": "true", "share": "true"}
    rules = [
        {
            "_id": f"row {ground}",
            **common,
            **{other: "true" if other == ground else "" for other in GROUNDS},
            "cite": f"'{NAMES[ground]}'",
            "ok": "days_used + days_asked <= 20",
        }
        for ground in GROUNDS
    ]
    inputs = [
        {"id": "class", "name": "class", "field": "inmate_class"},
        {"id": "record", "name": "record", "field": "record_excellent"},
        {"id": "share", "name": "share", "field": "days_served * 3 >= term_days"},
        *[{"id": g, "name": g, "field": g} for g in GROUNDS],
    ]
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "table",
                "type": "decisionTableNode",
                "name": "table",
                "position": {"x": 1, "y": 0},
                "content": {
                    "hitPolicy": "collect",
                    "inputs": inputs,
                    "outputs": [
                        {"id": "cite", "name": "cite", "field": "cite"},
                        {"id": "ok", "name": "ok", "field": "ok"},
                    ],
                    "rules": rules,
                },
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "e1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "e2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
    engine = module.ZenEngine({"loader": {"type": "static", "content": {"release": graph}}})
    options = {"trace": trace}

    def decide(case: Any) -> Answer:
        rows = engine.evaluate("release", case, options)["result"]
        if not rows:
            return "forbidden_by_default", []
        return "permitted" if rows[0]["ok"] else "forbidden", [row["cite"] for row in rows]

    return Peer("zen-engine, table with trace" if trace else "zen-engine, table", _same, decide)


def cel() -> Peer:
    """A CEL program of common-expression-language."""
    module = importlib.import_module("cel")
    grounds = " || ".join(GROUNDS)
    cites = " + ".join(f"({g} ? ['{NAMES[g]}'] : [])" for g in GROUNDS)
    program = module.compile(
        f"inmate_class == 'sentenced' && record_excellent && days_served * 3 >= term_days && ({grounds})"
        f" ? [days_used + days_asked <= 20 ? 'permitted' : 'forbidden'] + {cites} : ['forbidden_by_default']"
    )

    def decide(case: Any) -> Answer:
        verdict, *cited = program.execute(case)
        return verdict, cited

    return Peer("common-expression-language", _same, decide)


def regorus() -> Peer:
    """Rego, interpreted by regorus."""
    module = importlib.import_module("regorus")
    engine = module.Engine()
    cites = "\n".join(f'cited contains "{NAMES[g]}" if {{ eligible; input.{g} }}' for g in GROUNDS)
    engine.add_policy(
        "release.rego",
        f"""package release
import rego.v1
default verdict := "forbidden_by_default"
eligible if {{
  input.inmate_class == "sentenced"
  input.record_excellent
  input.days_served * 3 >= input.term_days
}}
{cites}
verdict := "permitted" if {{ count(cited) > 0; input.days_used + input.days_asked <= 20 }}
verdict := "forbidden" if {{ count(cited) > 0; input.days_used + input.days_asked > 20 }}
answer := {{"verdict": verdict, "cited": cited}}
""",
    )

    def decide(case: Any) -> Answer:
        engine.set_input(case)
        answer = engine.eval_rule("data.release.answer")
        return answer["verdict"], sorted(answer["cited"])

    return Peer("regorus, interpreter", _same, decide)


def rule_engine() -> Peer:
    """Eight rules of rule-engine: one for each verdict's condition, one for each ground."""
    module = importlib.import_module("rule_engine")
    eligible = module.Rule(
        'inmate_class == "sentenced" and record_excellent and days_served * 3 >= term_days and ('
        + " or ".join(GROUNDS)
        + ")"
    )
    within = module.Rule("days_used + days_asked <= 20")
    grounds = [(module.Rule(g), NAMES[g]) for g in GROUNDS]

    def decide(case: Any) -> Answer:
        if not eligible.matches(case):
            return "forbidden_by_default", []
        cited = [name for rule, name in grounds if rule.matches(case)]
        return "permitted" if within.matches(case) else "forbidden", cited

    return Peer("rule-engine", _same, decide)


def cedar(articles: int = 1) -> Peer:
    """cedarpy over a parsed policy set; a permit for each ground, a forbid for the limit, the reasons are policy ids.

    A refusal names the forbid only: Cedar does not say which permits it overrode.
    """
    module = importlib.import_module("cedarpy")
    eligible = (
        'context.inmate_class == "sentenced" && context.record_excellent && '
        "context.days_served * 3 >= context.term_days"
    )
    some = " || ".join(f"context.{ground}" for ground in GROUNDS)
    texts = []
    for article in range(articles):
        head = f'principal, action == Action::"release_{article}", resource'
        texts += [f"permit({head}) when {{ {eligible} && context.{ground} }};" for ground in GROUNDS]
        limit = f"{eligible} && ({some}) && context.days_used + context.days_asked > 20"
        texts.append(f"forbid({head}) when {{ {limit} }};")
    policies = module.PolicySet.from_str("\n".join(texts))
    entities = module.Entities.from_json_str("[]")
    names = dict(zip([f"policy{k}" for k in range(len(GROUNDS))], NAMES.values(), strict=True))

    def prepare(case: Case) -> Any:
        return {
            "principal": 'User::"warden"',
            "action": 'Action::"release_0"',
            "resource": 'Inmate::"one"',
            "context": dict(case),
        }

    def decide(request: Any) -> Answer:
        result = module.is_authorized(request, policies, entities)
        reasons = result.diagnostics.reasons
        if result.allowed:
            return "permitted", sorted(names[reason] for reason in reasons)
        return ("forbidden" if reasons else "forbidden_by_default"), []

    return Peer("cedarpy" if articles == 1 else f"cedarpy, {articles} articles", prepare, decide)


def openfisca() -> Peer:
    """One row of openfisca-core: a simulation built and calculated for each case, citations as flags."""
    periods = importlib.import_module("openfisca_core.periods")
    taxes = importlib.import_module("openfisca_core.taxbenefitsystems")
    entities = importlib.import_module("openfisca_core.entities")
    variables = importlib.import_module("openfisca_core.variables")
    builder = importlib.import_module("openfisca_core.simulation_builder")
    person = entities.build_entity(key="person", plural="persons", label="inmate", is_person=True)
    system = taxes.TaxBenefitSystem([person])

    def declare(name: str, kind: type, formula: Any = None) -> None:
        body: dict[str, Any] = {"value_type": kind, "entity": person, "definition_period": periods.DateUnit.DAY}
        body["label"] = name
        if formula is not None:
            body["formula"] = formula
        system.add_variable(type(name, (variables.Variable,), body))

    declare("inmate_class", str)
    for name in ("days_served", "term_days", "days_asked", "days_used"):
        declare(name, int)
    for name in ("record_excellent", *GROUNDS):
        declare(name, bool)

    def eligible(person: Any, period: Any) -> Any:
        return (
            (person("inmate_class", period) == "sentenced")
            * person("record_excellent", period)
            * (person("days_served", period) * 3 >= person("term_days", period))
        )

    declare("eligible", bool, eligible)
    declare("within", bool, lambda person, period: person("days_used", period) + person("days_asked", period) <= 20)
    day = "2020-03-01"

    def prepare(case: Case) -> Any:
        return {"persons": {"one": {name: {day: value} for name, value in case.items()}}}

    def decide(data: Any) -> Answer:
        simulation = builder.SimulationBuilder().build_from_entities(system, data)
        cited = [NAMES[g] for g in GROUNDS if simulation.calculate(g, day)[0]]
        if not simulation.calculate("eligible", day)[0] or not cited:
            return "forbidden_by_default", []
        return "permitted" if simulation.calculate("within", day)[0] else "forbidden", cited

    return Peer("openfisca-core, one row", prepare, decide)


MAKERS: tuple[tuple[str, Callable[[], Peer]], ...] = (
    ("datalogic-py", datalogic),
    ("zen-engine, expression", zen_expression),
    ("zen-engine, table", zen_table),
    ("zen-engine, table with trace", lambda: zen_table(trace=True)),
    ("common-expression-language", cel),
    ("regorus, interpreter", regorus),
    ("rule-engine", rule_engine),
    ("cedarpy", cedar),
    ("openfisca-core, one row", openfisca),
)
