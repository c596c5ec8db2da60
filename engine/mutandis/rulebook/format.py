"""The canonical layout of a rulebook file: what `mutandis fmt` writes.

Conditions are written in their canonical form where they stand: on one line, or, where that is too long, after `|` with
a line for each part of the outermost `and` or `or`. Comments, the order of keys and every other text stay. A file that
does not read is left alone. Formatting what was formatted changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutandis.citation import CitationError, parse_citation_range
from mutandis.condition.parse import parse_condition
from mutandis.condition.render import render, render_lines
from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic
from mutandis.rulebook.conditions import Place, origin_of
from mutandis.rulebook.fields.rules import DEADLINE_WORDS
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlFile, YamlNode, read_yaml
from mutandis.vocabulary import Vocabulary

LIMIT_OF_COLUMNS = 120
"""A condition whose line would be longer is broken at its outermost `and` or `or`."""

_LEAD = re.compile(r"(?:(?:by|on|before)|[a-z][a-z0-9_]*\s+up\s+to)\s+(?=\S)")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:[. ][a-z][a-z0-9_]*)?")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file's canonical text, or its own text and the diagnostics that kept it from being formatted."""

    text: str
    diagnostics: tuple[Diagnostic, ...]


def format_file(text: str, file: str, read: YamlFile | None = None) -> Formatted:
    """The canonical layout of a rule file, vocabulary, law or case file (only a rule file has conditions).

    `read` is what the text was read as, where it was read before.
    """
    yaml_file = read or read_yaml(text, file)
    if yaml_file.diagnostics:
        return Formatted(text, yaml_file.diagnostics)
    lines = yaml_file.text.split("\n")
    faults: list[Diagnostic] = []
    edits: list[_Edit] = []
    for document in yaml_file.documents:
        for found in _find_conditions(document, lines):
            edit = _edit(found, lines, faults)
            if edit is not None:
                edits.append(edit)
    if faults:
        return Formatted(text, tuple(faults))
    # From the end upwards, so that the places of earlier edits stay what they are.
    for edit in sorted(edits, key=lambda one: (one.line, one.column), reverse=True):
        edit.apply(lines)
    return Formatted(_tidy(lines), ())


