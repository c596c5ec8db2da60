"""What a drafter probably meant where a condition does not read.

The parser says at which offset it stopped and which terminals of the grammar could have stood there; here that becomes
a stretch of text, a message and a help line in a drafter's words. Common slips are a table, first match first; what no
slip explains gets the list of what could stand there. Nothing here decides whether a condition reads.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final
from unicodedata import normalize

from mutandis.condition.reserved import CLOSING_WORDS, RESERVED_WORDS
from mutandis.condition.slip_table import SLIPS
from mutandis.dataclass import dataclass

END: Final = "$END"
"""The parser's name for the end of the condition."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The stretch of the text to underline, what is wrong with it, and what to do."""

    start: int
    end: int
    message: str
    help: str


# The closing quote is optional so that no stretch is looked through twice: a quote that nothing closes runs on.
_QUOTED: Final = re.compile(r'"(?:[^"\\\n]|\\["\\])*(?P<closed>")?')
_QUOTED_OR_GROUPING: Final = re.compile(_QUOTED.pattern + r"|[()\[\]]")
_WIDE: Final = re.compile(r"[\uff01-\uff5e]+")
_FOUND: Final = re.compile(r"[A-Za-z_][\w.]*|[0-9][\w.]*|\S")

_COULD_STAND: Final = (
    (frozenset({"NAME"}), "a fact or a value"),
    (frozenset({"_OPEN"}), "`(`"),
    (frozenset({"_OPEN_LIST"}), "`[`"),
    (frozenset({"_CLOSE"}), "`)`"),
    (frozenset({"_CLOSE_LIST"}), "`]`"),
    (frozenset({"_COMMA"}), "`,`"),
    (frozenset({"CITATION"}), "a citation such as 97(1)2"),
    (frozenset({"_NONE", "_PRESENT"}), "`present` or `none`"),
    (frozenset({"_IS"}), "a comparison (`is`, `<`, `<=`, `>`, `>=`)"),
    (frozenset({"PLUS"}), "`+`, `-` or `*`"),
    (frozenset({"UNIT"}), "a unit such as `days` or `won`"),
    (frozenset({"_AND", "_OR"}), "`and` or `or`"),
    (frozenset({"AFTER"}), "`after` or `before`"),
    (frozenset({"LEAST"}), "`least` or `most`"),
    (frozenset({"UP"}), "`up` or `down`"),
    (frozenset({"_FALLS", "_DOES"}), "`falls under` or `does not fall under`"),
    (frozenset({"_THEN"}), "`then`"),
    (frozenset({"_ELSE"}), "`else`"),
    (frozenset({"_IN"}), "`in`"),
    (frozenset({"_OF"}), "`of`"),
    (frozenset({"_HAS"}), "`has`"),
    (frozenset({"_WHERE"}), "`where`"),
    (frozenset({"_FOR"}), "`for`"),
    (frozenset({"_FROM"}), "`from`"),
    (frozenset({"_TO"}), "`to`"),
    (frozenset({"_ROUND"}), "`round`"),
    (frozenset({"_UNDER"}), "`under`"),
    (frozenset({"_FALL"}), "`fall under`"),
    (frozenset({"_APPLIES"}), "`applies`"),
    (frozenset({"_APPLY"}), "`apply`"),
    (frozenset({"_NUMBER"}), "`number of` or `total of`"),
    (frozenset({"NOT"}), "`not`"),
    (frozenset({"RATIONAL"}), "a fraction such as 1/3"),
    (frozenset({"WHOLE"}), "a whole number"),
    (frozenset({END}), "the end of the condition"),
)
"""What the grammar's terminals are to a drafter. A start of a value is told once, as such (see `_IMPLIED`)."""

_IMPLIED: Final = {
    "NAME": frozenset({"_OPEN", "RATIONAL", "WHOLE", "NOT", "_NONE", "_PRESENT", "_NUMBER", "_ROUND"}),
    "_IS": frozenset({"_FALLS", "_DOES"}),
}
"""Terminals that go without saying where another one can stand."""


def explain_stop(text: str, offset: int, could_stand: Set[str]) -> Explanation:
    """Why `text` does not read at `offset`, where only the terminals `could_stand` of the grammar would have."""
    masked = _QUOTED.sub(_mask, text)
    return (
        _unbalanced(masked, offset)
        or _open_quote(masked, offset)
        or explain_slip(masked, offset)
        or _misplaced_word(masked, offset, could_stand)
        or _chained(masked, offset, could_stand)
        or _stop(masked, offset, could_stand)
    )


