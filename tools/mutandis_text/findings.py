"""What a reader of statute text can find wrong or unsure, one code each.

Errors mean that the input itself is bad (another encoding, cut off, articles out of order): the command exits 1.
Warnings mean that the reader was not certain; notes tell oddities of the text that were read with certainty.
"""

from __future__ import annotations

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis_text.document import Extent, locate


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One row of the table: code, slug, how bad, what to do next."""

    code: str
    slug: str
    severity: Severity
    help: str


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

UNREADABLE_ENCODING = FindingKind("MUT601", "unreadable-encoding", _E, "save the text as UTF-8 and read it again")
HTML_INPUT = FindingKind("MUT602", "html-input", _E, "save the page as plain text; tags were skipped")
EMPTY_TEXT = FindingKind("MUT603", "empty-text", _E, "give a file that holds the consolidated statute")
NO_ARTICLES = FindingKind("MUT604", "no-articles", _E, "check that this is the English consolidated text of a statute")
TRUNCATED_TEXT = FindingKind("MUT605", "truncated-text", _E, "fetch the text again; it seems to stop here")
ARTICLES_OUT_OF_ORDER = FindingKind("MUT606", "articles-out-of-order", _E, "check that no page is missing or doubled")
DUPLICATE_PROVISION = FindingKind("MUT607", "duplicate-provision", _E, "the later one is read with `#2` after its id")
DAMAGED_CHARACTER = FindingKind("MUT608", "damaged-character", _E, "fetch the text again; a character was lost")
NUMBER_GAP = FindingKind("MUT610", "number-gap", _W, "deleted provisions keep their number: see if text is missing")
NUMBERS_OUT_OF_ORDER = FindingKind("MUT611", "numbers-out-of-order", _W, "look whether this line starts a provision")
UNNUMBERED_LINE = FindingKind("MUT612", "unnumbered-line", _W, "look whether this line belongs where it was put")
LIST_LEAD_UNSURE = FindingKind("MUT613", "list-lead-unsure", _W, "read which sentence the list belongs to")
MISSING_LIST = FindingKind("MUT614", "missing-list", _W, "a list is announced; look whether it is missing")
HEADING_UNSURE = FindingKind("MUT615", "heading-unsure", _W, "look whether this line is a heading")
UNCLOSED_BRACKET = FindingKind("MUT616", "unclosed-bracket", _W, "look where the bracket should close")
PROVISION_WITHOUT_TEXT = FindingKind("MUT617", "provision-without-text", _W, "look whether its text is missing")
ANNOTATION_UNREAD = FindingKind("MUT618", "annotation-unread", _W, "it was kept as an annotation without instrument")
READ_AS_NOISE = FindingKind("MUT619", "read-as-noise", _N, "it stands in the document as noise")
IMPOSSIBLE_DATE = FindingKind("MUT620", "impossible-date", _N, "compare the head; the date was kept as printed")
INSTRUMENT_NOT_IN_HEAD = FindingKind("MUT621", "instrument-not-in-head", _N, "compare the number with the head")
INSTRUMENT_DATE_DIFFERS = FindingKind("MUT622", "instrument-date-differs", _N, "compare the date with the head")
ADDENDA_INSTRUMENT_INFERRED = FindingKind(
    "MUT623", "addenda-instrument-inferred", _N, "the addenda name no instrument; the head's founding one was taken"
)
CONTENTS_LIST = FindingKind("MUT624", "contents-list", _N, "a list of headings before the text was read as noise")
DANGLING_COLON = FindingKind("MUT625", "dangling-colon", _N, "a list entry ends with a colon and has no list")
PROVISO_UNSURE = FindingKind("MUT626", "proviso-unsure", _N, "`However` was read as opening a proviso")
UNREAD_TEXT = FindingKind("MUT627", "unread-text", _W, "this stretch could not be placed; it is kept as unread")
NO_ADDENDA = FindingKind("MUT628", "no-addenda", _N, "a statute ends with addenda; see if the text is whole")
UNFINISHED_WORDING = FindingKind("MUT630", "unfinished-wording", _W, "look whether text is missing before this")
OTHER_FORM = FindingKind(
    "MUT631", "other-form", _W, "the text is not in this publisher's form; its paragraphs are read as subparagraphs"
)
RANGE_UNSURE = FindingKind("MUT629", "range-unsure", _W, "provisions with branch numbers may be missing in the range")

FINDING_KINDS: tuple[FindingKind, ...] = (
    UNREADABLE_ENCODING,
    HTML_INPUT,
    EMPTY_TEXT,
    NO_ARTICLES,
    TRUNCATED_TEXT,
    ARTICLES_OUT_OF_ORDER,
    DUPLICATE_PROVISION,
    DAMAGED_CHARACTER,
    NUMBER_GAP,
    NUMBERS_OUT_OF_ORDER,
    UNNUMBERED_LINE,
    LIST_LEAD_UNSURE,
    MISSING_LIST,
    HEADING_UNSURE,
    UNCLOSED_BRACKET,
    PROVISION_WITHOUT_TEXT,
    ANNOTATION_UNREAD,
    READ_AS_NOISE,
    IMPOSSIBLE_DATE,
    INSTRUMENT_NOT_IN_HEAD,
    INSTRUMENT_DATE_DIFFERS,
    ADDENDA_INSTRUMENT_INFERRED,
    CONTENTS_LIST,
    DANGLING_COLON,
    PROVISO_UNSURE,
    UNREAD_TEXT,
    NO_ADDENDA,
    RANGE_UNSURE,
    UNFINISHED_WORDING,
    OTHER_FORM,
)
"""Every finding of the text stages, by code."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, still in character offsets; `place` turns it into a diagnostic."""

    kind: FindingKind
    extent: Extent
    message: str
    provision: str = ""

    def place(self, line_starts: tuple[int, ...], file: str) -> Diagnostic:
        """Give it line and column."""
        kind = self.kind
        span = locate(line_starts, self.extent, file)
        return Diagnostic(kind.code, kind.slug, kind.severity, self.message, kind.help, span, (), self.provision)


def place_findings(findings: list[Finding], line_starts: tuple[int, ...], file: str) -> tuple[Diagnostic, ...]:
    """All of them, sorted by position."""
    return sort_diagnostics(finding.place(line_starts, file) for finding in findings)
