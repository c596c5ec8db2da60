"""Says what a line of a consolidated English statute is: heading, numbered provision, note, noise, or plain text.

Pure functions on the masked text at a position; each returns a small record of what stands there or None. Whether a
number fits where it stands is the reader's business, not decided here.
"""

from __future__ import annotations

import re

from mutandis.dataclass import dataclass, replace
from mutandis_text.document import DivisionKind, Extent
from mutandis_text.lines import english
from mutandis_text.lines.numbering import NumberRange, expand_numbers, read_branch, read_sign

_MOST_HEADING = 400

_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]")

_ROMAN_SIGNS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"


@dataclass(frozen=True, slots=True)
class ArticleForm:
    """The start of an article: number, where the number ends, heading (text and stretch in brackets), where text goes
    on. `certain` is False for headings that stand without brackets, `alone` True where one fills its line or
    says where the article went; `noise` is a button of the page behind it."""

    number: str
    number_end: int
    heading: str | None
    heading_extent: Extent | None
    end: int
    certain: bool
    noise: Extent | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class RangeForm:
    """Several provisions done away with in one line; `level` is `article`, `paragraph`, `subparagraph` or `item`."""

    level: str
    numbers: NumberRange
    omitted: bool
    word: int
    """Where the word `Deleted` or the like starts."""
    end: int


@dataclass(frozen=True, slots=True)
class DivisionForm:
    """A heading of a book, part, chapter, section or subsection; the title may be empty (it is on the next line)."""

    kind: DivisionKind
    number: str
    title: Extent
    end: int


@dataclass(frozen=True, slots=True)
class LabelForm:
    """A number that opens a paragraph or list entry, and where its text starts."""

    number: str
    end: int


def line_end(masked: str, pos: int) -> int:
    """Where the line of `pos` ends (the offset of its line break)."""
    stop = masked.find("\n", pos)
    return len(masked) if stop < 0 else stop


def line_start(masked: str, pos: int) -> int:
    """Where the first word of the line of `pos` starts."""
    return skip_blanks(masked, masked.rfind("\n", 0, pos) + 1, pos)


def skip_blanks(masked: str, pos: int, end: int) -> int:
    """The first offset from `pos` that is no space."""
    while pos < end and masked[pos] == " ":
        pos += 1
    return pos


def match_article(masked: str, pos: int, end: int) -> ArticleForm | None:
    """An article's heading at `pos` of the line that ends at `end`."""
    above = english.HEADING_ABOVE.match(masked, pos)
    if above is not None:
        article = match_article(masked, above.end(), line_end(masked, above.end()))
        bracket = Extent(pos, above.end(1) + 1)
        if article is None or (article.heading is not None and article.certain):
            return None
        return replace(article, heading=above[1], heading_extent=bracket, certain=True)
    match = english.ARTICLE.match(masked, pos)
    if match is None:
        return None
    number, number_end = read_branch(match[1]), match.end()
    after = skip_blanks(masked, number_end, end)
    if after < end and masked[after] in ".:" and masked[after + 1 : after + 2] in ("", " ", "\n", "("):
        after = skip_blanks(masked, after + 1, end)
    if after < end and masked[after] == "(" and not english.ONLY_NUMBER.match(masked, after + 1):
        close = _closing_bracket(masked, after)
        if close is not None:
            text = " ".join(masked[after + 1 : close].split())
            heading = Extent(after, close + 1)
            behind = skip_blanks(masked, close + 1, len(masked))
            button = masked[behind:end].strip() if behind < end else ""
            if button and english.NAVIGATION.fullmatch(button):
                # A button of the page, copied with the heading.
                noise = Extent(behind, behind + len(button))
                return ArticleForm(number, number_end, text, heading, end, True, noise)
            return ArticleForm(number, number_end, text, heading, behind, True)
    if after >= end:
        below = _heading_below(masked, end)
        if below is None:
            return ArticleForm(number, number_end, None, None, end, True)
        title = masked[below.start : below.end]
        sure = english.NUMBERED_BELOW.match(masked, below.end) is not None
        return ArticleForm(number, number_end, title, below, below.end, sure, alone=True)
    if masked[after] in "[<":
        return ArticleForm(number, number_end, None, None, after, True)
    if masked[after] == "(":
        return ArticleForm(number, number_end, None, None, after, False)
    rest = masked[after:end].strip()
    title = rest.partition("<")[0].rstrip()
    alone = english.OPENS_WORDING.match(masked, end) is not None and english.CLAUSE_VERB.search(title) is None
    if _is_title(title) or (alone and _is_phrase(title)):
        stop = after + len(title)
        behind = skip_blanks(masked, stop, end)
        return ArticleForm(number, number_end, title, Extent(after, stop), behind, False, alone=alone)
    if rest[:1].isupper() or rest[:1] in '"“‘':
        moved = english.MOVED_AWAY.match(rest) is not None
        return ArticleForm(number, number_end, None, None, after, False, alone=moved)
    return None


