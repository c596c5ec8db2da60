"""Writing a case in the form of a case file.

What is saved of a question, with what the rulebook says of it now, is read again and asked before it is kept, so that
`mutandis test` passes it; what it should say is for a person to read against the law.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostics import CaseError, Diagnostic
from mutandis.files import alone_in, write_whole
from mutandis.rulebook.case_file import CaseFile, read_cases
from mutandis.rulebook.case_question import CITATION_KEYS, Expectation
from mutandis.rulebook.fact_declaration import law_of_file
from mutandis_tools.casebook.run import run_case
from mutandis_tools.opening import Opened

_PLAIN = re.compile(r"[A-Za-z0-9(][A-Za-z0-9 ./()_%-]*(?<! )")

_PLAIN_LINE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,./()_%'-]*(?<! )")
"""A text that stands on a line of its own without quotes."""


def law_of_case(opened: Opened, case: CaseFile, decision: Decision) -> str:
    """The law a case is of: its own, that of the first provision cited, or the one that declares the action."""
    cited = next(iter(decision.citations), "").partition("/")[0]
    action = opened.source.vocabulary.actions.get(case.ask.subject)
    declared = law_of_file(action.span.file) if action is not None else ""
    return case.law or cited or declared or next(iter(opened.source.laws), "")


def expecting(case: CaseFile, decision: Decision) -> CaseFile:
    """The case, expecting what `decision` says."""
    lists = [("cites", tuple(decision.citations))]
    if decision.verdict is Verdict.UNDETERMINED:
        lists.append(("missing", decision.missing))
    return replace(case, expect=Expectation(decision.verdict.value, lists=tuple(lists)))


def case_text(case: CaseFile, tests: Iterable[str]) -> str:
    """The case as a document of a case file, `tests` the provisions that it tries; `case.law` is given.

    Its facts are as they are written. What else it expects than a verdict, a value, lists, limits and a deadline is not
    written.
    """
    return "".join(f"{line}\n" for line in _lines(case, tests))


def _lines(case: CaseFile, tests: Iterable[str]) -> Iterator[str]:
    def own(places: Iterable[str]) -> list[str]:
        return [place.removeprefix(f"{case.law}/") for place in places]

    yield f"case: {case.name if _PLAIN_LINE.fullmatch(case.name) else _flow(case.name)}"
    if tried := own(tests):
        yield f"tests: {_flow(tried)}"
    yield f"law: {case.law}"
    if case.at is not None:
        at = case.at.isoformat(timespec="minutes") if isinstance(case.at, dt.datetime) else case.at.isoformat()
        yield f"at: {at}"
    if case.law_as_of is not None:
        yield f"law_as_of: {case.law_as_of.isoformat()}"
    if case.holidays is not None:
        yield f"holidays: {_flow([day.isoformat() for day in case.holidays])}"
    yield "facts:" if case.facts else "facts: {}"
    for name, value in case.facts.items():
        yield f"  {name}: {_flow(value)}"
    by = f", by: {case.ask.by}" if case.ask.by else ""
    yield f"ask: {{{case.ask.question}: {case.ask.subject}{by}}}"
    yield "expect:"
    for key, said in (("verdict", case.expect.verdict), ("value", case.expect.value)):
        if said is not None:
            yield f"  {key}: {_flow(said)}"
    for key, listed in case.expect.lists:
        yield f"  {key}: {_flow(own(listed) if key in CITATION_KEYS else list(listed))}"
    if case.expect.deadline is not None:
        yield f"  deadline: {_flow(case.expect.deadline)}"
    if case.expect.limits is not None:
        bounds = [
            {"at": one.at.removeprefix(f"{case.law}/"), "parameter": one.parameter, one.relation: one.bound}
            for one in case.expect.limits
        ]
        yield f"  limits: {_flow(bounds)}"


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_flow(inner) for inner in value)}]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def save_case(path: Path, opened: Opened, rulebook: Rulebook, case: CaseFile, decision: Decision) -> None:
    """Add the case to the end of the file `path`, which is made where it does not exist.

    Raises `CaseError` with what is wrong where the file would not read, or the case not pass as it stands in it; then
    nothing is written.
    """
    case = expecting(replace(case, law=law_of_case(opened, case, decision)), decision)
    written = case_text(case, decision.citations)
    if not path.parent.exists():
        _with_case(path, written, opened, rulebook)  # before a folder is made for it
    path.parent.mkdir(parents=True, exist_ok=True)
    with alone_in(path.parent):
        write_whole(path, _with_case(path, written, opened, rulebook))


def _with_case(path: Path, written: str, opened: Opened, rulebook: Rulebook) -> str:
    """What the file has with the case, which reads and passes."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    text = f"{before.rstrip()}\n---\n{written}" if before.strip() else written
    read = read_cases(text, str(path))
    faults: tuple[Diagnostic, ...] = read.diagnostics
    if not faults:
        outcome = run_case(opened, rulebook, read.cases[-1])
        faults = outcome.diagnostics
        assert outcome.status != "failed", f"{written}\n{[str(one) for one in outcome.differences]}"
    if faults:
        raise CaseError(faults)
    return text
