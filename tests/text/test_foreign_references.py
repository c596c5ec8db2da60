"""A provision of another law is never taken for one of this law, whatever sentence names it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from tests.strategies.foreign_references import Named, named_provisions
from tests.text.inline_statutes import read_small

from mutandis_text.quantities.find import find_quantities
from mutandis_text.references.find import find_references

_ARTICLES = "".join(
    f"Article {number} (Lamps)\n(1) A lamp burns: Provided, That it may rest.\n1. By day;\n2. By night.\n"
    "(2) A lamp shines. In such cases, a bell rings.\n(3) A lamp rests.\n"
    for number in range(1, 13)
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(named_provisions())
def test_what_another_law_holds_is_named_as_its_own(named: Named) -> None:
    document = read_small(f"{_ARTICLES}Article 20 (Others)\n{named.words}.\n")
    report = find_references(document)
    found = [one for one in report.references if one.origin == "lamp/20" and one.terms == ()]
    targets = {target for one in found for target in one.targets} - {"lamp"}
    assert {one for one in targets if one.startswith("ext:")} == named.foreign, named.words
    assert {one for one in targets if not one.startswith("ext:")} == named.own, named.words
    assert [one.broken for one in found if one.broken] == []
    assert [one for one in report.leftovers if not one.explained] == []
    # No number of a citation is a quantity.
    assert {one.raw for one in find_quantities(document) if one.provision == "lamp/20"} <= {"20 hours"}
