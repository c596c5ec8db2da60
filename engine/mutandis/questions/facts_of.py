"""The facts that an answer about an action can turn on: what a form asks for, as data and as a JSON Schema (2020-12).

Read off the linked rulebook, not off a case: every fact that some norm, requirement, deadline, definition or penalty
about the action reads, in any wording of the law. What rules derive facts from is in; a derived fact only where the
vocabulary has a question for it, so that it may be stated in place of what it follows from (S30). A list comes with the
attributes of its members that are read.
"""

from __future__ import annotations

from collections.abc import Iterable

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.datatypes import BASE_UNIT, UNIT_IN_BASE, DataType
from mutandis.facts.written import member_reader
from mutandis.link.program import Program
from mutandis.link.reads import as_stated, of_component, of_deadlines
from mutandis.questions.next_question import choices_of
from mutandis.questions.support import closure
from mutandis.vocabulary import FactDeclaration, Scalar


@dataclass(frozen=True, slots=True)
class AskableFact:
    """One fact of a form, or one attribute of a member of a list.

    `name` is dotted (`visit.length`); of a member, the attribute alone. `question` and `label` are for a person.
    `choices` are the values to pick from with their labels. `owner` is the role whose finding the fact is and
    `owner_label` what it is called, both empty for a plain fact. `is_parameter` marks how the act is done, as against
    what is the case; `is_derived` what need not be stated, since it follows from others. `minimum` and `maximum` are in
    base units (minutes, days, months). `presumed` is what holds where nothing is said, if `has_presumption`. `members`
    are the attributes of the members of a list.
    """

    name: str
    type: DataType
    question: str
    label: str
    choices: tuple[tuple[str, str], ...]
    unit: str
    owner: str
    owner_label: str
    is_parameter: bool
    is_derived: bool
    minimum: int | None
    maximum: int | None
    has_presumption: bool
    presumed: Scalar
    members: tuple[AskableFact, ...] = ()


def facts_of(program: Program, action: str) -> tuple[AskableFact, ...]:
    """The facts and parameters that decisions about `action` can read, in the order of the vocabulary.

    Raises `KeyError` for an action that the rulebook does not have.
    """
    component = program.components[action]
    conditions = closure(program, [*of_component(component), *of_deadlines(component)])
    read = [node for condition in conditions for node in t.walk(condition)]
    named = {as_stated(program, node.name) for node in read if isinstance(node, t.Fact)}
    attributes = {node.attribute for node in read if isinstance(node, t.Attribute)}
    return tuple(
        _askable(program, name, one, attributes, ())
        for name, one in program.vocabulary.facts.items()
        if name in named and (one.question or name not in program.derived)
    )


def _askable(
    program: Program, name: str, declared: FactDeclaration, attributes: Iterable[str], inside: tuple[str, ...]
) -> AskableFact:
    vocabulary = program.vocabulary
    owner = vocabulary.terms.get(declared.found_by)
    term = declared.type.term or ""
    members: tuple[AskableFact, ...] = ()
    if declared.type.kind == "list" and term not in inside:
        members = tuple(
            _askable(program, attribute, one, attributes, (*inside, term))
            for attribute, one in member_reader(vocabulary, term).items()
            if attribute in attributes
        )
    return AskableFact(
        name,
        declared.type,
        declared.question,
        declared.label or name,
        choices_of(declared),
        declared.unit,
        declared.found_by,
        owner.label if owner is not None else declared.found_by,
        declared.parameter,
        name in program.derived,
        declared.minimum,
        declared.maximum,
        declared.has_presumption,
        declared.presume,
        members,
    )


# --- as JSON ----------------------------------------------------------------------------------------------------------


def facts_data(facts: Iterable[AskableFact]) -> list[dict[str, object]]:
    """The facts as JSON's own types; what does not apply is left out."""
    return [_data(one) for one in facts]


def _data(one: AskableFact) -> dict[str, object]:
    type_ = one.type
    data: dict[str, object] = {
        "name": one.name,
        "type": type_.kind,
        "question": one.question,
        "label": one.label,
        "choices": [{"value": value, "label": label} for value, label in one.choices],
        "several": type_.several,
        "open": type_.open,
        "optional": type_.optional,
        "unit": one.unit,
        "currency": type_.currency or "",
        "owner": {"role": one.owner, "label": one.owner_label} if one.owner else {},
        "parameter": one.is_parameter,
        "derived": one.is_derived,
        "members": facts_data(one.members),
    }
    kept = {key: value for key, value in data.items() if value not in ("", [], {}, False)}
    bounds = {"minimum": one.minimum, "maximum": one.maximum}
    kept |= {key: value for key, value in bounds.items() if value is not None}
    return kept | ({"presumed": one.presumed} if one.has_presumption else {})