def _tidy(lines: list[str]) -> str:
    """No trailing spaces, no two blank lines together, none at either end, one line end at the end."""
    kept: list[str] = []
    for line in (line.rstrip() for line in lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n" if any(kept) else ""


# --- finding ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """A scalar that holds a condition; `lead` are the words before it (`by `, `fine up to `)."""

    node: ScalarNode
    lead: str
    in_flow: bool


def _find_conditions(document: YamlNode, lines: list[str]) -> Iterator[_Found]:
    rules = document.get("rules") if isinstance(document, MappingNode) else None
    if isinstance(rules, SequenceNode):
        for rule in rules.items:
            if isinstance(rule, MappingNode):
                yield from _in_keys(rule, lines, _is_flow(rules, lines) or _is_flow(rule, lines))


def _is_flow(node: YamlNode, lines: list[str]) -> bool:
    return not isinstance(node, ScalarNode) and lines[node.span.line - 1][node.span.column - 1] in "[{"


def _in_keys(mapping: MappingNode, lines: list[str], in_flow: bool) -> Iterator[_Found]:
    """The conditions under the keys of a rule, ground, exclusion or entry."""
    for key, value in mapping.entries:
        flow = in_flow or _is_flow(value, lines)
        match key.text:
            case "when" | "requires" | "unless" | "grounds" | "as" | "value" | "governed_by":
                yield from _in_value(value, lines, flow)
            case "deadline":
                yield from _in_deadline(value, flow)
            case "penalty":
                options = value.get("any") if isinstance(value, MappingNode) else value
                if options is not None:
                    yield from _in_options(options, lines, flow)
            case "construe" if isinstance(value, MappingNode):
                for _, target in value.entries:
                    if isinstance(target, ScalarNode) and not _names_something(target.text):
                        yield from _in_value(target, lines, flow)
            case _:
                pass


def _in_value(node: YamlNode, lines: list[str], in_flow: bool) -> Iterator[_Found]:
    match node:
        case ScalarNode():
            if node.text not in ("yes", "no"):
                yield _Found(node, "", in_flow)
        case SequenceNode(items=items):
            for item in items:
                yield from _in_value(item, lines, in_flow or _is_flow(item, lines))
        case MappingNode(entries=entries):
            named = {"when", "value", "unless", "grounds", "at", "since", "until", "label"}
            if any(key.text in named for key, _ in entries):
                yield from _in_keys(node, lines, in_flow)
            else:
                for _, value in entries:
                    yield from _in_value(value, lines, in_flow or _is_flow(value, lines))


def _in_deadline(node: YamlNode, in_flow: bool) -> Iterator[_Found]:
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            if key.text != "clock" and isinstance(value, ScalarNode):
                yield _Found(value, "", in_flow)
    elif isinstance(node, ScalarNode) and node.text not in DEADLINE_WORDS:
        lead = _LEAD.match(node.text)
        if lead is not None:
            yield _Found(node, lead.group(), in_flow)


def _in_options(node: YamlNode, lines: list[str], in_flow: bool) -> Iterator[_Found]:
    for item in node.items if isinstance(node, SequenceNode) else (node,):
        lead = _LEAD.match(item.text) if isinstance(item, ScalarNode) else None
        if isinstance(item, ScalarNode) and lead is not None:
            yield _Found(item, lead.group(), in_flow or _is_flow(item, lines))


def _names_something(text: str) -> bool:
    """True for what `construe` reads as a name or a citation, not as a condition."""
    if _NAME.fullmatch(text):
        return True
    try:
        parse_citation_range(text, law="law", article="1")
    except CitationError:
        return False
    return True


# --- rewriting --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edit:
    """In `line`, put `head` for the columns up to `end_column`; put `below` for the lines after it up to `last_line`.

    All count from 0. What follows `end_column`, mostly a comment, stays.
    """

    line: int
    column: int
    end_column: int
    last_line: int
    head: str
    below: tuple[str, ...] = ()

    def apply(self, lines: list[str]) -> None:
        first = lines[self.line]
        lines[self.line : self.last_line + 1] = [
            first[: self.column] + self.head + first[self.end_column :],
            *self.below,
        ]


def _edit(found: _Found, lines: list[str], faults: list[Diagnostic]) -> _Edit | None:
    node = found.node
    origin = origin_of(node, "the condition", Place("", "", _NO_VOCABULARY, lines, faults))
    if origin is None:
        return None
    parsed = parse_condition(node.text[len(found.lead) :], origin.after(len(found.lead)))
    if parsed.tree is None:
        faults.extend(parsed.diagnostics)
        return None
    lead = " ".join((*found.lead.split(), ""))
    written = lead + render(parsed.tree)
    line, column = node.span.line - 1, node.span.column - 1
    header = _HEADER.match(lines[line], column) if node.style == "literal" else None
    end_column = header.end() if header is not None else node.span.end_column - 1
    last_line = node.span.end_line - 1
    parts = render_lines(parsed.tree)
    fits = column + len(written) <= LIMIT_OF_COLUMNS
    if _stays_plain(written, found.in_flow) and (found.in_flow or fits or len(parts) == 1):
        return _Edit(line, column, end_column, last_line, written)
    if found.in_flow:
        # Only quotes hold it there, as they do now.
        quote = lines[line][column]
        mended = not set(written) & {"'", '"', "\\"}
        return _Edit(line, column, end_column, last_line, f"{quote}{written}{quote}") if mended else None
    opening = _OPENING.match(lines[line])
    inner = opening.end() if opening is not None else 0
    indent = " " * (inner if column == inner else inner + 2)
    below = (written,) if fits else (lead + parts[0], *parts[1:])
    return _Edit(line, column, end_column, last_line, "|", tuple(indent + part for part in below))


_NO_VOCABULARY = Vocabulary({}, {}, {})
_HEADER = re.compile(r"\|[-+1-9]*")
_OPENING = re.compile(r" *(?:- +)*")


def _stays_plain(written: str, in_flow: bool) -> bool:
    """True if YAML reads `written` without quotes as the text it is."""
    match read_yaml(f"[{written}]" if in_flow else f"- {written}", "").documents:
        case (SequenceNode(items=(ScalarNode(text=text, style="plain"),)),):
            return text == written
        case _:
            return False
