"""The English words that say when something takes effect.

Another language starts with another such module. Words that one function alone looks for stand there.
"""

from __future__ import annotations

import re

from mutandis_text.lines.worded_dates import WORDED_DATE

# --- enforcement ---

NUMBERS = (
    {
        word: value
        for value, word in enumerate(
            ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
        )
    }
    | {"a": 1, "an": 1, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
    | {
        "forty": 40,
        "forty-five": 45,
        "fifty": 50,
        "one hundred": 100,
    }
)
_NUMBER = rf"\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_YEARS = rf"(?:(?P<years>{_NUMBER})\s+years?\s+and\s+)?"
_AMOUNT = rf"{_YEARS}(?P<amount>{_NUMBER})\s+(?:\(\d+\)\s+)?(?P<unit>day|week|month|year)s?"
"""A length, which may be of years and months (`one year and six months`)."""
_PROMULGATION = (
    r"(?:(?:the\s+)?(?:date|day|time)?\s*(?:of\s+)?(?:its\s+|the\s+|their\s+)?promulgation"
    r"|(?:the\s+(?:date|day)\s+(?:(?:on|in)\s+which|when|that)\s+)?(?:it|this\s+[A-Z]\w+)\s+(?:is|has\s+been|was)\s+promulgated)"
)
_SINCE = r"(?:after|from|since|following)"
AFTER = re.compile(
    rf"{_AMOUNT}\s+(?:{_SINCE}|(?:have\s+|has\s+)?(?:e?lapse[sd]?|pass(?:es|ed)?|expire[sd]?)\s+{_SINCE})\s+{_PROMULGATION}",
    re.IGNORECASE,
)
LAPSE = re.compile(rf"(?:lapse|elapse|expiration|passage)\s+of\s+{_AMOUNT}\s+{_SINCE}\s+{_PROMULGATION}", re.IGNORECASE)
_ON = r"(?:on\s+and\s+after|on|upon|as\s+of|(?:starting\s+)?from|starting\s+on)"
ON_PROMULGATION = re.compile(rf"(?:{_ON}\s+|:\s+){_PROMULGATION}", re.IGNORECASE)
NTH_DAY = re.compile(
    rf"(?P<amount>\d{{1,3}})(?:st|nd|rd|th)\s+day\s+(?:from|after|following)\s+{_PROMULGATION}", re.IGNORECASE
)
AFTER_SUCH_DATE = re.compile(
    rf"{_AMOUNT}\s+{_SINCE}\s+(?:such|that|the\s+said|the\s+same)\s+(?:date|day)\b", re.IGNORECASE
)
"""So long after the date named last."""
DATE_OF_PROMULGATION = re.compile(r"(?i)date\s+of\s+(?:its\s+|the\s+|their\s+)?promulgation\b")
THEREAFTER = re.compile(rf"\b{_AMOUNT}\s+thereafter\b", re.IGNORECASE)
"""So long after another day of enforcement."""
GOES_ON = re.compile(
    r"(?i)\b(?:for|during|every)\s+(?:(?:an?|the|another|further|additional|first|next|up|to|at|least|most|period|term|of)"
    r"\s+){0,6}(?:\w+-)?$"
)
"""What stands before a length that something lasts, or comes again in (`remain in force for one year thereafter`)."""
NEXT_DAY = re.compile(rf"(?:day|date)\s+(?:immediately\s+)?(?:following|after)\s+{_PROMULGATION}", re.IGNORECASE)
_DATE = (
    rf"{WORDED_DATE}|"
    r"\d{1,2}(?:st|nd|rd|th)\s+(?:day\s+)?of\s+[A-Z][a-z]+,?\s+\d{4}|[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|\d{4}[.\-]\s?\d{1,2}[.\-]\s?\d{1,2}"
)
_DATE_OF_THIS = r"(?:enforcement|effective)\s+date\s+of\s+this\s+[A-Z][a-z]+"
ON_DATE = re.compile(rf"(?:{_ON}\s+(?:the\s+)?|:\s*|{_DATE_OF_THIS}\s+(?:shall\s+be|is)\s+)(?P<date>{_DATE})")
_FORCE = (
    r"(?:enter|come|go)(?:s)?\s+into\s+(?:force|effect)|take(?:s)?\s+effect|become(?:s)?\s+effective|be\s+enforced"
    r"|be\s+effective(?!\s+until)"
)
FORCE_WORDS = re.compile(rf"{_FORCE}|{_DATE_OF_THIS}", re.IGNORECASE)
SHALL_FORCE = re.compile(rf"\bshall\s+(?:{_FORCE})", re.IGNORECASE)
SPLIT = re.compile(
    rf"^(?:The\s+)?amended\s+provisions\s+of\b(?:(?!\bshall\b)[^.;])*\bshall\s+(?:{_FORCE})", re.IGNORECASE
)
"""A sentence of its own on a day (`The amended provisions of Article 5 shall enter into force …`)."""
WITHIN = re.compile(
    r"(?i)\b(?:within|not\s+exceed(?:ing)?|(?:not|no)\s+(?:later|more)\s+than)\s+(?:(?:the|a)\s+(?:period|range)\s+of\s+)?$"
)
"""What stands before a length that is the longest one, not the day itself."""
CLAUSE_END = re.compile(r"[.;]|,\s+and\s+(?:that|those|the|articles?|attached)\b|,\s+(?=articles?\b)|$", re.IGNORECASE)
"""Where what is said of one day of enforcement ends."""
ELSEWHERE = re.compile(
    rf"(?:{_FORCE})\s+(?:[^.;]{{0,100}}?\s)?(?P<on>on|from|as\s+of)\s+(?:(?:the|a)\s+(?:date|day)\s+(?:to\s+be\s+)?"
    r"(?:(?:prescribed|determined|specified|designated|fixed|set|appointed|announced)\s+by\b"
    rf"|(?:(?:(?:on|in|from)\s+which|when|that)\s+)?(?!this\b|of\b|that\b|which\b|on\b)[^.;]{{1,160}}?\b(?:{_FORCE})"
    r"|of\s+(?:the\s+)?(?:entry\s+into\s+force|enforcement|effectuation)\s+of\s+(?!this\b))"
    r"|(?:the\s+)?(?:entry\s+into\s+force|enforcement)\s+of\s+(?!this\b))"
    r"(?:[^.;]{0,120}?\bpromulgation)?",
    re.IGNORECASE,
)
"""Leaves the day to a decree, a treaty or another law, whatever the longest time for that is."""
HALF_YEARS = re.compile(rf"(?P<amount>{_NUMBER})\s+and\s+a\s+half\s+years?\s+{_SINCE}\s+{_PROMULGATION}", re.IGNORECASE)
FIRST_AFTER = re.compile(
    rf"first\s+(?:day|date)\s+of\s+the\s+(?:month|quarter|year)\s+[^.;]{{0,80}}?\b{_AMOUNT}\b[^.;]{{0,40}}?\bpromulgat(?:ion|ed)\b",
    re.IGNORECASE,
)
"""The first day of the month after some months have passed: no length alone."""
NEXT_MONTH = re.compile(
    rf"(?:first\s+(?:day|date)|January\s+1)\s+of\s+the\s+(?P<period>month|year)\s+(?:immediately\s+)?(?:following|after)\s+(?:the\s+(?:month|year)\s+(?:of|in\s+which)\s+[^.;]{{0,60}}?promulgat(?:ion|ed)|{_PROMULGATION})",
    re.IGNORECASE,
)

# --- instruments ---

LIMITED = re.compile(
    r"(?i)\((?:(?:limited\s+to|only)\s+)?(?:(?:the|those|cases|provisions|matters|parts?|under|of|in|falling)\s+)*$"
)
"""Opens a bracket that leaves of the provision before it only the part named in it."""
AMONG = re.compile(r"(?i)\bamong\s+(?:the\s+)?(?:amended\s+)?provisions\s+of\s+(?:the\s+)?$")
"""Names the whole of which a part was named before."""

# --- history ---

FORMER_LAW = re.compile(
    r"(?i)\b(?:provisions?|laws?|regulations?)\s+(?:then\s+in\s+force|in\s+force\s+(?:until|before|at\s+the\s+time)\b[^.;]{0,60}?)"
    r"\s+(?:shall\s+)?(?:remain|continue|still|apply|applies|govern)\b|"
    r"^(?:the\s+)?(?:former|previous)\s+(?:provisions?|acts?|decrees?|rules?)\s+(?:still\s+|continue\s+to\s+)?(?:apply|applies|govern)\b|"
    r"(?:\bshall\s+(?:(?!\bapply\b)[^.;]){0,60}?\b(?:for|by|at|to|within|under|in\s+accordance\s+with)\s+the\s+(?:period|term|rate|amount|standards?|criteria|procedures?|qualifications?)\s+"
    r"(?:under|(?:prescribed|provided)\s+(?:by|in|for\s+in))\s+the\s+(?:former|previous)\s+(?:provisions?|act|decree|rules?)(?=[.,;]|$))|"
    r"\b(?:former|previous)\s+(?:provisions?|act|decree|rules?|standards?|criteria|example|practices?|ordinance)\b"
    r"(?:(?!\bamended\b)[^.]){0,40}?\bshall\s+(?:still\s+|continue\s+to\s+)?apply\b"
    r"|\b(?:former|previous)\s+provisions?\b[^.]{0,60}?\bshall\s+(?:still\s+|continue\s+to\s+)?(?:govern|prevail|be\s+applied)\b"
    r"|\bgoverned\s+by\s+the\s+(?:former|previous)\b"
    r"|\b(?:former|previous)\s+(?:provisions?|act|decree|rules?|ordinance)\b[^.]{0,60}?\bshall\s+(?:still\s+)?be\s+applicable\b"
    r"|\bshall\s+(?:be\s+in\s+accordance\s+with|be\s+as\s+prescribed\s+(?:in|by)|follow|comply\s+with|conform\s+to|abide\s+by)\s+"
    r"the\s+(?:former|previous)\b"
    r"|\bunder\s+the\s+(?:former|previous)\s+(?:provisions?|act|decree|rules?|ordinance)\b[^.]{0,100}?\bmay\s+(?:still\s+|continue\s+to\s+)?be\s+used\b"
    r"|\bshall\s+(?:still\s+)?be\s+(?:dealt\s+with|subject|treated|handled|processed|punished|imposed)\s+"
    r"(?:to|by|under|according\s+to|pursuant\s+to|in\s+accordance\s+with)\s+the\s+(?:former|previous)\b"
)
APPLICABILITY = re.compile(
    r"\b(?:apply|applies)\s+(?:only\s+)?to\s+[^.;]{1,120}?\b(?:on\s+or\s+)?(?:after|from|before)\s+(?:the\s+)?"
    r"(?:date|day|entry|enforcement)\b|"
    r"\bbegin\s+to\s+apply\b|\bapply\s+from\b|\b(?:be|remain)\s+(?:effective|valid|in\s+force|in\s+effect)\s+until\b|\bshall\s+not\s+be\s+affected\s+by\b"
    r"|\bamended\s+provisions\b[^.]{0,80}?\bshall\s+(?:also\s+)?(?:apply|be\s+applied)\b"
    r"|\bshall\s*(?:,[^,.;]{1,60},)?\s*(?:also\s+|not\s+|first\s+)?(?:apply|be\s+applied|be\s+applicable)(?:\s+(?:only|retroactively|first|also))?\s*,?\s*"
    r"(?:starting|beginning|commencing|even|to|where|when|if|in|only|from|as\s+from|on|with\s+respect|for|after|mutatis)\b"
)
COUNTS_AS = re.compile(r"\bshall\s+be\s+(?:construed|considered|treated)\s+as\b|\bregarded\s+as\b|\bdeemed\b")
"""What was done before counts as done under the new law."""
STANDS = re.compile(
    r"\bshall\s+not\s+be\s+(?:protected|required|punished|subject|recognized|entitled|counted|included)\b|"
    r"\bshall\s*(?:,[^,.;]{1,80},)?\s*(?:not\s+|still\s+)?"
    r"(?:be\s+(?:held|reduced|increased|exempted|extended|\d|[a-z]+\s+(?:years?|months?|days?|won)\b)"
    r"|prevail|expire|begin|commence|govern|remain|last|end|run)\b"
)
"""Says how something is, or that it runs; nobody has anything to do."""
REFERS = re.compile(r"\bdeemed\s+to\s+(?:refer|cite|quote)\b|\b(?:statutes?|acts?|decrees?|laws?)\s+cites?\b")
"""Says what a citation in another law stands for from now on."""
REPEALS = re.compile(r"\b(?:shall\s+be|is|are)\s+(?:hereby\s+)?(?:repealed|abolished|deleted)\b")
"""Does away with another law; nobody has anything to do."""
OTHER_LAWS_HEADING = re.compile(
    r"(?i)\brelationship\s+(?:with|to)\s+other\b|\b(?:amendments?|revisions?)\s+(?:of|to)\s+(?:other|the\s+other)\s+(?:acts?|statutes?|laws?|decrees?)"
)
NOT_AFFECTED = re.compile(
    r"\b(?:former|previous|old)\s+(?:provisions?|act|decree|rules?|ordinance)\b[^.]{0,60}?\bshall\s+not\s+be\s+affected\b"
)
"""The earlier wording goes on for what was done under it, unless the new one is said to apply."""
REMAINS_VALID = re.compile(
    r"\b(?:effects?|validity)\s+of\b[^.;]{0,160}?\bshall\s+not\s+be\s+affected\b|\bshall\s+be\s+succeeded\s+to\s+by\b|\bshall\s+(?:remain|continue\s+to\s+be|continue\s+in)\s+(?:valid|effective|in\s+force|force|effect)\b(?!\s+until)"
)
"""What was made before goes on under the new law."""
APPLICABILITY_HEADING = re.compile(
    r"(?i)\bapplicab|\bexamples?\s+of\s+application\b|\bspecial\s+cases\s+of\s+application\b"
)
