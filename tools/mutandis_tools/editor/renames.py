"""Renaming what stands under the cursor: a fact by its attribute, a term, an action by its verb, a case."""

from __future__ import annotations

import re
from typing import Literal

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Severity
from mutandis.rulebook.case_file import is_case_file
from mutandis.rulebook.rereading import Rereading
from mutandis.source import Span
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.edits import Edits, edits_between
from mutandis_tools.editor.spots import keys_above
from mutandis_tools.editor.words import action_at, name_at
from mutandis_tools.renaming.facts import check_fact, rename_fact
from mutandis_tools.renaming.made import RenamingError
from mutandis_tools.renaming.names import check_action, check_term, rename_action, rename_case, rename_term

_CASE = re.compile(r"case: (.*\S)\s*$")


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be renamed: its whole name, and where the part stands that changes."""

    kind: Literal["fact", "term", "action", "case"]
    name: str
    span: Span
    shown: str


def target_at(desk: Desk, name: str, row: int, column: int) -> Target:
    """What is renamed at a place. Raises `RenamingError` where nothing there can be."""
    target = _named_at(desk, name, row, column)
    if target.kind in ("fact", "action"):
        # A name that nothing has: what is refused of it is refused of the place.
        _check(desk, target, _whole(target, "a_name_that_nothing_has"))
    return target


def _named_at(desk: Desk, name: str, row: int, column: int) -> Target:
    sheet, vocabulary = desk.sheet(name), desk.opened.source.vocabulary
    line = sheet.line(row)

    def place(start: int, end: int) -> Span:
        return Span(name, row + 1, start + 1, row + 1, end + 1)

    case = _CASE.match(line) if is_case_file(name) else None
    if case is not None:
        return Target("case", case[1], place(*case.span(1)), case[1])
    action = action_at(line, column)
    if action is not None and action.text in vocabulary.actions:
        verb, _, term = action.text.partition(" ")
        end = action.start + len(verb)
        if column <= end:
            return Target("action", action.text, place(action.start, end), verb)
        return Target("term", term, place(end + 1, action.end), term)
    word = name_at(line, column)
    if word is not None:
        term, dot, attribute = word.text.partition(".")
        if dot and word.text in vocabulary.facts and column > word.start + len(term):
            return Target("fact", word.text, place(word.start + len(term) + 1, word.end), attribute)
        above = keys_above(sheet.lines, row, len(line) - len(line.lstrip()))
        nested = next((one for one in above if one not in ("attributes", "facts", "terms")), "")
        if not dot and f"{nested}.{word.text}" in vocabulary.facts and line.lstrip().startswith(f"{word.text}:"):
            return Target("fact", f"{nested}.{word.text}", place(word.start, word.end), word.text)
        if term in vocabulary.terms:
            return Target("term", term, place(word.start, word.start + len(term)), term)
    raise RenamingError("nothing here has a name of its own", "put the cursor on a fact, a term, an action or a case")


def rename_at(desk: Desk, target: Target, new: str) -> Edits:
    """What gives the target its new name, wherever the rulebook as it stands says it.

    `new` is the part that changes, or the whole name. Raises `RenamingError` where it cannot be given.
    """
    new = _whole(target, new.strip())
    _check(desk, target, new)
    opened, faults = desk.as_it_stands()
    wrong = next((one for one in faults if one.severity is Severity.ERROR), None)
    if wrong is not None:
        help = "mend them first: what does not read is not found"
        raise RenamingError(f"the rulebook has errors: {wrong.span}: {wrong.message}", help)
    again = Rereading()
    match target.kind:
        case "fact":
            made = rename_fact(opened, target.name, new, desk.read_from_files, again)
        case "action":
            made = rename_action(opened, target.name, new, desk.read_from_files, again)
        case "term":
            made = rename_term(opened, target.name, new, desk.read_from_files, again)
        case "case":
            made = rename_case(opened, target.span.file, target.name, new, again)
    files = opened.files
    return {file: edits_between(file, files[file], text) for file, text in made.texts.items()}


def _whole(target: Target, new: str) -> str:
    """The whole name, of which a person may have given the part that changes."""
    if target.kind == "fact" and "." not in new:
        return f"{target.name.partition('.')[0]}.{new}"
    if target.kind == "action" and " " not in new:
        return f"{new} {target.name.partition(' ')[2]}"
    return new


def _check(desk: Desk, target: Target, new: str) -> None:
    """Refuse at once what the vocabulary alone tells cannot be; reading the whole would take a while."""
    vocabulary = desk.opened.source.vocabulary
    match target.kind:
        case "fact":
            check_fact(vocabulary, target.name, new)
        case "action":
            check_action(vocabulary, target.name, new)
        case "term":
            check_term(vocabulary, target.name, new)
        case "case":
            pass  # told apart by its file, which is read in any case