def _heading_below(masked: str, end: int) -> Extent | None:
    """The heading that fills the line below `Article 5`, with wording or a number in the line below that."""
    start = skip_blanks(masked, end + 1, len(masked))
    stop = line_end(masked, start)
    title = masked[start:stop].rstrip()
    plain = _is_phrase(title) and english.CLAUSE_VERB.search(title) is None and not english.OPENS_CLAUSE.match(title)
    opens = plain and english.OPENS_WORDING.match(masked, stop) is not None
    return Extent(start, start + len(title)) if opens and not english.IS_HEADING.match(title) else None


def match_article_range(masked: str, pos: int, end: int) -> RangeForm | None:
    """One or several articles deleted or omitted without text (`Articles 42 and 43 Deleted.`)."""
    match = english.ARTICLE_RANGE.match(masked, pos, end)
    if match is None:
        return None
    return RangeForm(
        "article", expand_numbers(match[1]), match["word"].lower() == "omitted", match.start("word"), match.end()
    )


def match_part_range(masked: str, pos: int, end: int) -> RangeForm | None:
    """Several paragraphs, subparagraphs or items deleted or omitted in one line."""
    match = english.PART_RANGE.match(masked, pos, end)
    if match is None:
        return None
    omitted = match["word"].lower() == "omitted"
    if match["i"]:
        letters = _expand_letters(match["i"], match["is"])
        return RangeForm("item", NumberRange(letters, True), omitted, match.start("word"), match.end())
    level = "paragraph" if match["p"] else "subparagraph"
    text = f"{match['p']}{match['ps']}" if match["p"] else f"{match['s']}{match['ss']}"
    return RangeForm(level, expand_numbers(re.sub(r"[().]", "", text)), omitted, match.start("word"), match.end())


def match_omitted_part(masked: str, pos: int, end: int) -> RangeForm | None:
    """One paragraph or subparagraph omitted (`(2) Omitted.`)."""
    match = english.OMITTED_PART.match(masked, pos, end)
    if match is None:
        return None
    level = "paragraph" if match["p"] else "subparagraph"
    return RangeForm(level, NumberRange((match["p"] or match["s"],), True), True, match.end(), match.end())


def match_division(masked: str, pos: int, end: int) -> DivisionForm | None:
    """A heading of a book, part, chapter, section or subsection."""
    match = english.DIVISION.match(masked, pos, end)
    if match is None:
        return None
    rest = match["rest"]
    title = rest.strip()
    upper = match["word"].isupper()
    plain = _is_phrase(title) and english.CLAUSE_VERB.search(title) is None
    if not upper and not _is_division_title(title) and not (plain and english.DIVIDES.match(masked, end)):
        return None
    if upper and title[:1].islower() and not title.lower().startswith("deleted"):
        return None
    kind = english.DIVISION_KINDS[re.sub(r"[-\s]", "", match["word"].lower())]
    start = match.start("rest") + len(rest) - len(rest.lstrip())
    number = _division_number(match["number"]) + (match["branch"] or "")
    return DivisionForm(kind, number, Extent(start, start + len(title)), end)


def match_addenda(masked: str, pos: int, end: int) -> int | None:
    """Where the words `ADDENDA` or the like end, if the line is their heading."""
    match = english.ADDENDA.match(masked, pos, end)
    if match is None:
        return None
    rest = masked[match.end() : end].strip()
    return match.end() if not rest or rest[0] in "<[(〈" else None


