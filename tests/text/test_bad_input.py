"""Bad input: a finding with line and column, whatever could be read, exit 1."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mutandis_text.document import StatuteDocument, print_statute
from mutandis_text.structure.load import load_statute

_HEAD = "LAMP ACT\nAct No. 1, Jan. 2, 2000\n"
_BODY = (
    "Article 1 (Lamps)\nLamps burn.\nArticle 2 (Oil)\nOil burns.\nADDENDUM\nThis Act shall enter into force at once.\n"
)
_WHOLE = _HEAD + _BODY


def _load(tmp_path: Path, content: bytes) -> StatuteDocument:
    path = tmp_path / "lamp.txt"
    path.write_bytes(content)
    return load_statute(path)


def _errors(document: StatuteDocument) -> list[tuple[str, int, int]]:
    return [(d.slug, d.span.line, d.span.column) for d in document.diagnostics if d.severity.value == "error"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (_WHOLE.encode("utf-16"), (1, 1)),
        (_WHOLE.encode("utf-16-le"), (1, 1)),
        (_WHOLE.replace("Oil burns", "Oil “burns”").encode("cp1252"), (6, 5)),
        (_WHOLE.replace("LAMP ACT", "홈 화면으로\nLAMP ACT").encode("cp949"), (1, 1)),
    ],
)
def test_another_encoding_is_told_and_read(tmp_path: Path, content: bytes, place: tuple[int, int]) -> None:
    document = _load(tmp_path, content)
    assert _errors(document) == [("unreadable-encoding", *place)]
    assert [article.id for article in document.articles] == ["lamp/1", "lamp/2"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    document = _load(tmp_path, b"\xef\xbb\xbf" + _WHOLE.encode())
    assert _errors(document) == []
    assert document.head.title == "LAMP ACT"
    assert print_statute(document) == "\ufeff" + _WHOLE


@pytest.mark.parametrize("content", [b"", b" \n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert _errors(_load(tmp_path, content)) == [("empty-text", 1, 1)]


def test_a_page_in_html_is_read_without_its_tags(tmp_path: Path) -> None:
    lines = _WHOLE.replace("Oil burns.", "Oil burns. <Amended by Act No. 2, Jan. 3, 2001>").split("\n")
    escaped = [line.replace("<", "&lt;").replace(">", "&gt;") for line in lines]
    page = "<!DOCTYPE html><html><body>" + "".join(f"<p>{line}</p>" for line in escaped) + "</body></html>"
    document = _load(tmp_path, page.encode())
    assert _errors(document) == [("html-input", 1, 1)]
    assert [article.text for article in document.articles] == ["Lamps burn.", "Oil burns."]
    assert document.articles[1].annotations[0].instruments[0].numbers == ("2",)
    assert print_statute(document) == page


@pytest.mark.parametrize(
    ("cut", "place"),
    [
        ("Oil bur", (6, 7)),
        ("Article 2 (Oil)", (5, 15)),
        ("ADDENDUM", (7, 8)),
    ],
)
def test_a_text_that_stops_is_told_where(tmp_path: Path, cut: str, place: tuple[int, int]) -> None:
    document = _load(tmp_path, _WHOLE[: _WHOLE.index(cut) + len(cut)].encode())
    assert _errors(document) == [("truncated-text", *place)]


def test_articles_out_of_order_keep_their_ids(tmp_path: Path) -> None:
    body = "Article 2 (Oil)\nOil burns.\nArticle 1 (Lamps)\nLamps burn.\nADDENDUM\nAt once.\n"
    document = _load(tmp_path, (_HEAD + body).encode())
    assert _errors(document) == [("articles-out-of-order", 5, 1)]
    assert [article.id for article in document.articles] == ["lamp/2", "lamp/1"]


def test_a_page_printed_twice_hides_no_provision(tmp_path: Path) -> None:
    twice = _WHOLE.replace("Article 2 (Oil)\n", "Article 2 (Oil)\nOil burns.\nArticle 2 (Oil)\n")
    document = _load(tmp_path, twice.encode())
    assert _errors(document) == [("articles-out-of-order", 7, 1), ("duplicate-provision", 7, 1)]
    assert [article.id for article in document.articles] == ["lamp/1", "lamp/2", "lamp/2#2"]


@pytest.mark.parametrize(
    "text", ["A letter to a friend.\n", "제1조(목적) 이 법은 등대를 밝힘을 목적으로 한다.\n", "\x00\x01\x02"]
)
def test_a_text_that_is_no_statute(tmp_path: Path, text: str) -> None:
    document = _load(tmp_path, text.encode())
    assert {slug for slug, _, _ in _errors(document)} & {"no-articles", "empty-text"}
    assert print_statute(document) == text


def test_lost_characters_are_told_once(tmp_path: Path) -> None:
    document = _load(tmp_path, _WHOLE.replace("burns", "b\ufffdrns").encode())
    assert _errors(document) == [("damaged-character", 6, 6)]


def test_an_annotation_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    document = _load(tmp_path, _WHOLE.replace("Lamps burn.", "Lamps burn. <Amended by Act No. 2").encode())
    assert [article.id for article in document.articles] == ["lamp/1", "lamp/2"]
    assert "unclosed-bracket" in [d.slug for d in document.diagnostics]


def test_a_long_line_behind_an_open_quotation_mark_is_read_in_time_that_grows_with_it(tmp_path: Path) -> None:
    line = '(1) "' + "a; (2) A " * 20_000
    began = time.process_time()
    document = _load(tmp_path, _WHOLE.replace("Lamps burn.", line).encode())
    # A guard, not a measurement: it takes some tenths; with the marks counted anew for each number, half a minute.
    assert time.process_time() - began < 8
    assert [part.id for part in document.articles[0].children] == ["lamp/1(1)"]


def test_a_number_behind_a_quotation_that_ended_opens_the_next_paragraph(tmp_path: Path) -> None:
    line = '(1) A lamp is "a lamp; (2) A bell" and a bell. (2) A bell rings.'
    document = _load(tmp_path, _WHOLE.replace("Lamps burn.", line).encode())
    assert [part.id for part in document.articles[0].children] == ["lamp/1(1)", "lamp/1(2)"]
