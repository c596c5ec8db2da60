"""Reads a condition: text in, tree with unresolved names out.

The grammar is `grammar.lark`; its tables (LALR, with a lexer that knows what can come next) are run by `lalr`. Every
node's span points into the file the text came from. What does not read gives one diagnostic, at the first
place that cannot be right. Length and nesting are bounded before anything recurses.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any, Final

from mutandis.condition import forms_logic, forms_values
from mutandis.condition.builder import Builder, Construct, syntax_diagnostic
from mutandis.condition.lalr import Stopped, Tables, Word, read_tables, run
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.source import NO_ORIGIN, Origin, Span

LONGEST_CONDITION: Final = 20_000
"""Characters of the longest condition that is read: some hundred times the longest in the laws held."""

DEEPEST_NESTING: Final = 100
"""Levels of the deepest tree that is built: every pass may recurse over a tree without asking."""

_CONSTRUCTS: Final[dict[str, Construct]] = {**forms_logic.CONSTRUCTS, **forms_values.CONSTRUCTS}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition's tree with names unresolved, or None with the diagnostics that say why."""

    tree: Expression | None
    diagnostics: tuple[Diagnostic, ...]


def parse_condition(text: str, origin: Origin = NO_ORIGIN) -> Parsed:
    """The tree of the condition `text`, which stands at `origin`.

    >>> parse_condition("inmate.class is sentenced").tree
    Compare(operator='is', left=Name(text='inmate.class'), right=Name(text='sentenced'))
    """
    refused = _refuse_unbounded(text, origin)
    if refused is not None:
        return Parsed(None, (refused,))
    builder = Builder(text, origin)

    def construct(name: str, operands: list[Any], words: list[Word], start: int, end: int) -> Any:
        return _CONSTRUCTS[name](builder, operands, words, origin.span(start, end))

    built = run(_tables(), text, construct)
    if isinstance(built, Stopped):
        from mutandis.condition.slips import explain_stop  # a table of patterns that a right condition asks nothing

        explained = explain_stop(text, *built)
        return Parsed(None, (syntax_diagnostic(explained, origin),))
    if built.depth > DEEPEST_NESTING:
        return Parsed(None, (_too_deep(origin.span(0, len(text))),))
    if builder.diagnostics:
        return Parsed(None, tuple(builder.diagnostics))
    return Parsed(built.value, ())


@cache
def _tables() -> Tables:
    """The grammar's tables, as `tools/grammar` worked them out."""
    return read_tables(json.loads(files("mutandis.condition").joinpath("tables.json").read_text(encoding="utf-8")))


# --- bounds -----------------------------------------------------------------------------------------------------------


def _refuse_unbounded(text: str, origin: Origin) -> Diagnostic | None:
    if len(text) > LONGEST_CONDITION:
        return diagnose(
            "condition-too-long",
            f"the condition has {len(text)} characters, more than the {LONGEST_CONDITION} allowed",
            "split it into several conditions or grounds, or define a fact for a part of it",
            origin.span(LONGEST_CONDITION, LONGEST_CONDITION + 1),
        )
    if text.count("(") + text.count("[") <= DEEPEST_NESTING:
        return None
    depth, quoted = 0, False
    for offset, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "([":
            depth += 1
            if depth > DEEPEST_NESTING:
                return _too_deep(origin.span(offset, offset + 1))
        elif sign in ")]":
            depth -= 1
    return None


def _too_deep(span: Span) -> Diagnostic:
    return diagnose(
        "condition-too-deep",
        f"the condition is nested more than {DEEPEST_NESTING} deep",
        "define a fact for a part of it, and name the fact here",
        span,
    )
