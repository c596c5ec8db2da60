"""The English words that references, names of laws and construals are made of.

Another language starts with another such module. Words that one function alone looks for stand there.
"""

from __future__ import annotations

import re

from mutandis_text.document import DivisionKind
from mutandis_text.lines.english import ORDINALS
from mutandis_text.references.syntax import Level, Relative

# --- construals ---

CONSTRUED = frozenset(("construed", "deemed", "regarded", "read", "considered", "understood"))

CONSTRUED_AS = frozenset(("as", "deemed", "mean"))
"""What stands between a phrase and the one it is read as; `shall be deemed "B"` has no `as`."""

# --- find ---

POINTER = re.compile(
    r"\b(?i:articles?)\s*\d|\bClauses?\s\(\d|\b(?i:(?:sub-?)?paragraphs?)\b|\b[Ss]ubsections?\s\(|\b(?i:points?)\s\([a-z]"
    r"|\b(?:Books?|Parts?|Chapters?|(?:Sub-?[Ss]|S)ections?)\s+(?:[IVXL]+|\d+)\b|\b[Tt]h(?:is|e\s+same)\s+(?:Book|Part|Chapter|(?:Sub-?[Ss]|S)ection)\b"
    r"|\b(?i:attached|annexed|appended)\s+(?i:tables?|forms?|sheets?|schedules?)\b|\bSchedules?\s+\d"
)
THING = re.compile(r"\barticles?\s*\d")
UNNUMBERED = re.compile(rf"(?i)\b(?:{'|'.join(ORDINALS)}|last)\s+$")
"""What stands before a `subparagraph` of the law of the European Union, which has no number."""

# --- grammar ---

_DELEGATING_WORDS = (
    "prescribed determined stipulated specified provided designated established defined set fixed published "
    "notified decided announced"
)
DELEGATING = frozenset(_DELEGATING_WORDS.split())
AUTHORITIES = ("decree", "ordinance", "order", "regulations", "rule", "rules", "minister", "notice", "instruction")
BY_PROVISIONS = ["pursuant", "to", "the", "provisions"]
INSTRUMENTS = (("presidential", "decree"), ("ordinance", "of"), ("order", "of"), ("cabinet", "order"))
"""How the name of a kind of instrument begins that something is left to and that has no article before it."""
MINISTRIES = frozenset(("ministry", "minister"))
FORMER = frozenset(("former", "previous"))
FORCE = frozenset(("force", "effect", "effective"))
AMENDS = re.compile(
    r"\b(?:shall|is|are|be)\s+(?:hereby\s+)?(?:be\s+)?(?:partially\s+|partly\s+|wholly\s+)?(?:amended|changed|replaced)\b"
)
"""Says that the wording of some law becomes another."""

# --- narrowing ---

ADDS = frozenset(("including", "applicable", "applied"))
"""Words that open a bracket on further cases of what stands before it (`(applicable mutatis mutandis under …)`)."""
NARROWS = ADDS | {"excluding", "except", "excepting", "limited", "only", "other"}
"""Words that open a bracket which narrows (or widens) what stands before it."""
SENTENCES = frozenset(("proviso", "main", "former", "latter"))
"""What a bracket begins with that names a sentence of a part (`Article 81 (proviso to subparagraph 2)`)."""
EXCLUDES = (
    ("excluding",),
    ("except",),
    ("except", "for"),
    ("excepting",),
    ("other", "than"),
    ("with", "the", "exception", "of"),
    ("exclusive", "of"),
    ("apart", "from"),
)
_BEFORE_EXCLUDED_WORDS = (
    "the its provisions of those under referred to in case cases falling fall prescribed provided for set forth "
    "specified stipulated mentioned listed described attempts to commit attempted inchoate crime "
    "crimes offense offenses"
)
BEFORE_EXCLUDED = frozenset(_BEFORE_EXCLUDED_WORDS.split())
_NARROWING_WORDS = (
    "excluding except excepting for including limited to only the provisions of other than with exception exclusive "
    "apart from and or ,"
)
NARROWING = frozenset(_NARROWING_WORDS.split())
_CASES_WORDS = (
    "case cases those person persons matters falling fall under any each in where prescribed referred provided"
)
CASES = frozenset(_CASES_WORDS.split())
"""Words between the opening of such a bracket and the part whose cases it speaks of."""

