"""From the places of a file where a condition stands to checked trees.

A condition is a text; where all of several must hold it is a list, and `all:` and `any:` nest. Everything is parsed
first and checked as one conjunction, so that an earlier line can guard a later one (S33).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mutandis.condition.check import check_condition
from mutandis.condition.guards import present_if
from mutandis.condition.parse import parse_condition
from mutandis.condition.tree import And, Expression, Or, Truth
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO, DataType
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.rulebook.layout import find_line_fault, find_swallowed_key
from mutandis.rulebook.shapes import Faults, describe
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import Origin, Span
from mutandis.vocabulary import Vocabulary

_COMPARED = re.compile(r"\b([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*) is (?:not )?(?:an? |the )?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where reading is at: law and article, what may be named there, the file's lines, and where faults go.

    `present` are the optional facts that conditions around the place have made sure of (S33).
    """

    law: str
    article: str
    vocabulary: Vocabulary
    lines: Sequence[str]
    faults: Faults
    present: frozenset[str] = frozenset()

    def where(self, *conditions: Expression | None) -> Place:
        """The place inside these conditions: what they make sure of needs no guard there."""
        made_sure = frozenset[str]().union(*(present_if(tree, True) for tree in conditions if tree is not None))
        return replace(self, present=self.present | made_sure) if made_sure else self


def read_condition(node: YamlNode, what: str, place: Place, *, parameters: bool = False) -> Expression | None:
    """A yes/no condition as one tree: a text, a list (all), `all:` or `any:`."""
    trees = _parse_all(node, what, place)
    if not trees:
        return None
    tree = trees[0] if len(trees) == 1 else And(trees, span=node.span)
    return _check(tree, YES_NO, place, parameters)


def read_conditions(node: YamlNode, what: str, place: Place, *, parameters: bool = False) -> tuple[Expression, ...]:
    """The same as a tuple of trees, all of which must hold."""
    trees = _parse_all(node, what, place)
    if not trees:
        return ()
    if len(trees) == 1:
        checked = _check(trees[0], YES_NO, place, parameters)
        return () if checked is None else (checked,)
    checked = _check(And(trees, span=node.span), YES_NO, place, parameters)
    return checked.operands if isinstance(checked, And) else ()


def read_value(node: YamlNode, what: str, expected: DataType | None, place: Place) -> Expression | None:
    """An expression of the type `expected` (None: of any); `yes` and `no` where that is yes/no."""
    if not isinstance(node, ScalarNode):
        _refuse(node, what, place)
        return None
    if expected is not None and expected.kind == "yes_no" and node.text in ("yes", "no"):
        return Truth(node.text == "yes", span=node.span, type=YES_NO)
    tree = _parse(node, what, place)
    return None if tree is None else _check(tree, expected, place, parameters=False)


def read_part(
    text: str, origin: Origin, expected: DataType | None, place: Place, *, parameters: bool = False
) -> Expression | None:
    """An expression that is only part of a text, such as what follows `by`."""
    parsed = parse_condition(text, origin)
    place.faults.extend(parsed.diagnostics)
    return None if parsed.tree is None else _check(parsed.tree, expected, place, parameters)


def origin_of(node: ScalarNode, what: str, place: Place) -> Origin | None:
    """Where the text of a scalar stands, or None, with a diagnostic, where YAML changed it."""
    if node.told:
        return None
    if not node.text.strip():
        place.faults.append(
            diagnose("wrong-shape", f"{what} is empty", "write a condition, or delete the line", node.span)
        )
        return None
    if node.origin is not None:
        return node.origin
    if find_swallowed_key(place.lines, node.span.line - 1, node.span.end_line - 1, node.span.file) is not None:
        return None  # told where the file was read
    first = place.lines[node.span.line - 1] if node.span.line <= len(place.lines) else ""
    unmarked = find_line_fault(first, node.span.line - 1, node.span.file) if node.style == "plain" else None
    if unmarked is not None:
        place.faults.append(unmarked)
        return None
    how = {
        "folded": "`>` folds it into one line",
        "plain": "it runs over several lines",
        "single": "quotes in it are doubled, or it runs over several lines",
        "double": "it holds an escape, or runs over several lines",
    }[node.style]
    place.faults.append(
        diagnose(
            "folded-condition",
            f"{what} is not written as it reads: {how}",
            "put it on one line, or on its own lines after `|`",
            node.span,
        )
    )
    return None


# --- parsing ----------------------------------------------------------------------------------------------------------


def _parse_all(node: YamlNode, what: str, place: Place) -> tuple[Expression, ...]:
    """The trees that must all hold."""
    match node:
        case ScalarNode():
            tree = _parse(node, what, place)
            return () if tree is None else (tree,)
        case SequenceNode(items=items):
            if not items:
                place.faults.append(
                    diagnose(
                        "wrong-shape", f"{what} is an empty list", "write a condition, or delete the key", node.span
                    )
                )
            return tuple(tree for item in items for tree in _parse_all(item, what, place))
        case MappingNode(entries=((key, value),)) if key.text == "all":
            return _parse_all(value, what, place)
        case MappingNode(entries=((key, value),)) if key.text == "any":
            members = value.items if isinstance(value, SequenceNode) else (value,)
            trees = [_parse_all(member, what, place) for member in members]
            if not all(trees):
                return ()
            operands = tuple(many[0] if len(many) == 1 else And(many, span=node.span) for many in trees)
            return operands if len(operands) == 1 else (Or(operands, span=node.span),)
        case _:
            _refuse(node, what, place)
            return ()


