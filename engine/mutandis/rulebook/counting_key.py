"""How a vocabulary says that time is counted: the keys `counting`, `suspended` and `extends` of a fact (S43, S50, S51).

`counting: burden`, or `{clock: burden, by: act/95(3)}` with the provision that fixes it, and `end of month: clamp`
where a statute's months do not end as the Civil Act's do. `suspended: {from: …, until: …}` names the facts, mostly
derived ones, that give the first and the last day of a span that does not count. `extends: period`
names, for a list, the period of the same term that its members extend.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final, cast, get_args

from mutandis.calendar.counting import CLOCKS, Counting
from mutandis.calendar.dates import EndOfMonth
from mutandis.datatypes import Kind
from mutandis.diagnostic_codes import diagnose
from mutandis.rulebook.fields.vocabulary import COUNTING, SUSPENDED
from mutandis.rulebook.meant import KEYS_OF_SPANS
from mutandis.rulebook.shapes import (
    Faults,
    read_choice,
    read_citation,
    read_keys,
    read_many,
    read_mapping,
    read_some,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, YamlNode
from mutandis.suggest import did_you_mean
from mutandis.values import Clock
from mutandis.vocabulary import FactDeclaration

COUNTED: Final[tuple[Kind, ...]] = ("period", "date", "moment")
"""The kinds of facts that are counted, or that a count begins with."""
_CONVENTIONS: Final = get_args(EndOfMonth)


def read_counting(node: YamlNode, what: str, law: str, faults: Faults) -> Counting | None:
    """The counting that a fact declares, in a vocabulary of `law`."""
    if isinstance(node, ScalarNode):
        clock = read_choice(node, f"`counting` of {what}", CLOCKS, faults)
        return Counting(cast(Clock, clock)) if clock is not None else None
    mapping = read_mapping(node, f"`counting` of {what}", faults)
    if mapping is None:
        return None
    mapping = read_keys(mapping, f"`counting` of {what}", COUNTING, faults)
    named, by, end = (mapping.get(key) for key in COUNTING.keys)
    clock = read_choice(named, f"the clock of {what}", CLOCKS, faults) if named is not None else None
    place = read_citation(by, f"`counting` of {what}", law, "", faults) if by is not None else None
    convention = read_choice(end, f"the end of the month of {what}", _CONVENTIONS, faults) if end is not None else None
    if clock is None:
        return None
    return Counting(cast(Clock, clock), cast(EndOfMonth | None, convention), "" if place is None else str(place))


def read_suspended(node: YamlNode, what: str, faults: Faults) -> tuple[tuple[str, str], ...]:
    """The names of the facts that give the first and last days of what does not count."""
    found: list[tuple[str, str]] = []
    for span in read_some(node, f"`suspended` of {what}", faults):
        mapping = read_mapping(span, f"`suspended` of {what}", faults)
        if mapping is None:
            continue
        mapping = read_keys(mapping, f"`suspended` of {what}", SUSPENDED, faults, KEYS_OF_SPANS)
        ends = [_read_end(key, mapping.get(key), what, faults) for key in SUSPENDED.keys]
        if all(ends) and ends[0] == ends[1]:
            message = f"what is left out of {what} begins and ends with `{ends[0]}`"
            help = "name the fact that gives its last day"
            faults.append(diagnose("duplicate-declaration", message, help, mapping.span))
        elif all(ends):
            found.append((ends[0], ends[1]))
    return tuple(found)


def _read_end(key: str, node: YamlNode | None, what: str, faults: Faults) -> str:
    """The name of the fact that gives an end of the span; empty where none is named, which is told."""
    if node is not None and not (isinstance(node, ScalarNode) and node.text):
        help = "name a fact of the type date"
        wrong_shape(node, f"`{key}` of `suspended` of {what}", "the name of a fact", help, faults)
    return node.text if isinstance(node, ScalarNode) else ""


def check_suspended(
    facts: Mapping[str, FactDeclaration],
    unread: Collection[str],
    keys: Iterable[tuple[str, YamlNode]],
    faults: Faults,
) -> None:
    """Every fact named under a `suspended` is a date. `keys` are those of the facts that have one, by name; `unread`
    are names whose declaration did not read, which is told.
    """
    for name, node in keys:
        for span in read_many(node):
            for end in span.entries if isinstance(span, MappingNode) else ():
                if not (isinstance(end[1], ScalarNode) and end[1].text in unread):
                    _check_day(name, end[1], facts, faults)


def _check_day(name: str, node: YamlNode, facts: Mapping[str, FactDeclaration], faults: Faults) -> None:
    if not isinstance(node, ScalarNode) or not node.text:
        return
    declared = facts.get(node.text)
    if declared is None:
        help_ = did_you_mean(node.text, facts, "name a fact of the type date")
        faults.append(
            diagnose("undeclared-fact", f"`{node.text}`, which suspends `{name}`, is not declared", help_, node.span)
        )
    elif declared.type.kind != "date":
        message = f"`{node.text}`, which suspends `{name}`, is no date"
        faults.append(diagnose("type-mismatch", message, "name a fact of the type date", node.span))


def check_extends(facts: Mapping[str, FactDeclaration], keys: Iterable[tuple[str, YamlNode]], faults: Faults) -> None:
    """What a list extends is a period of its own term, and its members have one period. `keys` are by name of list."""
    for name, node in keys:
        declared, written = facts.get(name), node.text if isinstance(node, ScalarNode) else ""
        if declared is None or declared.type.kind != "list" or not written:
            continue
        term, listed = name.partition(".")[0], declared.type.term or ""
        own = [n.partition(".")[2] for n, f in facts.items() if n.startswith(f"{term}.") and f.type.kind == "period"]
        if written not in own:
            help_ = did_you_mean(written, own, f"name a period of `{term}`, as in `extends: period`")
            faults.append(diagnose("undeclared-fact", f"`{term}` has no period `{written}`", help_, node.span))
        periods = [n for n, f in facts.items() if n.startswith(f"{listed}.") and f.type.kind == "period"]
        if len(periods) != 1:
            has = "no period" if not periods else f"{len(periods)} periods"
            message = f"a `{listed}` has {has}, so that it is not clear what extends `{term}.{written}`"
            faults.append(diagnose("type-mismatch", message, "give the members of the list one period", node.span))
