"""What `text check` tells of a newer text: every change with its words, and what it reaches."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from mutandis.citation import CitationRange, parse_citation
from mutandis.resources import data_folder
from mutandis.rulebook.load import load_source
from mutandis.rulebook.lock import read_lock
from mutandis_text.comparison.compare import compare_documents, compare_with_lock
from mutandis_text.structure.load import load_statute
from mutandis_text.structure.reader import read_statute
from mutandis_tools.amendment.facts import list_tasks, tell
from mutandis_tools.amendment.reach import AmendmentReport, Reached, report_amendment
from mutandis_tools.main import build_app

_FOLDER = Path(__file__).parent / "amended"
_BOOK = _FOLDER / "rulebook"


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["text", "check", *map(str, words), "--rulebook", str(_BOOK), "-q"])


def _report(law: str, *, with_old: bool = True) -> AmendmentReport:
    new = load_statute(_FOLDER / f"{law}-new.txt", law)
    source = load_source(_BOOK)
    if with_old:
        old = load_statute(_FOLDER / f"{law}-old.txt", law)
        return report_amendment(compare_documents(old, new), new, old, source.articles, source.laws[law])
    lock = read_lock((_BOOK / law / "text.lock").read_text(encoding="utf-8"))
    return report_amendment(compare_with_lock(lock, new), new, None, source.articles, source.laws[law])


def _at(report: AmendmentReport, name: str) -> Reached:
    return next(one for one in report.reached if one.change.id == f"{report.law}/{name}")


def _changes(report: AmendmentReport) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [
        (one.change.old, one.change.new, tuple(kind.value for kind in one.change.changes)) for one in report.reached
    ]


# --- what has no wording of its own still has a fingerprint -----------------------------------------------------------

_FERRIES = (_FOLDER / "ferries-old.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("with_old", [True, False])
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("BELLS AND LIGHTS", "SIGNALS ON THE WATER", "ferries/chapter-2 (chapter 2)  heading only"),
        ("FERRIES ACT", "ACT ON FERRIES AND WATER TAXIS", "ferries/title (the title)  heading only"),
        ("900 won", "1,400 won", "ferries/table-1.2 (attached Table 1, entry 2)  reworded"),
        ("] Fares", "] Tolls", "ferries/table-1 (attached Table 1)  heading only"),
    ],
)
def test_a_heading_the_title_and_a_table_have_fingerprints(
    before: str, after: str, told: str, with_old: bool, tmp_path: Path
) -> None:
    assert before in _FERRIES
    new = tmp_path / "new.txt"
    new.write_text(_FERRIES.replace(before, after), encoding="utf-8")
    old = ("--old", _FOLDER / "ferries-old.txt") if with_old else ()
    result = _run(new, "--law", "ferries", *old)
    assert result.exit_code == 1
    assert told in result.stdout.splitlines()
    if with_old and "heading" in told:
        assert re.search(rf"heading: .*{before.strip('] ')}.* → .*{after.strip('] ')}", result.stdout)
    if "table-1.2" in told and with_old:
        assert "[-900-] {+1,400+} won" in result.stdout
        assert "referred to now by: ferries/3" in result.stdout


def test_a_chapter_put_in_between_renumbers_those_behind_it() -> None:
    more = _FERRIES.replace(
        "CHAPTER III FARES", "CHAPTER III CREWS\n Article 2-2 (Crews)\nA crew rests.\nCHAPTER IV FARES"
    )
    comparison = compare_documents(read_statute(_FERRIES, "ferries"), read_statute(more, "ferries"))
    told = [(one.old, one.new, one.changes[0].value) for one in comparison.changes]
    assert told == [
        (None, "ferries/chapter-3", "inserted"),
        (None, "ferries/2-2", "inserted"),
        ("ferries/chapter-3", "ferries/chapter-4", "renumbered"),
    ]


# --- moved and reworded -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_old", [True, False])
def test_what_moved_and_was_reworded_at_once_is_one_provision(with_old: bool) -> None:
    assert _changes(_report("tide-tables", with_old=with_old)) == [
        ("tide-tables/2", "tide-tables/2", ("heading only",)),
        ("tide-tables/2", "tide-tables/2(1)", ("moved",)),
        ("tide-tables/4", "tide-tables/2(2)", ("moved", "reworded")),
        ("tide-tables/3(2)", "tide-tables/3(2)", ("annotation only",)),
        (None, "tide-tables/3(2)1", ("inserted",)),
        ("tide-tables/3(2)1", "tide-tables/3(2)1(a)", ("moved", "reworded")),
        (None, "tide-tables/3(2)1(b)", ("inserted",)),
        (None, "tide-tables/addenda-7700", ("inserted",)),
    ]


def test_paragraphs_put_together_again_leave_no_deleted_article() -> None:
    new, old = (load_statute(_FOLDER / f"tide-tables-{which}.txt", "tide-tables") for which in ("old", "new"))
    told = [(one.old, one.new) for one in compare_documents(old, new).changes]
    assert ("tide-tables/2(1)", "tide-tables/2") in told
    assert ("tide-tables/2", None) not in told


def test_a_heading_that_changed_with_the_wording_is_told_too() -> None:
    old = read_statute(
        "LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (Lamps)\nA lamp shall burn all night.\n", "lamp"
    )
    new = read_statute(
        "LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (Lights)\nA lamp shall burn all day.\n", "lamp"
    )
    (change,) = compare_documents(old, new).changes
    assert [kind.value for kind in change.changes] == ["reworded", "heading"]
    assert change.headings == ("Lamps", "Lights")


def test_a_proviso_that_became_a_sentence_is_moved() -> None:
    frame = "LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (Lamps)\n{}\n"
    old = frame.format("A lamp burns: Provided, That the keeper may put it out for an hour at the end of every week.")
    new = frame.format(
        "(1) A lamp burns.\n(2) The keeper may put it out for an hour at the end of every second week of the year."
    )
    changes = compare_documents(read_statute(old, "lamp"), read_statute(new, "lamp")).changes
    assert ("lamp/1 proviso", "lamp/1(2)") in [(one.old, one.new) for one in changes]


# --- the report -------------------------------------------------------------------------------------------------------


def test_each_change_tells_its_instrument_clauses_rules_and_references() -> None:
    report = _report("lighthouses")
    (instrument,) = report.instruments
    assert (instrument.id, str(instrument.promulgated), str(instrument.enforced)) == (
        "Act No. 7700",
        "2013-08-09",
        "2014-02-10",
    )
    watch = _at(report, "2(1)")
    assert watch.rules == ("lighthouses/2(1)#keep watch",)
    assert [(one.provision, one.kind.value) for one in watch.clauses] == [("lighthouses/addenda-7700/2", "former law")]
    assert (watch.before, watch.now) == (("lighthouses/3",), ("lighthouses/4", "lighthouses/addenda-7700/2"))
    assert [name for name in ("2(1)", "2(3)", "3", "4") if _at(report, name).wants_rules] == ["2(3)", "3", "4"]
    assert [edit.kind for edit in _at(report, "2(3)").change.edits] == ["added"]


def test_without_the_older_text_what_referred_to_a_provision_is_not_known() -> None:
    watch = _at(_report("lighthouses", with_old=False), "2(1)")
    assert (watch.before, watch.now) == (None, ("lighthouses/4", "lighthouses/addenda-7700/2"))


def test_references_are_looked_up_in_their_own_text() -> None:
    report = _report("docks")
    assert _at(report, "2(2)").before == ("docks/4",)
    assert (_at(report, "2(4)").before, _at(report, "2(4)").now) == (("docks/3",), ("docks/3",))
    assert all(one.change.id != "docks/2(3)" for one in report.reached)
    assert _at(report, "5").broken == ("Article 2 (3): docks/2(3) is deleted",)


def test_a_reference_of_an_unchanged_provision_that_no_longer_holds_is_told() -> None:
    old = (_FOLDER / "docks-old.txt").read_text(encoding="utf-8")
    new = old.replace("(2) A berth shall not be sold.", "(2) Deleted. <by Act No. 7900, Mar. 3, 2014>")
    documents = read_statute(old, "docks"), read_statute(new, "docks")
    report = report_amendment(compare_documents(*documents), documents[1], documents[0], (), None)
    assert [(one.origin, one.broken) for one in report.broken] == [("docks/4", "docks/2(2) is deleted")]


_WHOLE = """LAMP ACT

