"""Reading what a rule depends on: numbered grounds, exclusions, requirements, deadlines.

Numbers in a file are the law's: a ground `2` under `(1) proviso` is cited as `(1)2`, one under `main` of an article
without paragraphs as `.2`, an item `(a)` under it as `.2(a)`; `main` is a ground in the opening words and has the
rule's place.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

from mutandis.calendar.written import DAY_WRITTEN
from mutandis.citation import Citation
from mutandis.condition.tree import And, Arithmetic, Expression
from mutandis.dataclass import replace
from mutandis.diagnostic_codes import diagnose
from mutandis.rulebook.conditions import (
    Place,
    origin_of,
    read_condition,
    read_conditions,
    read_part,
)
from mutandis.rulebook.fields.rules import CLOCKS_OF_DEADLINES, DEADLINE, DEADLINE_WORDS, EXCLUSION, GROUND, RULE
from mutandis.rulebook.law import ALWAYS, Deadline, Interval
from mutandis.rulebook.meant import as_citation, as_citations, as_name, as_number
from mutandis.rulebook.model import Exclusion, Ground, Requirement
from mutandis.rulebook.shapes import (
    is_name,
    knows_all_keys,
    read_choice,
    read_citation,
    read_date,
    read_keys,
    read_mapping,
    read_text,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode

_LENGTH = re.compile(r"(?:within )?(?P<length>\d+ [a-z]+)(?: (?:of|from|after) (?P<since>[a-z][a-z0-9_.]*))?")
_NUMBER = re.compile(r"(?!0+(?:-|$))\d+(?:-\d+)*")
_ITEM = re.compile(r"\(([a-z]{1,2})\)")
_SUBITEM = re.compile(r"\(([ivx]+)\)")
_BRACKETED = re.compile(r"\(\d+(?:-\d+)*\)")
_CAPITAL = re.compile(r"\(([A-Z]{1,2})\)")
_BARE = re.compile(r"[A-Za-z]{1,2}[.)]?")
"""Letters as somebody may write them, who is told how they are written."""
_RELATION = re.compile(r"(by|on|before)\s+(?=\S)")


def cite_number(base: Citation, key: ScalarNode, what: str, place: Place) -> Citation | None:
    """The place numbered `key` under `base`; `main` is `base` itself."""
    if key.text == "main":
        return base
    whole = base.without_sentence()
    number, item, subitem = (form.fullmatch(key.text) for form in (_NUMBER, _ITEM, _SUBITEM))
    if whole.is_lettered:
        found = _number_lettered(whole, key.text)
        if found is not None:
            return found
        item = subitem = None
    elif item is not None and not whole.paragraph and not whole.subparagraph:
        return replace(whole, paragraph=item.group(1))
    if number is not None and not whole.subparagraph:
        return replace(whole, subparagraph=key.text)
    if subitem is not None and whole.item and not whole.subitem:
        return replace(whole, subitem=subitem.group(1))
    if item is not None and not whole.item:
        return replace(whole, item=item.group(1))
    meant = as_number(key.text) if whole.is_lettered else as_number(key.text).lower()
    fits = meant != key.text and (not whole.is_lettered or whole.subparagraph or not meant.startswith("("))
    instead = f"write `{meant}`; " if meant and fits else ""
    place.faults.append(
        diagnose(
            "bad-citation",
            f"{what} cannot be numbered `{key.text}` under {base}",
            f"{instead}number them as the law does: {_numbers_below(whole)}; `main` for one in the opening words",
            key.span,
        )
    )
    return None


def _numbers_below(whole: Citation) -> str:
    """How what stands below a place is numbered, as one writes it."""
    if not whole.is_lettered:
        return "`1`, `1-2`, items `(a)`"
    return "`(1)`" if not whole.subparagraph else "`(A)`" if not whole.item else "`(i)`"


def _number_lettered(whole: Citation, key: str) -> Citation | None:
    """The place below `(a)`, `(a)(1)` or `(a)(1)(A)`: numbers, then capitals, then small Roman numerals."""
    if not whole.subparagraph:
        number = _NUMBER.fullmatch(key.removeprefix("(").removesuffix(")"))
        return replace(whole, subparagraph=number.group()) if number is not None else None
    if not whole.item:
        capital = _CAPITAL.fullmatch(key)
        return replace(whole, item=capital.group(1)) if capital is not None else None
    numeral = _SUBITEM.fullmatch(key) if not whole.subitem else None
    return replace(whole, subitem=numeral.group(1)) if numeral is not None else None


def read_interval(mapping: MappingNode, what: str, place: Place) -> Interval:
    """`since` and `until`."""
    days: dict[str, dt.date | None] = {"since": None, "until": None}
    for key in days:
        node = mapping.get(key)
        if node is not None:
            days[key] = read_date(node, f"`{key}` of {what}", place.faults)
    interval = Interval(days["since"], days["until"])
    ending = mapping.get("until")
    if interval.is_empty and ending is not None:
        place.faults.append(
            diagnose(
                "bad-date",
                f"{what} ends before it begins",
                "`since` is the first day in force, `until` the first day no longer in force",
                ending.span,
            )
        )
        return ALWAYS
    return interval


# --- grounds and exclusions -------------------------------------------------------------------------------------------


def read_grounds(node: YamlNode, base: Citation, place: Place) -> tuple[Ground, ...]:
    """Numbered alternatives under `base`."""
    if not isinstance(node, MappingNode) or not node.entries:
        wrong_shape(
            node,
            "`grounds`",
            "a numbered mapping",
            "write `1: condition`; what is not numbered is `when`",
            place.faults,
        )
        return ()
    grounds = []
    for key, value in node.entries:
        citation = cite_number(base, key, "a ground", place)
        if citation is not None:
            ground = _read_ground(key, value, citation, place)
            if ground is not None:
                grounds.append(ground)
    return tuple(grounds)


def _is_condition(node: YamlNode) -> bool:
    """True for what reads as a condition: a text, a list, or a mapping with `all` or `any` alone."""
    if not isinstance(node, MappingNode):
        return True
    return len(node.entries) == 1 and node.entries[0][0].text in ("all", "any")


def _read_ground(key: ScalarNode, node: YamlNode, citation: Citation, place: Place) -> Ground | None:
    what = f"the ground `{key.text}`"
    if _is_condition(node):
        when = read_condition(node, what, place)
        return None if when is None else Ground(citation, when, span=key.span)
    mapping = read_mapping(node, what, place.faults)
    if mapping is None:
        return None
    mapping = read_keys(mapping, what, GROUND, place.faults)
    when_node, unless_node, nested, label = (mapping.get(k) for k in ("when", "unless", "grounds", "label"))
    if when_node is None and nested is None:
        if knows_all_keys(mapping, GROUND):
            add = "add `when: …` or `grounds`"
            if unless_node is not None:
                add = f"{add} for what `unless` takes from, or write the ground as a condition, `not (…)`"
            place.faults.append(diagnose("missing-key", f"{what} lacks `when`", add, key.span))
        return None
    when = read_condition(when_node, f"`when` of {what}", place) if when_node is not None else None
    place = place.where(when)
    if isinstance(unless_node, MappingNode) and unless_node.get("at") is not None:
        wrong_shape(
            unless_node,
            f"`unless` of {what}",
            "a condition",
            f"what has its own place is a rule there, of `when` and `despite: {citation.place.strip()}` alone",
            place.faults,
        )
        return None
    return Ground(
        citation,
        when,
        read_grounds(nested, citation, place) if nested is not None else (),
        read_condition(unless_node, f"`unless` of {what}", place) if unless_node is not None else None,
        read_interval(mapping, what, place),
        read_text(label, f"the label of {what}", place.faults) or "" if label is not None else "",
        key.span,
    )


def read_exclusions(node: YamlNode, base: Citation, place: Place) -> tuple[Exclusion, ...]:
    """`unless`: a condition (at the rule's own place), one mapping with `at`, or a list of such."""
    if isinstance(node, SequenceNode) and any(not _is_condition(item) for item in node.items):
        found = (_read_exclusion(item, base, place) for item in node.items)
    else:
        found = (_read_exclusion(one, base, place) for one in (node,))
    return tuple(exclusion for exclusion in found if exclusion is not None)


_LIFTING = "a rule (what lifts an exception is one, with `despite`)"


def _read_exclusion(node: YamlNode, base: Citation, place: Place) -> Exclusion | None:
    if _is_condition(node):
        if isinstance(node, ScalarNode) and _names_place(node.text, place):
            help = f"say what excludes there: `{{at: {as_citation(node.text)}, when: …}}`"
            place.faults.append(diagnose("missing-key", "`unless` names a place and no condition", help, node.span))
            return None
        when = read_condition(node, "`unless`", place)
        return None if when is None else Exclusion(base, when, span=node.span)
    mapping = read_mapping(node, "`unless`", place.faults)
    if mapping is None:
        return None
    mapping = read_keys(mapping, "`unless`", EXCLUSION, place.faults, elsewhere={_LIFTING: RULE})
    at, when_node, grounds = (mapping.get(key) for key in ("at", "when", "grounds"))
    citation: Citation | None = base
    if at is not None:
        citation = read_citation(at, "the place of `unless`", place.law, place.article, place.faults)
    if when_node is None and grounds is None and knows_all_keys(mapping, EXCLUSION):
        opening = mapping.entries[0][0].span if mapping.entries else mapping.span
        place.faults.append(diagnose("missing-key", "`unless` lacks `when`", "add `when: …` or `grounds`", opening))
    if citation is None or (when_node is None and grounds is None):
        return None
    when = read_condition(when_node, "`when` of `unless`", place) if when_node is not None else None
    return Exclusion(
        citation,
        when,
        read_grounds(grounds, citation, place.where(when)) if grounds is not None else (),
        read_interval(mapping, "`unless`", place),
        mapping.span,
    )


def _names_place(text: str, place: Place) -> bool:
    """True for `(2) proviso`, which is a citation and can be no condition."""
    if DAY_WRITTEN.fullmatch(text) or (is_name(text) and text not in ("proviso", "latter")):
        return False
    return bool(as_citations(text, place.law, place.article))


# --- requirements -----------------------------------------------------------------------------------------------------


def read_requirements(node: YamlNode, base: Citation, place: Place) -> tuple[Requirement, ...]:
    """`requires`: a condition, a list (each a requirement of its own), or a numbered mapping."""
    if isinstance(node, MappingNode) and not _is_condition(node):
        if not node.entries:
            wrong_shape(node, "`requires`", "a condition", "write what it takes, or delete the key", place.faults)
        requirements = []
        for key, value in node.entries:
            citation = cite_number(base, key, "a requirement", place) if _is_numbered(key) else None
            if citation is None and not _is_numbered(key):
                # Not a number: most likely YAML made a key of a piece of a condition.
                read_condition(node, "`requires`", place)
                return ()
            if citation is not None:
                condition = _conjunction(read_conditions(value, "a requirement", place, parameters=True), value)
                if condition is not None:
                    requirements.append(Requirement(citation, condition, key.span))
        return tuple(requirements)
    if isinstance(node, SequenceNode):
        trees = read_conditions(node, "`requires`", place, parameters=True)
        return tuple(Requirement(base, tree, tree.span) for tree in trees)
    condition = read_condition(node, "`requires`", place, parameters=True)
    return () if condition is None else (Requirement(base, condition, condition.span),)


def _is_numbered(key: ScalarNode) -> bool:
    forms = (_NUMBER, _BRACKETED, _ITEM, _SUBITEM, _CAPITAL, _BARE)
    return key.text == "main" or any(form.fullmatch(key.text) is not None for form in forms)


def is_numbered_mapping(node: YamlNode) -> bool:
    """True for a mapping whose keys are the law's numbers."""
    return isinstance(node, MappingNode) and bool(node.entries) and all(_is_numbered(key) for key, _ in node.entries)


def _conjunction(trees: Sequence[Expression], node: YamlNode) -> Expression | None:
    if not trees:
        return None
    return trees[0] if len(trees) == 1 else And(tuple(trees), span=node.span, type=trees[0].type)


# --- deadlines --------------------------------------------------------------------------------------------------------


def read_deadline(node: YamlNode, place: Place) -> Deadline | None:
    """`by X`, `on X`, `before X`, the law's own words, or `{by: X, clock: civil}`."""
    help = f"write `by …`, `on …`, `before …`, or one of {', '.join(DEADLINE_WORDS)}"
    if isinstance(node, MappingNode):
        node = read_keys(node, "`deadline`", DEADLINE, place.faults)
        stated = [(key, value) for key, value in node.entries if key.text in ("by", "on", "before")]
        if len(stated) != 1:
            if stated or knows_all_keys(node, DEADLINE):
                wrong_shape(node, "`deadline`", "one of `by`, `on` and `before`", help, place.faults)
            return None
        clock_node = node.get("clock")
        clock = (
            read_choice(clock_node, "the clock of `deadline`", CLOCKS_OF_DEADLINES, place.faults) if clock_node else ""
        )
        key, value = stated[0]
        if not isinstance(value, ScalarNode):
            wrong_shape(value, "`deadline`", "a date or a moment", help, place.faults)
            return None
        return _deadline(key.text, value, 0, clock or "", place)
    if not isinstance(node, ScalarNode):
        wrong_shape(node, "`deadline`", "a text", help, place.faults)
        return None
    if node.text in DEADLINE_WORDS:
        return Deadline("words", None, node.text, span=node.span)
    match = _RELATION.match(node.text)
    if match is None:
        words = as_name(node.text)
        length = _LENGTH.fullmatch(node.text)
        if words in DEADLINE_WORDS:
            help = f"write `{words}`"
        elif length is not None:
            help = f"say what it runs from: `by {length['since'] or 'FACT'} + {length['length']}`"
        wrong_shape(node, "`deadline`", "a date, a moment or the law's own words", help, place.faults)
        return None
    return _deadline(match.group(1), node, match.end(), "", place)


def _deadline(word: str, node: ScalarNode, offset: int, clock: str, place: Place) -> Deadline | None:
    origin = origin_of(node, "`deadline`", place)
    if origin is None:
        return None
    expression = read_part(node.text[offset:], origin.after(offset), None, place, parameters=True)
    if expression is None:
        return None
    if expression.type is not None and expression.type.kind not in ("date", "moment"):
        place.faults.append(
            diagnose(
                "type-mismatch",
                "a deadline is a date or a moment",
                "add the length to what it runs from: `by notice.received_on + 14 days`",
                expression.span,
            )
        )
        return None
    relation: Literal["by", "on", "before"] = "by" if word == "by" else "on" if word == "on" else "before"
    if not clock and relation == "by" and _is_civil_term(expression):
        clock = "civil"
    return Deadline(relation, expression, clock="" if clock == "as it falls" else clock, span=node.span)


def _is_civil_term(expression: Expression) -> bool:
    """True for so many days, weeks, months or years from an event whose declared counting moves a last day."""
    match expression:
        case Arithmetic(operator="+", left=left, right=right, counting=counting) if left.type and right.type:
            lengths = [side.type for side in (left, right) if side.type is not None and side.type.kind == "duration"]
            return counting.moves and len(lengths) == 1 and lengths[0].family in ("days", "months")
        case _:
            return False
