"""What stands under another number now: its rules move, what cites it is named, what took its place has no rules."""

from __future__ import annotations

from collections.abc import Sequence

from mutandis.rulebook.case_file import read_cases
from mutandis.rulebook.load import load_text
from mutandis.rulebook.lock import check_stale
from mutandis_text.comparison.compare import compare_documents
from mutandis_text.comparison.lock import lock_document, renew_lock
from mutandis_text.structure.reader import read_statute
from mutandis_tools.amendment.citing import list_citing
from mutandis_tools.amendment.facts import list_tasks, summarise
from mutandis_tools.amendment.reach import AmendmentReport, report_amendment

_HEAD = "LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n"
_ADDENDUM = "ADDENDUM <Act No. 1, Jan. 5, 2001>\nThis Act shall enter into force on the date of promulgation.\n"
_OLD = f"""{_HEAD}
Article 1 (Lamps)
(1) A keeper shall light the lamp before night.
(2) A keeper may put out the lamp in fog.
(3) The watch shall not exceed 24 hours.
Article 2 (Boats)
Article 1 (2) and (3) shall apply mutatis mutandis to boats.
{_ADDENDUM}"""
_NEW = f"""{_HEAD}
Amended by Act No. 2, Feb. 6, 2002

Article 1 (Lamps)
(1) A keeper shall light the lamp before night.
(2) A keeper shall wind it: Provided, That this shall not apply at noon. <Newly Inserted by Act No. 2, Feb. 6, 2002>
(3) A keeper may put out the lamp in fog. <Amended by Act No. 2, Feb. 6, 2002>
(4) The watch shall not exceed 12 hours. <Amended by Act No. 2, Feb. 6, 2002>
Article 2 (Boats)
Article 1 (3) and (4) shall apply mutatis mutandis to boats. <Amended by Act No. 2, Feb. 6, 2002>
{_ADDENDUM}ADDENDUM <Act No. 2, Feb. 6, 2002>
This Act shall enter into force one month after the date of promulgation.
"""
_FILES = {
    "lamp/law.yaml": "law: lamp\ntitle: Lamp Act\nshort: Lamp\nrank: 1\n",
    "lamp/vocabulary.yaml": """\
terms:
  keeper: {role: yes, label: keeper}
  lamp:
    label: lamp
    attributes:
      in_fog: {type: yes/no, label: in fog, question: Is there fog?}
  watch:
    label: watch
    attributes:
      hours: {type: duration, unit: hours, parameter: yes, label: hours, question: How long?}
actions:
  light lamp: {label: light the lamp, default: silent}
  put_out lamp: {label: put out the lamp, default: forbidden}
  keep watch: {label: keep watch, default: silent}
""",
    "lamp/001-lamps.yaml": """\
law: lamp
article: 1
title: Lamps
rules:
  - {at: (1), summary: Lit by night., must: light lamp, by: keeper}
  - {at: (2), summary: Out in fog., may: put_out lamp, by: keeper, despite: (1), when: lamp.in_fog}
  - {at: (3), summary: A day at most., limits: keep watch, requires: watch.hours <= 24 hours}
""",
    "lamp/002-boats.yaml": """\
law: lamp
article: 2
title: Boats
rules:
  - {at: main, summary: As for boats., apply: 1(2) to 1(3)}
""",
}
_CASES = """\
case: Fog
law: lamp
tests: [1(2)]
at: 2002-01-01
facts: {lamp.in_fog: yes}
ask: {decide: put_out lamp, by: keeper}
expect:
  verdict: permitted
  cites: [1(2)]
"""


def _report() -> AmendmentReport:
    old, new = read_statute(_OLD, "lamp"), read_statute(_NEW, "lamp")
    source = load_text(_FILES)
    assert source.diagnostics == ()
    citing = list_citing(source, read_cases(_CASES, "lamp/cases/lamps.yaml").cases)
    return report_amendment(compare_documents(old, new), new, old, source.articles, source.laws["lamp"], citing)


def _tasks(report: AmendmentReport) -> Sequence[tuple[str, tuple[str, ...]]]:
    return [(task.words, task.ids) for task in list_tasks(report)][1:]


def test_the_worklist_moves_rules_and_names_what_cites_the_old_number() -> None:
    fog, watch = "lamp/1(2)#put_out lamp", "lamp/1(3)#limits keep watch"
    boats = "lamp/2 main#apply 1(2) to 1(3)"
    assert _tasks(_report()) == [
        ("lamp/1(2): write rules", ()),
        ("lamp/1(2) proviso: write rules", ()),
        ("lamp/1(2) → lamp/1(3) was renumbered: put these rules at lamp/1(3)", (fog,)),
        (
            "lamp/1(2) is lamp/1(3) now: mend what cites it by the old number",
            (boats, "lamp/cases/lamps.yaml:3,9"),
        ),
        (
            "lamp/1(3) → lamp/1(4) was renumbered and reworded: put these rules at lamp/1(4) and read them again",
            (watch,),
        ),
        ("lamp/1(3) is lamp/1(4) now: mend what cites it by the old number", (boats,)),
        ("lamp/2 was reworded: read these rules again", (boats,)),
        ("look what these clauses carry over now", ("lamp/2",)),
    ]


def test_what_took_the_number_has_no_rules_and_its_proviso_has_none() -> None:
    reached = {one.change.id: one for one in _report().reached}
    assert [(reached[name].rules, reached[name].wants_rules) for name in ("lamp/1(2)", "lamp/1(2) proviso")] == [
        ((), True),
        ((), True),
    ]


def test_what_is_inserted_into_a_renumbered_provision_is_looked_for_under_its_old_number() -> None:
    new = _NEW.replace("lamp in fog. <Am", "lamp in fog: Provided, That a red lamp stays lit. <Am")
    old, newer = read_statute(_OLD, "lamp"), read_statute(new, "lamp")
    source = load_text(_FILES)
    report = report_amendment(compare_documents(old, newer), newer, old, source.articles, source.laws["lamp"])
    proviso = next(one for one in report.reached if one.change.id == "lamp/1(3) proviso")
    assert proviso.rules == ("lamp/1(2)#put_out lamp",)


def test_the_addenda_are_counted_apart() -> None:
    assert summarise(_report()) == "4 unchanged, 3 inserted (1 of them in addenda), 2 renumbered, 2 reworded"


def test_the_lock_says_what_is_to_be_done_with_each() -> None:
    old, new = read_statute(_OLD, "lamp"), read_statute(_NEW, "lamp")
    lock = renew_lock(lock_document(old), lock_document(new), compare_documents(old, new).origins)
    helps = {one.provision: one.help.partition(",")[0] for one in check_stale(lock)}
    assert helps["lamp/1(2)"] == "write its rules"
    assert helps["lamp/1(3)"] == "put the rules of that number here"
    assert helps["lamp/2"] == "read its rules again"