Act No. 1, Jan. 5, 2001
{head}
Article 1 (Definitions)
The term "keeper" means a person who keeps {what}.
Article 2 (Watch)
A keeper shall keep watch.
Article 3 (Boats)
This Act shall apply mutatis mutandis to boats.
ADDENDUM
This Act shall enter into force on the date of its promulgation.
"""


def test_applications_of_the_whole_law_and_users_of_a_definition_are_reached() -> None:
    old = read_statute(_WHOLE.format(head="", what="a lamp"), "lamp")
    new = read_statute(_WHOLE.format(head="\nAmended by Act No. 2, Jan. 5, 2002\n", what="a lamp or a bell"), "lamp")
    (reached,) = report_amendment(compare_documents(old, new), new, old, (), None).reached
    assert reached.applied_by == ("lamp/3 (the whole law)",)
    assert (reached.terms, reached.users) == (("keeper",), ("lamp/2",))


def test_what_holds_of_a_whole_article_is_told_once() -> None:
    old = read_statute(_WHOLE.format(head="", what="a lamp"), "lamp")
    more = _WHOLE.replace("ADDENDUM", "Article 4 (Bells)\n(1) A bell shall ring.\n(2) A bell shall be red.\nADDENDUM")
    new = read_statute(more.format(head="\nAmended by Act No. 2, Jan. 5, 2002\n", what="a lamp"), "lamp")
    report = report_amendment(compare_documents(old, new), new, old, (), None)
    told = {one.change.id: [fact.label for fact in tell(one, report)] for one in report.reached}
    assert told == {
        "lamp/4": ["no rules", "carried over by"],
        "lamp/4(1)": ["no rules"],
        "lamp/4(2)": ["no rules"],
    }


@pytest.mark.parametrize("law", ["lighthouses", "docks", "tide-tables"])
def test_the_json_follows_its_schema(law: str) -> None:
    schema: Traversable = data_folder("schemas").joinpath("text-check.schema.json")
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    for old in ((), ("--old", _FOLDER / f"{law}-old.txt")):
        result = _run(_FOLDER / f"{law}-new.txt", "--law", law, *old, "--json")
        told: dict[str, Any] = json.loads(result.stdout)
        validator.validate(told)
        assert told["instruments"][0]["id"].startswith("Act No. 7")


def test_the_whole_report_has_a_worklist_and_both_wordings() -> None:
    arguments = (_FOLDER / "lighthouses-new.txt", "--law", "lighthouses", "--old", _FOLDER / "lighthouses-old.txt")
    shown = " ".join(_run(*arguments, "--report").stdout.split())
    assert "[ ] law.yaml: enter Act No. 7700, promulgated 2013-08-09, enforced 2014-02-10" in shown
    assert "[ ] lighthouses/2(1) was reworded: read these rules again: lighthouses/2(1)#keep watch" in shown
    assert "[ ] lighthouses/2(3): write rules" in shown
    assert "begin its rules: mutandis new article lighthouses 3 --text" in shown
    markdown = _run(*arguments, "--report", "--markdown").stdout
    assert "watch for ~~eight~~ hours of every night. | A keeper shall keep watch for **six** hours" in markdown


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_html_report_is_one_file_without_script_and_escapes_what_it_shows(tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    text = (_FOLDER / "lighthouses-new.txt").read_text(encoding="utf-8")
    new.write_text(text.replace("six hours", "six & \"more\" hours <b onclick='x'>"), encoding="utf-8")
    page = tmp_path / "report.html"
    result = _run(new, "--law", "lighthouses", "--old", _FOLDER / "lighthouses-old.txt", "--html", page)
    assert (result.exit_code, result.stdout) == (1, "")
    html = page.read_text(encoding="utf-8")
    parser = _Page()
    parser.feed(html)
    assert {tag for tag, _ in parser.tags} & {"script", "img", "link", "b", "iframe"} == set()
    assert all(not {"src", "href", "onclick"} & set(attributes) for _, attributes in parser.tags)
    assert "<del>eight</del>" in html
    assert "url(" not in html


# --- texts that are not this law's ------------------------------------------------------------------------------------


@pytest.mark.parametrize("old", [("--old", str(_FOLDER / "beacons-old.txt")), ()])
def test_a_text_that_could_not_be_read_says_nothing_about_the_law(old: tuple[str, ...]) -> None:
    result = _run(_FOLDER / "beacons-new.txt", "--law", "beacons", *old)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the text looks Korean" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("text", "check", "FILE", "--law", "lighthouses"),
        ("text", "lock", "FILE", "--law", "lighthouses", "--replace"),
        ("new", "article", "lighthouses", "3", "--text", "FILE", "--print"),
    ],
)
def test_the_text_of_another_law_is_refused(command: tuple[str, ...]) -> None:
    file = str(_FOLDER / "tide-tables-old.txt")
    words = [file if word == "FILE" else word for word in command]
    result = CliRunner().invoke(build_app(), [*words, "--rulebook", str(_BOOK)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the text is the Tide Tables Act" in result.stderr
    assert "says Lighthouses Act" in " ".join(result.stderr.split())


_CLAUSES = """ADDENDA <Act No. 2, Jan. 5, 2002>
Article 1 (Enforcement Date)
This Act shall enter into force on the date of its promulgation.
Article 2 (Applicability)
The amended provisions of Article 4 (2) shall begin to apply with the first bell bought after its entry into force.
Article 3 (Transitional Measures concerning Boats)
Notwithstanding the amended Article 3, boats built before its entry into force shall follow the previous provisions.
"""


def test_a_transitional_clause_is_to_be_written_whatever_it_names_and_stands_at_what_it_names_now() -> None:
    """Article 4 (2) was inserted: the clause on it is none on the paragraph that had the number before."""
    bells = "Article 4 (Bells)\n(1) A bell shall ring.\n(2) A bell shall be red.\nADDENDUM"
    old = read_statute(_WHOLE.replace("ADDENDUM", bells).format(head="", what="a lamp"), "lamp")
    inserted = bells.replace("(2) A bell", "(2) A new bell shall be tested.\n(3) A bell")
    text = _WHOLE.replace("ADDENDUM", inserted) + _CLAUSES
    new = read_statute(text.format(head="\nAmended by Act No. 2, Jan. 5, 2002\n", what="a lamp"), "lamp")
    report = report_amendment(compare_documents(old, new), new, old, (), None)
    assert [one.provision for one in _at(report, "4(2)").clauses] == ["lamp/addenda-2/2"]
    assert not next(one for one in report.reached if one.change.new == "lamp/4(3)").clauses
    told = [place for task in list_tasks(report) if task.words.startswith("write what the trans") for place in task.ids]
    assert told == ["lamp/addenda-2/2", "lamp/addenda-2/3"]


def test_a_word_replaced_throughout_is_one_task() -> None:
    """And what changed besides is still to be read again."""
    frame = "LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n\n{}"
    articles = "".join(
        f"Article {n} (Part {n})\n{{word}} {n} shall be kept by the keeper{{end}}.\n" for n in range(1, 8)
    )
    old = read_statute(frame.format(articles.format(word="Lamp", end="")), "lamp")
    text = articles.format(word="Lantern", end="").replace("4 shall be kept", "4 may be kept")
    new = read_statute(frame.format(text), "lamp")
    told = list_tasks(report_amendment(compare_documents(old, new), new, old, (), None))
    assert [(task.words, len(task.ids)) for task in told if "became" in task.words] == [
        ("“Lamp” became “Lantern”, and nothing else: see whether it means the same", 6)
    ]


def test_what_cites_a_deleted_article_is_named_though_its_number_stays() -> None:
    text = (_FOLDER / "docks-old.txt").read_text(encoding="utf-8")
    new = text.replace("(2) A berth shall not be sold.", "(2) Deleted. <by Act No. 7900, Mar. 3, 2014>")
    documents = read_statute(text, "docks"), read_statute(new, "docks")
    place = parse_citation("docks/2(2)")
    citing = (("docks/9#a rule", CitationRange(place, place), 0),)
    report = report_amendment(compare_documents(*documents), documents[1], documents[0], (), None, citing)
    assert _at(report, "2(2)").cited_in == ("docks/9#a rule",)
    assert any(task.words == "docks/2(2) is gone: read again what cites it" for task in list_tasks(report))
