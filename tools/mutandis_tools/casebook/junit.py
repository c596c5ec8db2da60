"""The outcomes of the cases as JUnit XML, for build servers."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from mutandis_tools.casebook.run import CaseOutcome, count_outcomes


def junit_xml(outcomes: Iterable[CaseOutcome]) -> str:
    """A suite for each file of cases; a differing case is a failure, a broken one an error."""
    by_file: dict[str, list[CaseOutcome]] = {}
    for outcome in outcomes:
        by_file.setdefault(outcome.case.span.file, []).append(outcome)
    root = ET.Element("testsuites", name="mutandis")
    for file, ran in by_file.items():
        counts = count_outcomes(ran)
        suite = ET.SubElement(
            root,
            "testsuite",
            name=_xml_text(file),
            tests=str(len(ran)),
            failures=str(counts["failed"]),
            errors=str(counts["broken"]),
        )
        for outcome in ran:
            _add_case(suite, file, outcome)
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _add_case(suite: ET.Element, file: str, outcome: CaseOutcome) -> None:
    test = ET.SubElement(suite, "testcase", name=_xml_text(outcome.case.name), classname=_xml_text(file))
    if outcome.diagnostics:
        told = "\n".join(str(d) for d in outcome.diagnostics)
        ET.SubElement(test, "error", message="the case cannot be asked").text = _xml_text(told)
    elif outcome.differences:
        told = "\n".join(str(d) for d in outcome.differences)
        ET.SubElement(test, "failure", message="the answer is not as expected").text = _xml_text(told)


def _xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return "".join(c if _is_xml(ord(c)) else "\ufffd" for c in text)


def _is_xml(code: int) -> bool:
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
