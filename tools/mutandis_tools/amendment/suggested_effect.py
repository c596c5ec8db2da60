"""Tells from the wording of a sentence which keys its rule is likely to need: suggestions to a drafter, who decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mutandis_text.quantities.english import TIME
from mutandis_text.quantities.find import Bound, Quantity, Role
from mutandis_text.quantities.written import counted
from mutandis_text.references.find import Reference
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time.english import FORMER_LAW
from mutandis_tools.amendment.vocabulary_words import PARTICIPLE

_MAIN = r"^(?:provided,? (?:that|however, that),? )?(?:(?!\b(?:which|who|that|if|where|when|unless|as)\b)[^.;])*"
"""No word that opens a clause stands before what follows."""
_OUTSIDE = r"(?<!who )(?<!that )(?<!which )(?<!what )(?<!where it )(?<!if it )(?<!if )"
"""No word that opens a clause stands right before what follows."""
_FORBIDS = re.compile(
    r"\b(?:shall|may|must) (?:neither|not)\b|(?:^|,\s)no\b.*\b(?:shall|may)\b|^(?:none of|neither)\b.*\b(?:shall|may)\b"
    r"|^(?:(?:in no (?:case|event)|under no circumstances?)\b.*\b(?:shall|may|must)\b)"
    rf"|\bbe prohibited\b|\bit (?:is|shall be) (?:prohibited|forbidden|unlawful)\b|{_MAIN}"
    r"\b(?:is|are) (?:not (?:permitted|allowed|permissible)|(?:prohibited|forbidden|barred) from|forbidden to)\b",
    re.IGNORECASE,
)
_SPARES = re.compile(
    r"(?i)\bneed not\b|\bno\b[^.;]{0,40}\bneed be\b|\bshall not be (?:required|obliged)\b|\bmay choose not to\b"
)
_LIFTS = re.compile(
    r"(?i)\bshall not apply\b|\b(?:neither|none)\b[^.;]{0,40}\bshall apply\b(?! for\b)"
    rf"|{_MAIN}\bdo(?:es)? not apply\b"
    r"|\bshall be excluded(?: herefrom)?(?=[.,;:]|$)"
)
_PUNISHES = re.compile(
    r"(?i)\bshall (?:also )?be punished\b|\bshall be subject to an? (?:administrative |negligence )?fine\b"
    r"|\bshall be sentenced to\b|\b(?:(?<!who )(?<!that )(?<!which )(?:is|are)|shall be) liable to "
    r"(?:imprisonment|an? (?:administrative )?fine)\b"
    r"|\b(?:is|are) punish(?:ed|able) (?:by|with)\b|\bliable to a civil (?:penalty|fine)\b"
    r"|\b(?:is|are|shall be) guilty of an? (?:criminal )?offen[cs]e\b|\bcommits an? (?:\w+ )?offen[cs]e\b(?! under)"
    r"|\boffen[cs]e is (?:deemed|considered) (?:to be |to have been )?committed\b"
    r"|\bmay be punished (?:by|with) (?:an? )?(?:(?:regulatory|administrative) )?(?:fine|imprisonment)\b"
    r"|\b(?:administrative )?fine (?:of|not exceeding)\b[^.;]{0,80}\bshall be imposed (?:on|upon)\b"
    r"|\bpunishment\b[^.;]{0,80}\bshall (?:also )?be imposed\b"
)
_LEAVES_TO = re.compile(
    r"(?:(?!\bshall\b|(?<!which )(?<!that )(?<!who )\bmay\b)[^.;])*\bshall be (?:separately )?"
    r"(?:prescribed|determined|stipulated|specified|set|fixed|decided|provided)(?: for| jointly)? by\b"
    r"|(?:(?!\b(?:shall|may|must|which|who|that)\b)[^.;])*\b(?:is|are) (?:prescribed|determined|specified|provided)"
    r"(?: for)? by\b"
)
"""The sentence leaves its subject to somebody and says nothing else."""
_MATTERS_LEFT = re.compile(
    r"(?i)\bmatters\b[^.;]{0,300}\bshall be (?:separately )?(?:prescribed|determined|specified)\b"
)
_ENTITLES = re.compile(
    r"(?i)\bshall (?:also )?(?:be (?:entitled|eligible|able) to (?!an?\b|the\b)|have the right to\b)"
    rf"|{_MAIN}\b(?:(?:is|are) (?:(?:also|hereby) )?(?:entitled|authori[sz]ed|empowered|allowed|at liberty) to"
    r"(?! an?\b| the\b)|(?:ha(?:s|ve)|shall have) the power to|ha(?:s|ve) (?:the|a) right to)\b"
)
_MODAL = re.compile(r"\b(?:shall|must|may)\b")
_IS_DEEMED = re.compile(
    r"(?:^|, )(?:(?!\b(?:which|who|that|if|where|when|unless|as)\b)[^.;,])*\b(?:is|are) (?:deemed|presumed) to\b"
)
_HAS_RIGHT = re.compile(rf"(?i){_OUTSIDE}(?<!and )\b(?:is|are) entitled to (?!an?\b|the\b)\w+")
"""Behind a clause on who has it; no other verb of the sentence says what is to be done."""
_IS_DONE = re.compile(rf"(?i){_MAIN}\b(?:is|are) {PARTICIPLE}")
"""What is done within a time has to be done: so the law of some countries says it, without a word for it."""
_RELATIVE_MAY = re.compile(r",? which may\b")
_OBLIGES = re.compile(
    rf"(?i)(?!the (?:\w+ ){{0,3}}(?:purposes?|aims?|objects?|objectives?|functions?|tasks?|roles?)\b){_MAIN}"
    r"\b(?:is|are) (?:to be \w+(?:ed|en|de|pt|nt|ld|id)\b|to (?!be\b|the\b|an?\b)[a-z]+\b"
    r"|(?:obliged|required|bound|obligated) to\b|(?:payable|due) (?:by|on|within|no later|not later|in advance)\b"
    rf"|under an? (?:duty|obligation) to\b)|{_MAIN}\bha(?:s|ve) to \w+\b"
    r"|\bit is the (?:duty|responsibility) of\b|\bha(?:s|ve) (?:a|the) duty to\b"
)
"""A duty without `shall` or `must`, said in the main clause."""
_MEASURES = re.compile(
    r"(?i)^(?:provided, that |in such cases, )?(?:[^.;]*?, )?the (?:[\w-]+ ){0,3}"
    r"(?:rates?|amounts?|periods?|tax base|price|sum|ratio|premium|value)\b(?:(?!\b(?:shall|may)\b)[^.;])*\bshall be "
    r"(?:the (?:amount|sum|value|price|number|aggregate)|an amount|\d|half\b|twice\b|one-"
    r"|\w+ (?:years?|months?|days?|times)\b)"
)
"""Says how much or how long something is."""
_DEEMS = re.compile(
    r"(?i)\bshall be (?:deemed|presumed|regarded as|treated as|considered (?:as|to)|(?:read|construed) as)\b"
    r"|\bas if (?:he|she|it|they)\b[^.;]{0,8}\bwere\b"
)
_STATES = re.compile(
    r"(?i)\bshall (?:enter into force|take effect|come into force|be enforceable)\b"
    r"|\bshall (?:begin to )?apply,? from\b"
    r"|\bamended provisions\b[^.;]{0,120}\bshall (?:also |first |begin to )?(?:apply|be applied)\b"
    r"|\bshall be governed by\b|\bshall be (?:partially |partly |wholly )?amended as follows\b"
    r"|\bshall lose (?:its|their) (?:effect|validity)\b|\bshall have (?:no|the) effect of\b"
    r"|\b(?:shall|may) be cited as\b"
    r"|^this (?:act|regulation|decree|law)\b[^.;]{0,30}\b(?:enters|comes) into (?:force|effect|operation)\b"
    r"|\bshall (?:expire|lapse|be extinguished|(?:hereby )?be (?:hereby )?repealed)\b"
)
_APPLIES = re.compile(
    r"\bshall (?:also )?(?:apply|be applied) mutatis mutandis\b|\b(?:applies|apply) (?:accordingly|correspondingly)\b"
)
_MEANS = re.compile(
    r"(?i)(?<!\bby )(?<!other )(?<!any )(?<!such )(?<!all )(?<!ful )(?<!lent )(?<!proper )(?<!ronic )\bmeans\b(?! of\b)"
)
"""The verb; not `by other means`, `by electronic means`."""
_DEFINES = re.compile(
    r"(?i)\bthe terms?\b(?= (?:[\"“‘]|used\b|defined\b|in\b))|^the term of [^.;]{1,80}? shall be\b"
    r"|\b(?:are|is|shall be) the following\b|\bdefinitions?\b"
    r"|\bshall be (?:classified|divided|computed|calculated)\b|\bshall be included in\b"
    r"|\bterms? of office (?:of [^.;]{1,80}? )?(?:shall|is|are)\b|\bhold office for\b|\b(?:shall be|are) as follows\b"
    r"|\bshall be in accordance with the following\b|^in this (?:act|part|chapter|law)(?:,? [^.;]*)?[:—–-]$"
    r"|\bthe following (?:definitions apply|(?:terms|expressions) (?:shall )?have the following meanings?)\b"
    r"|\b(?:shall be|are|is) as (?:set forth|specified|listed|shown)\b|^for the purposes of this [A-Z]\w+:$"
    r"|^th(?:is|ese) (?:act|law|decree|rules?|chapter|section|part)\b(?:(?!\bshall\b)[^.;])*"
    r"\bshall (?:also )?(?:apply|be applied) to\b"
)
_SAYS_TERM = re.compile(r"(?i)\bthe terms? [\"“‘]|\bdefinitions?\b")
_CAPS = re.compile(
    r"(?i)\b(?:shall|may|must)\s+not\s+(?:exceed|be\s+(?:more|longer|higher|greater|larger|older)\s+than)\b"
    r"|\bshall\s+be\s+(?:not|no)\s+(?:more|longer)\s+than\b|\bshall\s+be\s+(?:up\s+to|within|at\s+most|less\s+than)\b"
    r"|\bno\b[^.]{0,60}\bshall\s+exceed\b"
    r"|\bmay\s+(?:be\s+)?extend(?:ed)?\b|\bmay\s+extend\s+(?:such|the)\s+period\b"
)
_ORDERS = re.compile(r"\b(?:shall|must) (?!not\b|be (?:up to|within)\b)[^;]*; ")
"""An order, with another clause behind it."""
_LISTS = re.compile(r"(?i)\b(?:any|each|one) of the following\b[^.;]{0,40}:$")
"""The list below has what the sentence caps by."""
_ONLY = re.compile(
    r"(?i)\bmay\b[^.;]{0,200}\bonly\s+(?:when|where|if|to\s+the\s+extent|within)\b|\bminimum\s+necessary\b"
)
_SPARED = re.compile(r"(?i)\bunless\b|\bexcept\s+(?:where|when|if|in\s+(?:the\s+)?cases?)\b")
_AT_EVENT = re.compile(
    r"(?i)\b(?:upon|on|at\s+the\s+time\s+of)\s+(?:his/her|his|her|their|its|such|the|being)\s+(?:\w+\s+)?"
    r"(?:released?|date|day|expiration)\b"
)
_BEFORE_EVENT = re.compile(r"(?i)\bbefore\s+the\s+(?:end|expiration|lapse)\b|\bno\s+later\s+than\b")
_OFTEN = re.compile(
    r"(?i)\bperiodically(?:\s+or\s+frequently)?\b|\b(?:frequently|regularly|continuously)\b"
    r"|\b(?:each|every)\s+(?:\w+\s+)?(?:day|week|month|quarter|year|semester)\b"
)
_OPEN_ENDS = (
    (r"without delay", "without_delay"),
    (r"immediately(?! (?:preced|follow|before|after|above))", "immediately"),
    (r"promptly", "promptly"),
)
_AHEAD = (r"in advance", "in_advance")


def suggest_effect(text: str, named: Sequence[Reference], quantities: Sequence[Quantity]) -> str:
    """The key: `may`, `must`, `limits`, `apply`, …; `disapply` where the sentence only lifts what another one says."""
    kinds = {one.kind for one in named}
    if ReferenceKind.MUTATIS_MUTANDIS in kinds or _APPLIES.search(text):
        return "apply"
    if FORMER_LAW.search(text):
        return "apply"
    leaves = _LEAVES_TO.match(text) or _MATTERS_LEFT.search(text)
    if ReferenceKind.DELEGATION in kinds and leaves and not _MEANS.search(text):
        return "delegate"
    if _PUNISHES.search(text):
        return "penalty"
    if _LIFTS.search(text):
        return "disapply"
    if _IS_DEEMED.search(text) and not _MODAL.search(text):
        return "deem"
    # What is ordered first is what the sentence is for; that its time may be extended is said besides.
    cap = _CAPS.search(text)
    capped = (
        cap
        and not _ORDERS.search(text, 0, cap.start())
        and (any(caps(one) for one in quantities) or _LISTS.search(text))
    )
    for key, pattern in (("deem", _DEEMS), ("states", _STATES), ("define", _MEANS)):
        if pattern.search(text):
            return key
    if capped and not _SAYS_TERM.search(text):
        return "limits"
    if _DEFINES.search(text) or _MEASURES.search(text):
        return "define"
    if _ONLY.search(text):
        return "limits"
    if _SPARES.search(text):
        return "need_not"
    if _FORBIDS.search(text):
        return "must_not"
    if _ENTITLES.search(text) or (_HAS_RIGHT.search(text) and not _MODAL.search(text)):
        return "may"
    said = _RELATIVE_MAY.sub("", text)
    if re.search(r"\bmay\b", said) and not re.search(r"\bshall\b", said.partition(" may ")[0]):
        return "may"
    due = any(one.role is Role.DEADLINE and one.bound is Bound.AT_MOST for one in quantities)
    if re.search(r"\b(?:shall|must)\b", text) or _OBLIGES.search(text) or (due and _IS_DONE.search(text)):
        return "must"
    return "states"


def is_upper_bound(quantity: Quantity) -> bool:
    """True for a limit that a number must stay below."""
    return quantity.role is Role.LIMIT and quantity.bound in (Bound.AT_MOST, Bound.LESS_THAN)


def caps(quantity: Quantity) -> bool:
    """True for any number or sum that a sentence which sets a cap (`shall not exceed 25`) may cap."""
    counted_up = quantity.role in (Role.COUNT, Role.SHARE, Role.MONEY) and quantity.bound is Bound.AT_MOST
    return counted_up or is_upper_bound(quantity)


def is_condition(quantity: Quantity, text: str) -> bool:
    """True for `a worker who served less than one year`: whom a sentence is about, where it sets no cap."""
    return quantity.bound is Bound.LESS_THAN and _CAPS.search(text) is None


def spares_some(text: str) -> bool:
    """True for a sentence that says itself when it does not apply."""
    return _SPARED.search(text) is not None


def suggest_times(text: str, quantities: Sequence[Quantity], effect: str) -> Iterator[str]:
    """The lines for when a duty is due and how often it comes again, as far as the wording says."""
    if effect not in ("may", "must"):
        return
    within = [one for one in quantities if one.role is Role.DEADLINE]
    words = [name for pattern, name in (*_OPEN_ENDS, _AHEAD) if re.search(rf"(?i)\b{pattern}\b", text)]
    if within:
        ahead = "-" if within[0].bound is Bound.AT_LEAST else "+"
        yield f"deadline: by … {ahead if within[0].unit in TIME else '  #'} {counted(within[0])}"
    elif words:
        yield f"deadline: {words[0]}"
    elif effect == "must" and (event := _AT_EVENT.search(text)) is not None:
        yield f"deadline: on …   # {' '.join(event[0].split())}"
    elif effect == "must" and (event := _BEFORE_EVENT.search(text)) is not None:
        yield f"deadline: before …   # {' '.join(event[0].split())}"
    told = sorted((one for one in quantities if one.role is Role.FREQUENCY), key=lambda one: one.unit not in TIME)
    often = [f"every {one.raw}" if one.unit in TIME and not one.per else one.raw for one in told]
    often += [" ".join(one[0].lower().split()) for one in _OFTEN.finditer(text)]
    if often and effect == "must":
        yield f"recurs: {often[0]}"
