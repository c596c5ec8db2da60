"""The English words and signs by which lines and instruments are recognised.

Another language starts with another such module. Words that one function alone looks for stand there.
"""

from __future__ import annotations

import re

from mutandis_text.document import ChangeKind, DivisionKind
from mutandis_text.lines.numbering import NUMBER_LIST

# --- numbers and months in words ---

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES.split(" "))},
    **{word: 10 * value for value, word in enumerate(_TENS.split(" "), start=2)},
}
_FIRSTS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = tuple(_FIRSTS.split(" "))
"""Ordinals in words, by place from 1."""
MONTH_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"

# --- line_forms ---

ARTICLE = re.compile(r"(?:Articles?|ARTICLES?)\s{0,3}(\d{1,5}(?: (?:bis|ter|quater)\b|:\d{1,3}\b|(?:-\d{1,4})*))")
DIVIDES = re.compile(r"\s*(?:(?:Articles?|Part|Chapter|Section|Sub-?section)\s+[\dIVX]|\([A-Z][^()\n]*\)\s*\n)")
"""What stands below the heading of a division."""
HEADING_ABOVE = re.compile(r"\(([A-Z][^()\n]{1,120}(?<!\.))\) *\n\s*(?=Article\s)")
"""The heading in the line above its article, as the Japanese print it."""
ARTICLE_RANGE = re.compile(
    rf"(?:Articles?|ARTICLES?)\s{{0,3}}({NUMBER_LIST})\s{{0,3}}[.:]?\s{{0,3}}"
    r"(?:(?:is|are|was|were|has\s+been|have\s+been)\s+)?(?P<open>\()?(?P<word>Deleted|DELETED|deleted|Omitted|OMITTED|omitted|Repealed)\b[.;]?(?(open)\)|\)?)"
)
PART_RANGE = re.compile(
    r"(?:\((?P<p>\d{1,4}(?:-\d{1,3})?)\)(?P<ps>(?:\s*(?:,\s*and|,|and|&|through|to|~|–)\s*\(\d{1,4}(?:-\d{1,3})?\))+)"
    r"|(?P<s>\d{1,4}(?:-\d{1,3})?)\.?(?P<ss>(?:\s*(?:,\s*and|,|and|&|through|to|~|–)\s*\d{1,4}(?:-\d{1,3})?\.?)+)"
    r"|\((?P<i>[a-z])\)(?P<is>(?:\s*(?:,\s*and|,|and|&|through|to|~|–)\s*\([a-z]\))+))"
    r"\s*(?:(?:is|are)\s+)?(?P<word>Deleted|DELETED|deleted|Omitted|OMITTED|omitted|Repealed)\b[.;]?"
)
OMITTED_PART = re.compile(r"(?:\((?P<p>\d{1,4})\)|(?P<s>\d{1,4})\.)\s*(?:\([^()]{1,200}\)\s*)?Omitted\b[.;]?")
ONLY_NUMBER = re.compile(r"\d{1,4}(?:-\d{1,3})?\)|[a-z]{1,2}\)|[ivx]{1,5}\)")
DIVISION = re.compile(
    r"(?P<word>BOOK|PART|CHAPTER|SECTION|SUB-?\s?SECTION|Book|Part|Chapter|Section|Sub-?[Ss]ection)\s{1,3}"
    r"(?P<number>[IVXLC]{1,8}|[Ⅰ-Ⅻ]|\d{1,3})(?P<branch>-\d{1,2})?(?![\w-])[.:]?(?P<rest>[^\n]{0,400})"
)
ADDENDA = re.compile(
    r"(?:ADDENDA|ADDENDUM|Addenda|Addendum|SUPPLEMENTARY\s+PROVISIONS?|Supplementary\s+Provisions?)\b[.:]?"
)
ANNEX = re.compile(
    r"[\[<]?\s?(?:(?:Attached|Annexed|Appended|ATTACHED|ANNEXED|APPENDED)\s+(?:Table|Form|Sheet|Schedule|TABLE|FORM|SHEET|SCHEDULE)s?|"
    r"ANNEX|APPENDIX|Annex|Appendix|TABLE|SCHEDULE|(?:Table|Schedule)(?=\s+\d+\s*[\])>]))\b[^\n]{0,160}"
)
PARAGRAPH = re.compile(r"\((\d{1,4}(?:-\d{1,3})?)\)|([\u2460-\u2487])")
"""Also in a circle or with its brackets in one sign, as the Korean text prints it: \u2460, \u2474."""
SUBPARAGRAPH = re.compile(r"(\d{1,3}(?:-\d{1,3})?)\.(?=\s|[A-Z\"“‘(]|$)")
ITEM = re.compile(r"\(([a-z]{1,2}(?:-\d{1,2})?)\)|([a-z])[.)](?=\s)")
SUBITEM = re.compile(r"\(([ivxl]{1,7})\)|([ivxl]{1,7})[.)](?=\s)|(\d{1,3})\)(?=\s)")
NAVIGATION = re.compile(
    r"(?i)(?:law viewer|law view|published:[^\n]{0,40}|key benefits:?|subscribe (?:now|to)\b[^\n]{0,160}|"
    r"back home|back|home|print|print this page|top|go to top|list|close|search|previous|next|"
    r"save|download|korean|english|menu|share|scrap|pdf|hwp|doc|view|login|log in|sign in|help|faq|site ?map|font size|"
    r"contents|table of contents|skip to content|skip navigation|full text|open all|close all|"
    r"article search|related laws?|history|statutes of the republic of korea|"
    r"(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*(?:of|/)\s*\d+|[-–—]\s*\d+\s*[-–—]|\d{1,4}|[-–—=_*·.]{3,}|"
    r"(?:https?://|www\.)\S+(?:\s+\d+/\d+)?|(?:©|\(c\)\s*(?:copyright|\d{4})|copyright\s*(?:©|\(c\)|\d{4}))[^\n]{0,200}|"
    r"(?:korea (?:legislation research institute|law translation center|ministry of government legislation)|"
    r"national law information center|ministry of government legislation|law information service)[^\n]{0,80}|"
    r"(?:\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}(?P<sign>[/-])\d{1,2}(?P=sign)(?:\d{4}|\d{2}))\b\.?,?(?:\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?)?[^\n]{0,60})"
)
ABBREVIATED = re.compile(r"\b(?:Nos?|Arts?|Mr|Mrs|Dr|vs|cf|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")
DIVISION_KINDS = {
    "book": DivisionKind.BOOK,
    "part": DivisionKind.PART,
    "chapter": DivisionKind.CHAPTER,
    "section": DivisionKind.SECTION,
    "subsection": DivisionKind.SUBSECTION,
}
SMALL_WORD = re.compile(
    r"an?|after|against|among|and|as|at|before|between|but|by|during|etc|for|from|in|into|of|on|or|over|per|the|through|to|"
    r"under|upon|with|within|without"
)
OPENS_WORDING = re.compile(r"\s*(?:\(\d|\d{1,3}\.\s|[A-Z\"“\u2460-\u2487])")
"""What the wording of an article begins with in the line below its heading."""
NUMBERED_BELOW = re.compile(r"\s*(?:\(1\)|1\.\s)")
OPENS_CLAUSE = re.compile(
    r"(?:The|An?|Any|Each|Every|No|This|These|That|In|If|Where|When|For|Notwithstanding|Subject\s+to|Deleted|Omitted|Repealed)\b"
)
"""What a sentence begins with, not a heading."""
IS_HEADING = re.compile(r"(?i)(?:articles?|chapter|part|section|book|annex|addend|supplementary)\b")
MOVED_AWAY = re.compile(r"(?:Moved|Transferred) to Article \d")
CLAUSE_VERB = re.compile(r"\b(?:shall|may|must|is|are|was|were|has|have|had|does|do|will|can|applies|apply)\b")

