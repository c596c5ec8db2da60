"""Amendments of the official texts in the style of real ones: nothing is lost, nothing is counted wrong.

The amended texts are made from the official ones where these are at hand; what is added to them is made up.
"""

from __future__ import annotations

import pytest
from tests.shipped import shipped_source
from tests.text.consolidated import Consolidated
from tests.text.official_texts import official_text

from mutandis_text.comparison.compare import compare_documents
from mutandis_text.comparison.lock import lock_document, renew_lock
from mutandis_text.document import StatuteDocument
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import list_history, list_transitions
from mutandis_text.time.instruments import list_instruments
from mutandis_tools.amendment.citing import list_citing
from mutandis_tools.amendment.facts import list_tasks, summarise
from mutandis_tools.amendment.reach import AmendmentReport, Reached, report_amendment

_SECOND, _THIRD, _FOURTH = "Act No. 20202, Aug. 6, 2024", "Act No. 20303, Dec. 3, 2024", "Act No. 20404, Apr. 1, 2025"
_FIRST, _DECREE = "Act No. 20101, Jan. 16, 2024", "Presidential Decree No. 34500, May 7, 2024"
_PROMULGATION = "This Act shall enter into force on the date of its promulgation"


def _begin(law: str) -> tuple[StatuteDocument, Consolidated]:
    old = official_text(law)
    return old, Consolidated.of(old.source)


def _report(old: StatuteDocument, new: StatuteDocument) -> AmendmentReport:
    source = shipped_source()
    mine = [one for one in source.articles if one.law == old.law]
    return report_amendment(compare_documents(old, new), new, old, mine, source.laws[old.law], list_citing(source))


def _at(report: AmendmentReport, place: str) -> Reached:
    return next(one for one in report.reached if one.change.id == f"{report.law}/{place}")


def _tasks(report: AmendmentReport) -> list[str]:
    return [task.words for task in list_tasks(report)]


def test_a_paragraph_inserted_among_others_with_a_split_day_and_two_clauses() -> None:
    old, text = _begin("act")
    limit = text.line("95", "(2)")
    text.replace(limit, "15 days", "10 days")
    text.annotate(limit, f"Amended by {_FIRST}")
    inserted = "(4) A physician shall examine the inmate first: Provided, That in an emergency 12 hours later will do."
    behind = [text.line("95", f"({number})") for number in (4, 5, 6)]
    for at, number in zip(behind, (5, 6, 7), strict=True):
        text.lines[at] = f"({number}){text.lines[at][3:]}"
        text.annotate(at, f"Amended by {_FIRST}")
    text.insert_after(behind[0] - 1, f"{inserted} <Newly Inserted by {_FIRST}>")
    text.replace(text.line("96", "(4)"), "95 (4) through (6)", "95 (4) through (7)")
    text.annotate(text.line("96", "(4)"), f"Amended by {_FIRST}")
    text.enact(
        _FIRST,
        "Article 1 (Enforcement Date)",
        "This Act shall enter into force six months after the date of its promulgation: Provided, That the amended "
        "provisions of Article 95 (4) shall enter into force on January 1, 2025.",
        "Article 2 (Applicability to Periods)",
        "The amended provisions of Article 95 (2) shall begin to apply from inmates confined after this Act enters.",
        "Article 3 (Transitional Measures concerning Extensions)",
        "The former provisions shall apply to an extension granted under Article 95 (2) before this Act enters.",
    )
    new = read_statute(text.text, "act")
    report = _report(old, new)
    assert summarise(report).partition(", ")[2] == "7 inserted (5 of them in addenda), 3 renumbered, 2 reworded"
    (record,) = report.instruments
    assert (record.id, str(record.enforced)) == ("Act No. 20101", "2024-07-17")
    assert [(one.provisions, str(one.on)) for one in record.parts] == [(("act/95(4)",), "2025-01-01")]
    assert (_at(report, "95(4)").wants_rules, str(_at(report, "95(4)").since)) == (True, "2025-01-01")
    assert _at(report, "95(4) proviso").wants_rules
    for was, now in ((4, 5), (5, 6), (6, 7)):
        moved = _at(report, f"95({now})")
        assert moved.rules and all(rule.startswith(f"act/95({was})#") for rule in moved.rules)
        assert any(one.startswith("act/96(4)#") for one in moved.cited_in)
        assert f"act/95({was}) → act/95({now}) was renumbered: put these rules at act/95({now})" in _tasks(report)
    assert [one.kind.value for one in _at(report, "95(2)").clauses] == ["applicability", "former law"]
    references = find_references(new)
    assert [one.broken for one in references.broken] == [one.broken for one in find_references(old).broken]
    past = {one.provision: one.events[-1] for one in list_history(new, list_instruments(new, references))}
    assert {name: str(past[name].since) for name in ("act/95(2)", "act/95(4)", "act/95(7)")} == {
        "act/95(2)": "2024-07-17",
        "act/95(4)": "2025-01-01",
        "act/95(7)": "2024-07-17",
    }
    lock = renew_lock(lock_document(old), lock_document(new), report.comparison.origins)
    assert lock.by_id()["act/95(6)"].read == "from act/95(5)"
    assert sum(one.is_stale for one in lock.provisions) == 12