MODIFIED = frozenset(("modifications", "modification", "adaptations", "changes", "amendments"))
"""`apply with the necessary modifications`: mutatis mutandis in other words."""
ACCORDINGLY = frozenset(("accordingly", "correspondingly", "analogously"))
"""`shall apply accordingly`: the same in one word."""

# --- meanings ---

TERM_NOUNS = frozenset(("term", "terms", "word", "words", "expression", "expressions", "phrase"))
_USES_WORDS = (
    "referred to in under prescribed pursuant specified provided for of the by set forth stipulated mentioned as used"
)
USES = frozenset(_USES_WORDS.split())
"""Words between a term and the provision that uses it (`care referred to in Article 5 means`)."""

# --- kinds ---

_BETWEEN_MUTATIS_WORDS = (
    "shall also apply applies be applied is are may equally thereto to , and the provisions of hereof"
)
BETWEEN_MUTATIS = frozenset(_BETWEEN_MUTATIS_WORDS.split())
JOINTS = frozenset(("and", "or"))
AUXILIARIES = frozenset(("is", "are", "be", "been"))
BETWEEN_JOINED = frozenset(("and", "or", ",", "the", "provisions", "of"))
"""Words between two references of which the same is said."""
UNDER = (
    ("under",),
    ("pursuant", "to"),
    ("in", "accordance", "with"),
    ("according", "to"),
    ("on", "the", "basis", "of"),
    ("by", "virtue", "of"),
)
_SMALL_WORDS = "the provisions of amended any each either a an such relevant former previous and or"
SMALL = frozenset(_SMALL_WORDS.split())
DEEMED = frozenset(("deemed", "construed", "regarded", "considered"))

# --- law_context ---

PARENT = re.compile(r"(?:enforcement\s+)?(?:decree|rules?|regulations?|ordinance)\s+of\s+(?:the\s+)?(.+)", re.I)

DECREE_OF = re.compile(r"\b(?:Decree|Rules?|Regulations?) of (?:the )?.*\b(?:Act|Code|Law)\b")
"""A decree named in full, not the kind of instrument that something is left to."""

# --- law_names ---

TREATIES = frozenset(("convention", "treaty", "protocol", "charter", "covenant", "agreement"))
HEADS = TREATIES | frozenset(
    (
        "act",
        "decree",
        "code",
        "regulations",
        "regulation",
        "rules",
        "rule",
        "constitution",
        "law",
        "statute",
        "ordinance",
    )
)
DATED = frozenset(("act", "regulations", "rules"))
"""Heads of British names, which end with a year (`the Water Act 1945`)."""
NUMBERED_LAWS = frozenset(("Regulation", "Directive", "Decision"))
"""Acts of the European Union, which their numbers name."""
ENFORCING = frozenset(("decree", "rule", "rules", "regulation", "regulations"))
"""Heads of an instrument that enforces another law (`the Enforcement Rule of the same Act`)."""
JOINS = frozenset(("of", "on", "for", "and", "or", "in", "to", "from", "with", "by", "against", "concerning", "the"))
OPENING = frozenset(("on", "of", "for", "concerning", "regarding", "relating", "governing", "to", "against", "between"))
OPENING_TO = frozenset(("relating", "related", "pertaining"))
"""Words that open the matter of a law with `to` behind them."""
_NO_PART_WORDS = (
    "article articles paragraph paragraphs subparagraph subparagraphs item items minister ministry "
    "presidential where provided if when any each no this these such in however matters director warden"
)
NO_PART = frozenset(_NO_PART_WORDS.split())
_BODIES_WORDS = "commission committee court courts board agency association office state government council"
BODIES = frozenset(_BODIES_WORDS.split())
RELATIVE = {
    "same": "same",
    "said": "same",
    "aforesaid": "same",
    "aforementioned": "same",
    "that": "same",
    "this": "this",
    "these": "this",
}

