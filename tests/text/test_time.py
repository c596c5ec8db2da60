"""Enforcement days, instruments, and law files on made-up addenda."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.text.inline_statutes import read_small
from typer.testing import CliRunner

from mutandis.rulebook.load import load_text
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.enforcement import count_from, find_enforcement, says_enforcement
from mutandis_text.time.instruments import InstrumentRecord, list_instruments
from mutandis_text.time.law_yaml import keep_what_is_held, print_law_yaml, title_case
from mutandis_tools.commands.text import app

_PROMULGATED = dt.date(2019, 4, 23)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on the date of its promulgation", "2019-04-23"),
        ("from the date of promulgation", "2019-04-23"),
        ("on the day following the date of its promulgation", "2019-04-24"),
        ("six months after the date of its promulgation", "2019-10-24"),
        ("3 months after its promulgation", "2019-07-24"),
        ("on the date when one year elapses after the date of its promulgation", "2020-04-24"),
        ("on the date on which two years have elapsed since its promulgation", "2021-04-24"),
        ("after the lapse of 30 days from the date of its promulgation", "2019-05-24"),
        ("two weeks after the date of promulgation", "2019-05-08"),
        ("on July 8, 2019", "2019-07-08"),
        ("on Jul. 8, 2019", "2019-07-08"),
        ("as of January 1, 2020", "2020-01-01"),
    ],
)
def test_the_words_of_an_addendum_give_a_day(words: str, day: str) -> None:
    sentence = f"This Act shall enter into force {words}."
    assert says_enforcement(sentence)
    assert [str(phrase.date(_PROMULGATED)) for phrase in find_enforcement(sentence)] == [day]


@pytest.mark.parametrize(
    ("promulgated", "amount", "unit", "day"),
    [
        ("2007-12-21", 1, "year", "2008-12-22"),
        ("2016-05-29", 6, "month", "2016-11-30"),
        ("2010-01-30", 1, "month", "2010-03-01"),  # no 31 February: the period ends with February
        ("2010-01-31", 1, "month", "2010-03-01"),
        ("2019-02-28", 1, "year", "2020-03-01"),
        ("2020-02-28", 1, "year", "2021-03-01"),  # no 29 February 2021
        ("2019-12-31", 12, "month", "2021-01-01"),
        ("2019-12-31", 1, "day", "2020-01-02"),
    ],
)
def test_the_day_of_promulgation_is_not_counted(promulgated: str, amount: int, unit: str, day: str) -> None:
    assert str(count_from(dt.date.fromisoformat(promulgated), amount, unit)) == day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), st.integers(1, 60))
def test_a_longer_period_never_ends_earlier(promulgated: dt.date, months: int) -> None:
    days = [count_from(promulgated, n, "month") for n in (months, months + 1)]
    assert promulgated < days[0] < days[1]
    assert count_from(promulgated, 12 * months, "month") == count_from(promulgated, months, "year")


def _records(addenda: str) -> tuple[InstrumentRecord, ...]:
    text = (
        "ENFORCEMENT DECREE OF THE LAMP ACT\n\nPresidential Decree No. 1, Jan. 5, 2001\n\n"
        "Amended by Presidential Decree No. 2, Feb. 6, 2002\n\nArticle 1 (X)\n(1) Lamps burn.\n(2) Boats sail.\n"
        f"Article 2 (Y)\nBells ring.\nArticle 3 (Z)\nRopes hold.\n{addenda}"
    )
    document = read_statute(text, "lamp-decree")
    return list_instruments(document, find_references(document))


def test_a_proviso_splits_the_day_by_provision() -> None:
    record = _records(
        "ADDENDUM <Presidential Decree No. 2, Feb. 6, 2002>\nThis Decree shall enter into force on March 1, 2002: "
        "Provided, That the amended provisions of Articles 1 (2) and 2 take effect on the date of promulgation, and "
        "those of Article 3 on January 1, 2003.\n"
    )[1]
    assert [(part.provisions, str(part.on)) for part in record.parts] == [
        (("lamp-decree/1(2)", "lamp-decree/2"), "2002-02-06"),
        (("lamp-decree/3",), "2003-01-01"),
    ]
    assert [str(record.enforced_for(f"lamp-decree/{place}")) for place in ("1(1)", "1(2)", "2", "3")] == [
        "2002-03-01",
        "2002-02-06",
        "2002-02-06",
        "2003-01-01",
    ]


def test_a_list_splits_the_day_by_entry() -> None:
    record = _records(
        "ADDENDUM <Presidential Decree No. 2, Feb. 6, 2002>\nThis Decree takes effect on the date of promulgation: "
        "Provided, That the following provisions take effect on the days classified as follows:\n"
        "1. Amended provisions of Article 2: January 1, 2003;\n2. Amended provisions of Article 3: July 1, 2003.\n"
    )[1]
    assert [(part.provisions, str(part.on)) for part in record.parts] == [
        (("lamp-decree/2",), "2003-01-01"),
        (("lamp-decree/3",), "2003-07-01"),
    ]


def test_a_day_that_another_law_decides_is_left_open_and_noted() -> None:
    record = _records(
        "ADDENDA <Presidential Decree No. 2, Feb. 6, 2002>\nArticle 1 (Enforcement Date)\nThis Decree shall enter into "
        "force when the Ship Act does.\n"
    )[1]
    assert record.enforced is None
    assert "outside the text" in " ".join(record.notes)


def test_an_instrument_without_addenda_says_so() -> None:
    assert _records("")[1].notes == ("The text prints no addendum for it.",)


def test_the_law_file_of_a_decree_loads_and_names_its_parent() -> None:
    text = (
        "ENFORCEMENT DECREE OF THE LAMP ACT\n\nWholly Amended by Presidential Decree No. 1, Jan. 5, 2001\n\n"
        "Article 1 (X)\n(1) Lamps burn.\nADDENDUM <Presidential Decree No. 1, Jan. 5, 2001>\n"
        "This Decree shall enter into force three months after its promulgation.\n"
    )
    document = read_statute(text, "lamp-decree")
    written = print_law_yaml(document, list_instruments(document, find_references(document)))
    assert written == (
        "law: lamp-decree\ntitle: Enforcement Decree of the Lamp Act\nshort: Lamp Decree\nrank: 2\n"
        "parent: ext:lamp-act\ninstruments:\n  - id: Presidential Decree No. 1\n    promulgated: 2001-01-05\n"
        "    enforced: 2001-04-06\n"
        "    note: Whole amendment. Three months from promulgation, the day of promulgation not counted.\n"
    )
    source = load_text({"lamp-decree/law.yaml": written})
    assert source.diagnostics == ()
    assert source.laws["lamp-decree"].parent == "ext:lamp-act"


def test_titles_in_capitals_are_set_in_mixed_letters() -> None:
    assert title_case("ACT ON THE LIGHTS OF BOATS, ETC.") == "Act on the Lights of Boats, Etc."
    assert title_case("Lamp Act") == "Lamp Act"


def test_a_law_file_that_says_something_else_is_not_written_over(tmp_path: Path) -> None:
    text, out = tmp_path / "lamp.txt", tmp_path / "lamp" / "law.yaml"
    out.parent.mkdir()
    text.write_text("LAMP ACT\n\nAct No. 1, Jan. 5, 2001\n\nArticle 1 (X)\nLamps burn.\n")
    out.write_text("law: lamp\n")
    refused = CliRunner().invoke(app, ["law", str(text), "--out", str(out)])
    assert (refused.exit_code, out.read_text()) == (1, "law: lamp\n")
    assert CliRunner().invoke(app, ["law", str(text), "--out", str(out), "--replace"]).exit_code == 0
    assert out.read_text().startswith("law: lamp\ntitle: Lamp Act\n")


def test_a_law_file_made_again_keeps_its_names_and_the_instruments_before_a_whole_amendment() -> None:
    held = (
        "law: lamp\ntitle: Lamp Act\nshort: LA\nrank: 3\ncited_by: section\ninstruments:\n"
        "  - id: Act No. 1\n    promulgated: 1990-01-01\n    enforced: 1990-07-02\n"
        "  - id: Act No. 2\n    promulgated: 2001-01-05\n    enforced: 2001-01-05\n"
    )
    new = (
        "law: lamp\ntitle: Lamp Act\nshort: Lamp\nrank: 1\ninstruments:\n"
        "  - id: Act No. 2\n    promulgated: 2001-01-05\n    enforced: 2001-01-05\n"
        "  - id: Act No. 3\n    promulgated: 2021-01-05\n    enforced: 2021-01-05\n"
    )
    text, kept = keep_what_is_held(new, held)
    assert kept == ("`short`", "`rank`", "`cited_by`", "Act No. 1")
    read = yaml.safe_load(text)
    assert (read["short"], read["rank"], read["cited_by"]) == ("LA", 3, "section")
    assert [one["id"] for one in read["instruments"]] == ["Act No. 1", "Act No. 2", "Act No. 3"]
    assert keep_what_is_held(new, new) == (new, ())
    none = new.partition("instruments:")[0] + "instruments: []\n"
    assert yaml.safe_load(keep_what_is_held(none, new)[0])["instruments"] == yaml.safe_load(new)["instruments"]
    assert keep_what_is_held(new, none) == (new, ())


def test_a_text_without_a_head_leaves_the_law_file_open_and_says_so(tmp_path: Path) -> None:
    text = tmp_path / "lamp.txt"
    text.write_text("Article 1 (Purpose)\nA lamp shall burn.\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["law", str(text), "-q"])
    assert result.exit_code == 0
    told = {"law": "lamp", "title": "(the title)", "short": "Lamp", "rank": 1, "instruments": []}
    assert yaml.safe_load(result.stdout) == told
    assert "has no title and no instrument in its head" in " ".join(result.stderr.split())


def test_regulations_take_effect_on_the_day_of_their_promulgation() -> None:
    after = "ADDENDUM\nThese Regulations shall enter into force on the date of their promulgation.\n"
    document = read_small("Article 1 (Lamps)\nA lamp burns.", "LAMP REGULATIONS", after)
    (record,) = list_instruments(document, find_references(document))
    assert record.enforced == record.promulgated is not None
