"""Finds where a statute's body begins, past the head and past a list of contents if one stands before it."""

from __future__ import annotations

from mutandis.dataclass import dataclass
from mutandis_text.document import Extent
from mutandis_text.lines.line_forms import (
    is_noise,
    line_end,
    match_addenda,
    match_article,
    match_article_range,
    match_division,
    skip_blanks,
)
from mutandis_text.lines.numbering import number_key

_FEWEST_CONTENTS = 3
"""Fewer headings in a row than this are no list of contents."""


@dataclass(frozen=True, slots=True)
class BodyStart:
    """Where the body starts (the end of the text if there is none), and the list of contents before it."""

    offset: int
    contents: Extent | None = None


def find_body(masked: str) -> BodyStart:
    """Find the first heading that has wording below it."""
    headings: list[tuple[int, str]] = []
    names: set[str] = set()
    pos, size = 0, len(masked)
    while pos < size:
        stop = line_end(masked, pos)
        low = skip_blanks(masked, pos, stop)
        pos = stop + 1
        if low >= stop:
            continue
        name = _article_name(masked, low, stop)
        if name is not None or _is_other_heading(masked, low, stop):
            if name and name in names and len(headings) >= _FEWEST_CONTENTS:
                return _after_contents(headings, low)
            headings.append((low, name or ""))
            if name:
                names.add(name)
        elif headings and not is_noise(masked[low:stop]):
            break
    return BodyStart(headings[0][0] if headings else size)


def _article_name(masked: str, pos: int, end: int) -> str | None:
    article = match_article(masked, pos, end)
    if article is None:
        return None
    if not article.certain:
        if article.alone:
            return f"{article.number} {article.heading}"
        # `Article 1. …` without a heading in brackets opens a body, a later number is a citation.
        return "" if number_key(article.number)[0] == 1 else None
    if article.heading is None and article.end < end:
        return None
    return f"{article.number} {article.heading}" if article.end >= end else ""


def _is_other_heading(masked: str, pos: int, end: int) -> bool:
    return (
        match_division(masked, pos, end) is not None
        or match_article_range(masked, pos, end) is not None
        or match_addenda(masked, pos, end) is not None
    )


def _after_contents(headings: list[tuple[int, str]], again: int) -> BodyStart:
    # Divisions that stand right above the repeated heading belong to the body.
    body = again
    for offset, name in reversed(headings):
        if name:
            break
        body = offset
    return BodyStart(body, Extent(headings[0][0], body))