# --- places ---

NOUNS = {
    "article": Level.ARTICLE,
    "articles": Level.ARTICLE,
    "clause": Level.PARAGRAPH,
    "clauses": Level.PARAGRAPH,
    "paragraph": Level.PARAGRAPH,
    "paragraphs": Level.PARAGRAPH,
    "subparagraph": Level.SUBPARAGRAPH,
    "subparagraphs": Level.SUBPARAGRAPH,
    "sub-paragraph": Level.SUBPARAGRAPH,
    "sub-paragraphs": Level.SUBPARAGRAPH,
    "item": Level.ITEM,
    "items": Level.ITEM,
    "sub-item": Level.SUBITEM,
    "sub-items": Level.SUBITEM,
}
NUMBERED = {
    **dict.fromkeys(("subsection", "subsections"), Level.PARAGRAPH),
    **dict.fromkeys(("number", "numbers"), Level.SUBPARAGRAPH),
    **dict.fromkeys(("point", "points"), Level.ITEM),
}
"""Nouns of levels only where a number of the fitting form stands behind them: `subsection (1)`, `point (a)`."""
BEFORE_NUMBER = frozenset(("in", "to", "under", "of", ",", "and", "or"))
"""What stands before `number 2` where that is an entry of a list, beside an article or paragraph."""
SENTENCES_IN_ROW = frozenset(("first", "second", "third", "fourth"))
"""What tells a sentence behind a number: `Article 3, second sentence`."""
RELATIVES = {
    "this": Relative.THIS,
    "preceding": Relative.PRECEDING,
    "foregoing": Relative.PRECEDING,
    "following": Relative.FOLLOWING,
    "next": Relative.FOLLOWING,
    "same": Relative.SAME,
    "said": Relative.SAME,
    "aforesaid": Relative.SAME,
    "aforementioned": Relative.SAME,
    "that": Relative.SAME,
    "such": Relative.SAME,
    "those": Relative.SAME,
}
DIVISIONS = {
    "book": DivisionKind.BOOK,
    "books": DivisionKind.BOOK,
    "part": DivisionKind.PART,
    "parts": DivisionKind.PART,
    "chapter": DivisionKind.CHAPTER,
    "chapters": DivisionKind.CHAPTER,
    "section": DivisionKind.SECTION,
    "sections": DivisionKind.SECTION,
    "subsection": DivisionKind.SUBSECTION,
    "subsections": DivisionKind.SUBSECTION,
    "sub-section": DivisionKind.SUBSECTION,
    "sub-sections": DivisionKind.SUBSECTION,
}
"""Nouns of divisions; with a capital only."""
ANNEXES = {f"{kind}{end}": kind for kind in ("table", "form", "sheet", "schedule", "annex") for end in ("", "s")}
ATTACHED = frozenset(("attached", "annexed", "appended"))
_NO_GLOSS_WORDS = (
    "hereinafter hereafter excluding except including limited referring only where when if for in provided the such as "
    "article articles paragraph paragraphs subparagraph subparagraphs item items"
)
NO_GLOSS = frozenset(_NO_GLOSS_WORDS.split())
"""Words that open a bracket which says something of its own, not the heading of the provision before it."""
LEAD_NOUNS = frozenset(("part", "parts", "portion", "text", "body"))
OF_EACH = frozenset(("corresponding", "respective", "relevant"))
"""Words before the noun where it points at the entries of the list below (`as in the corresponding subparagraph`)."""
EVERY = frozenset(("each", "any", "every", "all", "either", "one", "some", "neither", "both", "none"))
RANGE = frozenset(("through", "to", "~", "–", "thru"))
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_COUNTED_WORDS = (
    "person persons people member members day days month months year years hour hours minute minutes time "
    "times won million billion thousand percent copies"
)
COUNTED = frozenset(_COUNTED_WORDS.split())
_VERBS_WORDS = "shall may applies apply is are does do must will"
VERBS = frozenset(_VERBS_WORDS.split())