def facts_schema(action: str, title: str, facts: Iterable[AskableFact]) -> dict[str, object]:
    """A JSON Schema of what `Rulebook.decide` takes as facts about the action: terms with their attributes.

    Nothing is required: a fact that is left out is not known. `x-owner`, `x-parameter`, `x-derived` and `x-unit` say
    what JSON Schema has no words for.
    """
    terms: dict[str, dict[str, object]] = {}
    for one in facts:
        term, _, attribute = one.name.partition(".")
        terms.setdefault(term, {})[attribute] = _schema(one)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": f"The facts that an answer about `{action}` can turn on. What is left out is not known.",
        "type": "object",
        "properties": {term: {"type": "object", "properties": properties} for term, properties in terms.items()},
    }


def _schema(one: AskableFact) -> dict[str, object]:
    value = _value_schema(one)
    schema: dict[str, object] = {"title": one.label}
    if one.question:
        schema["description"] = one.question
    schema |= {"anyOf": [value, {"type": "null"}]} if one.type.optional else value
    if one.has_presumption:
        schema["default"] = one.presumed
    told_besides = (
        ("x-owner", one.owner),
        ("x-parameter", one.is_parameter),
        ("x-derived", one.is_derived),
        ("x-unit", one.unit),
    )
    for key, told in told_besides:
        if told:
            schema[key] = told
    return schema


_DAY = r"\d{4}-\d{2}-\d{2}"


def _value_schema(one: AskableFact) -> dict[str, object]:
    type_ = one.type
    bounds = {"minimum": one.minimum, "maximum": one.maximum}
    bounded: dict[str, object] = {key: bound for key, bound in bounds.items() if bound is not None}
    match type_.kind:
        case "yes_no":
            return {"type": "boolean"}
        case "enum":
            choice: dict[str, object] = {"oneOf": [{"const": value, "title": label} for value, label in one.choices]}
            if type_.open:
                choice = {"type": "string", "examples": [value for value, _ in one.choices]}
            return {"type": "array", "items": choice, "uniqueItems": True} if type_.several else choice
        case "count":
            return {"type": "integer", "minimum": 0, **bounded}
        case "number":
            return {"type": ["number", "string"], "pattern": r"^-?\d+(/\d+|\.\d+)?$", **bounded}
        case "money":
            currency = type_.currency or "won"
            pattern = rf"^-?\d+(/\d+|\.\d+)?( ({currency}|{currency.removesuffix('s')}))?$"
            return {"type": ["number", "string"], "pattern": pattern, **bounded}
        case "duration":
            families = BASE_UNIT if type_.family is None else (type_.family,)
            lengths = (rf"\d+ ({'|'.join(u for u in UNIT_IN_BASE if UNIT_IN_BASE[u][0] == f)})s?" for f in families)
            pattern = "|".join(rf"{length}( and {length})?" for length in lengths)
            written: dict[str, object] = {"type": "string", "pattern": rf"^({pattern})$"}
            return written if type_.family is None else {**written, "type": ["integer", "string"], "minimum": 0}
        case "date":
            return {"type": "string", "pattern": f"^{_DAY}$", "format": "date"}
        case "moment":
            return {"type": "string", "pattern": rf"^{_DAY}[T ]\d{{2}}:\d{{2}}(:\d{{2}})?$"}
        case "period":
            end = {"type": ["string", "null"], "pattern": rf"^({_DAY}(T\d{{2}}:\d{{2}}(:\d{{2}})?)?|none)$"}
            return {"type": "object", "properties": {"from": end, "until": end}}
        case "provision" | "text":
            return {"type": "string"}
        case "list":
            members = {member.name: _schema(member) for member in one.members}
            listed = {"type": "array", "items": {"type": "object", "properties": members}}
            told: dict[str, object] = {"open": {"type": "boolean"}, "members": listed}
            # A list of which no members are named cannot be said to be complete.
            named = {"if": {"properties": {"open": {"const": False}}, "required": ["open"]}}
            named |= {"then": {"required": ["members"]}}
            object_ = {"type": "object", "properties": told, "additionalProperties": False, **named}
            return {"anyOf": [listed, object_]}
