"""The faults that are planted in rule files: each a small change of the text that a hurried encoder could have made.

A mutant is one change of one file. Summaries, notes, reasons and rules that only state or delegate are left alone, and
so are the place and the counterparty of a wording that is not held, as no answer tells them. Files are in their
canonical form, so lines tell the structure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

_WORDS = re.compile(
    r"^ *(?:- )?(?:summary|note|reason|id|title|inferred|states|delegate|not_held|law|article|quantity): "
)
_KEY = re.compile(r"^(?P<lead> *(?:- )?)(?P<key>[a-z_]+|\d+(?:-\d+)?):(?P<rest>.*)$")
_STRICT = {" <= ": " < ", " < ": " <= ", " >= ": " > ", " > ": " >= "}
_NUMBER = re.compile(
    r"(?P<before>(?:<=|>=|<|>|within|at least|at most|exactly|up to|[-+*]|end of) )(?P<number>\d+)(?![-\d])"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CITED = re.compile(
    r"(?P<before>falls under |applies |despite: |instead_of: |subject_to: |apply: |of: )\((?P<number>\d)\)"
)
_LIST = re.compile(r"is (?:not )?one of \[(?P<values>[^\]]+)\]")
_DROPPED = [
    "deadline",
    "recurs",
    "governed_by",
    "within",
    "to",
    "despite",
    "instead_of",
    "subject_to",
    "unless",
    "requires",
    "when",
    "presume",
]
_SWAPPED = {"may": "must", "must": "may", "must_not": "need_not", "need_not": "must_not"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file. `line` counts from 1; `was` and `became` are the line before and after, cut short."""

    file: str
    kind: str
    line: int
    was: str
    became: str
    text: str


def mutants_of(file: str, text: str, roles: Sequence[str], random: Random) -> Iterator[Mutant]:
    """Every mutant of a rule file; where there is a choice of what to put instead, `random` makes it.

    `roles` are those that could be put for a wrong bearer, sorted.
    """
    lines = text.split("\n")
    told = opaque = False
    for at, line in enumerate(lines):
        if line.startswith("  - at: "):
            rule = lines[at : _end_of_block(lines, at)]
            told, opaque = _only_tells(rule), _is_opaque(rule)
        if told or _WORDS.match(line) or not line.strip() or _in_words(lines, at):
            continue
        for kind, changed in _line_changes(line, lines, roles, random):
            if not (opaque and kind == "neighbouring place"):
                yield _mutant(file, kind, lines, at, at + 1, [changed])
        for kind, end in _removals(lines, at):
            if not (opaque and kind == "lost to"):
                yield _mutant(file, kind, lines, at, end, [])


def _mutant(file: str, kind: str, lines: Sequence[str], at: int, end: int, instead: Sequence[str]) -> Mutant:
    was, became = lines[at].strip(), instead[0].strip() if instead else "nothing"
    return Mutant(file, kind, at + 1, was, became, "\n".join([*lines[:at], *instead, *lines[end:]]))


# --- changes within a line --------------------------------------------------------------------------------------------


def _line_changes(line: str, lines: Sequence[str], roles: Sequence[str], random: Random) -> Iterator[tuple[str, str]]:
    rule, mark, comment = line.partition(" # ")
    for kind, change in _CHANGES:
        yield from ((kind, f"{changed}{mark}{comment}") for changed in change(rule) if changed != rule)
    key = _KEY.match(line)
    if key is None:
        return
    if key["key"] in _SWAPPED and len(key["lead"]) == 4:
        yield "other direction", line.replace(f"{key['key']}:", f"{_SWAPPED[key['key']]}:", 1)
    elif key["key"] == "by" and len(key["lead"]) == 4:
        others = [role for role in roles if role != key["rest"].strip()]
        if others:
            yield "wrong bearer", f"    by: {random.choice(others)}"
    elif key["key"] == "at" and line.startswith("  - at: "):
        places = sorted({one for one in lines if one.startswith("  - at: ") and one != line})
        if places:
            yield "neighbouring place", random.choice(places)


def _flip_bounds(line: str) -> Iterator[str]:
    for was, becomes in _STRICT.items():
        if was in line:
            yield line.replace(was, becomes, 1)


