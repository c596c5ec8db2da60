"""The one table of diagnostic codes.

Each fault has a stable code and slug, a severity and a title; a page `docs/diagnostics/<slug>.md` and fixtures
`tests/fixtures/diagnostics/<slug>/` go with it. Codes are never reused. Ranges: files and vocabulary 001-039,
conditions 040-079, references and orders 080-129, cases 130-149, text and lock 150-179, lints 180-219.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mutandis.dataclass import dataclass
from mutandis.diagnostics import Diagnostic, Label, Severity
from mutandis.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of fault: `code` as printed, its severity, and a title of a few words."""

    code: str
    severity: Severity
    title: str


_E = Severity.ERROR
_W = Severity.WARNING
_N = Severity.NOTE

CODES: Final[dict[str, Code]] = {
    # --- 001-039: files, YAML, shape, vocabulary, law ---
    "not-utf-8": Code("MUT001", _E, "file is not UTF-8"),
    "byte-order-mark": Code("MUT002", _E, "file begins with a byte order mark"),
    "control-character": Code("MUT003", _E, "control character in a file"),
    "tab": Code("MUT004", _E, "tab in a YAML file"),
    "file-too-long": Code("MUT005", _E, "file is too long"),
    "nested-too-deeply": Code("MUT006", _E, "nested too deeply"),
    "anchor-or-alias": Code("MUT007", _E, "anchor or alias"),
    "tag": Code("MUT008", _E, "YAML tag"),
    "duplicate-key": Code("MUT009", _E, "key given twice"),
    "merge-key": Code("MUT010", _E, "merge key"),
    "yaml-directive": Code("MUT011", _E, "YAML directive"),
    "yaml-syntax": Code("MUT012", _E, "not YAML"),
    "broken-condition": Code("MUT013", _E, "YAML broke a condition"),
    "folded-condition": Code("MUT014", _E, "condition folded or escaped"),
    "wrong-shape": Code("MUT015", _E, "value of the wrong shape"),
    "unknown-key": Code("MUT016", _E, "unknown key"),
    "missing-key": Code("MUT017", _E, "missing key"),
    "unknown-value": Code("MUT018", _E, "value is not one of those allowed"),
    "unknown-type": Code("MUT019", _E, "unknown type of a fact"),
    "unknown-kind": Code("MUT020", _E, "kind is not a declared term"),
    "circular-kind": Code("MUT021", _E, "terms are kinds of each other"),
    "unknown-term": Code("MUT022", _E, "term is not declared"),
    "unknown-action": Code("MUT023", _E, "action is not declared"),
    "undeclared-fact": Code("MUT024", _E, "fact outside a condition is not declared"),
    "duplicate-declaration": Code("MUT025", _E, "declared twice"),
    "duplicate-rule": Code("MUT026", _E, "two rules with one id"),
    "bad-date": Code("MUT027", _E, "not a date"),
    "bad-citation": Code("MUT028", _E, "not a citation"),
    "group-of-one": Code("MUT029", _W, "group with a single action"),
    "not-a-role": Code("MUT030", _E, "term is not a role"),
    "bad-name": Code("MUT031", _E, "not a name"),
    "effects-not-one": Code("MUT032", _E, "rule without an effect, or with several"),
    "misplaced-key": Code("MUT033", _E, "key does not go with the rule's effect"),
    "missing-question": Code("MUT034", _W, "fact without a question"),
    "empty-file": Code("MUT035", _E, "file says nothing"),
    "link-out-of-rulebook": Code("MUT036", _E, "link out of the rulebook"),
    "wrong-law": Code("MUT037", _E, "file speaks of another law"),
    "bad-presumption": Code("MUT038", _E, "presumed value does not fit the fact"),
    "two-in-one-place": Code("MUT039", _E, "two files for one article or law"),
    # --- 040-079: conditions ---
    "condition-syntax": Code("MUT040", _E, "condition that does not read"),
    "condition-too-long": Code("MUT041", _E, "condition is too long"),
    "condition-too-deep": Code("MUT042", _E, "condition is nested too deeply"),
    "reserved-word": Code("MUT043", _E, "word of the language used as a name"),
    "impossible-number": Code("MUT044", _E, "number that cannot be"),
    "unknown-name": Code("MUT050", _E, "name is not declared"),
    "unknown-choice": Code("MUT051", _E, "fact does not have this value"),
    "type-mismatch": Code("MUT052", _E, "types do not go together"),
    "unit-mismatch": Code("MUT053", _E, "units do not go together"),
    "inexact-duration-comparison": Code("MUT054", _E, "durations compared that do not convert exactly"),
    "inexact-duration-arithmetic": Code("MUT055", _E, "durations reckoned that do not convert exactly"),
    "misplaced-parameter": Code("MUT056", _E, "parameter outside requires, limits and deadline"),
    "unguarded-optional-fact": Code("MUT057", _E, "fact that may be none, used without a guard"),
    "quantifiers-too-deep": Code("MUT058", _E, "quantifiers more than two deep"),
    "variable-taken": Code("MUT059", _E, "variable that already means something"),
    "no-creating-provision": Code("MUT060", _E, "value that no provision creates"),
    "definition-may-be-none": Code("MUT061", _W, "fact that always has a value, defined by one that may be none"),
    # --- 080-129: references, orders, construals, graph ---
    "circle": Code("MUT080", _E, "circle of references, orders or definitions"),
    "too-many-instances": Code("MUT081", _E, "applying provisions gives too many norms"),
    "dangling-citation": Code("MUT082", _E, "provision that does not exist"),
    "not-encoded": Code("MUT083", _N, "provision that no rule encodes"),
    "construed-term-absent": Code("MUT084", _W, "construed term that does not occur in the target"),
    "construed-name-undeclared": Code("MUT085", _E, "construal that makes a name nobody declared"),
    "reference-left-outside": Code("MUT086", _W, "reference left outside that mentions a construed term"),
    "order-that-orders-nothing": Code("MUT087", _N, "order that orders nothing"),
    "lower-over-higher": Code("MUT088", _N, "lower law that goes before a higher one"),
    "unordered-power-and-ban": Code("MUT089", _W, "power and ban that nothing orders"),
    "limit-on-the-free": Code("MUT090", _E, "limit or requirement on an action that is not forbidden by default"),
    "penalty-for-nothing": Code("MUT091", _W, "penalty for a provision that binds nobody"),
    "definitions-that-differ": Code("MUT092", _W, "definitions that may give one fact different values"),
    "amount-not-whole": Code("MUT093", _W, "sum of money that need not come out whole"),
    "presumes-nothing": Code("MUT094", _E, "clause that presumes something of no event"),
    "clause-that-brings-nothing": Code("MUT095", _W, "clause that applies nothing but an exclusion"),
    "modelled-and-not": Code("MUT096", _E, "place that is said not to be modelled, and has a rule"),
    "gap-between-bands": Code("MUT097", _W, "stretch between two bands in which nothing gives a value"),
    # --- 130-149: cases ---
    "unknown-fact": Code("MUT130", _E, "fact is not in the vocabulary"),
    "derived-fact-given": Code("MUT131", _E, "fact given that rules derive otherwise"),
    "fact-given-twice": Code("MUT132", _E, "fact given twice"),
    "wrong-fact-type": Code("MUT133", _E, "value is not of the fact's type"),
    "none-not-allowed": Code("MUT134", _E, "fact cannot be none"),
    "wrong-unit": Code("MUT135", _E, "wrong unit"),
    "impossible-date": Code("MUT136", _E, "no such date or moment"),
    "value-not-listed": Code("MUT137", _E, "value is not one of the fact's values"),
    "out-of-range": Code("MUT138", _E, "value is out of the fact's range"),
    "wrong-period": Code("MUT139", _E, "period does not read"),
    "wrong-provision": Code("MUT140", _E, "value is no provision"),
    "list-too-long": Code("MUT141", _E, "list of a case is too long"),
    "unknown-question": Code("MUT142", _E, "question about what the rulebook does not have"),
    "counting-fixed": Code("MUT143", _E, "period counted otherwise than the law counts it"),
    "extension-apart": Code("MUT144", _E, "extension that does not adjoin what it extends"),
    "no-case-before": Code("MUT145", _E, "case goes on from one that does not stand before it"),
    "not-of-the-question": Code("MUT146", _E, "expected of a question that does not answer it"),
    # --- 150-179: official text, lock ---
    "unreadable-lock": Code("MUT150", _E, "line of a lock cannot be read"),
    "provision-locked-twice": Code("MUT151", _E, "provision stands twice in a lock"),
    "stale-provision": Code("MUT152", _W, "official text changed since the rules were read"),
    "rule-without-provision": Code("MUT153", _W, "rule stands on a provision that the official text does not have"),
    "text-not-given": Code("MUT154", _W, "law that was not compared with its text"),
    "quantity-without-rule": Code("MUT155", _W, "quantity of the text that no rule has"),
    "reference-not-followed": Code("MUT156", _W, "reference of the text that no rule follows"),
    "excuse-for-nothing": Code("MUT157", _W, "excuse that excuses nothing"),
    # --- 180-219: lints ---
    "unreachable-proviso": Code("MUT180", _W, "rule, ground or proviso that can never hold"),
    "never-in-force": Code("MUT181", _W, "rule that is never in force"),
    "unread-fact": Code("MUT182", _N, "fact that no rule reads"),
    "limit-on-nothing": Code("MUT183", _N, "limit on what no rule permits"),
    "counting-undeclared": Code("MUT184", _N, "period that a rule measures and nobody says how to count"),
    "before-its-law": Code("MUT185", _W, "rule in force before its law"),
    "settled-condition": Code("MUT186", _W, "condition that comes out alike in every case"),
    "holiday-without-days": Code("MUT187", _W, "kind of holiday that no day has"),
    "penalty-named-otherwise": Code("MUT188", _W, "penalty that is named nearly as another is"),
    "milder-of-nothing": Code("MUT189", _W, "wordings to be compared of which no event picks one"),
    "question-asked-twice": Code("MUT190", _W, "one question for two facts of a term"),
    "instruments-out-of-order": Code("MUT191", _W, "instruments whose days are out of order"),
    "delegation-named-otherwise": Code("MUT192", _W, "delegation to what is named nearly as another is"),
    "fiction-of-members": Code("MUT193", _W, "fiction of what rules read of the members of lists alone"),
}
"""Every diagnostic's code, severity and title, by slug."""


def diagnose(
    slug: str,
    message: str,
    help: str,
    span: Span = NOWHERE,
    labels: Iterable[Label] = (),
    provision: str = "",
) -> Diagnostic:
    """The diagnostic of the kind `slug`; its code and severity come from the table.

    Raises `KeyError` for a slug that the table does not have.
    """
    code = CODES[slug]
    return Diagnostic(code.code, slug, code.severity, message, help, span, tuple(labels), provision)
