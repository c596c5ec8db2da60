"""What somebody meant who wrote a word of another habit: `shall`, `boolean`, `Art. 1(2)`, `has-bitten`.

Only for help lines: nothing here is read as if it had been written right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import normalize

from mutandis.citation import CitationError, parse_citation_range

KEYS_OF_RULES: Final = {
    **dict.fromkeys(("effect", "action", "does"), "may must must_not"),
    **dict.fromkeys(("shall", "is_to", "has_to", "duty", "obligation", "required"), "must"),
    **dict.fromkeys(("may_not", "shall_not", "cannot", "can_not", "mustnt", "not_allowed"), "must_not"),
    **dict.fromkeys(("not_permitted", "forbidden", "forbids", "prohibited", "prohibits"), "must_not"),
    **dict.fromkeys(("can", "permits", "permitted", "allows", "allowed", "permission", "entitled_to"), "may"),
    **dict.fromkeys(("shall_not_need_to", "not_required", "exempt", "exempts"), "need_not"),
    **dict.fromkeys(("if", "where", "condition", "conditions", "provided", "only_if"), "when"),
    **dict.fromkeys(("except", "exception", "exceptions", "save", "unless_if", "excludes"), "unless"),
    **dict.fromkeys(("notwithstanding", "overrides", "in_spite_of"), "despite"),
    **dict.fromkeys(("limit", "caps"), "limits requires"),
    **dict.fromkeys(("applies",), "apply"),
    **dict.fromkeys(("mutatis_mutandis",), "apply construe"),
    **dict.fromkeys(("read_as", "reading", "substitute"), "construe"),
    **dict.fromkeys(("means", "definition", "defines"), "define"),
    **dict.fromkeys(("value", "values", "gives", "amount", "result"), "as"),
    **dict.fromkeys(("deemed", "deems"), "deem"),
    **dict.fromkeys(("actor", "bearer", "subject", "who"), "by"),
    **dict.fromkeys(("for", "towards", "beneficiary", "recipient"), "to"),
    **dict.fromkeys(("description", "text"), "summary"),
    **dict.fromkeys(("comment", "remark"), "note"),
    **dict.fromkeys(("due", "within_days"), "deadline"),
    **dict.fromkeys(("from", "in_force_from", "effective"), "since"),
}
"""Keys of a rule by words that other formats and statutes have for them; of several each may be meant."""

KEYS_OF_VALUES: Final = {
    **dict.fromkeys(("if", "where", "condition", "case"), "when"),
    **dict.fromkeys(("then", "is", "as", "gives", "amount", "result"), "value"),
}
"""Keys of one value of a definition by other words."""

KEYS_OF_FACTS: Final = {
    **dict.fromkeys(("choices", "options", "enum", "one_of"), "values"),
    **dict.fromkeys(("default", "presumed"), "presume"),
    **dict.fromkeys(("ask", "prompt"), "question"),
    **dict.fromkeys(("name", "title"), "label"),
    **dict.fromkeys(("minimum", "least"), "min"),
    **dict.fromkeys(("maximum", "most"), "max"),
    **dict.fromkeys(("owner", "decided_by", "judged_by"), "found_by"),
}
"""Keys of a fact by words that other formats have for them."""

KEYS_OF_PRESUMPTIONS: Final = dict.fromkeys(("by", "provision", "source", "at"), "from")
"""Keys of what is presumed of a fact by other words."""

KEYS_OF_SPANS: Final = {
    **dict.fromkeys(("since", "begin", "start", "first"), "from"),
    **dict.fromkeys(("to", "end", "last"), "until"),
}
"""Keys of a span of days by other words."""

KEYS_OF_PENALTIES: Final = {
    **dict.fromkeys(("all", "options", "either", "one_of", "sentence"), "any"),
    **dict.fromkeys(("at", "for", "breach", "provision"), "of"),
}
"""Keys of a penalty by other words."""

KEYS_OF_QUESTIONS: Final = {
    **dict.fromkeys(("action", "about", "question", "do", "may", "must", "must_not"), "decide"),
    **dict.fromkeys(("who", "actor", "bearer", "role"), "by"),
    **dict.fromkeys(("fact",), "value"),
    **dict.fromkeys(("next",), "next_question"),
}
"""Keys of what a case asks by other words."""

KEYS_OF_INSTRUMENTS: Final = {
    **dict.fromkeys(("effective", "in_force", "commencement", "enforcement", "since"), "enforced"),
    **dict.fromkeys(("date", "passed", "published", "enacted"), "promulgated"),
    **dict.fromkeys(("number", "no", "name"), "id"),
}
"""Keys of an instrument in a law's file by other words."""

