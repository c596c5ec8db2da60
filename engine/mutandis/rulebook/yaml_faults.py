"""Why a file is not YAML, told to somebody who was writing a condition.

Most YAML errors in a rule file come from a sentence or condition in which YAML saw a sign of its own: a `: `, a
leading bracket or quote. This module looks at the line where the parser stopped, finds that sign, and says how to write
the text so that YAML leaves it alone. It knows nothing of the parser beyond the position and the words it stopped with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.rulebook.layout import find_key_among_items, find_layout_fault
from mutandis.source import Span

_MEND = "put the text on its own lines after `|`, where YAML reads no signs"

_LEADING = {
    "[": "a leading `[` begins a YAML list",
    "{": "a leading `{` begins a YAML mapping",
    "*": "a leading `*` is a YAML alias",
    "&": "a leading `&` is a YAML anchor",
    "!": "a leading `!` is a YAML tag",
    ">": "a leading `>` begins a folded YAML text",
    "|": "a leading `|` begins a YAML text on the lines below",
    "@": "a leading `@` is reserved in YAML",
    "`": "a leading backtick is reserved in YAML",
    "%": "a leading `%` is a YAML directive",
    '"': "a leading quote makes YAML end the text at the next quote",
    "'": "a leading quote makes YAML end the text at the next quote",
}

_CLOSING = {"[": "]", "{": "}"}

_PREFIX = re.compile(r"^\s*(?:- +)*(?:(?P<key>[A-Za-z0-9_.()/:\-]+|\([^)]*\)[^:]*): +)?")


def explain_yaml_error(
    problem: str,
    position: tuple[int, int],
    context: tuple[int, int] | None,
    lines: Sequence[str],
    file: str,
) -> Diagnostic:
    """The diagnostic for a parser that stopped at `position` (line, column, from 0) saying `problem`."""
    candidates = [position[0]]
    if context is not None and context[0] not in candidates:
        # A bracket that its own line leaves open is at fault, whatever the parser stopped at.
        opened = lines[context[0]][context[1] :] if context[0] < len(lines) else ""
        at = 0 if opened[:1] in _CLOSING and _CLOSING[opened[0]] not in opened else 1
        candidates.insert(at, context[0])
    line, column = position
    ended = line >= len(lines) or not (lines[line][column:].strip() or any(row.strip() for row in lines[line + 1 :]))
    if ended and context is not None and context[0] < len(lines) and lines[context[0]][context[1] : context[1] + 1]:
        opener = lines[context[0]][context[1]]
        if opener in "[{\"'":
            return diagnose(
                "yaml-syntax",
                f"the file ends before this `{opener}` is closed",
                "close it, or fetch the file again if it was cut off; a condition stands on its own lines after `|`",
                Span(file, context[0] + 1, context[1] + 1, context[0] + 1, context[1] + 2),
            )
    if "'-' indicator" in problem and line < len(lines):
        among = find_key_among_items(lines, line, file)
        if among is not None:
            return among
    # A quote or bracket left open is noticed only lines later; the text that did it begins at the context.
    for number in candidates:
        if number < len(lines):
            found = _find_sign(lines[number], number, position, file)
            if found is not None:
                return found
    layout = find_layout_fault(problem, position, context, lines, file)
    if layout is not None:
        return layout
    if line >= len(lines) or (line == len(lines) - 1 and not lines[line].strip()):
        line = max(0, len(lines) - 1)
        while line > 0 and not lines[line].strip():
            line -= 1
        column = len(lines[line])
    return diagnose(
        "yaml-syntax",
        f"this is not YAML: {_plain_words(problem)}",
        _next_step(problem),
        Span(file, line + 1, column + 1, line + 1, column + 2),
    )


def _find_sign(line: str, number: int, position: tuple[int, int], file: str) -> Diagnostic | None:
    prefix = _PREFIX.match(line)
    begin = prefix.end() if prefix is not None else 0
    value = line[begin:]
    sign = value[:1]
    if value.startswith(("```", "~~~")):
        return diagnose(
            "yaml-syntax",
            f"`{value[:3]}` is no part of the file",
            "delete the line: it was copied with the text around it",
            Span(file, number + 1, begin + 1, number + 1, len(line.rstrip()) + 1),
        )
    if sign in _CLOSING and value.rstrip().endswith(_CLOSING[sign]) and number == position[0]:
        # The brackets are meant; what broke is a text between them.
        column = max(begin, min(position[1], len(line) - 1))
        return diagnose(
            "broken-condition",
            f"YAML broke a text inside `{sign}…{_CLOSING[sign]}`: it ends at a comma, a bracket, a brace or a `: `",
            "put that text into quotes, or write each key or item on a line of its own",
            Span(file, number + 1, column + 1, number + 1, column + 2),
        )
    if sign in "\"'[{" and value.count(sign) == 1 and _CLOSING.get(sign, sign) not in value[1:]:
        return diagnose(
            "yaml-syntax",
            f"`{sign}` is never closed",
            f"write `{_CLOSING.get(sign, sign)}` where it ends, or leave it out",
            Span(file, number + 1, begin + 1, number + 1, begin + 2),
        )
    if sign in _LEADING and not _closes(value):
        return diagnose(
            "broken-condition",
            f"YAML broke this text: {_LEADING[sign]}",
            _MEND if sign not in "!&" else f"write `not` and `and` in words, or {_MEND}",
            Span(file, number + 1, begin + 1, number + 1, len(line.rstrip()) + 1),
        )
    # A key is looked for only where the parser stopped: elsewhere a `: ` is an ordinary flow mapping's.
    if number == position[0] and sign not in _LEADING:
        colon = value.find(": ") if ": " in value else (len(value) - 1 if value.endswith(":") else -1)
        if colon >= 0 and begin > 0:
            return diagnose(
                "broken-condition",
                "YAML broke this text: `: ` makes a key of what stands before it",
                _MEND,
                Span(file, number + 1, begin + colon + 1, number + 1, begin + colon + 2),
            )
    return None


def _closes(value: str) -> bool:
    """True if what the leading sign opens is closed at the line's end, so that the sign is not the fault."""
    sign, rest = value[0], value.rstrip()
    if sign in "\"'":
        return len(rest) > 1 and rest.endswith(sign) and rest.count(sign) == 2
    return sign in ">|" and re.fullmatch(r"[>|][+-]?[1-9]?[+-]?(?: +#.*)?", rest) is not None


