"""The English words that say when something takes effect.

Another language starts with another such module. Words that one function alone looks for stand there.
"""

from __future__ import annotations

import re

# --- enforcement ---

NUMBERS = {
    word: value
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_AMOUNT = rf"(?P<amount>\d+|{'|'.join(NUMBERS)})\s+(?:\(\d+\)\s+)?(?P<unit>day|week|month|year)s?"
_PROMULGATION = r"(?:the\s+)?(?:date|day|time)?\s*(?:of\s+)?(?:its\s+|the\s+)?promulgation"
_SINCE = r"(?:after|from|since|following)"
AFTER = re.compile(
    rf"{_AMOUNT}\s+(?:{_SINCE}|(?:have\s+|has\s+)?(?:elapsed?|pass|passed|elapses|passes)\s+{_SINCE})\s+{_PROMULGATION}",
    re.IGNORECASE,
)
LAPSE = re.compile(rf"(?:lapse|elapse|expiration|passage)\s+of\s+{_AMOUNT}\s+{_SINCE}\s+{_PROMULGATION}", re.IGNORECASE)
_ON = r"(?:on|upon|as\s+of|(?:starting\s+)?from|starting\s+on)"
ON_PROMULGATION = re.compile(rf"{_ON}\s+{_PROMULGATION}", re.IGNORECASE)
NEXT_DAY = re.compile(rf"(?:day|date)\s+(?:immediately\s+)?(?:following|after)\s+{_PROMULGATION}", re.IGNORECASE)
_DATE = r"[A-Z][a-z]+\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}|\d{4}[.\-]\s?\d{1,2}[.\-]\s?\d{1,2}"
ON_DATE = re.compile(rf"(?:{_ON}\s+|:\s*)(?P<date>{_DATE})")
_FORCE = r"(?:enter|come|go)(?:s)?\s+into\s+(?:force|effect)|take(?:s)?\s+effect|become(?:s)?\s+effective|be\s+enforced"
FORCE_WORDS = re.compile(_FORCE, re.IGNORECASE)

# --- history ---

FORMER_LAW = re.compile(
    r"(?i)\b(?:former|previous)\s+(?:provisions?|act|decree|rules?|standards?|criteria|example|practices?|ordinance)\b[^.]{0,40}?\bshall\s+(?:still\s+|continue\s+to\s+)?apply\b"
    r"|\b(?:former|previous)\s+provisions?\b[^.]{0,60}?\bshall\s+(?:still\s+|continue\s+to\s+)?(?:govern|prevail|be\s+applied)\b"
    r"|\bgoverned\s+by\s+the\s+(?:former|previous)\b"
    r"|\bshall\s+(?:still\s+)?be\s+(?:dealt\s+with|subject|treated|handled|processed|punished|imposed)\s+"
    r"(?:to|by|under|according\s+to|pursuant\s+to|in\s+accordance\s+with)\s+the\s+(?:former|previous)\b"
)
APPLICABILITY = re.compile(
    r"\bbegin\s+to\s+apply\b|\bapply\s+from\b|\b(?:be|remain)\s+(?:effective|valid|in\s+force)\s+until\b|\bshall\s+(?:also\s+|not\s+)?apply\s*(?:,?\s*starting\b|even\b|to\b|where\b|when\b|in\s+cases\b|"
    r"only\b|from\b)"
)
OTHER_LAWS_HEADING = re.compile(
    r"(?i)\b(?:amendments?|revisions?)\s+(?:of|to)\s+(?:other|the\s+other)\s+(?:acts?|statutes?|laws?|decrees?)"
)
APPLICABILITY_HEADING = re.compile(
    r"(?i)\bapplicab|\bexamples?\s+of\s+application\b|\bspecial\s+cases\s+of\s+application\b"
)