KEYS_OF_CASES: Final = {
    **dict.fromkeys(("date", "on", "day"), "at"),
    **dict.fromkeys(("name", "title"), "case"),
    **dict.fromkeys(("given", "input", "inputs"), "facts"),
    **dict.fromkeys(("question", "when", "decide"), "ask"),
    **dict.fromkeys(("then", "output", "result"), "expect"),
    **dict.fromkeys(("provision", "covers"), "tests"),
}
"""Keys of a case by words that other tools have for them."""

TYPES_OF_FACTS: Final = {
    **dict.fromkeys(("boolean", "bool", "yesno", "yes_no", "flag"), "yes/no"),
    **dict.fromkeys(("integer", "int", "whole number"), "count"),
    **dict.fromkeys(("float", "decimal", "double", "real", "percentage"), "number"),
    **dict.fromkeys(("enum", "enumeration", "choice", "select"), "one of"),
    **dict.fromkeys(("string", "str"), "text"),
    **dict.fromkeys(("datetime", "timestamp", "time"), "moment"),
    **dict.fromkeys(("currency", "amount"), "money"),
    **dict.fromkeys(("timedelta", "timespan", "length"), "duration"),
    **dict.fromkeys(("interval", "range"), "period"),
    **dict.fromkeys(("list", "array", "set"), "list of TERM"),
    **dict.fromkeys(("citation", "reference"), "provision"),
}
"""Types of facts by the names that programs have for them."""

VERDICTS: Final = {
    **dict.fromkeys(("allowed", "lawful", "may"), "permitted"),
    **dict.fromkeys(("prohibited", "unlawful", "must_not", "denied"), "forbidden"),
    **dict.fromkeys(("obligatory", "must", "mandatory"), "required"),
    **dict.fromkeys(("not_regulated", "unregulated", "no_rule"), "silent"),
    **dict.fromkeys(("unknown", "open", "undecided"), "undetermined"),
    **dict.fromkeys(("need_not", "exempted"), "exempt"),
}
"""Verdicts in other words."""

_ARTICLES = re.compile(r"\b(?:the|a|an)\s+")


