"""Records of decisions in a file, one a line in JSON: kept by `decide --record`, decided again by `decide --again`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer

from mutandis.api import Rulebook
from mutandis.dataclass import dataclass
from mutandis.decide.record import Change, DecidedAgain, DecisionRecord
from mutandis.decide.result import as_data
from mutandis.diagnostics import CaseError, MutandisError
from mutandis.explain.words import answer_in_words
from mutandis.facts import Facts
from mutandis.files import append_whole
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.commands.common import Usable
from mutandis_tools.report.lines import Line, Piece, line, printable
from mutandis_tools.terminal import Exit, show, stop, write

_MOST_SHOWN = 12
_LONGEST = 90


def keep_records(path: Path, usable: Usable, cases: Iterable[tuple[CaseFile, Facts]]) -> None:
    """Add the decisions about the cases to a file of records, which is made where there is none."""
    lines: list[str] = []
    for case, facts in cases:
        if case.ask.question != "decide":
            stop(f"`{case.name}` asks for a value, of which no record is kept", "name an action with `--action`")
        by, days = case.ask.by or None, case.holidays
        found = usable.rulebook.record(
            case.ask.subject, facts, at=case.at, law_as_of=case.law_as_of, by=by, holidays=days
        )
        lines.append(json.dumps(found.as_data(), ensure_ascii=False) + "\n")
    try:
        append_whole(path, "".join(lines))
    except OSError as error:
        stop(f"`{path}` cannot be written: {error.strerror}")


def decide_records_again(path: Path, usable: Usable, as_json: bool) -> None:
    """Tell of each record in the file whether its question is answered alike now, and end the program accordingly."""
    found = [_again(usable.rulebook, number, text) for number, text in _lines(path)]
    if as_json:
        write(json.dumps([_data(one) for one in found], indent=2, ensure_ascii=False) + "\n")
    else:
        show(made for one in found for made in _told(one, usable))
    if not all(one.outcome is not None and one.outcome.is_identical for one in found):
        raise typer.Exit(Exit.FINDINGS)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The record on a line of the file decided again, or why it cannot be."""

    number: int
    outcome: DecidedAgain | None
    faults: tuple[str, ...] = ()


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield number, text
    except FileNotFoundError:
        stop(f"there is no file `{path}`", "`mutandis decide CASE --record FILE` keeps records")
    except (OSError, UnicodeDecodeError) as error:
        stop(f"`{path}` cannot be read: {error}")


def _again(rulebook: Rulebook, number: int, text: str) -> _Outcome:
    try:
        record = DecisionRecord.of_data(json.loads(text))
    except (json.JSONDecodeError, RecursionError):
        return _Outcome(number, None, ("this line is no JSON; a file of records has one record a line",))
    except MutandisError as error:
        return _Outcome(number, None, (str(error),))
    try:
        return _Outcome(number, rulebook.decide_again(record))
    except CaseError as error:
        return _Outcome(number, None, tuple(f"{one.message} ({one.help})" for one in error.diagnostics))


def _told(found: _Outcome, usable: Usable) -> Iterator[Line]:
    again = found.outcome
    if again is None:
        yield line(f"line {found.number}: ", Piece("cannot be decided again", "error"))
        yield from (line(f"  {printable(fault)}") for fault in found.faults)
        return
    names = usable.opened.names
    said = f"{names.action(again.record.action)}: {answer_in_words(again.decision)}, "
    outcome = Piece("identical", "good") if again.is_identical else Piece("different", "bad")
    others = [what for what, same in (("rulebook", again.same_rulebook), ("program", again.same_program)) if not same]
    yield line(f"line {found.number}: {said}", outcome, f" (another {' and another '.join(others)})" if others else "")
    for change in again.changes[:_MOST_SHOWN]:
        yield line(f"  {change.place}: {_change(change)}")
    if len(again.changes) > _MOST_SHOWN:
        yield line(f"  and {len(again.changes) - _MOST_SHOWN} places more; `--json` has them all")


def _change(change: Change) -> str:
    if change.kind == "gone":
        return f"{_short(change.recorded)} is gone"
    if change.kind == "new":
        return f"{_short(change.now)} is new"
    return f"was {_short(change.recorded)}, is {_short(change.now)}"


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _data(found: _Outcome) -> dict[str, object]:
    again = found.outcome
    if again is None:
        return {"line": found.number, "identical": None, "errors": list(found.faults)}
    return {
        "line": found.number,
        "identical": again.is_identical,
        "action": again.record.action,
        "same_rulebook": again.same_rulebook,
        "same_program": again.same_program,
        "changes": as_data(again.changes),
    }