def _mask(quoted: re.Match[str]) -> str:
    """As long as the quoted text, and saying nothing."""
    closing = quoted["closed"] or ""
    return '"' + "_" * (len(quoted.group()) - 1 - len(closing)) + closing


def explain_slip(text: str, offset: int) -> Explanation | None:
    """The common slip that spans `offset`, if there is one."""
    for slip in SLIPS:
        for match in slip.pattern.finditer(text):
            if match.start() <= offset < max(match.end(), match.start() + 1) or (
                offset == match.end() and not text[offset:].strip()
            ):
                start, end = match.span("here" if "here" in slip.pattern.groupindex else 0)
                shown, help = text[start:end], match.expand(slip.help)
                if _WIDE.fullmatch(shown):
                    help = f"write `{normalize('NFKC', shown)}`: this is of double width"
                return Explanation(start, end, f"`{_shorten(shown)}` cannot stand here", help)
    return None


def find_unbalanced(text: str) -> int | None:
    """The offset of the parenthesis or bracket that has no partner, None if all have one; quoted ones are skipped."""
    pairs = {")": "(", "]": "["}
    opened: list[int] = []
    for match in _QUOTED_OR_GROUPING.finditer(text):
        sign = match.group()
        if sign in "([":
            opened.append(match.start())
        elif sign in pairs:
            if not opened or text[opened[-1]] != pairs[sign]:
                return match.start()
            opened.pop()
    return opened[-1] if opened else None


def _unbalanced(text: str, offset: int) -> Explanation | None:
    at = find_unbalanced(text)
    if at is None or at > offset:
        return None
    sign = text[at]
    if sign in "([":
        # Only the end, or another kind of closing sign, shows that the partner is missing.
        if text[offset:].strip() and text[offset] not in ")]":
            return None
        return Explanation(at, at + 1, f"`{sign}` is never closed", f"add the missing `{')' if sign == '(' else ']'}`")
    if at != offset:
        return None
    return Explanation(at, at + 1, f"`{sign}` closes nothing", "remove it, or add what opens it")


def _open_quote(text: str, offset: int) -> Explanation | None:
    if text[offset : offset + 1] != '"' or '"' in text[offset + 1 :].partition("\n")[0]:
        return None
    return Explanation(offset, offset + 1, "the quoted text is never closed", 'end the text with `"` on the same line')


def _misplaced_word(text: str, offset: int, could_stand: Set[str]) -> Explanation | None:
    """A word of the language where a name belongs reads as a name, and the parser stops only at what follows it."""
    word = re.compile(r"(?<![A-Za-z_.])([A-Za-z]+)\s*$").search(text[:offset].rstrip())
    if word is None or "_AND" not in could_stand or word[1] not in RESERVED_WORDS - CLOSING_WORDS:
        return None
    help = "a fact or a value belongs here"
    return Explanation(word.start(1), word.end(1), f"`{word[1]}` cannot stand here", help)


def _chained(text: str, offset: int, could_stand: Set[str]) -> Explanation | None:
    found = re.compile(r"[<>]=?|is\b").match(text, offset)
    if not found or "_AND" not in could_stand:
        return None
    return Explanation(
        offset,
        found.end(),
        f"`{found.group()}` follows another comparison",
        "compare two things at a time and join with `and`: `a <= x and x <= b`",
    )


def _stop(text: str, offset: int, could_stand: Set[str]) -> Explanation:
    help = _list_what_could_stand(could_stand)
    found = _FOUND.match(text, offset)
    if found is None:
        end = len(text.rstrip())
        if "_THEN" in could_stand:
            help = "write what must hold without `if`; a value that depends is `if … then … else …`"
        if "_ELSE" in could_stand:
            help = "an `if` says what holds otherwise: `if … then … else …`"
        return Explanation(end, end, "the condition ends too early", help)
    if "_AND" in could_stand and found.group()[0].isalpha():
        help = "join two conditions with `and` or `or`; a name of several words is one word, `guide_dog`"
    return Explanation(offset, found.end(), f"`{_shorten(found.group())}` cannot stand here", help)


def _list_what_could_stand(could_stand: Set[str]) -> str:
    implied = frozenset[str]().union(*(_IMPLIED[name] for name in _IMPLIED if name in could_stand))
    words = [words for names, words in _COULD_STAND if names & could_stand and not names <= implied]
    if not words:
        return "see the reference of the condition language"
    head, last = words[:-1], words[-1]
    return "here could stand " + (f"{', '.join(head)} or {last}" if head else last)


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"
