"""What a case asks, what it expects of the answer, and how both are read.

Provisions are made absolute in the case's law; names of roles, facts and actions are kept as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final, Literal, get_args

from mutandis.citation import CitationRange
from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.rulebook.fields.case import ASK, CASE_FILE, EXPECT, EXPECTED_LIMIT, RELATIONS, VERDICTS
from mutandis.rulebook.meant import KEYS_OF_QUESTIONS, as_name
from mutandis.rulebook.meant import VERDICTS as MEANT_VERDICTS
from mutandis.rulebook.shapes import (
    Faults,
    describe,
    near_choice,
    read_citation,
    read_keys,
    read_many,
    read_mapping,
    read_ranges,
    read_text,
    wrong_shape,
)
from mutandis.rulebook.yaml_source import (
    MappingNode,
    ScalarNode,
    YamlNode,
)
from mutandis.source import NOWHERE, Span
from mutandis.suggest import suggest

Question = Literal["decide", "assess", "value", "when", "next_question", "why_not"]
QUESTIONS: Final[tuple[Question, ...]] = get_args(Question)
ROLE_KEYS: Final = ("opens", "kept", "defines", "dates", "open", "stops_short", "left_to")
"""The roles of an answer's authority that a case can list, beside those it cites (which decide)."""

CITATION_KEYS: Final = ("cites", "breaches", "beaten", "penalties", "notes", *ROLE_KEYS)
EXPECTED_ROLES: Final = ("by", "to", "falls_on")
"""What a case expects of who acts, who is owed, and on whom a penalty falls."""

EXPECTED_FACTS: Final = ("missing", "irrelevant", "findings", "fictions", "presumptions")
ACTION_KEYS: Final = ("must", "may", "must_not", "no_longer")
"""What an assessment lists: the actions that it says so of, and did not at the case from which it goes on."""

THREATENS: Final = "threatens"
"""What a case expects penalties to threaten, each in the words of the rule: `fine up to 20000000 won`."""

NAME_KEYS: Final = (*EXPECTED_ROLES, *EXPECTED_FACTS, *ACTION_KEYS)