def _next_number(line: str) -> Iterator[str]:
    for match in _NUMBER.finditer(line):
        yield line[: match.start("number")] + str(int(match["number"]) + 1) + line[match.end("number") :]


def _next_day(line: str) -> Iterator[str]:
    for match in _DAY.finditer(line):
        for step in (-1, 1):
            day = dt.date.fromisoformat(match.group()) + dt.timedelta(days=step)
            yield line[: match.start()] + day.isoformat() + line[match.end() :]


def _other_junction(line: str) -> Iterator[str]:
    for was, becomes in ((" or ", " and "), (" and ", " or ")):
        if was in line and not re.search(r"\b(?:smaller|larger|earlier|later) of ", line):
            yield line.replace(was, becomes, 1)
    if re.fullmatch(r" *(?:- )?any:", line):
        yield line.replace("any:", "all:")
    elif re.fullmatch(r" *(?:- )?all:", line):
        yield line.replace("all:", "any:")


def _without_not(line: str) -> Iterator[str]:
    if "not " in line.replace("is not", ""):
        yield re.sub(r"(?<!is )\bnot ", "", line, count=1)
    if " is not " in line:
        yield line.replace(" is not ", " is ", 1)


def _other_provision(line: str) -> Iterator[str]:
    for match in _CITED.finditer(line):
        number = int(match["number"])
        yield line[: match.start("number")] + str(number - 1 or 2) + line[match.end("number") :]


def _shorter_list(line: str) -> Iterator[str]:
    for match in _LIST.finditer(line):
        values = match["values"].split(", ")
        if len(values) > 2:
            yield line[: match.start("values")] + ", ".join(values[1:]) + line[match.end("values") :]


_CHANGES: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("flipped bound", _flip_bounds),
    ("other number", _next_number),
    ("a day off", _next_day),
    ("or for and", _other_junction),
    ("lost negation", _without_not),
    ("other provision", _other_provision),
    ("lost value", _shorter_list),
)

# --- removals ---------------------------------------------------------------------------------------------------------


def _removals(lines: Sequence[str], at: int) -> Iterator[tuple[str, int]]:
    """What could be left out from this line on, and the line behind it."""
    line = lines[at]
    end = _end_of_block(lines, at)
    key = _KEY.match(line)
    if line.startswith("  - at: ") and "proviso" in line:
        yield "lost proviso", end
    elif key is not None and key["key"] in _DROPPED and len(key["lead"]) == 4:
        yield f"lost {key['key']}", end
    elif key is not None and key["key"].isdigit() and _siblings(lines, at) > 1:
        yield "lost ground", end
    elif line.lstrip().startswith("- ") and not line.startswith("  - ") and _siblings(lines, at) > 1:
        yield "lost condition", end


def _end_of_block(lines: Sequence[str], at: int) -> int:
    depth = _depth(lines[at])
    end = at + 1
    while end < len(lines) and lines[end].strip() and _depth(lines[end]) > depth:
        end += 1
    return end


def _only_tells(rule: Sequence[str]) -> bool:
    """True for a rule that states something or leaves it to others."""
    return any(re.match(r" {4}(?:states|delegate): ", line) for line in rule)


def _is_opaque(rule: Sequence[str]) -> bool:
    """True for a rule whose wording is not held."""
    return any(line.startswith("    not_held: ") for line in rule)


def _siblings(lines: Sequence[str], at: int) -> int:
    """The lines in the same block at the same depth, this one included."""
    depth = _depth(lines[at])
    first = at
    while first > 0 and lines[first - 1].strip() and _depth(lines[first - 1]) >= depth:
        first -= 1
    count, line = 0, first
    while line < len(lines) and lines[line].strip() and _depth(lines[line]) >= depth:
        count += _depth(lines[line]) == depth
        line += 1
    return count


def _in_words(lines: Sequence[str], at: int) -> bool:
    """True for a line that goes on with the words of a summary, a note or a reason above it, or excuses something."""
    depth = _depth(lines[at])
    above = at
    while above > 0:
        above -= 1
        if lines[above].strip() and _depth(lines[above]) < depth:
            if _WORDS.match(lines[above]) or lines[above].startswith("excused:"):
                return True
            depth = _depth(lines[above])
    return False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
