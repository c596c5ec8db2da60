"""From the keys written under an attribute to the declaration of a fact: its type, its values, its presumption."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from mutandis.citation import Citation, CitationRange
from mutandis.condition.reserved import RESERVED_WORDS
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE, DataType, Family, Kind
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.rulebook.counting_key import COUNTED, read_counting, read_suspended
from mutandis.rulebook.fields.vocabulary import DECLARED_VALUE, PRESUME, TYPES
from mutandis.rulebook.meant import KEYS_OF_PRESUMPTIONS, TYPES_OF_FACTS, as_name
from mutandis.rulebook.shapes import (
    Faults,
    describe,
    is_name,
    read_choice,
    read_citation,
    read_citation_range,
    read_integer,
    read_keys,
    read_name,
    read_sentence,
    read_text,
    read_yes_no,
    shorten,
    wrong_shape,
)
from mutandis.rulebook.statement import VALUE
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import Span
from mutandis.suggest import did_you_mean, did_you_mean_here
from mutandis.vocabulary import FactDeclaration, Scalar

_WRITTEN = {**{kind: written for written, kind in TYPES.items()}, "list": "list of TERM"}
"""The kinds of types as they are written."""

DURATION_UNITS: dict[str, Family | None] = {
    **{f"{unit}s": family for unit, (family, _) in UNIT_IN_BASE.items()},
    "any": None,
}

_LIST = re.compile(r"list of ([a-z][a-z0-9_]*)")
_QUANTITY = re.compile(r"(-?\d{1,15})(?: ([a-z]+?)s?)?")
_FRACTION = re.compile(r"(-?\d{1,15})/(\d{1,15})(?: ([a-z]+))?")
_PRESUMED: tuple[Kind, ...] = ("yes_no", "enum", "text", "count", "number", "money", "duration")
_BOUNDED: tuple[Kind, ...] = ("count", "number", "money", "duration")


@dataclass(frozen=True, slots=True)
class DeclaredTerms:
    """Every declared term with its label and the file that declares it, and which of them are roles."""

    labels: Mapping[str, str]
    files: Mapping[str, str]
    roles: Collection[str]

    def did_you_mean(self, name: str, at: YamlNode, among: Iterable[str], otherwise: str) -> str:
        """A help line that names the nearest of `among` that the file around `at` may name first."""
        law = law_of_file(at.span.file)

        def is_at_home(term: str) -> bool:
            return not law or law_of_file(self.files.get(term, "")) in ("", law)

        return did_you_mean_here(name, among, is_at_home, otherwise)


def declare_fact(
    term: str, attribute: str, keys: Mapping[str, YamlNode], place: Span, terms: DeclaredTerms, faults: Faults
) -> FactDeclaration | None:
    """The fact `term.attribute`; None if it has no type."""
    name = f"{term}.{attribute}"
    what = f"the fact `{name}`"
    if "type" not in keys:
        faults.append(diagnose("missing-key", f"{what} lacks `type`", "add `type: yes/no` or another type", place))
        return None
    typed = _read_type(keys, what, terms, faults)
    if typed is None:
        return None
    data_type, values, provisions = typed
    flags = {
        key: bool(read_yes_no(keys[key], f"`{key}` of {what}", faults)) if key in keys else False
        for key in ("parameter", "fixed")
    }
    texts = {
        key: read(keys[key], f"`{key}` of {what}", faults) or "" if key in keys else ""
        for key, read in (("question", read_sentence), ("label", read_text), ("says", read_sentence))
    }
    if "says" in keys and VALUE in texts["says"] and data_type.kind == "yes_no":
        wrong_shape(
            keys["says"], f"`says` of {what}", "a whole sentence", "tell what holds where the fact is yes", faults
        )
        texts["says"] = ""
    _check_placeholders(keys, texts, what, faults)
    found_by = read_name(keys["found_by"], f"`found_by` of {what}", faults) or "" if "found_by" in keys else ""
    if found_by and found_by not in terms.labels:
        declare = "declare it as a term with `role: yes`"
        faults.append(
            diagnose(
                "unknown-term",
                f"`{found_by}`, by whom {what} is found, is not declared",
                terms.did_you_mean(found_by, keys["found_by"], terms.roles, declare),
                keys["found_by"].span,
            )
        )
    elif found_by and found_by not in terms.roles:
        faults.append(not_a_role(found_by, keys["found_by"]))
    bounds = {
        key: _read_bound(keys[key], f"`{key}` of {what}", data_type, keys, faults)
        if key in keys and data_type.kind in _BOUNDED
        else None
        for key in ("min", "max")
    }
    if bounds["min"] is not None and bounds["max"] is not None and bounds["max"] < bounds["min"]:
        message = f"`max` of {what} is less than its `min`: it can have no value"
        other = Label(keys["min"].span, "`min` is here")
        faults.append(diagnose("out-of-range", message, "exchange the two, or correct one", keys["max"].span, (other,)))
    presumption = _read_presumption(keys.get("presume"), what, data_type, keys, faults)
    _check_presumed(presumption, bounds, keys, what, faults)
    unit = keys.get("unit")
    own = terms.labels.get(term, term)
    weight = read_integer(keys["weight"], f"`weight` of {what}", faults) if "weight" in keys else 1
    if weight is not None and weight < 1:
        message = f"`weight` of {what} is what a change costs, and nothing costs less than 1"
        help = "write 1, or more for what is harder to change"
        faults.append(diagnose("out-of-range", message, help, keys["weight"].span))
    return FactDeclaration(
        name=name,
        type=data_type,
        question=texts["question"].replace("{term}", own),
        label=(texts["label"] or attribute.replace("_", " ")).replace("{term}", own),
        says=texts["says"].replace("{term}", own),
        unit=unit.text if isinstance(unit, ScalarNode) else "",
        found_by=found_by,
        parameter=flags["parameter"],
        changeable=not flags["fixed"],
        weight=weight if weight is not None else 1,
        presume=presumption[0] if presumption is not None else None,
        has_presumption=presumption is not None,
        presumed_from=presumption[1] if presumption is not None else None,
        minimum=bounds["min"],
        maximum=bounds["max"],
        values=values,
        value_provisions=provisions,
        counting=read_counting(keys["counting"], what, law_of_file(keys["counting"].span.file), faults)
        if "counting" in keys
        else None,
        suspended=read_suspended(keys["suspended"], what, faults) if "suspended" in keys else (),
        extends=read_name(keys["extends"], f"`extends` of {what}", faults) or "" if "extends" in keys else "",
        span=place,
    )


_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def _check_placeholders(keys: Mapping[str, YamlNode], texts: Mapping[str, str], what: str, faults: Faults) -> None:
    """What stands in braces is something that is put in its place."""
    for key, text in texts.items():
        known = ("{term}", VALUE) if key == "says" else ("{term}",)
        for written in dict.fromkeys(_PLACEHOLDER.findall(text)):
            if written not in known:
                message = f"nothing is put in the place of `{written}` in `{key}` of {what}"
                otherwise = "write the word itself" if written == VALUE else f"what is put in is {' and '.join(known)}"
                help = did_you_mean(written, known, otherwise)
                faults.append(diagnose("unknown-value", message, help, keys[key].span))


def _check_presumed(
    presumption: tuple[Scalar, Citation | None] | None,
    bounds: Mapping[str, int | None],
    keys: Mapping[str, YamlNode],
    what: str,
    faults: Faults,
) -> None:
    """What is presumed is one of the values that the fact may have."""
    value = presumption[0] if presumption is not None else None
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return
    for key in ("min", "max"):
        bound = bounds[key]
        if bound is not None and (value < bound if key == "min" else value > bound):
            side = "less than its `min`" if key == "min" else "more than its `max`"
            message, label = f"what is presumed of {what} is {side}", (Label(keys[key].span, f"`{key}` is here"),)
            faults.append(diagnose("bad-presumption", message, "correct one of the two", keys["presume"].span, label))


def not_a_role(name: str, node: YamlNode) -> Diagnostic:
    """The diagnostic for a term that stands where somebody should."""
    return diagnose(
        "not-a-role",
        f"the term `{name}` is not a role",
        f"only who can act or be owed stands here; declare `{name}` with `role: yes` if it can",
        node.span,
    )


Values = tuple[tuple[str, str], ...]
ValueProvisions = tuple[tuple[str, CitationRange], ...]


def _read_type(
    keys: Mapping[str, YamlNode], what: str, terms: DeclaredTerms, faults: Faults
) -> tuple[DataType, Values, ValueProvisions] | None:
    node = keys["type"]
    written = node.text if isinstance(node, ScalarNode) else ""
    optional = "optional" in keys and read_yes_no(keys["optional"], f"`optional` of {what}", faults) is True
    listed = _LIST.fullmatch(written)
    kind: Kind | None = "list" if listed is not None else TYPES.get(written)
    if kind is None:
        meant = TYPES_OF_FACTS.get(written.lower())
        if isinstance(node, SequenceNode) and len(node.items) == 1 and isinstance(node.items[0], ScalarNode):
            name = as_name(node.items[0].text)
            meant = f"list of {shorten(name)}" if is_name(name) else None
        listing = f"the types are {', '.join(TYPES)} and `list of TERM`"
        faults.append(
            diagnose(
                "unknown-type",
                f"{what} has the type {describe(node)}, which is none",
                f"write `{meant}`" if meant else did_you_mean(written, (*TYPES, "list of"), listing),
                node.span,
            )
        )
        return None
    for key, kinds in (
        ("values", ("enum",)),
        ("several", ("enum",)),
        ("open", ("enum", "list")),
        ("unit", ("duration", "money", "number")),
        ("min", _BOUNDED),
        ("max", _BOUNDED),
        ("counting", COUNTED),
        ("suspended", ("period",)),
        ("extends", ("list",)),
    ):
        if key in keys and kind not in kinds:
            faults.append(
                diagnose(
                    "misplaced-key",
                    f"`{key}` does not go with the type {describe(node)}",
                    f"delete it, or give {what} a type it goes with: {', '.join(_WRITTEN[one] for one in kinds)}",
                    keys[key].span,
                )
            )
    if listed is not None:
        term = listed.group(1)
        if term not in terms.labels:
            faults.append(
                diagnose(
                    "unknown-term",
                    f"`{term}`, of which {what} is a list, is not declared",
                    terms.did_you_mean(term, node, terms.labels, "declare it under `terms`"),
                    node.span,
                )
            )
            return None
        is_open = "open" in keys and read_yes_no(keys["open"], f"`open` of {what}", faults) is True
        return DataType("list", term=term, optional=optional, open=is_open), (), ()
    if kind == "enum":
        return _read_enumeration(keys, what, optional, node, faults)
    if kind == "duration":
        if "unit" not in keys:
            faults.append(
                diagnose(
                    "missing-key",
                    f"{what} lacks `unit`",
                    f"add `unit:` with one of {', '.join(DURATION_UNITS)}",
                    node.span,
                )
            )
            return None
        unit = read_choice(keys["unit"], f"the unit of {what}", tuple(DURATION_UNITS), faults)
        return None if unit is None else (DataType(kind, family=DURATION_UNITS[unit], optional=optional), (), ())
    if kind == "money":
        currency = read_name(keys["unit"], f"the currency of {what}", faults) if "unit" in keys else "won"
        return None if currency is None else (DataType(kind, currency=currency, optional=optional), (), ())
    if kind == "number" and "unit" in keys:
        per = read_choice(keys["unit"], f"the time for which {what} is a rate", tuple(UNIT_IN_BASE), faults)
        return None if per is None else (DataType(kind, per=per, optional=optional), (), ())
    return DataType(kind, optional=optional), (), ()


def _read_enumeration(
    keys: Mapping[str, YamlNode], what: str, optional: bool, place: YamlNode, faults: Faults
) -> tuple[DataType, Values, ValueProvisions] | None:
    is_open = "open" in keys and read_yes_no(keys["open"], f"`open` of {what}", faults) is True
    several = "several" in keys and read_yes_no(keys["several"], f"`several` of {what}", faults) is True
    labels: dict[str, str] = {}
    provisions: list[tuple[str, CitationRange]] = []
    node = keys.get("values")
    pairs: tuple[tuple[YamlNode, YamlNode | None], ...] = ()
    match node:
        case MappingNode(entries=entries):
            pairs = entries
        case SequenceNode(items=items):
            pairs = tuple((item, None) for item in items)
        case ScalarNode():
            wrong_shape(node, f"`values` of {what}", "a list or mapping", "write `values: [one, other]`", faults)
            return None
        case None:
            if not is_open:
                faults.append(diagnose("missing-key", f"{what} lacks `values`", "list its values", place.span))
                return None
    called: dict[str, str] = {}
    for name_node, value in pairs:
        name = read_name(name_node, f"a value of {what}", faults)
        if name is None:
            continue
        if name in RESERVED_WORDS:
            faults.append(
                diagnose(
                    "reserved-word",
                    f"the value `{name}` of {what} is a word of the condition language",
                    f"name it otherwise, e.g. `{name}_`, and give it the label",
                    name_node.span,
                )
            )
            continue
        if name in labels:
            faults.append(diagnose("duplicate-declaration", f"{what} has `{name}` twice", "delete one", name_node.span))
            continue
        labels[name] = name.replace("_", " ")
        if isinstance(value, MappingNode):
            value = read_keys(value, f"the value `{name}` of {what}", DECLARED_VALUE, faults)
            cited, value = value.get("provision"), value.get("label")
            law = law_of_file(name_node.span.file)
            found = (
                read_citation_range(cited, f"the provision of `{name}`", law, "", faults) if cited is not None else None
            )
            if found is not None:
                provisions.append((name, found))
        if value is not None:
            labels[name] = read_text(value, f"the label of `{name}`", faults) or labels[name]
        alike = called.setdefault(labels[name], name)
        if alike != name:
            message = f"the values `{alike}` and `{name}` of {what} are both called `{labels[name]}`"
            faults.append(diagnose("duplicate-declaration", message, "say what tells them apart", name_node.span))
    data_type = DataType("enum", values=tuple(labels), open=is_open, several=several, optional=optional)
    return data_type, tuple(labels.items()), tuple(provisions)


def law_of_file(file: str) -> str:
    """The law in whose folder a file stands; empty for the shared vocabulary."""
    return file.split("/", 1)[0] if "/" in file else ""


def _read_quantity(text: str, data_type: DataType, keys: Mapping[str, YamlNode]) -> int | None:
    """A whole number, or a length in a unit of the fact's family, in the fact's base unit; None if it is neither."""
    match = _QUANTITY.fullmatch(text)
    if match is None:
        return None
    amount, unit = int(match.group(1)), match.group(2)
    if data_type.kind != "duration":
        return amount if unit is None or _is_currency(unit, data_type) else None
    if unit is None:
        declared = keys.get("unit")
        unit = declared.text.removesuffix("s") if isinstance(declared, ScalarNode) else ""
    family, size = UNIT_IN_BASE.get(unit, (None, 0))
    return amount * size if family is not None and family == data_type.family else None


def _read_fraction(text: str, data_type: DataType) -> Fraction | None:
    """A fraction of a number or of a sum: `1/2`, `25/2 euros`; None for anything else."""
    match = _FRACTION.fullmatch(text)
    if match is None or int(match.group(2)) == 0:
        return None
    unit = match.group(3)
    return Fraction(int(match.group(1)), int(match.group(2))) if unit is None or _is_currency(unit, data_type) else None


def _is_currency(unit: str, data_type: DataType) -> bool:
    """True for the fact's currency, whether one of it is spoken of or several."""
    return data_type.currency is not None and unit in (data_type.currency, data_type.currency.removesuffix("s"))


