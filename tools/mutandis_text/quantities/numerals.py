"""The parts a quantity is made of: numerals in figures and words, units, the words that make it a bound.

Values are exact (`Fraction`); `twenty-one`, `20 million`, `1/3`, `two-thirds`, `half` are all one number.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from mutandis.dataclass import dataclass
from mutandis_text.lines.english import WORDS
from mutandis_text.quantities import english

_LONGEST = 100
"""Characters of a number; a longer row of figures counts nothing."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in the text: its value and where it stands (offsets into the text searched)."""

    value: Fraction
    start: int
    end: int
    shape: str
    """`figures`, `words`, `fraction`, `majority` or `once`."""


def read_numeral(match: re.Match[str]) -> Numeral:
    """The value of a match of `english.NUMERAL`."""
    text = re.sub(r"\s+", " ", match.group().lower())
    value, shape = Fraction(0), "words"
    if match["fraction"]:
        upper, under = re.split(r"/|per", text.replace(" ", "").replace(",", ""))
        value, shape = Fraction(int(upper), int(under)) if int(under) else Fraction(0), "fraction"
    elif match["figures"]:
        value = Fraction(re.sub(r"[,\s]", "", match["figures"])) * english.SCALES.get((match["scale"] or "").lower(), 1)
        shape = "figures"
    elif match["decimal"]:
        value, shape = Fraction(match["decimal"].replace(",", ".")), "figures"
    elif match["vulgar"]:
        value, shape = _vulgar_value(text), "fraction"
    elif match["mixed"]:
        whole = (match["whole"] or match["of"]).lower()
        over, part = (match["over"] or "one").lower(), (match["rest"] or match["under"]).lower()
        rest = Fraction(WORDS[over], english.PARTS[part])
        value = rest + (int(whole) if whole.isdigit() else _words_value(whole))
    elif match["part"]:
        count, _, part = text.replace("-", " ").partition(" ")
        over = int(count) if count.isdigit() else 1 if count in ("a", "an") else WORDS[count]
        value, shape = Fraction(over, english.PARTS[part]), "fraction"
    elif match["half"] or match["majority"]:
        value, shape = Fraction(1, 2), "majority" if match["majority"] else "fraction"
    elif match["once"]:
        value, shape = Fraction(english.TIMES[text]), "once"
    else:
        value = Fraction(_words_value(text))
    return Numeral(value, match.start(), match.end(), shape)


def _vulgar_value(text: str) -> Fraction:
    """`½`, `2 ½`, `1 1/2`, `⁵⁄₁₂`: a fraction in one sign or in small figures, with what stands before it."""
    plain = unicodedata.normalize("NFKC", re.sub(r"(?<=\d)(?=[^\d\s/⁄])", " ", text)).replace("⁄", "/")
    return sum((Fraction(part) for part in plain.split() if not part.endswith("/0")), Fraction(0))


def _words_value(text: str) -> int:
    total = 0
    for word in re.split(r"[- ]", text):
        total = total + WORDS[word] if word in WORDS else max(total, 1) * english.SCALES[word]
    return total


def find_numerals(text: str, blocked: list[tuple[int, int]]) -> list[Numeral]:
    """The numerals outside the blocked stretches, without those that count nothing (`one that is new`)."""
    ranges = sorted(blocked)
    kept: list[Numeral] = []
    at = 0
    for match in english.NUMERAL.finditer(text):
        while at < len(ranges) and ranges[at][1] <= match.start():
            at += 1
        if at < len(ranges) and ranges[at][0] < match.end():
            continue
        if match.end() - match.start() > _LONGEST:
            continue
        numeral = read_numeral(match)
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 30]
        if numeral.shape == "words" and english.BUILT.match(after):
            continue
        if (
            numeral.shape == "words"
            and numeral.value == 1
            and not english.MORE.match(after)
            and (
                english.NOT_COUNTED.match(after)
                or english.THE_ONE.search(before)
                or (english.INDEFINITE.search(before) and not english.UNIT.match(after))
                or (english.A_SUCH.search(before) and re.match(r"[.,;:]|$", after))
            )
        ):
            continue
        if (
            numeral.shape == "once"
            and numeral.value == 1
            and not english.PER.match(after)
            and (
                re.search(r"(?i)\bat\s+$", before) or re.match(r"\s+(?:the|an?|he|she|it|they|such|any|this)\b", after)
            )
        ):
            # `at once`; `Once the Board decides`.
            continue
        if numeral.shape == "figures" and (before.endswith(("-", "/")) or re.match(r"-\d", after)):
            continue
        year = numeral.shape == "figures" and 1900 <= numeral.value < 2100 and numeral.end - numeral.start == 4
        if year and english.YEAR_NUMBER.search(before) and not english.UNIT.match(text, match.end()):
            continue
        kept.append(numeral)
    return kept


def read_unit(text: str, start: int, end: int) -> tuple[str, int]:
    """What is counted at `start`, and where it ends (`end` where nothing is): a unit in signs, or a noun."""
    sign = english.SIGN_UNIT.match(text, start)
    if sign is not None:
        return sign["sign"], sign.end()
    before, plain = text[start : start + 1], english.MEASURE.match(text, start + 1)
    if plain is not None and before == "-":
        return plain[0].removesuffix("s"), plain.end()  # `a 100-meter radius`
    match = english.NOUN.match(text, start)
    if match is None:
        return "", end
    if match["title"]:
        return match["title"].lower().removesuffix("s"), match.end("title")
    group = "noun" if match["noun"] else "next"
    said = plain[0] if plain is not None and before.isspace() else match[group]
    others = (word.start() for word in re.finditer(r"[a-z-]+", said) if word[0] in english.NO_NOUN)
    said = said[: next(others, len(said))].rstrip()
    measure = english.MEASURE.search(said)
    said = said[: measure.end()] if measure is not None else said
    words = said.split()
    if len(words) > 1 and words[-1].endswith("ed") and english.DONE_BY.match(text, match.start(group) + len(said)):
        said = " ".join(words[:-1])  # `one company controlled by the same person`
        words = words[:-1]
    if not words:
        return "", end
    end = match.start(group) + len(said)
    if words[-1] == "only":
        del words[-1]
    noun = words[-1] if words else ""
    noun = "child" if noun == "children" else noun
    singular = (
        re.sub(r"ies$", "y", noun)
        if noun.endswith("ies")
        else re.sub(r"(?<=ss)es$|(?<=bus)es$|(?<![su])s$", "", noun)
        if noun not in english.SAME_IN_PLURAL
        else noun
    )
    return (
        f"{words[-2]} {singular}"
        if words[-2:-1] in (["square"], ["cubic"], ["gross"], ["net"], ["nautical"], ["percentage"])
        else singular
    ), end


def print_value(value: Fraction) -> str:
    """`15`, `1/3`, `0.5` prints as `1/2`: whole numbers and fractions only, so that comparison is exact."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
