"""Strict YAML: bytes in, an immutable tree of positioned nodes out, with every fault a diagnostic.

The one module that knows PyYAML, and of it only the event stream (the C parser's where there is one; marks are the
same). Every scalar is a string: `yes`, `108.10`, `12:30` stay what they look like. Anchors, aliases, tags, merge keys,
directives, duplicate keys, tabs and control characters are refused; length and depth are bounded before any tree
exists, so no file can exhaust time or memory. Faults that stop the reading leave `documents` empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any, Literal, NamedTuple

from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.rulebook.layout import find_swallowed_key
from mutandis.rulebook.yaml_faults import explain_yaml_error
from mutandis.source import Origin, Span

LIMIT_OF_BYTES = 1_000_000
"""A longer file is refused unread: the longest article of a real code makes a file of about a fiftieth of this."""

LIMIT_OF_DEPTH = 50
"""Nesting beyond this is refused: the format's own deepest place is at about a quarter of it."""

Style = Literal["plain", "single", "double", "literal", "folded"]


class ScalarNode(NamedTuple):
    """A text. `origin` maps its offsets to the file; it is None where YAML folded lines or resolved escapes.

    `comment` is the column of a `#` that ends a plain text on its line; 0 where none does. `told` is true of an empty
    text of which it has been told that what belongs there stands beside it.
    """

    text: str
    style: Style
    span: Span
    origin: Origin | None
    comment: int = 0
    told: bool = False


class SequenceNode(NamedTuple):
    """A list, in block or flow layout."""

    items: tuple[YamlNode, ...]
    span: Span


