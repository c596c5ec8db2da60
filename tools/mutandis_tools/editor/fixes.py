"""Quick fixes: what the help line of a finding proposes, as a change that an editor can make.

A change of the file itself is proposed only where the finding is gone from the file with it and nothing else comes: the
file is read as it would be, by what reads it anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mutandis.citation import Citation
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.diagnostics import Diagnostic
from mutandis.rulebook.fields.rules import EFFECT_KEYS
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Rule
from mutandis.rulebook.rereading import Rereading
from mutandis.source import Span
from mutandis_tools.declaring import DeclaringError, declare_fact
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.edits import Edit, Edits, applied, edits_between
from mutandis_tools.editor.sheet import Sheet, read_sheet
from mutandis_tools.editor.standing import vocabulary_files

_QUOTED = re.compile(r"`([^`]+)`")
_WRITE = re.compile(r"(?:^|[:;,] )(?:put|write|use|if this is a condition, write) `([^`…]+)`")
_TAKE_OUT = re.compile(r"(?:^|[:;,] |\): )(?:delete it|take it out|leave (?:it|the line) out)\b")
_IS_YES = re.compile(r"\b([a-z]\w*\.[a-z]\w*)(?: is| =| ==|:) (not )?(yes|true|no|false)\b")
_WIDE = {"（": "(", "）": ")", "［": "[", "］": "]", "，": ",", "：": ":", "＜": "<", "＞": ">", "＝": "=", "　": " "}
_KEYED = re.compile(r"^(\s*(?:- )*(?:[\w().]+: )?|\s*(?:- )+)(?=\S)")
_NUMBER = re.compile(r"(?<![\w.-])\d+(?![\w.-]|\s+[a-z])")
_ALMOST_KEY = re.compile(r"\s*(?:- +)*(?P<key>[a-z_]{2,}|main|\d+|\([a-z0-9]{1,2}\))(?:\s*[=：:]\s*|\s+)(?=\S)")
_MOST_UNITS = 3
_OF_YAML = frozenset({"broken-condition", "folded-condition", "yaml-syntax", "tag", "anchor-or-alias"})


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a finding. `is_sure` where nothing else is proposed."""

    title: str
    edits: Edits
    is_sure: bool = False


def fixes_of(desk: Desk, fault: Diagnostic) -> tuple[Fix, ...]:
    """What mends a finding in a file as it stands."""
    name = fault.span.file
    sheet = desk.sheet(name)
    found: dict[str, Fix] = {}
    tried = {sheet.text}
    for title, text in _proposed(desk, sheet, fault):
        if text in tried:
            continue
        tried.add(text)
        if title not in found and _mends(desk, sheet, fault, text):
            found[title] = Fix(title, {name: edits_between(name, sheet.text, text)})
    for fix in (*_declarations(desk, sheet, fault), *_orders(desk, sheet, fault)):
        found.setdefault(fix.title, fix)
    only = len(found) == 1
    return tuple(replace(fix, is_sure=only) for fix in found.values())


def _mends(desk: Desk, sheet: Sheet, fault: Diagnostic, text: str) -> bool:
    after = read_sheet(sheet.name, text, desk.opened, Rereading(), desk.is_whole)

    def alike(faults: tuple[Diagnostic, ...]) -> int:
        return sum((one.slug, one.message) == (fault.slug, fault.message) for one in faults)

    if alike(after.faults) >= max(alike(sheet.faults), 1):
        return False
    if fault.slug not in _OF_YAML:
        # What the whole was read to find is not found in the file alone: that nothing else comes is all that shows.
        most = len(sheet.faults) - (fault in sheet.faults)
        return len(after.faults) <= most
    # A file that was no YAML shows its other faults only now; where it was mended there may be none.
    changed = {row for row, line in enumerate(after.lines, 1) if line not in sheet.lines}
    left = sum(one.slug in _OF_YAML for one in after.faults) < sum(one.slug in _OF_YAML for one in sheet.faults)
    return left and not any(one.span.line <= row <= one.span.end_line for one in after.faults for row in changed)


# --- changes of the file ----------------------------------------------------------------------------------------------