# --- instrument_grammar ---

MONTHS = tuple(name[:3].lower() for name in MONTH_NAMES.split("|"))
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?i:(?P<m1>{_MONTH})\b\.?\s{{0,3}}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,3}},?\s{{0,3}}(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:(?:st|nd|rd|th)(?:\s(?:day\s)?of\b)?)?\.?\s{{0,3}}(?P<m2>{_MONTH})\b\.?,?\s{{0,3}}(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})\s?[.\-/]\s?(?P<m3>\d{1,2})\s?[.\-/]\s?(?P<d3>\d{1,2}))"
)
_KIND = (
    r"(?:(?:Ordinance|Decree|Rules?|Regulations?)\s+of\s+(?:the\s+)?[A-Z][A-Za-z,&' ]{2,90}?|"
    r"(?:(?:Presidential|Ministerial|Prime\s+Ministerial|Prime\s+Minister's|Enforcement|Supreme\s+Court|"
    r"National\s+Assembly|Constitutional\s+Court|Ministry\s+of\s+[A-Z][A-Za-z]+)\s+)?"
    r"(?:Act|ACT|Law|LAW|Decree|DECREE|Ordinance|Rules?|Regulations?|Statute|Constitution|Instruction|Notice|Directive|Order|Proclamation))"
)
_NUMBER = (
    rf"\b(?:(?P<kind>{_KIND})\s*,?\s*)?\b(?:(?i:nos?\b\.?|numbers?\b)|\#)\s{{0,3}}"
    r"(?P<numbers>\d{1,7}(?:-\d{1,5})?(?![\d.\-/])"
    r"(?:\s{0,3}(?:&|and|,)\s{0,3}(?:No\.\s{0,3})?\d{1,7}(?:-\d{1,5})?(?![\d.\-/]))*)"
)
_VERB = (
    r"(?i:(?P<verb>wholly\s+amended|partially\s+amended|partly\s+amended|amended|newly\s+inserted|newly\s+established|"
    r"newly\s+added|inserted|added|newly\s+enacted|enacted|deleted|repealed|moved|transferred)\b)"
)
TOKEN = re.compile(rf"\b{_VERB}|{_NUMBER}|(?<!\d){_DATE}(?!\d)")
KIND_AND_NUMBER = re.compile(_NUMBER)
DATE_ALONE = re.compile(_DATE)
CHANGE_OF_VERB: dict[str, ChangeKind] = {
    "wholly amended": ChangeKind.WHOLLY_AMENDED,
    "partially amended": ChangeKind.AMENDED,
    "partly amended": ChangeKind.AMENDED,
    "amended": ChangeKind.AMENDED,
    "newly inserted": ChangeKind.NEWLY_INSERTED,
    "newly established": ChangeKind.NEWLY_INSERTED,
    "newly added": ChangeKind.NEWLY_INSERTED,
    "inserted": ChangeKind.NEWLY_INSERTED,
    "added": ChangeKind.NEWLY_INSERTED,
    "newly enacted": ChangeKind.ENACTED,
    "enacted": ChangeKind.ENACTED,
    "deleted": ChangeKind.DELETED,
    "repealed": ChangeKind.DELETED,
    "moved": ChangeKind.MOVED,
    "transferred": ChangeKind.MOVED,
}
