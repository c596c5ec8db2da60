"""The English words of quantities: numerals, units, the words that make a number a bound.

Another language starts with another such module. Words that one function alone looks for stand there.
"""

from __future__ import annotations

import re

from mutandis_text.lines import english
from mutandis_text.lines.worded_dates import WORDED_DATE

# --- numerals ---

SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_LARGE_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4}
_SMALL_PARTS = {
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1_000,
}
ORDINALS = english.ORDINALS[:10]
"""Those that number something, by place from 1."""
_WORD = "|".join(sorted(english.WORDS, key=len, reverse=True))
_SCALE = "|".join(SCALES)
_PART = "|".join(sorted(_LARGE_PARTS, key=len, reverse=True))
_SMALL_PART = "|".join(_SMALL_PARTS)
_FOLDS = {"twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}
_MULTIPLES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
TIMES = {"once": 1, "twice": 2, "thrice": 3} | _FOLDS | _MULTIPLES
"""How often, or how many times as much, in one word."""
PARTS = _LARGE_PARTS | {word + end: value for word, value in _SMALL_PARTS.items() for end in ("", "s")}
_SIGNS = (
    r"k[mM]/h|m/s|[kcm]?m[23](?!\d)|(?:m|µ)?g/(?:kg|km|kWh|L|l|m³|㎥)|(?:k?g|kN|W)/(?:㎡|m²)|kWh|kcal|dB\(A\)|pp[mb]\b|[kcm]?m[²³]"
    r"|[㎡㎢㎥㎏㎞㎝㎜℃]|°\s?[CF]\b|degrees\s(?:Celsius|Fahrenheit)\b|(?:k[gmW]|[cm]m|MW|ha|dB|ml|mL|k?Hz|kV|[mMk]Pa)\b"
    r"|m(?=\s(?:wide|high|long|deep|thick|tall|in|or|and|from)\b)"
)
_MEASURES = (
    r"(?:(?:square|cubic|gross|net|nautical)\s)?"
    r"(?:(?:kilo|centi|milli)?(?:met(?:er|re)|gram|lit(?:er|re))|tonne|ton|hectare|mile)s?"
)
NUMERAL = re.compile(
    rf"\b(?P<mixed>(?P<whole>(?:{_WORD})(?:-(?:{_WORD}))?|\d{{1,3}})[- ]and[- ](?:(?:a|one)[- ]|(?=half\b))"
    rf"(?P<rest>{_PART})"
    rf"|(?P<of>(?:{_WORD})|\d{{1,3}})[- ]and[- ](?P<over>two|three|four|five)[- ]"
    rf"(?P<under>{_PART}|(?:{_SMALL_PART})s))\b(?!\s+of\b)"
    r"|(?P<vulgar>(?:\b\d{1,3}\s?)?(?:[¼-¾⅐-⅞]|[⁰¹²³⁴-⁹]{1,3}[⁄/][₀-₉]{1,4})|\b\d{1,2}\s\d/\d{1,2}(?![\d/]))"
    rf"|(?P<fraction>\d{{1,4}}(?:\s?/\s?|\s+per\s+(?=1,000|10,000|100,000))(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?![\d/]))"
    rf"|(?P<decimal>\d{{1,3}},\d{{1,2}}(?=\s?(?:[%‰]|per\s?cent\b|euros?\b|{_SIGNS}|{_MEASURES}))"
    rf"|(?:(?<=EUR\s)|(?<=€\s)|(?<=€))\d{{1,3}},\d\d\b(?!,)|\b0,\d{{1,3}}\b)"
    rf"|(?P<figures>\d{{1,3}}(?:,\d{{3}})+|(?<![\d.,])\d{{1,3}}(?:\s\d{{3}}){{1,4}}(?![\d,.]\d|\s\d)|\d+(?:\.\d+)?)(?!\d|(?:st|nd|rd|th)\b|\s(?:{_SMALL_PART})s?\b)(?:\s(?P<scale>{_SCALE})\b)?"
    rf"|\b(?P<part>(?:one|two|three|four|five|a)[- ](?:{_PART})|one-(?:{_SMALL_PART})|"
    rf"one\s(?:{_SMALL_PART})(?=\s+(?:of|thereof|or|per|for)\b|\s*(?:[.,;:)]|$))|"
    rf"an?\s(?:{_SMALL_PART})(?=\s+of\s+(?:the|its|their|his|her|that|all)\b)|\d{{1,3}}\s(?:{_SMALL_PART})s?|"
    rf"(?:{_WORD})[- ](?:{_SMALL_PART})s)\b"
    r"(?!\s+(?:party|parties|person|country|countries|violation|offen[cs]e|time|or\s+(?:subsequent|further|later)))"
    rf"|\b(?P<words>(?:{_WORD})(?:-(?:{_WORD}))?(?:\s(?:{_SCALE})){{0,3}})\b"
    rf"|(?:(?<!each\s)(?<!every\s)(?<!last\s)(?<!first\s)(?<!second\s)(?<!latter\s)|(?=half[\s-]year))\b(?P<half>half)\b"
    rf"(?!\s+(?:brother|sister|blood)s?\b)"
    rf"|(?:(?<=\ba\s)|(?<=\bthe\s)|(?<=\bby\s)|(?<=absolute\s)|(?<=simple\s))(?P<majority>majority)\b(?!\s+is\b)"
    rf"|\b(?P<once>once|twice|thrice|{'|'.join(_FOLDS)}|(?:{'|'.join(_MULTIPLES)})(?=\s+(?:the|its|their|that)\b))\b",
    re.IGNORECASE,
)
CALENDAR_DATE = re.compile(
    rf"\b{WORDED_DATE}|\b\d{{1,2}}\s(?:{english.MONTH_NAMES})\s\d{{4}}\b|\b\d{{1,2}}(?:st|nd|rd|th)\s(?:day\s)?of\s(?:{english.MONTH_NAMES}),?\s\d{{4}}"
    rf"|\b(?:(?:{english.MONTH_NAMES})|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)\s\d{{1,2}},\s\d{{4}}"
)

# --- find ---

TIME = ("year", "month", "week", "day", "hour", "minute", "second")
REFERENCE = re.compile(
    r"\b(?:Articles?|paragraphs?|subparagraphs?|items?|sub-items?|Tables?|Schedules?|Chapters?|Parts?|Sections?|Nos?\.|Numbers?|"
    r"Forms?|[Rr]emarks?|[Cc]olumns?|[Rr]ows?|Clauses?|Paragraphs?|Subparagraphs?|Items?)\s+"
    r"(?=[\d(])(?:\(?\d{1,5}(?:-\d{1,4})*\)?(?![\d%/])|\([a-z]{1,4}\)|,|\band\b|\bor\b|\bthrough\b|\bto\b|\bArticles?\b|&|\s){1,80}"
)
NUMBER_OF_LAW = re.compile(
    r"\b(?:Regulations?|Directives?|Decisions?)\s(?:\([A-Z][A-Za-z, ]{1,20}\)\s)?(?:Nos?\.?\s)?"
    r"\d{1,4}/\d{1,4}(?:/[A-Z]{2,4})?\b"
    r"|(?<=\bAct\s)(?:1[5-9]|20)\d\d\b(?!-)|(?:\bRegulations|\bRules|\bOrder|\bByelaws)\s(?:1[5-9]|20)\d\d\b(?!-)"
    r"|\((?:c\.\s?\d{1,3}|(?:S\.?(?:R\.?\s&\s)?[IO]\.?|SI)\s(?:No\.?\s)?(?:1[5-9]|20)\d\d/(?:No\.?\s)?\d{1,5})\)"
)
"""What names a law by a number: `Directive 2001/110/EC`, the year of `the Water Act 1945`."""
QUOTED_TERM = re.compile(r"[\"“][^\"“”]{1,80}[\"”](?=,?\s+(?:means|refers\s+to)\b)")
"""A term that is given its meaning; a number in it is part of a name."""
LONE_NUMBER = re.compile(r"\(\d{1,3}(?:-\d{1,3})?\)|(?<=[\"“'‘])\d{1,3}(?:-\d{1,3})?\.(?:\s|$)")
"""A number that is none: in brackets alone, or of an entry in a wording quoted."""
UNIT = re.compile(
    r"(?P<gap>[\s-]{1,3}(?:\([^()]{0,60}\)\s)?(?:(?:consecutive|calendar|business|working|full|successive|whole)\s)?)"
    r"(?P<unit>years?|months?|weeks?|days?|hours?|minutes?|seconds?|yearly|monthly|won|yen|(?:US\s)?dollars?|euros?|percent|per\s?cent|per\s?mille|times?|occasions?)\b"
    r"(?P<age>\s+of\s+age|[\s-]old)?|(?P<sign>\s?[%‰])"
)
MORE = re.compile(
    r"\s+at\s+(?:the\s+)?(?:(?P<least>least)|most)\b(?!\s+\d|\s+(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"|[\s,]{1,2}(?:or|and)\s+(?:(?P<up>more|older|longer|higher|over|above|greater|larger|wider|heavier|taller)|(?P<down>less|fewer|under|younger|shorter|below|lower|smaller|lighter))\b(?!\s+than\b)"
    r"(?!(?<=over|bove|nder|elow)\s+(?:the\s+age\s+of\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|[a-z]+ty)\b)"
)
PER_NOUN = re.compile(r"(?:['’]s?|\s+of)(?:\s[a-z-]+){1,2}(?=\s+(?:per|a|each|every)\s+(?:year|month|week|day)\b)")
"""What is counted in a unit of time, before the period that it comes again in (`one day's paid leave per month`)."""
PER = re.compile(
    r"\s+(?:(?:only\s+on\s+)?(?P<word>per|a|an|each|every)|in\s+(?:an?|each|every|any|one))\s+(?:one\s+)?(?P<per>year|month|week|day|hour|quarter|occasion|time|person)\b|\s+per\s+(?:annum|(?P<unit>second|minute|ton|liter|kilogram|kilometer|hectare|(?:square|cubic)\s+meter))\b"
)
NOUN = re.compile(
    rf",?\s(?!(?:{_WORD})\b)(?:of\s(?:the|its|their)\s)?(?P<noun>(?:[a-z][a-z-]*\s){{0,2}}?[a-z][a-z-]*s)\b|\s(?:[a-z-]+(?:ing|ed|al|time|ent|ive|ary)\s)?(?P<title>(?:Vice-|Deputy\s)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?=[;,.)]|\s\(|\s(?:and|or|of|who|shall|may|is)\b)|\s(?P<next>(?:[a-z][a-z-]*\s){{0,2}}[a-z][a-z-]*(?=[;,.)]|$|\s(?:of|in|for|to|with|from|per|who|which|that|and|or|every|each|shall|may|is|are|under|at|by|if|unless|when|where)\b)|[a-z][a-z-]*)"
)
SIGN_UNIT = re.compile(rf"\s?(?P<sign>{_SIGNS})")
"""A unit in signs: the area, length or weight that a technical standard gives."""
DONE_BY = re.compile(r"\s+(?:by|under|pursuant\s+to|in\s+accordance\s+with)\b")
"""What stands behind a participle that says what was done with the things counted."""
MEASURE = re.compile(rf"\b{_MEASURES}\b")
"""A unit in words; what is measured by it may follow (`a 100 meter radius`)."""
SAME_IN_PLURAL = frozenset(("corps", "series", "species", "premises", "means", "headquarters", "barracks"))
NO_NOUN = frozenset(
    (
        "fall",
        "falls",
        "have",
        "apply",
        "occur",
        "exist",
        "out",
        "or",
        "of",
        "and",
        "to",
        "is",
        "was",
        "has",
        "in",
        "on",
        "for",
        "by",
        "at",
        "as",
        "this",
        "times",
        "which",
        "who",
        "that",
        "are",
        "were",
        "with",
        "from",
        "if",
        "each",
        "every",
        "per",
        "a",
        "an",
        "any",
        "no",
        "unless",
        "shall",
        "may",
        "including",
        "than",
        "nor",
        "but",
        "less",
        "fewer",
        "not",
        "thereof",
        "thereto",
        "hereof",
        "hereto",
        "upon",
        "within",
        "above",
        "below",
        "after",
        "before",
        "during",
        "until",
        "also",
        "only",
    )
)
AT_MOST = re.compile(
    r"(?i)(?:within\s+(?:the\s+|a\s+)?(?:limits?|range|scope)\s+of|\blimited\s+to|(?:\b(?:shall|may|must|can|not|to|and)\s+limit|\blimits)\s+(?:the|an?|its|their|each|such)\s+(?:(?!shall\b)[a-z]+\s+){0,7}to|\bat\s+or\s+(?:below|under)|\bonly(?:\s+(?:on|for))?|(?<!rounded\s)up\s+to|no\s+case\s+exceed|no(?:t)?\s+(?:be\s+)?(?:more|longer|greater|higher|older|larger|wider|taller|heavier)\s+than|(?:less|lower|smaller)\s+than\s+or\s+equal\s+to|equal\s+to\s+or\s+(?:less|lower|smaller)\s+than|"
    r"not\s+(?:to\s+)?exceed(?:ing)?|at\s+most|maximum(?:\s+of|\s+(?:[a-z]+\s+){0,2}(?:is|are|shall\s+be))?|(?P<within>within)|"
    r"not?\s+later\s+than|to\s+the\s+extent\s+of|(?:until|(?:by|not?\s+later\s+than)\s+the)\s+(?:the\s+)?(?:expiration|expiry|lapse|end)\s+of|(?P<exceed>exceeds?))(?:\s+(?:the\s+(?:first|last|past|preceding|following|next|top|latest|most\s+recent)|(?:a|the)\s+(?:[a-z]+\s+)?(?:period|term|time\s+limit|radius|distance)\s+of(?:\s+up\s+to)?|the|an?|by))?\s*$"
)
AT_LEAST = re.compile(
    r"(?i)(?:at\s+least|\bnot\b[^.;]{0,40}\b(?:earlier|sooner)\s+than|\bat\s+or\s+(?:above|over)|\bfrom\s+the\s+age\s+of|\bno(?:t|\s+case)?\s+(?:be(?:ing)?\s+)?(?:less(?:\s+(?:often|frequently))?|fewer|lower|shorter|smaller)\s+than|(?:greater|higher|larger|more)\s+than\s+or\s+equal\s+to|equal\s+to\s+or\s+(?:greater|higher|larger|more)\s+than|\bha(?:s|ve|d|ving)\s+(?:already\s+)?attained(?:\s+the\s+age\s+of)?|minimum(?:\s+of|\s+(?:[a-z]+\s+){0,2}(?:is|are|shall\s+be))?)\s*$"
)
AND_A_HALF = re.compile(r"(?i)\s+and\s+a\s+(half|quarter)\b")
"""What adds to a length behind its unit (`one year and a half`)."""
BUT_LESS = re.compile(
    r",?\s+(?:but|and|or)\s+(?:(?:(?:not?\s+)?(?:less|fewer|more|older|younger)|older|younger)\s+than|over|under|at\s+least)\s+"
)
"""What stands between two numbers of which only the second has its unit (`at least 50 but less than 300 workers`)."""
CASES_IN_ROW = re.compile(r"(?i)(?:\s+in\s+(?:the\s+)?cases?\s+of\b[^,;.]{1,60})?,\s+(?:and\s+)?$")
IN_CASE = re.compile(r"(?i)(?:\s+(?:million|billion|thousand))?\s+[a-z]+\s+in\s+(?:the\s+)?cases?\s+of\b")
"""`not exceeding 10 won, 5 won in the case of a boy, and one won in the case of a child`: caps, each for its case."""
OR_IN_ALL = re.compile(r"(?i)\s+in\s+(?:all|total),\s+or\s+")
"""What stands between two caps of different kinds (`shall not exceed four times in all, or two years in total`)."""
SHORTEST_OF_CAP = re.compile(r"(?i)\bshall\s+not\s+exceed\b[^.;]*\band\s+the\s+minimum\s*$")
"""`the maximum shall not exceed ten years, and the minimum five years`: no longer than that either."""
FORBIDDEN = re.compile(
    r"(?i)\b(?:nor|neither)\s+(?:exceed|more\s+than)\s*$"
    r"|\b(?:in\s+no\s+(?:event|case)|under\s+no\s+circumstances?)\s+(?:shall|may|must)\b[^.;]*\bexceed\s*$"
    r"|\b(?:shall|may|must)\s+not\s+(?:[a-z]+\s+){1,3}(?:in\s+excess\s+of|more\s+than|over|above|exceeding)\s*$"
)
"""What is over the value is what may not be (`shall not hold more than 10 boats`)."""
BOUND_OF_LIST = re.compile(
    r"(?i)\b((?:shall\s+)?not\s+(?:to\s+)?exceed(?:ing)?"
    r"|not?\s+(?:be\s+)?(?:more|longer|less|fewer|shorter|higher|lower)\s+than|at\s+(?:least|most)"
    r"|within|up\s+to)(?:\s+(?:(?:any|either|each)\s+of\s+)?the\s+following(?:\s+[a-z]+){0,3})?\s*[:–—-]?\s*$"
)
"""The bound with which the words above a list end (`shall not exceed the following:`)."""
NO_WORDS = re.compile(r"(?:[A-Z]{3}|[^A-Za-z\d])*")
"""Nothing, or the sign of a currency, before a number."""
LESS = re.compile(
    r"(?i)(?:(?:less|fewer|shorter|lower|smaller|younger)\s+than|short\s+of|under(?:\s+the\s+age\s+of)?|below|before\s+reaching|not(?:\s+yet)?\s+(?:reach(?:ed)?|attain(?:ed)?)(?:\s+the\s+age\s+of)?)\s*$"
)
OVER = re.compile(
    r"(?i)(?:more\s+than|over|above|exceeding|in\s+excess\s+of|(?:older|longer|higher|greater|larger)\s+than)\s*$"
)
AGED = re.compile(
    r"(?i)(?:\baged?|\bage\s+of|\bages\s+of|\breach(?:es|ed|ing)?)(?:\s+(?:not|no|less|more|older|younger|under|over|at|than|least|between|from|is|be|shall)){0,3}\s*$"
)
SUCCESSIVE = re.compile(r"\s+(?:consecutive|successive)\b")
"""What stands behind the number of a length that something goes on over (`over two consecutive months`)."""
ONLY_BEHIND = re.compile(r"\s+only\b")
REACHED = re.compile(r"(?i)\breach(?:es|ed|ing)?\s*$")
COUNTED_BEFORE = re.compile(r"(?i)\b(?:points?|scores?|number|amount|total|sum|value|area|length|ratio|rate)\b")
"""What is counted reaches a number that is no age (`whose points reach 121`)."""
HALF_OF = re.compile(r"(?i)\s+(?P<of>of\s+)?an?\s+(?P<unit>year|month|week|day|hour|minute)\b")
"""The unit that is halved (`half a day`)."""
EVERY = re.compile(r"(?i)\b(?:every|each|at\s+intervals\s+of)\s*$")
NOT_AHEAD = re.compile(r"(?i)\b(?:within|for|during|of|from|in|over|and|to|the|last|beginning|starting|commencing)\s*$")
"""What stands before a length that runs up to an event (`within ten days before the vote`)."""
ORDERED = re.compile(r"(?i)\b(?:shall|must|may)\b(?!.*\b(?:who|which|that|if|where|when)\b)")
"""Says in the same clause that something is to be done."""
AHEAD = re.compile(r"(?i)\b(?:not?\s+later\s+than|by|until)\s*$")
AHEAD_OF = re.compile(r"(?i)\s+(?:before|prior\s+(?:to|thereto)|ahead\s+of)\b")
"""`not later than ten days before the vote`, `by ten days before` it: so many days or more must lie between."""
IN_ADVANCE = re.compile(r"(?i)\s+in\s+advance\b")
CURRENCY = re.compile(
    r"(?:(?P<won>\bKRW|₩|\\)|\b(?:US|U\.S\.)\s?(?:\$|dollars?)|\bUSD|\$|(?P<euro>€|\bEUR)|(?P<pound>£|\bGBP)|(?P<yen>¥|\bJPY))\s?$"
)
"""The sign of the currency before the sum."""
MONEY = frozenset(("won", "dollar", "euro", "pound", "yen"))
PROPORTION_SIGNS = {"%": "percent", "‰": "permille"}
PROPORTIONS = frozenset(PROPORTION_SIGNS.values())
AMOUNT_OF = re.compile(
    r"(?i)\b(?:(?:an?|the)\s+)?(?:amount|sum|number|value)\s+(?:equivalent|equal|corresponding)\s+to\s*$"
)
"""What may stand between the words of a bound and the number (`not more than an amount equivalent to 3/100`)."""
YEAR_NUMBER = re.compile(r"(?i)\b(?:of|in|since|year|later\s+than)\s*$")
"""What stands before the number of a year (`the Protocol of 1996`)."""
MINUS = re.compile(r"(?i)\bminus\s*$")
LAPSED = re.compile(r"(?i)(?:(?:lapse|elapse|passage|expiration)\s+of|\bwhen|\bif|\bafter)\s*$")
PASSED_BEFORE = re.compile(r"(?i)\bnot\s+(?:yet\s+)?(?:passed|elapsed)\s*$")
"""`a person who has not passed five years since his dismissal`"""
AGE_GOES_ON = re.compile(
    r"(?i)\b(?:or|and|but)\s+(?:at\s+least|(?:not\s+)?(?:less|more|older|younger)\s+than|over|under)?\s*$"
)
"""What stands between two ages of which the second has no unit."""
AGE_IS = re.compile(r"(?i)(?P<age>\bage\b)[^.;]{0,80}\bshall\s+be\s*$|\bthat\s+of\b[^.;]{0,80}\bshall\s+be\s*$")
"""What stands before an age without a unit (`the retirement age of a pilot shall be 63`)."""
BRACKETED_CASE = re.compile(
    r"(?i)[^().;,]{0,60}\((?:if|where|in\s+(?:the\s+)?cases?|for(?!\s+example))\b(?:[^().;]|\(\d{1,2}\)){0,100},\s*$|\s*\(\s*$"
)
"""What stands between a quantity and that of a case in a bracket (`within seven days (if ill, ten days)`)."""
PASSES = re.compile(
    r"(?i)(?:\s+\([^()]{0,200}\))?\s+(?:(?:ha(?:s|ve|d)\s+)?(?:not\s+)?(?:yet\s+)?(?:to\s+)?(?:pass(?:es|ed)?|e?lapse[sd]?)|after|from)\b"
)
LASTS = re.compile(
    r"(?i)\b(?:is|are|be|for(?:\s+the)?|during|over|(?:for|during)\s+(?:the|a)\s+(?:period|term)\s+of)\s*$"
)
"""What stands before a length that something has or lasts (`for three years from …`), not one that must pass."""
RANGE = re.compile(
    r"(?i)(?:\s+(?:years?|months?|weeks?|days?|hours?|minutes?|members?|persons?|won|per\s?cent)|\s?%)?,?\s+"
    r"(?:(?P<plain>to|through)|(?P<and>and)|(?:but|nor|and)\s+(?:not?\s+)?(?:more\s+than|exceeding|over|at\s+most)|"
    r"(?:but\s+)?not\s+(?:more\s+than|exceeding))\s+(?:(?:KRW|USD|₩|\$)\s?)?|[-–~]"
)
BETWEEN = re.compile(r"(?i)\bbetween\s*$")
EITHER = re.compile(r"\s+or\s+")
"""What stands between two numbers in row of which either will do (`one or two directors`)."""
GRADE = re.compile(r"\b[Gg]rade\s+([IVX]{1,5}|\d{1,2})\b(?P<up>\s+or\s+(?:higher|in\s+higher\s+rank|above))?")
_MEASURED = (
    rf"(?:\s*(?:percent|per\s?cent|%|/)|\s?(?:{_SIGNS})|\s{MEASURE.pattern}"
    r"|\s(?:years|months|weeks|days|hours|minutes|seconds|won|dollars|euros|decibels?|degrees)\b)"
)
_COUNTED = r"\s+(?:years?|months?|days?|persons?|times?|won)\b"
_NOT_OF_A_MEASURE = rf"(?!\.\d|,\d{{3}}|{_MEASURED}|(?:\s(?:to|through)\s|[-–~])\d+(?:{_MEASURED}|{_COUNTED}))"
"""Behind the number of a class: no unit, and no other end of what is measured (`water level 3 to 5 meters`)."""
CLASS = re.compile(
    rf"\b(?P<unit>[Cc]lass|type|level)(?:e?s)?\s+(?P<numbers>\d{{1,2}}\b{_NOT_OF_A_MEASURE}"
    rf"(?:(?:,\s|,?\s(?:and|or|to|through)\s)\d{{1,2}}\b{_NOT_OF_A_MEASURE}(?!{_COUNTED}))*)"
)
"""What is numbered by its place in an order (`class 1 infectious diseases`, `classes 2 and 3`)."""
ORDINAL = re.compile(
    rf"(?i)\b({'|'.join(ORDINALS)})\s+(?:or\s+(?:subsequent|further|later)\s+)?(?:rank|degree|class|grade|time|violation|offen[cs]e|instance|day(?=\s+(?:before|prior|after|following|from)\b))\b"
)
ORDINAL_FIGURE = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)\s+(?P<unit>day|week|month|year|time|degree|class|grade|rank|violation|offen[cs]e)\b"
    rf"(?!\s+of\s+(?:each|every|the\s+(?:following|next|month|quarter|year)|{english.MONTH_NAMES})\b)"
)
"""A place in a row in figures (`the 31st day after`); not a day of a month."""
NOT_COUNTED = re.compile(
    r"\s+in\s+excess\b|['’]s\b|\s+[a-z]+ed\s+(?:by|in|under|to)\b|\s+(?:by|who|which|that|under|within)\b|\s+in\s+(?:an?|the)\s|\s+(?:on|to|for|against|with|from)\s+(?:whom|which)\b|\s+subject\s+to\b|\s+of\s+(?:whom|which|them|these|those)\b|\s+of\s+the\s+following|\s+another\b|-(?:sided|off|way)\b|\s+whose\b|\s+or\s+another\b"
)
BUILT = re.compile(r"-(?!hundred\b)(?:[a-z]+ed|dimensional|stroke|phase)\b")
"""What makes a number the build of a thing (`a two-wheeled vehicle`)."""
INDEFINITE = re.compile(r"(?i)\b(?:no|any|each|every|some|which|the|this|that|per|such|other)\s*$")
THE_ONE = re.compile(r"(?i)\b(?:the|an?)\s+(?:previous|former|latter|original|existing|preceding|other|same)\s+$")
"""What stands before `one` where it takes the place of a thing named before, whatever follows."""
A_SUCH = re.compile(r"(?i)\b(?:an?|the|new|same)\s+(?:[a-z]+\s+){1,2}$|\b(?:were|was|ha(?:d|s|ve)|without)\s+$")
"""What stands before `one` where it takes the place of a thing named before (`a false one`)."""
RECURS = re.compile(r"(?i)\b(?:every|each)\s+(?P<per>year|quarter|month|week|day)\b(?!\s+(?:of|in|for)\b)")
"""A period named alone (`every year`): as often as it comes."""
NO_RECURRENCE = re.compile(r"(?i)\b(?:of|for|in|during|per|or|at|on|than)\s*$")
"""What stands before a period that something is counted by (`the last day of each month`), not done in."""
END_OF = re.compile(
    rf"\b(?:by|before|until|up\s+to(?:\s+and\s+including)?|(?P<day>on|at)|(?:not|no)\s+later\s+than(?:\s+on)?|"
    rf"(?:and|or)(?=\s+the\s+[a-z ]{{3,8}}\s+of\s+(?:{english.MONTH_NAMES})\b))"
    rf"\s+the\s+(?:end|last\s+(?:(?P<open>business|working)\s+)?day)\s+of\s+(?:"
    rf"(?P<name>{english.MONTH_NAMES})\b(?:\s+(?:of\s+)?(?P<which>each|every|the\s+(?:following|next|preceding|previous|same|relevant|corresponding)|that)\s+(?:[a-z]+\s+)?year)?"
    r"|(?:the|each|every)\s+(?:(?:following|next)\s+(?P<next>month|quarter|year)|(?:calendar\s+)?(?P<unit>month|quarter|year)(?P<after>\s+(?:following|after)\b)?))"
)
"""A deadline at the end of a calendar period."""
EACH_YEAR = re.compile(r"(?i)\b(?:each|every)\s+(?:[a-z]+\s+)?year\b|\bannual(?:ly)?\b")
COUNTED = ("minute", "hour", "day", "week", "month", "year", "person", "member", "time")
"""Units that are written in the plural behind another number than one."""
DAY_IN_A_YEAR = ("end of ", "last ", *(f"{word} " for word in english.ORDINALS[:4]), *english.MONTH_NAMES.split("|"))
"""What the unit of a day that comes again each year begins with."""
LISTED = re.compile(r",?\s+(?:(?:and|or|to|through|until)\s+)?")
"""What stands between the entries of a list of days."""
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_UNTIL = r"(?P<until>\b(?:by|before|until|till|(?:not|no)\s+later\s+than)\s+(?:on\s+)?(?:the\s+)?)?"
MONTH_DAY = re.compile(
    rf"{_UNTIL}\b(?:(?P<month>{english.MONTH_NAMES})\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day_before>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month_behind>{english.MONTH_NAMES}))\b(?!,?\s{{1,3}}\d{{4}})"
    r"(?P<each>\s+(?:of\s+)?(?:each|every)\s+(?:[a-z]+\s+)?year)?"
    r"(?P<year>\s+of\s+(?:(?:the\s+(?:immediately\s+)?(?:following|next|preceding|previous|same|relevant)|that)\s+year|"
    r"(?P<following>the\s+year\s+(?:immediately\s+)?following)|(?P<preceding>the\s+year\s+(?:immediately\s+)?(?:preceding|before|prior\s+to)\b)))?"
)
"""A day of every year: `by January 31 of each year`, `by 30 June of each year`."""
FIRST_OF_MONTH = re.compile(
    rf"{_UNTIL}\b(?P<day>\d{{1,2}}(?=(?:st|nd|rd|th)\b)|(?:{'|'.join(english.ORDINALS)})\b)(?:st|nd|rd|th)?\s+day\s+of\s+(?P<every>(?:each|every)\s+)?"
    rf"(?P<month>{english.MONTH_NAMES})\b(?!,?\s+(?:of\s+)?\d{{4}})(?:(?P<each>\s+(?:of\s+)?(?:each|every)\s+(?:[a-z]+\s+)?year)"
    r"|\s+of\s+(?P<year>(?:the\s+(?:following|next|preceding|same)|that)\s+year))?",
    re.IGNORECASE,
)
"""A day of a month that is named: `the first day of February`."""
WEEKDAY = re.compile(
    rf"{_UNTIL}\b(?P<place>(?i:last|{'|'.join(ORDINALS[:4])}))\s+(?P<weekday>{_WEEKDAYS}|(?:working|business)\s+day)\s+of\s+(?:(?P<month>{english.MONTH_NAMES})\b"
    r"|(?:each|every)\s+(?P<each>month|quarter)\b|the\s+(?P<next>following|next)\s+month\b)"
)
"""A weekday of a month or quarter: `the last Wednesday of April`, `the third working day of each quarter`."""
_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)"
DAY_OF_MONTH = re.compile(
    rf"{_UNTIL}\b(?P<day>\d{{1,2}}(?=st|nd|rd|th)|(?:{'|'.join(ORDINALS)})(?=\s+day\b))(?:st|nd|rd|th)?(?:\s+days?)?"
    rf"(?:(?=(?:(?:,\s+|,?\s+and\s+|\s+or\s+)(?:the\s+)?{_DAY_NUMBER}){{1,3}}(?:\s+days?)?\s+of\s+(?:each|every)\s+(?P<shared>month|quarter)\b)|\s+of\s+(?:"
    r"(?:each|every)\s+(?P<each>month|quarter|year)\b|every\s+(?P<other>(?:second|other|third)\s+(?:month|quarter|year))\b|the\s+(?:following|next)\s+(?P<next>month|quarter|year)\b"
    r"|the\s+(?P<unit>month|quarter|year)\s+(?:following|after)\b(?:\s+(?:each|every)\s+(?:month|quarter|year)\b)?))",
    re.IGNORECASE,
)
"""A day of a month or quarter: `by the 10th day of the following month`."""
CLOCK = re.compile(
    rf"{_UNTIL}\b(?P<hour>\d{{1,2}})(?:(?::(?P<minute>[0-5]\d))?\s?(?:(?P<early>a)|(?P<late>p))\.?\s?m\b\.?|:(?P<minutes>[0-5]\d)\b)",
    re.IGNORECASE,
)
"""A time of day: `6 a.m.`, `18:30`."""
_HOURS = "|".join(word for word, value in english.WORDS.items() if 1 <= value <= 12)
OCLOCK = re.compile(
    rf"{_UNTIL}\b(?P<hour>\d{{1,2}}|{_HOURS})\s+o['’]clock\b"
    r"(?:\s+(?:(?:in\s+the\s+)?(?:(?P<early>morning|a\.?m\b\.?)|(?P<late>afternoon|evening|p\.?m\b\.?))|(?P<night>at\s+night\b)))?",
    re.IGNORECASE,
)
"""A time of day in words: `six o'clock in the morning`."""
BEFORE_CLOCK = re.compile(r"(?i)\b(?:at|from|to|and|between|after|since)\s+$")
"""What stands before a time of day."""
TO_CLOCK = re.compile(r"\s*(?:to|until|through|[~–-])\s*\d{1,2}:[0-5]\d")
"""What stands behind a time of day that opens a span (`6:00 to 22:00`)."""
ADVERB = re.compile(
    r"(?i)(?<!-)\b(?P<per>annual|quarter|month|week|dai|year)ly(?=\s*(?:[.,;:)]|$)|\s+(?:and|or|to|by|for|in|from|with|as|on)\b)"
)
"""How often, in a word: `shall report quarterly`."""
WITHIN_ONE = re.compile(r"(?i)\bwithin\s+an?\s+(?P<unit>year|month|week|day|hour)\b")
EVERY_BEHIND = re.compile(r"(?i)\s+(?:in\s+)?(?:every|each)\s")
