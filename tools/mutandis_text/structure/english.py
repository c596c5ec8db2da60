"""The English words by which notes, headings, sentences and lists are recognised.

Another language starts with another such module. Words that one function alone looks for stand there.
"""

from __future__ import annotations

import re

# --- annotations ---

CHANGE_WORD = re.compile(r"(?i)\b(?:amended|inserted|deleted|moved|enacted|established|repealed|added|by|on)\b|\d{4}")
OMISSION = re.compile(r"[(<\[]\s*([A-Za-z ,()0-9-]{0,60}?)\s*(?:is\s+|are\s+)?[Oo]mitted\.?\s*[)>\]]")
_NOTE_WORD = (
    r"(?:This|Title|Heading|Moved|Previous|Newly|Wholly|Amended|Deleted|Part|Unconstitutional|Constitutional|Enforcement|"
    r"Effective|Transferred|The\s+(?:previous|former|title)|Former)\b"
)
INLINE_NOTE = re.compile(rf"\[\s*(?:{_NOTE_WORD})[^\[\]]{{0,3000}}\]")
NOTE_OPENER = re.compile(rf"\[\s*(?:{_NOTE_WORD})")
MOVED_FROM = re.compile(
    r"(?i)\b(?:moved|transferred)\s+from\s+(Articles?|paragraphs?|subparagraphs?)\s+\(?(\d+(?:-\d+)*)\)?"
)
PREVIOUS = re.compile(
    r"(?i)\b(?:previous|former)\s+(Articles?|paragraphs?|subparagraphs?)\s+\(?(\d+(?:-\d+)*)\)?\s+(?:(?:was|is|has\s+been)\s+)?"
    r"(?:(?:moved|transferred)\s+to\s+(?:Articles?|paragraphs?|subparagraphs?)?\s*\(?(\d+(?:-\d+)*)\)?|(deleted))"
)
MOVED_TO = re.compile(r"(?i)^\W*(?:is\s+|was\s+)?moved\s+to\s+(Articles?|paragraphs?)\s+\(?(\d+(?:-\d+)*)\)?")
SCOPE = re.compile(
    r"(?i)^\[?\s*(?:this\s+(article|paragraph|subparagraph|chapter|section|part|book|subsection|item)|(title|heading)\b|(part)\s+of)"
)

# --- assembly ---

DELETED = re.compile(r"(?i)(?:(?:is|are|was)\s+)?(?:deleted|repealed)\s*[.;,]?")

# --- head ---

PREAMBLE = re.compile(r"\s*(?i:(?:the\s+)?preamble)\s*[:.]?\s*")
ENFORCEMENT_NOTE = re.compile(r"(?i)\s*[\[<(]\s*enforce(?:ment|d)\b")
"""A bracket before the instrument that says when it takes effect (`[Enforcement Date 1. Jan, 2008]`)."""
TITLE_WORD = re.compile(r"(?i)\b(?:act|decree|rules?|ordinance|law|code|constitution|regulations?|statute)\b")
CHANGE_LEFT_OPEN = re.compile(r"(?i)\b(?:amended|enacted)\s+by\s*[,:]?\s*$")

# --- labels ---

READS_ON = re.compile(
    r"(?:of|and|or|nor|through|shall|may|under|above|below|is|are|was|were|has|have|thereof|hereof|applies|apply)\b|"
    r"to\s+[(\d]|\d|in\s+(?:this|the\s+same|such)\b|[,;.)]"
)
PARAGRAPH_NUMBER = re.compile(r"\(\d+(?:-\d+)*\)\s*")

# --- sentences ---

PROVISO = re.compile(r"(?:provided,?\s+(?:that|however)|provided\s+(?:further|always),?\s+that)\b", re.IGNORECASE)
HOWEVER = re.compile(r"(?:However|(?<=[;:]\s)however),\s")
LATTER = re.compile(
    r"In\s+(?:any\s+|either\s+|all\s+)?(?:such|this|that|these|those)\s+(?:an?\s+)?(?:cases?|events?|instances?)\b"
)
BOUNDARY = re.compile(
    r"[.;:,](?P<close>[\"”’')\]]{0,4})\s{1,200}(?=[\"“‘'(\[]{0,3}[A-Z])|[.;:,]\s{0,200}(?=[Pp]rovided,?\s)|[;:]\s(?=however,\s)"
)
ABBREVIATION = re.compile(
    r"(?:\b(?:etc|e\.g|i\.e|cf|vs|No|Nos|Art|Arts|Mr|Mrs|Ms|Dr|St|Inc|Co|Ltd|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|"
    r"Sept|Oct|Nov|Dec|[A-Z]))\.$"
)
AFTER_ETC = re.compile(r"[\"“‘']?(?:In (?:such|this|these|that)|The |This |These |Where |When |If |However,|Provided)")
BEGINS_SENTENCE = re.compile(r"[\"“‘']?[A-Z]")
WHOLE_SENTENCE = re.compile(r"\.[\"”’)]?\s*(?:[<\[][^<>\[\]]*[>\]]\s*)*$")
FINISHED = re.compile(r"[.;:!?)\]\"”’]\s*$|^$")
ANNOUNCES = re.compile(
    r"\bas\s+follows\b|\b(?:the|any|each|either|one|all|both|none)\s+(?:of\s+)?(?:the\s+)?following\b"
    r"(?!\s+(?:(?:fiscal|calendar|school|business|academic|working)\s+)?(?:day|year|month|week|quarter|date|semester)s?\b)"
    r"|\b(?:listed|enumerated|specified|set\s+forth|prescribed|described|mentioned)\s+below\b|\bfollowing:$",
    re.IGNORECASE,
)

# --- annexes ---

ANNEX_TITLE = re.compile(
    r"[\[<]?\s*(?:the\s+)?(?:(?:attached|annexed|appended)\s+)?(?P<kind>table|form|sheet|schedule|annex|appendix|preamble)s?\b\s*(?:no\.?\s*)?"
    r"(?P<number>\d{1,3}(?:-\d{1,3})*|[ivx]{1,6}\b)?\s*[\])>.:]?",
    re.IGNORECASE,
)

# --- reader ---

ENTRY_NUMBER = re.compile(r"(\((?:[a-z]{1,5}|\d{1,4})\)|\d{1,3}\.)\s+[A-Z]")
"""What entries and paragraphs begin with."""
