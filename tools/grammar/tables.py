"""From `grammar.lark` to tables as data: states numbered from the start in the order of their symbols, so that the same
grammar always gives the same file.

What is read here of Lark's parser has no public name. This module is the only one that knows of it, it runs when the
grammar changes, and a test holds its file against what Lark makes of the grammar.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lark import Lark
from lark.parsers.lalr_analysis import Shift

import mutandis.condition

FOLDER = Path(str(mutandis.condition.__file__)).parent
TABLES = FOLDER / "tables.json"
END = "$END"


def lark_of_grammar() -> Lark:
    """Lark's own parser of the grammar."""
    return Lark((FOLDER / "grammar.lark").read_text(encoding="utf-8"), parser="lalr", lexer="contextual")


def write_tables() -> str:
    """The text of the file of tables."""
    front: Any = lark_of_grammar().parser
    table, lexers = front.parser._parse_table, front.lexer.lexers
    productions = sorted({_production(rule) for rule in front.parser.parser_conf.rules})
    numbers = _numbered(table)
    patterns: dict[str, int] = {}
    actions: list[dict[str, int]] = [{} for _ in numbers]
    gotos: list[dict[str, int]] = [{} for _ in numbers]
    scanners: list[int] = [0] * len(numbers)
    for state, number in numbers.items():
        known = lexers[state].terminals_by_name
        for symbol, (action, target) in sorted(table.states[state].items()):
            if symbol != END and symbol not in known:
                gotos[number][symbol] = numbers[target]
            elif action is Shift:
                actions[number][symbol] = numbers[target]
            else:
                actions[number][symbol] = -1 - productions.index(_production(target))
        scanners[number] = patterns.setdefault(_pattern(lexers[state]), len(patterns))
    found = {
        "start": numbers[table.start_states["start"]],
        "end": numbers[table.end_states["start"]],
        "ignored": sorted(front.lexer_conf.ignore),
        "every_terminal": _pattern(front.lexer.root_lexer),
        "patterns": list(patterns),
        "scanners": scanners,
        "actions": actions,
        "gotos": gotos,
        "productions": productions,
    }
    lines = (f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _numbered(table: Any) -> dict[Any, int]:
    """Every state with its number: from the start, breadth first, by the names of symbols."""
    numbers = {table.start_states["start"]: 0}
    for state in (waiting := list(numbers)):
        for _, (action, target) in sorted(table.states[state].items(), key=lambda item: str(item[0])):
            if isinstance(target, int) and target not in numbers and (action is Shift or target in table.states):
                numbers[target] = len(numbers)
                waiting.append(target)
    return numbers


def _pattern(lexer: Any) -> str:
    (pattern,) = lexer.scanner._mres
    assert not lexer.callback, "a terminal that is read as another cannot stand in a table"
    return str(pattern.pattern)


def _production(rule: Any) -> tuple[int, str, str, tuple[int, ...], bool, bool]:
    kept = tuple(place for place, symbol in enumerate(rule.expansion) if not (symbol.is_term and symbol.filter_out))
    name = str(rule.origin.name)
    return (
        len(rule.expansion),
        name,
        str(rule.alias or name),
        kept,
        name.startswith("_"),
        bool(rule.options.expand1) and rule.alias is None,
    )