def _read_bound(
    node: YamlNode, what: str, data_type: DataType, keys: Mapping[str, YamlNode], faults: Faults
) -> int | None:
    value = _read_quantity(node.text, data_type, keys) if isinstance(node, ScalarNode) else None
    if value is None:
        wrong_shape(node, what, "a whole number or a length in the fact's unit", "write `7` or `7 days`", faults)
    return value


def _read_presumption(
    node: YamlNode | None, what: str, data_type: DataType, keys: Mapping[str, YamlNode], faults: Faults
) -> tuple[Scalar, Citation | None] | None:
    """The presumed value, and the provision that presumes it."""
    if node is None:
        return None
    source: Citation | None = None
    if isinstance(node, MappingNode):
        node = read_keys(node, f"`presume` of {what}", PRESUME, faults, KEYS_OF_PRESUMPTIONS)
        cited, value = node.get("from"), node.get("value")
        if cited is not None:
            law = law_of_file(node.span.file)
            source = read_citation(cited, f"`presume` of {what}", law, "", faults)
        if value is None:
            return None
        node = value
    text = node.text if isinstance(node, ScalarNode) else ""
    if text == "none" and data_type.optional:
        return None, source
    match data_type.kind:
        case "yes_no" if text in ("yes", "no"):
            return text == "yes", source
        case "enum" if text in data_type.values:
            return text, source
        case "text" if text:
            return text, source
        case "count" | "number" | "money" | "duration":
            amount: int | Fraction | None = _read_quantity(text, data_type, keys)
            if amount is None and data_type.kind in ("number", "money"):
                amount = _read_fraction(text, data_type)
            if amount is not None:
                return amount, source
        case _:
            pass
    faults.append(
        diagnose(
            "bad-presumption",
            f"{what} cannot be presumed to be {describe(node)}",
            "presume a value of the fact's own type; `none` only where it is `optional`"
            if data_type.kind in _PRESUMED
            else f"no {data_type.kind} is presumed; `none` is, where the fact is `optional`",
            node.span,
        )
    )
    return None
