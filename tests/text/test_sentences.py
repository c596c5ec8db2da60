"""Main sentence, proviso, latter part: where one ends and the next begins, and whose a list is."""

from __future__ import annotations

import pytest

from mutandis_text.structure.sentences import find_list_lead, split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A lamp burns.", ["main"]),
        ("A lamp burns: Provided, That it may rest.", ["main", "proviso"]),
        ("A lamp burns; Provided, That it may rest.", ["main", "proviso"]),
        ("A lamp burns. Provided That it may rest.", ["main", "proviso"]),
        ("A lamp burns: provided, however, that it may rest.", ["main", "proviso"]),
        ("A lamp burns, provided that oil is there.", ["main"]),
        ("A lamp burns. In such cases, it smokes.", ["main", "latter"]),
        ("A lamp burns. In this case, it smokes.", ["main", "latter"]),
        ("A lamp burns: Provided, That it may rest. In such cases, it smokes.", ["main", "proviso", "latter"]),
        ("A lamp burns. It smokes. In such cases, it stinks.", ["main", "further", "latter"]),
        ("A lamp burns. However, a candle does not.", ["main", "proviso"]),
        ("Lamps, etc. In such cases, they burn.", ["main", "latter"]),
        ("The Lamps, etc. Act applies to lamps.", ["main"]),
        ("A lamp (a lamp proper. Not a candle) burns.", ["main"]),
        ("A lamp is read as “a candle.” In such cases, it burns.", ["main", "latter"]),
        ("A lamp under Article 5. In such cases, it burns.", ["main", "latter"]),
        ("It is dated Dec. 30, 2010. The day counts.", ["main", "further"]),
        ("A lamp) burns. It smokes (twice.", ["main", "further"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.kind.value for span in split_sentences(text)] == expected


@pytest.mark.parametrize(
    ("sentences", "owner", "certain"),
    [
        (["A lamp burns:"], 0, True),
        (["It burns in any of the following cases:", "Provided, That it rests:"], 0, True),
        (["It burns:", "Provided, That it rests in the following cases:"], 1, True),
        (["It is as follows:", "Provided, That each of the following rests:"], 1, False),
        (["It burns:", "Provided, That it rests:"], 1, False),
        (["It burns until the following day.", "In such cases, it rests as follows:"], 1, True),
        (["It burns after the plan for the following fiscal year.", "In such cases, it rests:"], 1, False),
    ],
)
def test_the_sentence_a_list_belongs_to(sentences: list[str], owner: int, certain: bool) -> None:
    lead = find_list_lead(sentences)
    assert (lead.sentence, lead.certain) == (owner, certain)