def test_a_subparagraph_deleted_a_new_article_a_new_heading_and_another_act_amended() -> None:
    old, text = _begin("act")
    text.lines[text.line("108", "8.")] = f"8. Deleted; <by {_SECOND}>"
    start, end = text.article("45")
    heading = text.lines[start].partition("(")[2].rstrip(")")
    text.replace(start, heading, "Religious Activities and Meetings")
    text.lines[end:end] = [
        " Article 45-2 (Rooms for Meetings)",
        "(1) A warden shall set apart a room for meetings. In such cases, it shall be open at least twice a week.",
        "(2) A warden may limit a meeting to not more than 20 inmates in any of the following cases:",
        "1. Where security asks for it;",
        "2. Where a disease spreads.",
        f"[This Article Newly Inserted by {_SECOND}]",
    ]
    text.enact(
        _SECOND,
        "Article 1 (Enforcement Date)",
        f"{_PROMULGATION}: Provided, That Article 45-2 shall enter into force one year after the date of its "
        "promulgation.",
        "Article 2 (Transitional Measures concerning Acts Committed)",
        "An act committed before shall be governed by the former provisions of subparagraph 8 of Article 108.",
        "Article 3 (Amendment of Other Acts)",
        "Part of the Act on Civilian Prisons shall be amended as follows:",
        'Article 14 (2) shall be amended by replacing "Article 108" with "Article 108 (1)".',
        "Article 25 shall be deleted.",
    )
    new = read_statute(text.text, "act")
    report = _report(old, new)
    assert {one.change.id.partition("/")[2] for one in report.reached if "/addenda-" not in one.change.id} == {
        *("45", "45-2", "45-2(1)", "45-2(1) latter", "45-2(2)", "45-2(2)1", "45-2(2)2", "108.8")
    }
    tasks = _tasks(report)
    assert "act/45-2: write rules" in tasks
    assert "act/108.8: end what these rules say of it (`until`)" in tasks
    # Addenda made before the deletion, or by it, name what was there.
    assert not any("is deleted" in words for words in tasks)
    (record,) = report.instruments
    assert [(one.provisions, str(one.on)) for one in record.parts] == [(("act/45-2",), "2025-08-07")]
    foreign = [one for one in find_references(new).references if one.origin == "act/addenda-20202/3"]
    assert {target for one in foreign for target in one.targets} == {
        "ext:act-on-civilian-prisons",
        "ext:act-on-civilian-prisons/14(2)",
        "ext:act-on-civilian-prisons/25",
    }
    clauses = list_transitions(new, list_instruments(new, find_references(new)), find_references(new))
    assert [one.kind.value for one in clauses if "20202" in one.provision] == ["former law", "other laws"]


