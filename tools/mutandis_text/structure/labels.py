"""Decides whether a number at the start of a line opens a paragraph, subparagraph, item or sub-item.

The rule: a number opens a provision if it comes next in its row and does not read on from unfinished wording; one out
of its row does so only where the wording before it is settled and what follows starts with a capital.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mutandis.dataclass import dataclass
from mutandis_text.document import ProvisionKind
from mutandis_text.lines.line_forms import (
    LabelForm,
    match_item,
    match_paragraph,
    match_subitem,
    match_subparagraph,
)
from mutandis_text.lines.numbering import follows, letter_value, next_number, roman_value
from mutandis_text.structure import english
from mutandis_text.structure.assembly import OpenNode

_P, _S, _I, _X = (
    ProvisionKind.PARAGRAPH,
    ProvisionKind.SUBPARAGRAPH,
    ProvisionKind.ITEM,
    ProvisionKind.SUBITEM,
)


_NEXT_IN_LINE = {
    _P: r"[a-z)][.;]\s+(?P<number>\({}\))\s+[A-Z]",
    _S: r"[a-z)];\s+(?P<number>{}\.)\s+[A-Z]",
    _I: r"[a-z)];\s+(?:and\s+|or\s+)?(?P<number>\({}\))\s+[A-Za-z]",
}
"""The next number of a row in the same line as the one before."""
_QUOTATION_MARK = re.compile('["“”]')
_MOST_AHEAD = 3000
"""Characters in which the same number may come again at the start of a line, where it then belongs."""


@dataclass(frozen=True, slots=True)
class Label:
    """A number that opens a provision of a kind; its text starts at `end`."""

    kind: ProvisionKind
    number: str
    end: int
    nested: bool = False
    """True below a sub-item."""


def choose_label(masked: str, pos: int, end: int, path: list[OpenNode], *, settled: bool, inline: bool) -> Label | None:
    """The label at `pos`, or None if what stands there is wording. `inline`: another number stands before it."""
    if not path:
        return None
    if paragraph := match_paragraph(masked, pos):
        fits = follows(paragraph.number, _holder(path, _P).last.get(_P))
        return _label(_P, paragraph, masked, end, fits=fits, settled=settled, inline=inline)
    if subparagraph := match_subparagraph(masked, pos):
        fits = follows(subparagraph.number, _holder(path, _S).last.get(_S))
        return _label(_S, subparagraph, masked, end, fits=fits, settled=settled, inline=inline)
    item, subitem = match_item(masked, pos), match_subitem(masked, pos)
    chosen = _choose_deeper(subitem.number, path, masked) if subitem is not None else None
    if subitem is not None and chosen is not None:
        label = _label(chosen[0], subitem, masked, end, fits=True, settled=settled, inline=inline)
        return replace(label, nested=chosen[1]) if label is not None else None
    if item is not None and _goes_on_in_letters(item.number, path):
        # `(a)` below `(iii)`, which stands right below an article.
        return _label(_X, item, masked, end, fits=True, settled=settled, inline=inline)
    if item is None and subitem is not None and _goes_on_in_roman(subitem.number, _holder(path, _I).last.get(_I)):
        # `(iii)` behind `(i)` and `(ii)` right below an article: a list of first level in roman numerals.
        return _label(_I, subitem, masked, end, fits=True, settled=settled, inline=inline)
    if subitem is not None and subitem.number.isdigit() and all(node.kind is not _I for node in path):
        fits = follows(subitem.number, _holder(path, _S).last.get(_S))
        return _label(_S, subitem, masked, end, fits=fits, settled=settled, inline=inline) if fits else None
    item_fits = item is not None and _letter_fits(item.number, _holder(path, _I).last.get(_I))
    open_item = next((node for node in path if node.kind is _I), None)
    last_subitem = open_item.last.get(_X) if open_item else None
    subitem_fits = subitem is not None and open_item is not None and _roman_fits(subitem.number, last_subitem)
    if (
        subitem is not None
        and subitem_fits
        and (last_subitem is not None or not item_fits or not settled_by_list(path))
    ):
        return _label(_X, subitem, masked, end, fits=True, settled=settled, inline=inline)
    if item is not None and (item_fits or masked[pos] == "("):
        return _label(_I, item, masked, end, fits=item_fits, settled=settled, inline=inline)
    return None


def _choose_deeper(number: str, path: list[OpenNode], masked: str) -> tuple[ProvisionKind, bool] | None:
    """The kind of `(i)` below `1)`, of `1)` below `1.` and of `2)` behind `1) … (ii)`, and whether it is nested.

    None where the number begins and continues no such row.
    """
    outer = next((node for node in path if node.kind is _X), None)
    if outer is not None:
        last = outer.last.get(_X)
        opens = last is None and path[-1] is outer and outer.announces and number in ("1", "i")
        if (opens and number.isdigit() != outer.number.isdigit()) or (last is not None and _roman_fits(number, last)):
            return _X, True
    above = next((node for node in path if node.kind is _S), None)
    if above is None or not number.isdigit():
        return None
    item = next((node for node in path if node.kind is _I), None)
    if masked[above.label.end - 1] == ")":
        own = item is not None and (number == "1" or _roman_fits(number, item.last.get(_X)))
        fits = follows(number, _holder(path, _S).last.get(_S))
        return (_S, False) if item is not None and fits and not own else None
    last = above.last.get(_X)
    opens = last is None and number == "1" and path[-1] is above and above.announces
    goes_on = last is not None and _roman_fits(number, last)
    return (_X, False) if item is None and (opens or goes_on) else None


def next_in_line(masked: str, pos: int, end: int, path: list[OpenNode]) -> int:
    """Where the number stands that comes next in an open row, behind a full stop or semicolon of the same line.

    `end` where none does.
    """
    for node in path:
        following = next_number(node.number) if node.kind in _NEXT_IN_LINE else ""
        if not following:
            continue
        quoted, since = False, pos
        for match in re.compile(_NEXT_IN_LINE[node.kind].format(re.escape(following))).finditer(masked, pos, end):
            quoted ^= len(_QUOTATION_MARK.findall(masked, since, match.end())) % 2 == 1
            since = match.end()
            if quoted:
                continue
            number = re.escape(match["number"])
            if re.search(rf"\n *{number} *[A-Z]", masked[end : end + _MOST_AHEAD]):
                break
            return match.start("number")
    return end


def settled_by_list(path: list[OpenNode]) -> bool:
    """True if the deepest open provision is an entry that does not itself announce a list."""
    return path[-1].kind is _I and not path[-1].announces


def _holder(path: list[OpenNode], kind: ProvisionKind) -> OpenNode:
    """The open provision that an entry of this kind would stand under."""
    return next((node for node in reversed(path) if node.rank < _RANKS[kind]), path[0])


_RANKS = {_P: 2, _S: 3, _I: 4, _X: 5}


def _label(
    kind: ProvisionKind, form: LabelForm, masked: str, end: int, *, fits: bool, settled: bool, inline: bool
) -> Label | None:
    rest = masked[form.end : end].lstrip()
    goes_on = rest[:1].islower() or rest[:1] in (",", ";", ".", ")", "")
    if fits and not inline:
        # Entries may begin in small letters; `(2) of this Article`, `(2) to (4)`, `(2) 3` read on.
        # A figure behind `1.` is the entry's own (`1. 10/100`).
        goes_on = not rest or (bool(english.READS_ON.match(rest)) and not (kind is _S and rest[0].isdigit()))
    if inline:
        # Right behind another number only the first of a row is meant (`1. (a) …`).
        accepted = fits and not (goes_on and kind is _P) and form.number in ("1", "a", "i", "1-2")
    elif fits:
        accepted = settled or not goes_on
    else:
        accepted = settled and not goes_on
    return Label(kind, form.number, form.end) if accepted else None


def _letter_fits(number: str, last: str | None) -> bool:
    letters, _, branch = number.partition("-")
    if last is None:
        return letters in ("a", "i") and not branch
    before, _, before_branch = last.partition("-")
    if branch:
        return letters == before and int(branch) == (int(before_branch) + 1 if before_branch else 2)
    if letter_value(letters) == letter_value(before) + 1:
        return True
    # A list of first level may be numbered (i), (ii), (iii).
    one, two = roman_value(before), roman_value(letters)
    return one is not None and two == one + 1


def _goes_on_in_roman(number: str, last: str | None) -> bool:
    before, value = roman_value(last or ""), roman_value(number)
    return before is not None and value == before + 1


def _goes_on_in_letters(number: str, path: list[OpenNode]) -> bool:
    above = next((node for node in path if node.kind is _I), None)
    if above is None or roman_value(above.number) is None:
        return False
    last = above.last.get(_X)
    if last is None:
        return number == "a" and path[-1] is above and above.announces
    return last.isalpha() and roman_value(last) is None and letter_value(number) == letter_value(last) + 1


def _roman_fits(number: str, last: str | None) -> bool:
    if last is not None and number.isdigit() != last.isdigit():
        return False
    value = int(number) if number.isdigit() else roman_value(number)
    before = 0 if last is None else int(last) if last.isdigit() else roman_value(last)
    return value is not None and before is not None and value == before + 1
