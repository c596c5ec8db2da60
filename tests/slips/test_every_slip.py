"""Every slip is told as its file says: where, what, and what to do. None is passed over in silence unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.slips.slips import BOOK, HERE, Slip, faults_of, read_slips, tell

from mutandis_tools.opening import find_faults, open_rulebook

SLIPS = [(path.stem, slip) for path in sorted(HERE.glob("*.slips")) for slip in read_slips(path)]


def test_the_book_itself_has_no_fault() -> None:
    assert faults_of(BOOK) == []
    assert [found.message.split("`")[1] for found in find_faults(open_rulebook(BOOK))] == [
        "dog.bitten_on",
        "dog.weight",
        "dog.vaccinated_on",
        "walk.rest",
        "walk.number",
        "walk.fee",
        "walk.dogs",
    ]


@pytest.mark.parametrize(("kind", "slip"), SLIPS, ids=[f"{kind}: {slip.name}" for kind, slip in SLIPS])
def test_a_slip_is_told_as_its_file_says(kind: str, slip: Slip, tmp_path: Path) -> None:
    assert tuple(tell(slip, tmp_path)) == slip.told


def test_no_two_slips_of_a_file_have_one_name() -> None:
    names = [(kind, slip.name) for kind, slip in SLIPS]
    assert len(set(names)) == len(names)