def as_name(text: str) -> str:
    """`text` as a name could be written: `has-bitten` and `Has bitten` as `has_bitten`; empty where nothing is left."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def as_action(text: str) -> str:
    """`muzzle the dog` as `muzzle dog`, `be-muzzled dog` as `be_muzzled dog`."""
    words = _ARTICLES.sub("", text.strip().lower()).split()
    return " ".join(filter(None, ("_".join(as_name(word) for word in words[:-1]), as_name(words[-1])))) if words else ""


_PREFIX = re.compile(r"^(?:(?:articles?|arts?|sections?|sec)\b\.?|§+)\s*", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:,\s*)?\b(?:paragraph|para\.?)\s*\(?(\d+(?:-\d+)*)\)?", re.IGNORECASE)
_SUBPARAGRAPH = re.compile(r",?\s*\b(?:subparagraph|subpara\.?|no\.?)\s*(\d+(?:-\d+)*)", re.IGNORECASE)
_SPOKEN = re.compile(r"\b(main|former|latter|first|second)\s+(?:sentence|part)\b|\b(but|provided)$", re.IGNORECASE)
_SENTENCES = {"first": "former", "second": "latter", "but": "proviso", "provided": "proviso"}
_KOREAN = (
    (re.compile(r"제\s*(\d+)\s*조(?:의\s*(\d+))?"), r"\1-\2"),
    (re.compile(r"\s*(?:제\s*)?(\d+)\s*항"), r"(\1)"),
    (re.compile(r"(?<=\))\s*(?:제\s*)?(\d+)\s*호"), r"\1"),
    (re.compile(r"\s*(?:제\s*)?(\d+)\s*호"), r".\1"),
    (re.compile(r"\s*본문"), " main"),
    (re.compile(r"\s*전단"), " former"),
    (re.compile(r"\s*후단"), " latter"),
    (re.compile(r"\s*단서"), " proviso"),
)
"""The units of a Korean statute, and how a citation has them."""
_SENTENCE_FIRST = re.compile(r"^(main|former|latter|proviso)(?:\s+(?:of|to))?\s+(\S.*)$")
SEVERAL = re.compile(r"\s*(?:,|;|\band\b|\bor\b|&)\s*")
_RANGE = re.compile(r"(?<=\))\s*(?:-|–|—|~|\.\.+|\bthrough\b|\buntil\b)\s*(?=[(\d])|\s+(?:-|–|—|~|through|until)\s+")


def as_citations(text: str, law: str, article: str) -> tuple[str, ...]:
    """The citations that `text` may mean, as they should be written; empty where that cannot be told.

    >>> as_citations("Art. 1(2)", "park", "1"), as_citations("(1)-(2)", "park", "1")
    (('1(2)',), ('(1) to (2)',))
    >>> as_citations("(1), (2) and proviso (3)", "park", "1")
    ('(1)', '(2)', '(3) proviso')
    """
    meant = tuple(as_citation(part) for part in SEVERAL.split(text.strip()) if part)
    for one in meant:
        try:
            parse_citation_range(one, law=law, article=article)
        except CitationError:
            return ()
    return meant


def as_citation(text: str) -> str:
    """One citation as it could be written, whether or not it then is one.

    >>> as_citation("Article 41 (4) 3, proviso"), as_citation("Art. 107, subparagraph 4"), as_citation("（2）")
    ('41(4)3 proviso', '107.4', '(2)')
    >>> as_citation("main proviso"), as_citation("4 main proviso")
    ('proviso', '4 proviso')
    >>> as_citation("제13조의2제1항제3호 단서"), as_citation("제7조 제2호"), as_citation("(1) second sentence")
    ('13-2(1)3 proviso', '7.2', '(1) latter')
    """
    text = _PREFIX.sub("", normalize("NFKC", text).strip().rstrip(".:"))
    for written, place in _KOREAN:
        text = written.sub(place, text)
    text = re.sub(r"^(\d+)-(?=\D|$)", r"\1", text)
    text = re.sub(r"\bmain (?=(proviso|former|latter)$)", "", text)
    text = _PARAGRAPH.sub(r"(\1)", text)
    text = _SUBPARAGRAPH.sub(lambda part: part[1] if ")" in part.string[: part.start()] else f".{part[1]}", text)
    text = _SPOKEN.sub(lambda word: _SENTENCES.get((spoken := word[1] or word[2]).lower(), spoken), text)
    text = _RANGE.sub(" to ", text)
    text = re.sub(r"\(\s*(\S+?)\s*\)", r"(\1)", text)
    text = re.sub(r"(?<=[\d)])\s+(?=[(\d])", "", text)
    text = re.sub(r"\b(?:main|former|latter|proviso)\b", lambda word: word[0].lower(), text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\S)[,\s]+(?=(?:main|former|latter|proviso)$)", " ", text)
    first = _SENTENCE_FIRST.match(text)
    return f"{first[2]} {first[1]}" if first is not None else text


def as_number(text: str) -> str:
    """The number of a ground as it could be written: `①`, `1.` and `（1）` as `1`, `a.` as `(a)`; empty if it is none.

    >>> as_number("①"), as_number("1."), as_number("a"), as_number("가")
    ('1', '1', '(a)', '')
    """
    number = normalize("NFKC", text).strip("().: ")
    if re.fullmatch(r"[A-Za-z]{1,2}", number):
        return f"({number})"
    return number if re.fullmatch(r"\d+(?:-\d+)*", number) else ""


def places_within(text: str) -> Iterator[str]:
    """What a bare number may mean as a place within an article: its paragraph, or its subparagraph."""
    if re.fullmatch(r"\d+(?:-\d+)*", text):
        yield f"({text})"
        yield f".{text}"
