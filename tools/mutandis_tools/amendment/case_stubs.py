"""Begins a file of cases for an article: in comments, a case to write for each place, with its boundaries."""

from __future__ import annotations

from mutandis_text.document import Provision, SentenceKind, walk_provision
from mutandis_text.quantities.written import counted
from mutandis_tools.amendment.hints import Hints, place_of
from mutandis_tools.amendment.suggested_effect import suggest_effect


def print_case_stubs(article: Provision, hints: Hints) -> str:
    """The text of the file; it holds no case until somebody has written one."""
    law = hints.document.law
    number = article.id.removeprefix(f"{law}/")
    lines = [f"# Cases of Article {number}, to be written from the law: one a document, without the signs of comments."]
    for node in walk_provision(article):
        for sentence in node.sentences if node.is_live else ():
            effect = suggest_effect(sentence.text, hints.references_in(sentence), hints.quantities_of(sentence))
            # What is left to others, or only stated, decides no case.
            if sentence.kind is SentenceKind.FURTHER or (
                effect in ("delegate", "states") and " shall " in sentence.text
            ):
                continue
            place = place_of(node.id if sentence.kind is SentenceKind.MAIN else sentence.id)
            tests = number if place == "main" else f"{number}{place}"
            lines += ["# ---", "# case: (what happens, in a few words)", f"# tests: {tests}", f"# law: {law}"]
            lines += [
                f"# # the boundary: {counted(one)}, and the next below or above"
                for one in hints.quantities_of(sentence)
            ]
            lines += ["# facts:", "#", "# ask: {decide: }", "# expect:", "#   verdict:"]
    return "\n".join(lines) + "\n"