def _parse(node: ScalarNode, what: str, place: Place) -> Expression | None:
    origin = origin_of(node, what, place)
    if origin is None:
        return None
    parsed = parse_condition(node.text, origin)
    labelled = _find_label(node.text, origin, place) if parsed.tree is None else None
    place.faults.extend([labelled] if labelled else (_explain_comment(node, place, one) for one in parsed.diagnostics))
    return parsed.tree


def _find_label(text: str, origin: Origin, place: Place) -> Diagnostic | None:
    """A condition that does not read may have the label of a value in place of the value."""
    for match in _COMPARED.finditer(text):
        fact = place.vocabulary.facts.get(match[1])
        for value, label in fact.values if fact is not None else ():
            written = text[match.end() : match.end() + len(label)]
            after = text[match.end() + len(label) :]
            if " " in label and written.lower() == label.lower() and not re.match(r"\w", after):
                span = origin.span(match.end(), match.end() + len(label))
                return diagnose("condition-syntax", f"`{written}` is the label of `{value}`", f"write `{value}`", span)
    return None


def _explain_comment(node: ScalarNode, place: Place, fault: Diagnostic) -> Diagnostic:
    """A condition that stops too early where a ` #` follows was cut off by YAML."""
    row, end = node.span.end_line, node.span.end_column
    if (
        node.style != "plain"
        or fault.slug != "condition-syntax"
        or (fault.span.line, fault.span.end_column) < (row, end)
    ):
        return fault
    rest = place.lines[row - 1][end - 1 :] if row <= len(place.lines) else ""
    if not rest.lstrip().startswith("#"):
        return fault
    column = end + len(rest) - len(rest.lstrip())
    return diagnose(
        "broken-condition",
        "YAML broke this text: ` #` begins a comment, and the condition ends before it",
        "finish the condition, or put it on its own lines after `|`",
        Span(node.span.file, row, column, row, column + 1),
    )


def _refuse(node: YamlNode, what: str, place: Place) -> None:
    """A list or mapping where a text should stand: mostly YAML read a sign in a condition."""
    if isinstance(node, MappingNode) and node.entries:
        key, value = node.entries[0]
        meant = _meant_by_mapping(node)
        if meant:
            message = f"{what} is a condition, not a mapping"
            place.faults.append(diagnose("wrong-shape", message, meant, node.span))
            return
        braced = node.span.line <= len(place.lines) and (
            place.lines[node.span.line - 1][node.span.column - 1 : node.span.column] == "{"
        )
        if braced and isinstance(value, ScalarNode) and not value.text:
            message, span = "YAML broke this text: a leading `{` begins a YAML mapping", node.span
        else:
            message = "YAML broke this text: `: ` makes a key of what stands before it"
            span = Span(
                key.span.file, key.span.end_line, key.span.end_column, key.span.end_line, key.span.end_column + 1
            )
        place.faults.append(
            diagnose(
                "broken-condition",
                message,
                "put the text on its own lines after `|`, where YAML reads no signs; only `all` and `any` are keys",
                span,
            )
        )
        return
    place.faults.append(
        diagnose("wrong-shape", f"{what} is a condition, not {describe(node)}", "write one condition", node.span)
    )


def _meant_by_mapping(node: MappingNode) -> str:
    """How to write what a mapping in the place of a condition shows by its keys; empty where YAML made it of a sign."""
    keys = [key.text for key, _ in node.entries]
    if len(keys) == 1 and keys[0] in _LISTS:
        return f"write `{_LISTS[keys[0]]}:` with the list under it"
    if all(key.isdigit() for key in keys):
        return "numbered grounds, one of which suffices, stand under `grounds`; what must all hold is a list: `- …`"
    values = [value.text for _, value in node.entries if isinstance(value, ScalarNode)]
    if len(values) == len(keys) and all(
        _FACT.fullmatch(key) and value for key, value in zip(keys, values, strict=True)
    ):
        written = (
            name if value == "yes" else f"not {name}" if value == "no" else f"{name} is {value}"
            for name, value in zip(keys, values, strict=True)
        )
        return f"write `{' and '.join(written)}`"
    return ""


_LISTS = {"or": "any", "one_of": "any", "either": "any", "and": "all", "all_of": "all", "both": "all"}
_FACT = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


def _check(tree: Expression, expected: DataType | None, place: Place, parameters: bool) -> Expression | None:
    checked = check_condition(
        tree,
        vocabulary=place.vocabulary,
        expected=expected,
        law=place.law,
        article=place.article,
        parameters_allowed=parameters,
        present=place.present,
    )
    place.faults.extend(checked.diagnostics)
    return checked.tree