def is_capital(masked: str, pos: int) -> bool:
    """True if a heading word stands in capitals, which wording never does."""
    return masked[pos : pos + 4].isupper()


def match_annex(masked: str, pos: int, end: int) -> int | None:
    """The end of the title of an annexed table or form."""
    match = english.ANNEX.match(masked, pos, end)
    if match is None or match.end() < end:
        return None
    bracketed = masked[pos] in "[<"
    return match.end() if bracketed or masked[match.end() - 1] not in ".:;," else None


def match_paragraph(masked: str, pos: int) -> LabelForm | None:
    """`(1)`, `(1-2)` or `①`."""
    match = english.PARAGRAPH.match(masked, pos)
    return LabelForm(match[1] or read_sign(match[2]), match.end()) if match else None


def match_subparagraph(masked: str, pos: int) -> LabelForm | None:
    """`1.` or `1-2.`"""
    match = english.SUBPARAGRAPH.match(masked, pos)
    return LabelForm(match[1], match.end()) if match else None


def match_item(masked: str, pos: int) -> LabelForm | None:
    """`(a)`, `a.` or `a)`."""
    match = english.ITEM.match(masked, pos)
    return LabelForm(match[1] or match[2], match.end()) if match else None


def match_subitem(masked: str, pos: int) -> LabelForm | None:
    """`(i)`, `i.` or `1)`."""
    match = english.SUBITEM.match(masked, pos)
    return LabelForm(next(g for g in match.groups() if g), match.end()) if match else None


def is_noise(line: str) -> bool:
    """True for navigation, print furniture and lines in another script than the statute's."""
    text = line.strip()
    if not text:
        return False
    if len(text) <= 300 and english.NAVIGATION.fullmatch(text):
        return True
    hangul = len(_HANGUL.findall(text))
    return hangul > 0 and hangul * 2 >= len(_LATIN.findall(text))


def is_korean(line: str) -> bool:
    """True if a line is written in Hangul."""
    return bool(_HANGUL.search(line))


def ends_settled(text: str) -> bool:
    """True if a piece of wording may end here: nothing says that the next line goes on with it."""
    text = text.rstrip()
    if not text:
        return True
    if text[-1] in '.;:)]>”"’〉':
        return not english.ABBREVIATED.search(text[-8:])
    return bool(re.search(r"[;,]\s+(?:and|or|and/or)$", text[-16:]))


def ends_softly(text: str) -> bool:
    """True if wording ends in a way that may be its end, but as likely is the middle: a colon, a bracket, a quote."""
    text = text.rstrip()
    return text[-1:] == ":" or (text[-1:] in (")", "”", '"', "’") and text[-2:-1] not in (".", ";"))


def _is_phrase(text: str) -> bool:
    return 0 < len(text) <= 120 and text[-1] not in ".,;:" and text[0].isupper()


def _is_title(text: str) -> bool:
    if not _is_phrase(text):
        return False
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    return all(word[0].isupper() or english.SMALL_WORD.fullmatch(word) for word in words)


def _is_division_title(text: str) -> bool:
    if not text or re.match(r"(?i)deleted\b", text):
        return True
    return _is_title(re.sub(r"\s*[<\[].*$", "", text))


def _division_number(text: str) -> str:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if text.isdigit():
        return str(int(text))
    if text in _ROMAN_SIGNS:
        return str(_ROMAN_SIGNS.index(text) + 1)
    total = 0
    for index, char in enumerate(text):
        value = values[char]
        after = values[text[index + 1]] if index + 1 < len(text) else 0
        total += -value if value < after else value
    return str(total)


def _expand_letters(first: str, rest: str) -> tuple[str, ...]:
    letters = [first]
    for joint, letter in re.findall(r"(,\s*and|,|and|&|through|to|~|–)\s*\(([a-z])\)", rest):
        if joint in ("through", "to", "~", "–"):
            letters += [chr(code) for code in range(ord(letters[-1]) + 1, ord(letter))]
        letters.append(letter)
    return tuple(letters)


def _closing_bracket(masked: str, opening: int) -> int | None:
    depth = 0
    for index in range(opening, min(opening + _MOST_HEADING, len(masked))):
        char = masked[index]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return index
        elif char == "\n" and masked[index + 1 : index + 2].strip() == "":
            return None
    return None