def _plain_words(problem: str) -> str:
    """The parser's words in a drafter's."""
    for part, words in (
        ("mapping values are not allowed", "a key stands where none can"),
        ("sequence entries are not allowed", "a list begins on the line of its key"),
        ("did not find expected key", "the indentation does not fit the lines above"),
        ("expected <block end>", "the indentation does not fit the lines above"),
        ("did not find expected '-' indicator", "a line in a list does not begin with `- `"),
        ("could not find expected ':'", "a line has no `:` after its key"),
        ("end of stream", "the file ends in the middle of a text or list"),
        ("did not find expected ',' or", "a bracket is not closed, or a comma is missing"),
        ("expected ',' or", "a bracket is not closed, or a comma is missing"),
        ("cannot start any token", "a sign stands where no text can begin with it"),
        ("did not find expected node content", "a value is missing"),
        ("did not find expected <document start>", "text stands where a new document would begin"),
        ("expected '<document start>'", "text stands where a new document would begin"),
    ):
        if part in problem:
            return words
    return problem


def _next_step(problem: str) -> str:
    if "sequence entries" in problem:
        return "put the list on the lines below its key"
    if "end of stream" in problem:
        return "the file seems to be cut off; close the quote or bracket, or fetch the file again"
    return "compare the line's indentation with its neighbours; keys end in `: `, list items begin with `- `"
