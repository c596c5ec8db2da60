"""What a case asks about, or expects, that the vocabulary does not have: no answer ever names it."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.facts.written import Misfit, read_value
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.case_question import ACTION_KEYS, EXPECTED_ROLES
from mutandis.rulebook.model import Source
from mutandis.source import NOWHERE, Span
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import Vocabulary

ABOUT_ACTIONS = frozenset({"decide", "when", "next_question", "why_not"})
"""The questions that are about an action."""
_MOST_NAMED = 12
_NOT_FACTS = frozenset({"today", "now", "holidays"})
"""What an answer can wait for besides facts: the clock, and a calendar."""
_NO_LIMIT = "expect a limit on a fact that is declared with `parameter: yes`"


def unknown_subject(vocabulary: Vocabulary, case: CaseFile) -> Iterator[Diagnostic]:
    """The action, fact or role that a case asks about and the vocabulary does not have."""
    ask = case.ask
    span = ask.span if ask.span != NOWHERE else case.span
    if ask.question in ABOUT_ACTIONS and ask.subject not in vocabulary.actions:
        otherwise = "ask about an action that the vocabulary declares"
        yield _unknown_action(vocabulary, case.law, ask.subject, otherwise, span)
    elif ask.question == "value" and ask.subject not in vocabulary.facts:
        otherwise = "ask about a fact that the vocabulary declares"
        if ask.subject in vocabulary.actions:
            otherwise = f"ask whether it may be done: `{{decide: {ask.subject}}}`"
        help_ = vocabulary.did_you_mean(ask.subject, case.law, otherwise)
        yield diagnose("unknown-question", f"the vocabulary has no fact `{ask.subject}`", help_, span)
    if ask.by:
        yield from _unknown_role(vocabulary, case.law, ask.by, span)


def unknown_expected(source: Source, case: CaseFile) -> Iterator[Diagnostic]:
    """What the case expects of roles, facts and actions that are not in the vocabulary: no answer ever names them."""
    vocabulary = source.vocabulary
    for key, name, span in case.expected if case.law in source.laws else ():
        if key in EXPECTED_ROLES:
            yield from _unknown_role(vocabulary, case.law, name, span)
        elif key in ACTION_KEYS:
            if name not in vocabulary.actions:
                yield _unknown_action(
                    vocabulary, case.law, name, f"`{key}` names actions that the vocabulary declares", span
                )
        elif key == "bound":
            yield from _no_value_of_any(vocabulary, name, span)
        elif not vocabulary.has_fact_at(name) and name not in _NOT_FACTS:
            otherwise = f"`{key}` names facts that the vocabulary declares"
            help_ = vocabulary.did_you_mean(name, case.law, otherwise)
            yield diagnose("unknown-question", f"the vocabulary has no fact `{name}`", help_, span)
        elif key == "parameter" and name in vocabulary.facts and not vocabulary.facts[name].parameter:
            help_ = did_you_mean(name, [one for one, fact in vocabulary.facts.items() if fact.parameter], _NO_LIMIT)
            yield diagnose("not-of-the-question", f"`{name}` is no parameter, and no answer limits it", help_, span)


def _no_value_of_any(vocabulary: Vocabulary, bound: str, span: Span) -> Iterator[Diagnostic]:
    """An expected bound that no parameter can have: of the one that is named before a colon, else of any."""
    named, _, written = bound.rpartition(": ")
    known = [one for one in vocabulary.facts.values() if one.parameter and named in ("", one.name)]
    read = [read_value(one.name, one, written) for one in known]
    misfits = [one for one in read if isinstance(one, Misfit) and one.slug != "out-of-range"]
    if known and len(misfits) == len(known):
        message = misfits[0].message if len(known) == 1 else f"no parameter can be `{written}`"
        help_ = misfits[0].help if len(known) == 1 else "write the bound as a case writes the parameter, with its unit"
        yield diagnose("wrong-fact-type", message, help_, span)


def _unknown_action(vocabulary: Vocabulary, law: str, name: str, otherwise: str, span: Span) -> Diagnostic:
    help_ = vocabulary.did_you_mean(name, law, otherwise, vocabulary.actions)
    return diagnose("unknown-question", f"the vocabulary has no action `{name}`", help_, span)


def _unknown_role(vocabulary: Vocabulary, law: str, name: str, span: Span) -> Iterator[Diagnostic]:
    term = vocabulary.terms.get(name)
    if term is None or not term.role:
        roles = [name for name, term in vocabulary.terms.items() if term.role]
        otherwise = f"a role is a term with `role: yes`: {', '.join(roles[:_MOST_NAMED])}"
        help_ = vocabulary.did_you_mean(name, law, otherwise, roles)
        yield diagnose("unknown-question", f"the vocabulary has no role `{name}`", help_, span)
