"""Instruments as they are cited in heads, annotations and over addenda."""

from __future__ import annotations

import pytest

from mutandis_text.lines.instrument_grammar import find_first_instrument, read_changes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amended by Act No. 12, Jan. 2, 2003", ["amended Act 12 2003-01-02"]),
        ("Act Nos. 7799 & 7800, Dec. 29, 2005", ["other Act 7799+7800 2005-12-29"]),
        ("by Presidential Decree No. 3, jun. 20, 2008", ["other Presidential Decree 3 2008-06-20"]),
        ("Amended on Mar. 23, 2006; Apr. 2, 2007", ["amended   2006-03-23", "amended   2007-04-02"]),
        (
            "Newly Inserted by Act No. 1, May 4, 2001; Amended by Act No. 2, Sept. 5, 2002",
            ["newly_inserted Act 1 2001-05-04", "amended Act 2 2002-09-05"],
        ),
        ("Wholly Amended by Act No. 5, 4. May, 2001", ["wholly_amended Act 5 2001-05-04"]),
        ("Act No. 5, 2001. 5. 4.", ["other Act 5 2001-05-04"]),
        (
            "Ordinance of the Ministry of Ports No. 12-3, May 4, 2001",
            ["other Ordinance of the Ministry of Ports 12-3 2001-05-04"],
        ),
        ("Act No. 5, Feb. 30, 2001", ["other Act 5 None"]),
        ("Act No. 5, Act No. 6, May 4, 2001", ["other Act 5 None", "other Act 6 2001-05-04"]),
        (
            "Amended by Act No. 5, May 4, 2001, No. 6, May 5, 2002",
            ["amended Act 5 2001-05-04", "amended Act 6 2002-05-05"],
        ),
        ("nothing of the kind", []),
    ],
)
def test_instruments(text: str, expected: list[str]) -> None:
    found = [
        f"{change.kind.value} {one.kind} {'+'.join(one.numbers)} {one.date}"
        for change in read_changes(text, 0)
        for one in change.instruments
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [("LAMP ACT Act No. 1", 9), ("LAMP ACT Amended by Act No. 1", 9), ("Amended by Act No. 1", 0), ("LAMP ACT", None)],
)
def test_where_the_instruments_of_a_head_begin(text: str, at: int | None) -> None:
    assert find_first_instrument(text) == at


def test_extents_are_those_of_the_source() -> None:
    text = "Newly Inserted by Act No. 1, May 4, 2001; Amended by Act No. 2, May 5, 2002"
    for change in read_changes(text, 100):
        for one in change.instruments:
            assert text[one.extent.start - 100 : one.extent.end - 100] == one.raw
