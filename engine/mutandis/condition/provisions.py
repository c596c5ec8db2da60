"""Citations inside a condition: made absolute, and held against the provisions that create values (S38)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mutandis.citation import CitationError, CitationRange, parse_citation_range
from mutandis.condition.type_words import Fault, describe_type
from mutandis.datatypes import DataType
from mutandis.vocabulary import FactDeclaration


def read_range(first: str, last: str, law: str, article: str) -> CitationRange | Fault:
    """The range from `first` to `last` (equal for a single citation), read in `article` of `law`."""
    text = first if first == last else f"{first} to {last}"
    try:
        return parse_citation_range(text, law=law, article=article)
    except CitationError as error:
        return Fault("bad-citation", str(error), "cite as `97(1)2`, `(1)2` in the same article, `97(1)2 to 97(1)4`")


def faults_of_creation(
    subject: DataType, declared: FactDeclaration | None, asked: Sequence[CitationRange]
) -> Iterator[Fault]:
    """Why a subject of that type and declaration cannot fall under the ranges `asked`.

    It can if it is a provision, or a fact some of whose values are created in every one of the ranges.
    """
    if subject.kind == "provision":
        return
    if declared is None or subject.kind != "enum" or not declared.value_provisions:
        yield Fault(
            "no-creating-provision",
            f"{describe_type(subject)} does not fall under a provision",
            "name a fact of the type provision, or one whose values say which `provision` creates them",
        )
        return
    created = [provisions.first for _, provisions in declared.value_provisions]
    for range_ in asked:
        if not any(range_.covers(provision) for provision in created):
            yield Fault(
                "no-creating-provision",
                f"no value of `{declared.name}` is created by {range_}",
                "compare with the `provision` of its values in the vocabulary",
            )
