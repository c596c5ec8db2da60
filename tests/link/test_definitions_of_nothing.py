"""A definition of a fact that is not declared is told, whatever else its rule says."""

from __future__ import annotations

from tests.evaluate.books import LAW, VOCABULARY, article, rule

from mutandis.link.linker import link
from mutandis.rulebook.load import load_text


def test_wording_not_held_of_a_definition_of_an_undeclared_fact_is_told_as_undeclared() -> None:
    earlier = rule("(1)", "define: it.unheard_of", "not_held: replaced by Act No. 2", "until: 2020-01-01")
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/001-article.yaml": article(earlier)}
    source = load_text(files)
    assert [one.slug for one in source.diagnostics] == ["undeclared-fact"]
    assert not link(source).diagnostics
