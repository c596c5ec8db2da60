"""How provisions are numbered: branches (`16-2`), letters, roman numerals, ranges and lists of numbers.

A number is a string as printed, without brackets; its key orders it. Nothing here knows where a number stands.
"""

from __future__ import annotations

import re
import unicodedata

from mutandis.dataclass import dataclass

_ROMAN_VALUE = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_MOST_EXPANDED = 2000
"""A longer range is a misprint; the three laws together have fewer articles."""

NUMBER_LIST = (
    r"\d{1,5}(?:-\d{1,4})*(?:\s*(?:,\s*and|,|and|&|or|through|to|~|–)\s*(?:Articles?\s+)?\d{1,5}(?:-\d{1,4})*)*"
)
"""The pattern of a list such as `42 and 43`, `2 through 4`, `5, 7 and 9`."""

_LIST_PART = re.compile(r"(\d+(?:-\d+)*)|(through|to|~|–)")


def number_key(number: str) -> tuple[int, ...]:
    """The order of arabic numbers with branches: 16 < 16-2 < 16-10 < 17; the letter before one says nothing of it."""
    return tuple(int(part) for part in number.lstrip("LRD").split("-"))


def letter_value(letters: str) -> int:
    """a = 1 … z = 26, aa = 27, bb = 28 (as lists go on after z)."""
    if len(set(letters)) == 1:
        return 26 * (len(letters) - 1) + ord(letters[0]) - ord("a") + 1
    value = 0
    for char in letters:
        value = value * 26 + ord(char) - ord("a") + 1
    return value


def read_sign(sign: str) -> str:
    """The number in a single sign: `②` and `⑵` are 2."""
    return str(int(unicodedata.numeric(sign)))


def roman_value(text: str) -> int | None:
    """The value of a lower-case roman numeral, or None if it is none."""
    if not text or any(char not in _ROMAN_VALUE for char in text):
        return None
    values = [_ROMAN_VALUE[char] for char in text]
    total = sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if total > 0 else None


def follows(number: str, last: str | None) -> bool:
    """True if `number` comes next after `last`: 4 → 5, 4 → 4-2, 4-2 → 4-3, 4-2 → 5, 4-2 → 5-1; the first is 1."""
    key = number_key(number)
    if last is None:
        return key[0] == 1
    before = number_key(last)
    if key == (before[0] + 1,) or (len(before) > 1 and key == (before[0] + 1, 1)):
        return True  # Article 1:7 → Article 2:1
    if len(key) < 2 or key[0] != before[0]:
        return False
    if len(key) == len(before) + 1:
        return key[:-1] == before and key[-1] in (1, 2)
    return len(key) <= len(before) and key[:-1] == before[: len(key) - 1] and key[-1] == before[len(key) - 1] + 1


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers a list names, ranges expanded; `certain` is False where branches may lie between its ends."""

    numbers: tuple[str, ...]
    certain: bool


_LATIN_BRANCHES = {"bis": 2, "ter": 3, "quater": 4}


def read_branch(number: str) -> str:
    """A number with its branch in figures; so are read the articles of a Dutch chapter and of a French code.

    >>> read_branch("4 bis"), read_branch("4-2"), read_branch("4:84"), read_branch("L. 211-1")
    ('4-2', '4-2', '4-84', 'L211-1')
    """
    main, _, word = number.partition(" ")
    return (
        f"{main}-{_LATIN_BRANCHES[word]}" if word in _LATIN_BRANCHES else re.sub(r"\.\s?", "", number).replace(":", "-")
    )


def next_number(number: str) -> str:
    """The number or letter that follows without a branch; empty where none is known.

    >>> next_number("2-2"), next_number("a"), next_number("zz")
    ('3', 'b', '')
    """
    main = number.partition("-")[0]
    if main.isdigit():
        return str(int(main) + 1)
    return chr(ord(main) + 1) if len(main) == 1 and "a" <= main < "z" else ""


def expand_numbers(text: str) -> NumberRange:
    """Expand a list such as `2 through 4`, `5-2 to 5-4 and 7`; the ends of a range are included."""
    numbers: list[str] = []
    certain = True
    ranging = False
    for match in _LIST_PART.finditer(text):
        if match[2]:
            ranging = bool(numbers)
            continue
        if ranging:
            between, sure = _between(numbers[-1], match[1])
            numbers += between
            certain &= sure
            ranging = False
        numbers.append(match[1])
    return NumberRange(tuple(numbers), certain)


def _between(first: str, last: str) -> tuple[list[str], bool]:
    start, end = number_key(first), number_key(last)
    if len(start) == len(end) and start[:-1] == end[:-1]:
        if end[-1] - start[-1] > _MOST_EXPANDED:
            return [], False
        stem = "-".join(str(n) for n in start[:-1])
        return [f"{stem}-{n}" if stem else str(n) for n in range(start[-1] + 1, end[-1])], True
    if end[0] - start[0] > _MOST_EXPANDED:
        return [], False
    between = [str(n) for n in range(start[0] + 1, end[0])]
    if len(end) == 2:
        between += [str(end[0])] if end[0] > start[0] else []
        between += [f"{end[0]}-{n}" for n in range(2, min(end[1], _MOST_EXPANDED))]
    return between, False