class MappingNode(NamedTuple):
    """Keys with their values, in the order of the file; no key occurs twice."""

    entries: tuple[tuple[ScalarNode, YamlNode], ...]
    span: Span

    def get(self, key: str) -> YamlNode | None:
        """The value of `key`, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    def key(self, key: str) -> ScalarNode | None:
        """The key itself, for its place."""
        for name, _ in self.entries:
            if name.text == key:
                return name
        return None


YamlNode = ScalarNode | SequenceNode | MappingNode


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a file holds: its text with line ends as LF, its documents, and what is wrong with it."""

    text: str
    documents: tuple[YamlNode, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_yaml(data: bytes | str, file: str) -> YamlFile:
    """The documents of one file. `data` may be cut off after `LIMIT_OF_BYTES` + 1: then it is too long in any case."""
    # Imported here and where events are told apart: what was kept of a rulebook is opened without it.
    import yaml

    if len(data) > LIMIT_OF_BYTES:
        return YamlFile("", (), (_too_long(file, LIMIT_OF_BYTES),))
    text, fault = _decode(data, file)
    if fault is not None:
        return YamlFile(text, (), (fault,))
    faults = list(_check_characters(text, file))
    if faults:
        return YamlFile(text, (), tuple(faults))
    composer = _Composer(file, text.split("\n"))
    try:
        composer.run(_events(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        context = getattr(error, "context_mark", None)
        composer.faults.append(
            explain_yaml_error(
                str(getattr(error, "problem", None) or "it cannot be read"),
                (mark.line, mark.column) if mark is not None else (0, 0),
                (context.line, context.column) if context is not None else None,
                composer.lines,
                file,
            )
        )
        composer.stopped = True
    return YamlFile(text, () if composer.stopped else tuple(composer.documents), tuple(composer.faults))


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    return iter(loader.get_event, None)


# --- bytes and characters ---------------------------------------------------------------------------------------------


def _too_long(file: str, limit: int) -> Diagnostic:
    return diagnose(
        "file-too-long",
        f"the file is longer than {limit:,} bytes",
        "part it into several files, or check that it is the file you meant",
        Span(file, 1, 1, 1, 1),
    )


def _decode(data: bytes | str, file: str) -> tuple[str, Diagnostic | None]:
    """The text with LF line ends, and what kept it from being read."""
    start = Span(file, 1, 1, 1, 1)
    if isinstance(data, bytes):
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "", diagnose("not-utf-8", "the file is UTF-16", "save it as UTF-8 without a byte order mark", start)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            line = before.count("\n") + 1
            column = len(before) - (before.rfind("\n") + 1) + 1
            return "", diagnose(
                "not-utf-8",
                f"byte {data[error.start]:#04x} is not UTF-8",
                "save the file as UTF-8; the editor that wrote it used another encoding",
                Span(file, line, column, line, column + 1),
            )
    else:
        text = data
    if text.startswith("\ufeff"):
        return text, diagnose(
            "byte-order-mark", "the file begins with a byte order mark", "save it as UTF-8 without one", start
        )
    return text.replace("\r\n", "\n"), None


# Besides what YAML cannot hold: the line ends only YAML sees (NEL, LS, PS), and the marks that reorder what is shown.
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_MOST_SHOWN = 20


def _check_characters(text: str, file: str) -> Iterator[Diagnostic]:
    """The first refused character of a line, for the first lines that have one."""
    if _REFUSED.search(text) is None and "\t" not in text and "\n%" not in f"\n{text}":
        return
    shown = 0
    for number, line in enumerate(text.split("\n"), start=1):
        refused = _REFUSED.search(line)
        tab = line.find("\t")
        if refused is not None:
            yield diagnose(
                "control-character",
                f"the character U+{ord(refused.group()):04X} cannot stand in a rulebook file",
                "delete it; it does not show in most editors",
                Span(file, number, refused.start() + 1, number, refused.start() + 2),
            )
        elif tab >= 0:
            yield diagnose(
                "tab",
                "a tab stands in the file",
                "use spaces: a tab is wider in one editor than in another, and YAML counts it as nothing",
                Span(file, number, tab + 1, number, tab + 2),
            )
        elif line.startswith("%"):
            yield diagnose(
                "yaml-directive",
                f"`{line[:40].strip()}` is a YAML directive",
                "delete the line; rulebook files have none",
                Span(file, number, 1, number, len(line) + 1),
            )
        else:
            continue
        shown += 1
        if shown == _MOST_SHOWN:
            return


# --- events to nodes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place as the parser tells it: line and column from 0."""

    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet. `key` is the mapping key that waits for its value."""

    is_mapping: bool
    start: Any
    flow: bool
    items: list[YamlNode] = field(default_factory=list)
    entries: dict[str, tuple[ScalarNode, YamlNode]] = field(default_factory=dict)
    key: ScalarNode | None = None


_made: Any = tuple.__new__
"""Makes a named tuple from its fields at a third of what naming them costs: a rulebook has hundreds of thousands."""


@dataclass(slots=True)
class _Composer:
    """Builds nodes from events with a stack of its own, so that depth costs no call stack."""

    file: str
    lines: list[str]
    faults: list[Diagnostic] = field(default_factory=list)
    documents: list[YamlNode] = field(default_factory=list)
    stopped: bool = False
    stack: list[_Open] = field(default_factory=list)

    def run(self, events: Iterator[Any]) -> None:
        import yaml

        stack, place, scalar = self.stack, self.place, self.scalar
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self.refuse_marks(event)
                node = scalar(event)
                if stack and (parent := stack[-1]).is_mapping and parent.key is None:
                    if node.text in parent.entries:
                        self.begin_another(parent, node)
                    parent.key = node
                else:
                    place(node)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.refuse_marks(event)
                if len(stack) >= LIMIT_OF_DEPTH:
                    self.refuse(
                        "nested-too-deeply",
                        f"more than {LIMIT_OF_DEPTH} levels of nesting",
                        "no rule needs so many; look for brackets that are not closed",
                        event,
                    )
                    return
                stack.append(_Open(kind is yaml.MappingStartEvent, event.start_mark, bool(event.flow_style)))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close(event)
            elif kind is yaml.AliasEvent:
                self.refuse(
                    "anchor-or-alias",
                    f"`*{event.anchor}` is a YAML alias",
                    "write the value out; if this is a condition, put it on the lines after `|`",
                    event,
                )
                return
            if self.stopped:
                return

    def refuse(self, slug: str, message: str, help: str, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        line, column = start.line + 1, start.column + 1
        last = end.column + 1 if end.line == start.line and end.column > start.column else column + 1
        self.faults.append(diagnose(slug, message, help, Span(self.file, line, column, line, last)))
        self.stopped = True

    def refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self.refuse(
                "anchor-or-alias",
                f"`&{event.anchor}` is a YAML anchor",
                "delete it; if this is a condition, put it on the lines after `|` and write `and` for `&`",
                event,
            )
        elif event.tag is not None:
            self.refuse(
                "tag",
                "`!` begins a YAML tag",
                "delete it; if this is a condition, write `not …` for `!…`",
                event,
            )

    def place(self, node: YamlNode) -> None:
        """Put a finished node where it belongs: the document, the list, or the mapping as key or value."""
        if not self.stack:
            self.documents.append(node)
            return
        parent = self.stack[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is not None:
            self.enter(parent, parent.key, node)
            parent.key = None
        elif isinstance(node, ScalarNode):
            parent.key = node
        else:
            self.faults.append(
                diagnose("wrong-shape", "a key is a single word or place", "write the key as plain text", node.span)
            )
            self.stopped = True

    def begin_another(self, parent: _Open, key: ScalarNode) -> None:
        """The mapping's first key again, after others: what parts two documents or items is missing before it."""
        above = self.stack[-2] if len(self.stack) > 1 else None
        if len(parent.entries) < 2 or key.text != next(iter(parent.entries)):
            return
        if parent.flow or (above is not None and (above.flow or above.is_mapping)):
            return
        what, mark = ("a document", "---") if above is None else ("an item", "- ")
        first = parent.entries[key.text][0]
        self.faults.append(
            diagnose(
                "duplicate-key",
                f"`{key.text}` is given twice: {what} begins with it, and no `{mark}` stands before it",
                f"write `---` on the line above `{key.text}`" if above is None else f"write `- {key.text}: …`",
                key.span,
                (Label(first.span, "given here first"),),
            )
        )
        last = next(value for _, value in reversed(parent.entries.values()))
        start = parent.start
        span = Span(self.file, start.line + 1, start.column + 1, last.span.end_line, last.span.end_column)
        done = MappingNode(tuple(parent.entries.values()), span)
        (self.documents if above is None else above.items).append(done)
        parent.entries = {}
        parent.start = _Mark(key.span.line - 1, key.span.column - 1)

    def enter(self, parent: _Open, key: ScalarNode, value: YamlNode) -> None:
        text = key.text
        if text == "<<" and key.style == "plain":
            self.faults.append(diagnose("merge-key", "`<<` merges another mapping", "write the keys out", key.span))
        elif text in parent.entries:
            labels = [Label(parent.entries[text][0].span, "given here first")]
            message, help = f"`{text}` is given twice", "keep one of them; for two values of one key write a list"
            above, under = next(reversed(parent.entries.values()))
            if isinstance(under, ScalarNode) and under.style == "plain" and not under.text and above.text != text:
                # Told as one slip: that nothing stands under the key above is not told again.
                message += f", here beside `{above.text}`, not under it"
                help = f"indent what belongs to `{above.text}`, or keep one of the two"
                labels.append(Label(above.span, "nothing stands under it"))
                del parent.entries[above.text]
            self.faults.append(diagnose("duplicate-key", message, help, key.span, tuple(labels)))
        else:
            parent.entries[text] = (key, value)

    def close(self, event: Any) -> None:
        done = self.stack.pop()
        start = done.start
        inside: tuple[Any, ...] = tuple(done.entries.values()) if done.is_mapping else tuple(done.items)
        # A block collection's end mark is the next token's; the last child's end is what a reader means.
        if done.flow or not inside:
            end_row, end_column = event.end_mark.line + 1, event.end_mark.column + 1
        else:
            last = inside[-1][1].span if done.is_mapping else inside[-1].span
            end_row, end_column = last.end_line, last.end_column
        span = _made(Span, (self.file, start.line + 1, start.column + 1, end_row, end_column))
        self.place(MappingNode(inside, span) if done.is_mapping else SequenceNode(inside, span))

    def scalar(self, event: Any) -> ScalarNode:
        style = _STYLES[event.style]
        start, text = event.start_mark, event.value
        if style == "literal" or style == "folded":
            return self.block(text, style, start)
        end, file, lines = event.end_mark, self.file, self.lines
        row, column, end_row, end_column = start.line, start.column, end.line, end.column
        origin = None
        # A value left out at the end of the file is placed on a line that the file does not have.
        if row == end_row and row < len(lines):
            # Quoted scalars begin one before their text; with an escape inside, offsets no longer match.
            quote = 0 if style == "plain" else 1
            if lines[row][column + quote : end_column - quote] == text:
                origin = _made(Origin, (file, ((0, row + 1, column + 1 + quote),)))
        elif style == "plain" and (swallowed := find_swallowed_key(lines, row, end_row, file)):
            self.faults.append(swallowed)
        comment = 0
        if style == "plain" and end_row < len(lines) and "#" in (rest := lines[end_row][end_column:]):
            comment = end_column + rest.index("#") + 1 if rest.lstrip(" ").startswith("#") else 0
        span = _made(Span, (file, row + 1, column + 1, end_row + 1, end_column + 1))
        made: ScalarNode = _made(ScalarNode, (text, style, span, origin, comment, False))
        return made

    def block(self, text: str, style: Style, start: Any) -> ScalarNode:
        """A `|` or `>` scalar: its mark is at the sign, its text on the lines below, less their indentation."""
        first = start.line + 1
        rows = text.split("\n") if text else []
        starts: list[tuple[int, int, int]] = []
        offset = 0
        end = (start.line + 1, start.column + 2)
        for index, row in enumerate(rows):
            written = self.lines[first + index] if first + index < len(self.lines) else ""
            if not row and index == len(rows) - 1:
                break
            starts.append((offset, first + index + 1, len(written) - len(row) + 1))
            end = (first + index + 1, len(written) + 1)
            offset += len(row) + 1
        span = Span(self.file, start.line + 1, start.column + 1, *end)
        if style == "literal":
            return ScalarNode(text, style, span, Origin(self.file, tuple(starts)) if starts else None)
        # Folding joined lines: the text's rows are not the file's, so its end is looked for instead.
        return ScalarNode(text, style, self.folded_span(start), None)

    def folded_span(self, start: Any) -> Span:
        parent = len(self.lines[start.line]) - len(self.lines[start.line].lstrip(" "))
        last = start.line
        for number in range(start.line + 1, len(self.lines)):
            row = self.lines[number]
            if not row.strip():
                continue
            if len(row) - len(row.lstrip(" ")) <= parent:
                break
            last = number
        return Span(self.file, start.line + 1, start.column + 1, last + 1, len(self.lines[last]) + 1)


_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
