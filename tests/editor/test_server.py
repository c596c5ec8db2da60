"""The language server, driven over its standard input and output as an editor does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra, mutandis[lsp]")

from lsprotocol import types as lsp
from tests.editor.client import Editor, at, drive, edited

RULES = "act/001-suspension.yaml"


def test_a_slip_is_told_while_it_is_typed_and_mended_by_a_quick_fix(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")
    slip = text.replace("inmate.released_on is present", "inmate.relesed_on is present")

    async def script(editor: Editor) -> tuple[Any, ...]:
        clean = await editor.open(RULES)
        told = await editor.write(RULES, slip)
        params = lsp.CodeActionParams(editor.where(RULES), told[0].range, lsp.CodeActionContext(told))
        fixes = await editor.client.text_document_code_action_async(params)
        mended = await editor.write(RULES, text)
        return clean, told, fixes, mended

    clean, told, fixes, mended = drive(book, script)
    assert clean == [] == mended
    assert [(d.code, d.range.start) for d in told if d.code == "MUT050"] == [
        ("MUT050", at(slip, "inmate.relesed_on", 0))
    ]
    (fix,) = [f for f in fixes if f.title == "Write `inmate.released_on`"]
    assert edited(slip, next(iter(fix.edit.changes.values()))) == text


def test_what_another_file_breaks_is_told_when_typing_pauses(book: Path) -> None:
    vocabulary = (book / "act/vocabulary.yaml").read_text(encoding="utf-8")

    async def script(editor: Editor) -> list[lsp.Diagnostic]:
        await editor.open(RULES)
        await editor.open("act/vocabulary.yaml")
        await editor.write("act/vocabulary.yaml", vocabulary.replace("released_on", "let_go_on"))
        return await editor.until(lambda: editor.told.get(editor.uri(RULES)) or None)

    assert {d.code for d in drive(book, script)} == {"MUT050"}


def test_what_stands_under_the_cursor_is_explained_found_and_named_everywhere(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")

    async def script(editor: Editor) -> tuple[Any, ...]:
        await editor.open(RULES)
        where, fact, action = editor.where(RULES), at(text, "inmate.released_on"), at(text, "suspend visit")
        client = editor.client
        return (
            await client.text_document_hover_async(lsp.HoverParams(where, fact)),
            await client.text_document_hover_async(lsp.HoverParams(where, action)),
            await client.text_document_definition_async(lsp.DefinitionParams(where, fact)),
            await client.text_document_references_async(lsp.ReferenceParams(lsp.ReferenceContext(False), where, fact)),
            await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(where)),
            await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("released")),
            await client.text_document_code_lens_async(lsp.CodeLensParams(where)),
        )

    fact, action, declared, named, symbols, found, lenses = drive(book, script)
    assert "When was the inmate released?" in fact.contents.value
    assert "forbidden" in action.contents.value
    assert [(d.uri.rpartition("/")[2], d.range.start.line) for d in declared] == [("vocabulary.yaml", 4)]
    assert [place.range.start.line for place in named] == [9, 10]
    assert [(s.name, [r.name for r in s.children]) for s in symbols] == [
        ("Act Art. 1 Suspension of visits", ["Act Art. 1, main sentence: may suspend visit"])
    ]
    assert [s.name for s in found] == ["inmate.released_on"]
    assert [lens.command.title for lens in lenses] == ["no case names it"]


def test_what_may_come_next_depends_on_the_place(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")

    async def script(editor: Editor) -> list[set[str]]:
        await editor.open(RULES)
        found = []
        for place in (
            at(text, "inmate.released_on", 0),
            at(text, "suspend visit", 0),
            at(text, "by: warden", 4),
            at(text, "summary", 0),
        ):
            params = lsp.CompletionParams(editor.where(RULES), place)
            listed = await editor.client.text_document_completion_async(params)
            assert isinstance(listed, lsp.CompletionList)
            found.append({item.label for item in listed.items})
        return found

    facts, actions, roles, keys = drive(book, script)
    assert "inmate.released_on" in facts and "suspend visit" not in facts
    assert actions == {"suspend visit"}
    assert roles == {"warden"}
    assert {"despite", "deadline"} <= keys
    assert not {"when", "must_not", "construe"} & keys  # given already, or not for a permission


def test_the_file_is_formatted_as_fmt_does(book: Path) -> None:
    text = (book / RULES).read_text(encoding="utf-8")
    loose = text.replace("1 year <= today", "1  year<=today")

    async def script(editor: Editor) -> Any:
        await editor.open(RULES)
        await editor.write(RULES, loose)
        options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
        return await editor.client.text_document_formatting_async(
            lsp.DocumentFormattingParams(editor.where(RULES), options)
        )

    assert edited(loose, drive(book, script)) == text
