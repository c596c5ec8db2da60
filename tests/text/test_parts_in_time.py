"""Parts that take effect on a day of their own, clauses of applicability, a `law.yaml` any YAML reader can read."""

from __future__ import annotations

import pytest
import yaml
from tests.text.inline_statutes import read_small

from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import list_history, list_transitions
from mutandis_text.time.instruments import list_instruments
from mutandis_text.time.law_yaml import print_law_yaml

_ENTRIES = "\n".join(f"{number}. Thing {number};" for number in range(1, 11))
_SPLIT = f"""QUAYS ACT

Act No. 10, Feb. 1, 2011

Amended by Act No. 20, May 7, 2014

Article 1 (Things)
A user may do the following: <Amended by Act No. 20, May 7, 2014>
{_ENTRIES}
Article 2 (Duties)
(1) A user shall do the following: <Amended by Act No. 20, May 7, 2014>
1. Moor;
2. Report. <Amended by Act No. 20, May 7, 2014>
ADDENDA
This Act shall enter into force on the date of its promulgation.
ADDENDA <Act No. 20, May 7, 2014>
This Act shall enter into force six months after the date of its promulgation: Provided, That the amended provisions of
subparagraph 10 of Article 1 and Article 2 (1) 1 and 2 shall enter into force on the date of its promulgation.
"""


def test_a_part_with_a_day_of_its_own_has_a_past_of_its_own() -> None:
    document = read_statute(_SPLIT, "quays")
    records = list_instruments(document, find_references(document))
    told = [(past.provision, [str(event.since) for event in past.events]) for past in list_history(document, records)]
    assert told == [
        ("quays/1", ["2014-11-08"]),
        ("quays/1.10", ["2014-05-07"]),
        ("quays/2(1)", ["2014-11-08"]),
        ("quays/2(1)1", ["2014-05-07"]),
        ("quays/2(1)2", ["2014-05-07"]),
    ]


def test_an_ordinary_yaml_reader_changes_nothing_in_law_yaml() -> None:
    document = read_statute(_SPLIT, "quays")
    text = print_law_yaml(document, list_instruments(document, find_references(document)))
    (part,) = yaml.safe_load(text)["instruments"][1]["enforced_parts"]
    assert part["provisions"] == ["1.10", "2(1)1", "2(1)2"]
    assert str(part["on"]) == "2014-05-07"


@pytest.mark.parametrize(
    ("heading", "clause", "kind"),
    [
        (
            "Damage",
            "The amended provisions of Article 1 shall apply where damage is done on or after that date.",
            "applicability",
        ),
        (
            "Refunds",
            "The amended provisions of Article 1 shall apply even to a fee paid before that date.",
            "applicability",
        ),
        (
            "Applicability concerning Fees",
            "Article 1 shall govern fees that fall due after that date.",
            "applicability",
        ),
        ("Fees", "The previous provisions shall still apply to a fee under Article 1.", "former law"),
        ("Fees", "Whoever has a licence under Article 1 shall renew it within a year.", "task"),
    ],
)
def test_clauses_are_told_by_what_they_do(heading: str, clause: str, kind: str) -> None:
    after = (
        "ADDENDA <Act No. 100, Jan. 5, 2001>\nArticle 1 (Enforcement Date)\nThis Act shall enter into force on the "
        f"date of its promulgation.\nArticle 2 ({heading})\n{clause}\n"
    )
    document = read_small("Article 1 (Fees)\nA fee is due.", after=after)
    report = find_references(document)
    (found,) = list_transitions(document, list_instruments(document, report), report)
    assert (found.kind.value, found.governs) == (kind, ("lamp/1",))
