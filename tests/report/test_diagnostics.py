"""Diagnostics as text, JSON and SARIF."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from mutandis.diagnostics import Diagnostic, Label, Severity
from mutandis.source import NOWHERE, Span
from mutandis_tools.report.diagnostics_data import diagnostics_json, diagnostics_sarif
from mutandis_tools.report.diagnostics_text import diagnostics_text, summary_text
from mutandis_tools.report.lines import plain

TEXT = "law: act\nrules:\n  - when: inmate.clas is sentenced\n"
UNKNOWN = Diagnostic(
    "MUT050",
    "unknown-name",
    Severity.ERROR,
    "`inmate.clas` is not declared",
    "did you mean `inmate.class`?",
    Span("act/077.yaml", 3, 11, 3, 22),
    (Label(Span("act/077.yaml", 1, 6, 1, 9), "the law is named here"), Label(NOWHERE, "nothing else has this name")),
    "act/77(1)",
)


def test_the_offending_text_is_underlined() -> None:
    assert plain(diagnostics_text([UNKNOWN], {"act/077.yaml": TEXT}, {"act/077.yaml": "rulebook/act/077.yaml"})) == (
        "error MUT050 unknown-name: `inmate.clas` is not declared\n"
        " --> rulebook/act/077.yaml:3:11\n"
        "3 |   - when: inmate.clas is sentenced\n"
        "  |           ^^^^^^^^^^^\n"
        " --> rulebook/act/077.yaml:1:6\n"
        "1 | law: act\n"
        "  |      --- the law is named here\n"
        "  = nothing else has this name\n"
        "  = help: did you mean `inmate.class`?\n"
        "  = provision: act/77(1)\n"
        "\n"
    )


def test_wide_characters_before_the_place_do_not_shift_the_underline() -> None:
    diagnostic = Diagnostic("MUT012", "yaml-syntax", Severity.ERROR, "m", "", Span("f", 1, 3, 1, 5))
    lines = plain(diagnostics_text([diagnostic], {"f": "법 bc\n"})).splitlines()
    assert lines[2:4] == ["1 | 법 bc", "  |    ^^"]


def test_a_very_long_line_is_cut_to_a_window_around_the_place() -> None:
    text = "x" * 50_000 + "HERE" + "y" * 50_000
    diagnostic = Diagnostic("MUT041", "condition-too-long", Severity.ERROR, "m", "", Span("f", 1, 50_001, 1, 50_005))
    shown = plain(diagnostics_text([diagnostic], {"f": text})).splitlines()
    assert max(len(one) for one in shown) < 130
    assert shown[2].index("HERE") == shown[3].index("^^^^")


def test_a_place_over_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    diagnostic = Diagnostic("MUT012", "yaml-syntax", Severity.ERROR, "m", "", Span("f", 1, 3, 2, 2))
    assert plain(diagnostics_text([diagnostic], {"f": "ab cd\nef\n"})).splitlines()[3] == "  |   ^^^"


def test_a_diagnostic_without_a_place_or_text_is_still_told() -> None:
    nowhere = Diagnostic("MUT012", "yaml-syntax", Severity.WARNING, "m", "h")
    assert plain(diagnostics_text([nowhere], {})) == "warning MUT012 yaml-syntax: m\n  = help: h\n\n"
    unread = Diagnostic("MUT001", "not-utf-8", Severity.ERROR, "m", "", Span("f", 9, 1, 9, 1))
    assert plain(diagnostics_text([unread], {"f": "one line"})).splitlines()[1] == " --> f:9:1"


def test_the_summary_counts_by_severity() -> None:
    warning = Diagnostic("MUT034", "missing-question", Severity.WARNING, "m", "h")
    assert summary_text([UNKNOWN, UNKNOWN, warning]) == "2 errors, 1 warning"
    assert summary_text([]) == "nothing to mend"


def test_json_says_all_that_a_diagnostic_holds() -> None:
    (told,) = json.loads(diagnostics_json([UNKNOWN], {"act/077.yaml": "r/077.yaml"}))
    assert told == {
        "code": "MUT050",
        "slug": "unknown-name",
        "severity": "error",
        "message": "`inmate.clas` is not declared",
        "help": "did you mean `inmate.class`?",
        "provision": "act/77(1)",
        "span": {"file": "r/077.yaml", "line": 3, "column": 11, "end_line": 3, "end_column": 22},
        "labels": [
            {
                "span": {"file": "r/077.yaml", "line": 1, "column": 6, "end_line": 1, "end_column": 9},
                "text": "the law is named here",
            },
            {"span": None, "text": "nothing else has this name"},
        ],
    }


def test_sarif_names_each_rule_once_and_points_to_it() -> None:
    log = json.loads(diagnostics_sarif([UNKNOWN, UNKNOWN], {"act/077.yaml": "my rules/077.yaml"}))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["MUT050"]
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("MUT050", 0, "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "my%20rules/077.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 22}
    assert first["relatedLocations"][0]["message"] == {"text": "the law is named here"}


@given(st.text(max_size=60), st.integers(1, 5), st.integers(1, 80), st.integers(1, 5), st.integers(1, 80))
def test_no_text_and_no_span_breaks_a_report(text: str, row: int, column: int, end_row: int, end_column: int) -> None:
    span = Span("f", row, column, end_row, end_column)
    diagnostic = Diagnostic("MUT012", "yaml-syntax", Severity.ERROR, text, text, span, (Label(span, text),))
    shown = plain(diagnostics_text([diagnostic], {"f": text}))
    assert shown.startswith("error MUT012")
    assert json.loads(diagnostics_json([diagnostic]))
    assert json.loads(diagnostics_sarif([diagnostic]))