_IN_WORDS: Final = frozenset({"value", "verdict"})
EXPECTED_OF: Final[Mapping[Question, frozenset[str]]] = {
    "decide": frozenset(field.key for field in EXPECT.fields) - {"value", *ACTION_KEYS},
    "assess": frozenset({"cites", "penalties", "breaches", *ACTION_KEYS}),
    "value": frozenset({"value", "cites", "missing"}),
    "when": _IN_WORDS,
    "next_question": frozenset({"value"}),
    "why_not": _IN_WORDS,
}
"""What can be expected of the answer to each question; the rest it says nothing of."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The question: its kind, what it is about (an action or a fact; empty: everything), and whose act it is."""

    question: Question
    subject: str
    by: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ExpectedLimit:
    """A bound the decision should state. `relation` and `bound` are empty where only the place is expected."""

    at: str
    parameter: str = ""
    relation: str = ""
    bound: str = ""
    margin: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the answer should be. None is not expected of; an empty tuple is expected to be empty.

    Citations are ids (`act/77(1)1`), the rest as written. `lists` has the keys of `CITATION_KEYS` and `NAME_KEYS`, and
    `THREATENS`.
    """

    verdict: str | None = None
    reachable: tuple[str, ...] | None = None
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limits: tuple[ExpectedLimit, ...] | None = None
    deadline: str | None = None
    value: str | None = None
    span: Span = field(default=NOWHERE, compare=False)

    def listed(self, key: str) -> tuple[str, ...] | None:
        """What is expected under `key` (`cites`, `missing`, …); None if the case does not say."""
        return dict(self.lists).get(key)


def read_ask(node: YamlNode, faults: Faults) -> Ask | None:
    if not isinstance(node, MappingNode):
        written = node.text if isinstance(node, ScalarNode) else ""
        subject = written if len(written.split()) == 2 else "verb term"  # an action has two words
        help = f"write `{{decide: {subject}}}`"
        wrong_shape(node, "`ask`", "a question and what it is about", help, faults)
        return None
    mapping = node
    before = len(faults)
    mapping = read_keys(mapping, "`ask`", ASK, faults, KEYS_OF_QUESTIONS, {"the case": CASE_FILE, "`expect`": EXPECT})
    asked = [(question, mapping.get(question)) for question in QUESTIONS if mapping.get(question) is not None]
    if not asked and len(faults) > before:
        return None  # what is asked stands under a key that was told to be none
    if not node.entries:
        faults.append(diagnose("wrong-shape", "`ask` asks nothing", "write `{decide: verb term}`", node.span))
        return None
    if len(asked) != 1:
        wrong_shape(node, "`ask`", f"one of {', '.join(QUESTIONS)}", "ask one question in a case", faults)
        return None
    question, subject_node = asked[0]
    subject = ""
    if subject_node is not None and not (isinstance(subject_node, MappingNode) and not subject_node.entries):
        subject = read_text(subject_node, f"what `{question}` is about", faults) or ""
    if question == "assess" and subject in ("yes", "all"):
        subject = ""
    return Ask(question, subject, text_at(mapping, "by", faults), mapping.span)


def read_expectation(node: YamlNode, law: str, ask: Ask | None, faults: Faults) -> Expectation:
    if not isinstance(node, MappingNode):
        help = f"write `{{verdict: {node.text if isinstance(node, ScalarNode) and node.text else '…'}}}`"
        wrong_shape(node, "`expect`", "what the answer should be, key by key", help, faults)
        return Expectation()
    mapping = node
    mapping = read_keys(mapping, "`expect`", EXPECT, faults, elsewhere={"the case": CASE_FILE, "`ask`": ASK})
    if not mapping.entries:
        help = "say what the answer should be, `{verdict: permitted}`, or delete the key"
        faults.append(diagnose("wrong-shape", "`expect` says nothing", help, mapping.span))
    if ask is not None:
        _check_answered(mapping, ask.question, faults)
    lists: list[tuple[str, tuple[str, ...]]] = []
    for key in (*CITATION_KEYS, *NAME_KEYS, THREATENS):
        listed = mapping.get(key)
        if listed is not None:
            read = tuple(_read_listed(item, key, law, faults) for item in read_many(listed))
            lists.append((key, tuple(text for text in read if text is not None)))
    verdict, reachable, limits = mapping.get("verdict"), mapping.get("reachable"), mapping.get("limits")
    return Expectation(
        verdict=_read_verdict(verdict, faults) if verdict is not None else None,
        reachable=tuple(v for v in (_read_verdict(one, faults) for one in read_many(reachable)) if v is not None)
        if reachable is not None
        else None,
        lists=tuple(lists),
        limits=tuple(_read_limits(limits, law, faults)) if limits is not None else None,
        deadline=text_at(mapping, "deadline", faults) or None,
        value=text_at(mapping, "value", faults) or None,
        span=mapping.span,
    )


def _check_answered(mapping: MappingNode, question: Question, faults: Faults) -> None:
    """What is expected is what the question is answered with; else it would be compared with nothing."""
    answered = EXPECTED_OF[question]
    for key, _ in mapping.entries:
        asked_by = [one for one, keys in EXPECTED_OF.items() if key.text in keys]
        if asked_by and key.text not in answered:
            help = f"leave it out, or ask by {' or '.join(f'`{one}`' for one in asked_by)}"
            message = f"`{key.text}` is expected, and `{question}` does not tell it"
            faults.append(diagnose("not-of-the-question", message, help, key.span))


def _read_verdict(node: YamlNode, faults: Faults) -> str | None:
    if isinstance(node, ScalarNode) and node.text in VERDICTS:
        return node.text
    text = node.text if isinstance(node, ScalarNode) else ""
    meant = MEANT_VERDICTS.get(as_name(text))
    help = suggest((meant,) if meant else near_choice(text, VERDICTS), f"it is one of {', '.join(VERDICTS)}")
    faults.append(diagnose("unknown-value", f"{describe(node)} is no verdict", help, node.span))
    return None


def cited_by(mapping: MappingNode, law: str) -> Iterator[tuple[CitationRange, Span]]:
    """The provisions a case names, with their places; what is no citation was told where it was read."""
    tests, expect = mapping.get("tests"), mapping.get("expect")
    nodes = list(read_many(tests)) if tests is not None else []
    for key, value in expect.entries if isinstance(expect, MappingNode) else ():
        if key.text in CITATION_KEYS:
            nodes += read_many(value)
        elif key.text == "limits":
            limits = [one for one in read_many(value) if isinstance(one, MappingNode)]
            nodes += [at for at in (one.get("at") for one in limits) if at is not None]
    for node in nodes:
        for cited in read_ranges(node, "", law, "", []):
            yield cited, node.span


def expected_names(expect: YamlNode | None) -> Iterator[tuple[str, str, Span]]:
    """The roles, facts and actions that a case expects, each with its key and place; what is no name was told where it
    was read.
    """
    for key, value in expect.entries if isinstance(expect, MappingNode) else ():
        if key.text in NAME_KEYS:
            for one in read_many(value):
                if isinstance(one, ScalarNode) and one.text:
                    yield key.text, one.text, one.span
        elif key.text == "limits":
            for limit in read_many(value):
                yield from _named_of_limit(limit) if isinstance(limit, MappingNode) else ()


def _named_of_limit(limit: MappingNode) -> Iterator[tuple[str, str, Span]]:
    """The parameter of an expected limit, and each bound, `walk.length: 2 hours`, `2 hours` where none is named."""
    parameter = limit.get("parameter")
    named = parameter.text if isinstance(parameter, ScalarNode) else ""
    if isinstance(parameter, ScalarNode) and named:
        yield "parameter", named, parameter.span
    for key in RELATIONS:
        bound = limit.get(key)
        if isinstance(bound, ScalarNode) and bound.text:
            yield "bound", f"{named}: {bound.text}" if named else bound.text, bound.span


def _read_listed(node: YamlNode, key: str, law: str, faults: Faults) -> str | None:
    if key in CITATION_KEYS:
        cited = read_citation(node, f"`{key}`", law, "", faults)
        return str(cited) if cited is not None else None
    text = read_text(node, f"`{key}`", faults)
    return " ".join(text.split()) if text is not None else None


def _read_limits(node: YamlNode, law: str, faults: Faults) -> Iterator[ExpectedLimit]:
    for item in read_many(node):
        mapping = read_mapping(item, "an expected limit", faults)
        if mapping is None:
            continue
        mapping = read_keys(mapping, "an expected limit", EXPECTED_LIMIT, faults)
        at_node = mapping.get("at")
        at = read_citation(at_node, "the place of a limit", law, "", faults) if at_node is not None else None
        stated = [relation for relation in RELATIONS if mapping.get(relation) is not None]
        if len(stated) > 1:
            wrong_shape(mapping, "an expected limit", "one bound", "write a limit for each bound", faults)
        elif at is not None:
            yield ExpectedLimit(
                str(at),
                text_at(mapping, "parameter", faults),
                stated[0] if stated else "",
                text_at(mapping, stated[0], faults) if stated else "",
                text_at(mapping, "margin", faults),
            )


def text_at(mapping: MappingNode, key: str, faults: Faults) -> str:
    node = mapping.get(key)
    return "" if node is None else read_text(node, f"`{key}`", faults) or ""
