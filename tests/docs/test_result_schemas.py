"""The schemas of what the engine answers are made from its records."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.docs.result_schemas import SCHEMAS, schema_file

from mutandis_tools.report.record_schema import RecordSchema


@pytest.mark.parametrize("kind", ["decision", "explanation"])
def test_the_file_says_what_the_records_say(kind: str) -> None:
    assert SCHEMAS.joinpath(f"{kind}.schema.json").read_text(encoding="utf-8") == schema_file(kind)


@dataclass(frozen=True)
class Loan:
    """A book lent.

    By the day.
    """

    book: str
    """Which book."""
    days: int | None
    sureties: tuple[tuple[str, bool], ...] = ()


def test_a_record_is_described_by_its_own_words() -> None:
    schema = RecordSchema().document(Loan, "urn:loan", "A loan")
    assert schema["description"] == "A book lent."
    assert schema["properties"]["book"] == {"description": "Which book.", "type": "string"}
    assert schema["properties"]["days"] == {"type": ["integer", "null"]}
    pair = schema["properties"]["sureties"]["items"]
    assert pair["prefixItems"] == [{"type": "string"}, {"type": "boolean"}] and pair["maxItems"] == 2
    assert schema["required"] == ["book", "days", "sureties"]


@dataclass(frozen=True)
class Odd:
    """It holds what no answer holds."""

    thing: complex


def test_a_field_that_has_no_schema_is_told() -> None:
    with pytest.raises(TypeError, match="complex"):
        RecordSchema().document(Odd, "urn:odd", "Odd")