def _proposed(desk: Desk, sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    yield from _meant(sheet, fault)
    if fault.span.line == fault.span.end_line:
        yield from _written(sheet, fault)
        if _TAKE_OUT.search(fault.help) is not None:
            yield from _taken_out(sheet, fault)
    if "of double width" in fault.help:
        line = sheet.line(fault.span.line - 1)
        span = Span(sheet.name, fault.span.line, 1, fault.span.line, len(line) + 1)
        yield "Write the ordinary signs", _replaced(sheet, span, "".join(_WIDE.get(one, one) for one in line))
    if "a yes/no fact stands by itself" in fault.help or fault.slug == "broken-condition":
        yield from _by_itself(sheet, fault)
    if fault.slug == "yaml-syntax":
        yield from _with_colon(sheet, fault)
    if fault.help.startswith("words of the language are written in small letters"):
        written = _text_at(sheet, fault.span)
        yield f"Write `{written.lower()}`", _replaced(sheet, fault.span, written.lower())
    if fault.slug in ("type-mismatch", "unit-mismatch", "wrong-unit", "wrong-fact-type"):
        yield from _with_units(desk, sheet, fault)
    if fault.slug == "unguarded-optional-fact":
        yield from _guarded(sheet, fault)
    if "after `|`" in fault.help and not sheet.name.endswith("vocabulary.yaml"):
        yield from _in_a_block(sheet, fault)


def _written(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """What the help line says to write, for what is told of, or for its key or the word before it as well."""
    found = _WRITE.search(fault.help)
    if found is None or "[" in found[1]:  # a list is an example
        return
    row, text = fault.span.line, found[1]
    yield f"Write `{text}`", _replaced(sheet, fault.span, text)
    before = sheet.line(row - 1)[: fault.span.column - 1]
    key, colon, _ = text.partition(": ")
    at = before.rfind(f"{key}:") if colon else before.rfind(text.partition(" ")[0]) if " " in text else -1
    if at >= 0:
        yield f"Write `{text}`", _replaced(sheet, Span(sheet.name, row, at + 1, row, fault.span.end_column), text)


def _taken_out(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """What is told of taken out: the lines of a key, a key in braces, or the words alone."""
    row, line = fault.span.line, sheet.line(fault.span.line - 1)
    start, end = fault.span.column - 1, fault.span.end_column - 1
    key = re.match(r"(\s*(?:- )?)([^\s:]+):\s*", line)
    inside = re.search(r"[,{]\s*((?:[\w ]+: )?)$", line[:start])
    if key is not None and start in (key.start(2), key.end()) and "- " not in key[1]:
        after = row
        while after < len(sheet.lines) and sheet.line(after).startswith(f"{key[1]} "):
            after += 1
        yield f"Take `{key[2]}` out", "\n".join((*sheet.lines[: row - 1], *sheet.lines[after:]))
    elif inside is not None and (rest := re.match(r"[^,{}\[\]]*", line[start:])) is not None:
        start, stop = start - len(inside[1]), start + rest.end()
        shown = line[start:stop].strip()
        if line[stop : stop + 1] == ",":
            stop += len(line[stop:]) - len(line[stop:].lstrip(", "))
        else:
            start = len(line[:start].rstrip(", "))
        yield f"Take `{shown}` out", _replaced(sheet, Span(sheet.name, row, start + 1, row, stop + 1), "")
    else:
        written = line[start:end]
        gap = 1 if line[start - 1 : start] == " " and line[end : end + 1] in (" ", "") else 0
        title = f"Take `{written}` out" if written.isprintable() and written.strip() else "Take it out"
        yield title, _replaced(sheet, Span(sheet.name, row, start + 1 - gap, row, end + 1), "")


def _by_itself(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """A yes/no fact without what it was compared with."""
    line = sheet.line(fault.span.line - 1)
    for found in _IS_YES.finditer(line):
        is_no = (found[3] in ("no", "false")) != bool(found[2])
        text = f"not {found[1]}" if is_no else found[1]
        span = Span(sheet.name, fault.span.line, found.start() + 1, fault.span.line, found.end() + 1)
        yield f"Write `{text}`", _replaced(sheet, span, text)


def _meant(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """The names that were meant in the place of the one that is not known."""
    if "did you mean" not in fault.help:
        return
    written = _text_at(sheet, fault.span)
    named = written.partition("/")[0]  # of a provision, its law
    for wrong in (*_QUOTED.findall(fault.message), named):
        at = written.find(wrong)
        if at < 0 or not wrong:
            continue
        row, column = fault.span.line, fault.span.column + at
        span = Span(sheet.name, row, column, row, column + len(wrong))
        for meant in _QUOTED.findall(fault.help.partition("did you mean")[2]):
            yield f"Write `{meant}`", _replaced(sheet, span, meant)
        return


def _with_colon(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """The key with a colon and a space behind it, where one of them is missing or another sign stands there."""
    row, line = fault.span.line, sheet.line(fault.span.line - 1)
    found = _ALMOST_KEY.match(line)
    if found is not None:
        span = Span(sheet.name, row, found.end("key") + 1, row, found.end() + 1)
        yield f"Write `{found['key']}: …`", _replaced(sheet, span, ": ")


def _with_units(desk: Desk, sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """The number with a unit: that of the facts around it first."""
    line = sheet.line(fault.span.line - 1)
    facts = desk.opened.source.vocabulary.facts
    own = [facts[name].unit for name in re.findall(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*", line) if name in facts]
    units = [*own, *desk.opened.source.vocabulary.currencies, *(f"{unit}s" for unit in UNIT_IN_BASE)]
    tried = 0
    for match in _NUMBER.finditer(line, fault.span.column - 1, fault.span.end_column - 1):
        end = Span(sheet.name, fault.span.line, match.end() + 1, fault.span.line, match.end() + 1)
        for unit in dict.fromkeys(one for one in units if one and one != "any"):
            text = _replaced(sheet, end, f" {unit}")
            if tried < _MOST_UNITS and _mends(desk, sheet, fault, text):
                tried += 1
                yield f"Write `{match.group()} {unit}`", text


def _guarded(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    fact = next(iter(_QUOTED.findall(fault.message)), "")
    start = _KEYED.match(sheet.line(fault.span.line - 1))
    if fact and start is not None and f"{fact} is none" not in sheet.line(fault.span.line - 1):
        at = Span(sheet.name, fault.span.line, start.end() + 1, fault.span.line, start.end() + 1)
        yield f"Guard it: `{fact} is present and …`", _replaced(sheet, at, f"{fact} is present and ")


def _in_a_block(sheet: Sheet, fault: Diagnostic) -> Iterator[tuple[str, str]]:
    """The condition on its own lines after `|`, where YAML reads no signs."""
    lines = list(sheet.lines)
    row = fault.span.line - 1
    start = _KEYED.match(sheet.line(row))
    if start is None or not start.group().strip():
        return
    indent = " " * (len(start.group()) - len(start.group().lstrip(" -")) + (0 if start.group().endswith("- ") else 2))
    end = max(fault.span.end_line - 1, row) if fault.slug == "folded-condition" else row
    first = lines[row][start.end() :].rstrip()
    rest = [line.strip() for line in lines[row + 1 : end + 1]]
    if first in (">", ">-", "|", ">+"):
        body = rest
    elif first[:1] in ("'", '"') and first.endswith(first[:1]) and not rest:
        quote = first[0]
        body = [first[1:-1].replace("''", "'") if quote == "'" else first[1:-1]]
    else:
        body = [first, *rest]
    lines[row : end + 1] = [f"{start.group()}|", *(f"{indent}{line}" for line in body)]
    yield "Put it on its own lines after `|`", "\n".join(lines)


def _text_at(sheet: Sheet, span: Span) -> str:
    if span.line != span.end_line:
        return ""
    return sheet.line(span.line - 1)[span.column - 1 : span.end_column - 1]


def _replaced(sheet: Sheet, span: Span, text: str) -> str:
    return applied(sheet.text, (Edit(span, text),))


# --- changes of other files -------------------------------------------------------------------------------------------


def _declarations(desk: Desk, sheet: Sheet, fault: Diagnostic) -> Iterator[Fix]:
    """A fact that is not declared, added to the vocabulary with the type that the place shows."""
    if fault.slug not in ("unknown-name", "undeclared-fact", "unknown-fact"):
        return
    name = next((one for one in _QUOTED.findall(fault.message) if re.fullmatch(r"[a-z]\w*\.[a-z]\w*", one)), "")
    source = desk.opened.source
    term, _, attribute = name.partition(".")
    if not name or term not in source.vocabulary.terms:
        return
    files = {**vocabulary_files(source.files), **vocabulary_files(desk.typed)}
    laws = {one: source.files[one] for one in source.files if one.endswith("/law.yaml")}
    told = load_text({**laws, **files})
    declared = told.vocabulary.terms.get(term)
    if declared is None:
        return
    keys = _keys_of(name, sheet.line(fault.span.line - 1), attribute, declared.label)
    in_law = f"{sheet.law}/vocabulary.yaml" in files and declared.span.file == f"{sheet.law}/vocabulary.yaml"
    try:
        made = declare_fact(told, name, keys, sheet.law if in_law else "")
    except DeclaringError:
        return  # where it cannot be added by itself, the help line stays
    edits = {made.file: edits_between(made.file, files[made.file], made.text)}
    yield Fix(f"Declare `{name}` in {made.file}: {keys['type']}", edits)


def _keys_of(name: str, line: str, attribute: str, label: str) -> dict[str, str]:
    words = attribute.replace("_", " ")
    after = line.partition(name)[2].strip()
    question = f"What is the {words} of the {label or name.partition('.')[0]}?"
    value = after.removeprefix(":").strip()
    compared = re.match(r"(?:<=|>=|<|>|is not|is)\s+(\S+)(?:\s+([a-z]+))?", after)
    given, unit = (compared[1], compared[2]) if compared is not None else (value, value.partition(" ")[2])
    given = given.partition(" ")[0]
    if unit and unit.rstrip("s") in UNIT_IN_BASE:
        return {"type": "duration", "unit": f"{unit.rstrip('s')}s", "question": question}
    if re.fullmatch(r"\d{4}-\d\d-\d\d|today", given):
        return {"type": "date", "question": f"When was it: {label or name.partition('.')[0]} {words}?"}
    if re.fullmatch(r"\d+", given):
        return {"type": "count", "question": question}
    return {"type": "yes/no", "question": f"Does it hold of the {label or name.partition('.')[0]}: {words}?"}


def _orders(desk: Desk, sheet: Sheet, fault: Diagnostic) -> Iterator[Fix]:
    """`despite` at one of two rules that nothing orders, naming the other."""
    if fault.slug != "unordered-power-and-ban":
        return
    rules = [r for span in (fault.span, *(label.span for label in fault.labels)) for r in _rules_at(desk, span)]
    for one in rules:
        for other in rules:
            if one.at == other.at or any(order.relation == "despite" for order in one.orders):
                continue
            name = one.span.file
            text = desk.text(name)
            row = _row_after_effect(text.split("\n"), one)
            line = f"{' ' * (one.span.column - 1)}despite: {_as_cited(other.at, one.at)}\n"
            edit = Edit(Span(name, row + 1, 1, row + 1, 1), line)
            after = read_sheet(name, applied(text, (edit,)), desk.opened, Rereading(), desk.is_whole)
            if len(after.faults) <= len(desk.sheet(name).faults):
                title = f"Add `despite: {_as_cited(other.at, one.at)}` to {desk.standing.short(one.at)}"
                yield Fix(title, {name: (edit,)})


def _rules_at(desk: Desk, span: Span) -> list[Rule]:
    rules = desk.sheet(span.file).rules if span.file else ()
    return [r for r in rules if (r.span.line, r.span.column) <= (span.line, span.column) < (r.span.end_line + 1, 0)][
        -1:
    ]


def _row_after_effect(lines: list[str], rule: Rule) -> int:
    """The row below the rule's effect, its bearer and whom it is owed to."""
    indent = " " * (rule.span.column - 1)
    row = rule.span.line
    for at in range(rule.span.line - 1, min(rule.span.end_line, len(lines))):
        key = lines[at][len(indent) :].partition(":")[0]
        if lines[at].startswith(indent) and key in (*EFFECT_KEYS, "by", "to"):
            row = at + 1
            while row < len(lines) and lines[row].startswith(f"{indent} "):
                row += 1
    return row


def _as_cited(place: Citation, within: Citation) -> str:
    """A place as a rule at another cites it: as short as it can be."""
    text = str(place)
    if place.law != within.law:
        return text
    if place.article == within.article:
        inside = text.removeprefix(f"{place.law}/{place.article}").strip()
        return inside or text.partition("/")[2]
    return text.partition("/")[2]