def test_an_article_moved_and_reworded_with_a_stub_where_it_was() -> None:
    old, text = _begin("act")
    start, end = text.article("42")
    body = text.lines[start:end]
    body[0] = body[0].replace("42", "41-2", 1)
    body[1] = body[1].replace("may suspend the visit", "may suspend the visit immediately")
    stub = [
        f"[Moved from Article 42 <{_THIRD}>]",
        " Article 42",
        f"[Previous Article 42 moved to Article 41-2 <{_THIRD}>]",
    ]
    text.lines[start:end] = [*body, *stub]
    text.enact(_THIRD, f"{_PROMULGATION}.")
    report = _report(old, read_statute(text.text, "act"))
    moved = _at(report, "41-2")
    assert (moved.change.old, {one.value for one in moved.change.changes}) == ("act/42", {"renumbered", "reworded"})
    assert moved.rules and any(one.startswith("act/44(3)#") for one in moved.cited_in)
    assert all(one.change.follows for one in report.reached if one.change.id.startswith("act/41-2."))
    tasks = _tasks(report)
    assert [words for words in tasks if words.startswith("act/44(3) did not change and names what is not there")]
    assert not any("write rules" in words for words in tasks)


def test_another_title_of_the_law_and_of_a_chapter() -> None:
    old, text = _begin("act")
    title = next(at for at, line in enumerate(text.lines) if line == old.head.title)
    text.lines[title] = "ACT ON CORRECTIONS"
    chapter = next(at for at, line in enumerate(text.lines) if line.startswith("CHAPTER VI "))
    text.lines[chapter] += " AND MEETINGS"
    text.enact(_FOURTH, "Article 1 (Enforcement Date)", f"{_PROMULGATION}.", "Articles 2 through 6 Omitted.")
    report = _report(old, read_statute(text.text, "act"))
    assert {one.change.id for one in report.reached if "/addenda-" not in one.change.id} == {
        "act/title",
        "act/part-2/chapter-6",
    }
    assert "law.yaml: the title is Act on Corrections now" in _tasks(report)


def test_an_attached_table_with_a_new_entry_and_former_standards() -> None:
    old, text = _begin("probation-decree")
    table = ["", "[Attached Table 1]", "Standards", "1. First breach: 500,000 won", "2. Second breach: 1,000,000 won"]
    before = read_statute(text.text + "\n".join(table) + "\n", "probation-decree")
    text.enact(
        _DECREE,
        "Article 1 (Enforcement Date)",
        "This Decree shall enter into force on the date of its promulgation.",
        "Article 2 (Transitional Measures concerning Fines)",
        "Notwithstanding attached Table 1, the former standards shall apply to breaches before this Decree.",
    )
    table[-1] = table[-1].replace("1,000,000", "1,200,000")
    new = read_statute(text.text + "\n".join([*table, "3. Third breach: 2,000,000 won"]) + "\n", "probation-decree")
    report = _report(before, new)
    for entry, what in (("2", "reworded"), ("3", "inserted")):
        reached = _at(report, f"table-1.{entry}")
        assert [one.value for one in reached.change.changes] == [what]
        assert all(rule.startswith("probation-decree/52") for rule in reached.rules) and reached.rules
        assert [one.kind.value for one in reached.clauses] == ["former law"]
    assert old.law == new.law
    # The text speaks of "attached Table" without its number, and it is the only one.
    assert not [one for one in find_references(new).broken if "Table" in one.raw]


@pytest.mark.parametrize("law", ["act", "juvenile-decree", "probation-decree"])
def test_nothing_changed_is_nothing_told(law: str) -> None:
    old, text = _begin(law)
    report = _report(old, read_statute(text.text, law))
    assert (report.reached, report.broken, report.instruments, list_tasks(report)) == ((), (), (), ())
