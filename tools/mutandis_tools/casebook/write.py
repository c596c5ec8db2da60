"""Writing a case: what was asked and answered, with what the rulebook says of it now, in the form of a case file.

What is written is read again and asked before it is kept, so that `mutandis test` passes it; what it should say is for
a person to read against the law.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostics import CaseError, Diagnostic
from mutandis.rulebook.case_file import CaseFile, read_cases
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


def case_text(case: CaseFile, decision: Decision) -> str:
    """The case as a document of a case file, expecting what `decision` says; `case.law` is given."""
    return "".join(f"{line}\n" for line in _lines(case, decision))


def _lines(case: CaseFile, decision: Decision) -> Iterator[str]:
    cites = [place.removeprefix(f"{case.law}/") for place in decision.citations]
    yield f"case: {case.name if _PLAIN_LINE.fullmatch(case.name) else _flow(case.name)}"
    if cites:
        yield f"tests: {_flow(cites)}"
    yield f"law: {case.law}"
    if case.at is not None:
        yield f"at: {case.at.isoformat()}"
    if case.law_as_of is not None:
        yield f"law_as_of: {case.law_as_of.isoformat()}"
    if case.holidays is not None:
        yield f"holidays: {_flow([day.isoformat() for day in case.holidays])}"
    yield "facts:" if case.facts else "facts: {}"
    for name, value in case.facts.items():
        yield f"  {name}: {_flow(value)}"
    by = f", by: {case.ask.by}" if case.ask.by else ""
    yield f"ask: {{decide: {case.ask.subject}{by}}}"
    yield "expect:"
    yield f"  verdict: {decision.verdict.value}"
    yield f"  cites: {_flow(cites)}"
    if decision.verdict is Verdict.UNDETERMINED:
        yield f"  missing: {_flow(list(decision.missing))}"


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
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    written = case_text(replace(case, law=law_of_case(opened, case, decision)), decision)
    text = f"{before.rstrip()}\n---\n{written}" if before.strip() else written
    read = read_cases(text, str(path))
    faults: tuple[Diagnostic, ...] = read.diagnostics
    if not faults:
        outcome = run_case(opened, rulebook, read.cases[-1])
        faults = outcome.diagnostics
        assert outcome.status != "failed", f"{written}\n{[str(one) for one in outcome.differences]}"
    if faults:
        raise CaseError(faults)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
