"""What a rulebook declares and never uses, or uses and leaves open: facts that no rule reads, limits on what nothing
permits, fictions of what is read of members alone, periods that rules measure without saying how they are counted."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.condition import tree as t
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.link.program import Program
from mutandis.link.reads import of_derivation, of_norm, of_penalty
from mutandis.link.rewriting import Variables, rewrite_in_scope
from mutandis.vocabulary import FactDeclaration, Vocabulary


def check_unused(program: Program) -> Iterator[Diagnostic]:
    """`unread-fact`, `limit-on-nothing`, `fiction-of-members` and `counting-undeclared`."""
    yield from _unread(program)
    yield from _fictions_of_members(program)
    yield from _uncounted(program)
    for action, component in sorted(program.components.items()):
        limits = [norm for norm in component.norms if norm.direction == "limits"]
        if limits and not any(norm.direction in ("may", "must") for norm in component.norms):
            first = limits[0]
            yield diagnose(
                "limit-on-nothing",
                f"{first.citation} limits `{action}`, which no rule permits or demands",
                "encode the provision that permits it; until then the limit never binds",
                first.span,
                provision=str(first.citation),
            )


def _unread(program: Program) -> Iterator[Diagnostic]:
    read = _read(program)
    asked = {d.rule for f in program.derived.values() for d in f.derivations if d.kind == "ground" and f.name in read}
    declarations: dict[object, list[FactDeclaration]] = {}
    for fact in program.vocabulary.facts.values():
        # What a kind declares is a fact of each sub-kind: it is read where it is read of one of them.
        declarations.setdefault(fact.span, []).append(fact)
    for facts in declarations.values():
        first = facts[0]
        if any(fact.name in read for fact in facts) or not first.span.line:
            continue
        defining = [d for fact in facts if fact.name in program.derived for d in program.derived[fact.name].derivations]
        if any(d.rule in asked for d in defining):
            continue  # `case falls under` its place leans on it
        if defining:
            said = f"`{first.name}` is defined by {defining[0].citation} and no rule reads it"
            mend = "read it where the law leans on the definition; leave it where its value is all that is asked"
            if first.type.kind in ("date", "moment"):
                mend += "; days that a period leaves out are named at the period: `suspended: {from: …, until: …}`"
        else:
            said, mend = f"no rule reads `{first.name}`", "delete it, or read it in the rule that turns on it"
        yield diagnose("unread-fact", said, mend, first.span)


def _fictions_of_members(program: Program) -> Iterator[Diagnostic]:
    """Fictions of an attribute that rules read of the members of lists, and never of the case's own."""
    vocabulary = program.vocabulary
    of_case, of_members = set[str](), set[str]()
    for expression in _expressions(program):
        of_case |= _facts_of(expression, vocabulary, of_members)
    of_case |= {action.done for action in vocabulary.actions.values() if action.done}
    for name, derived in program.derived.items():
        if derived.base in of_members and not {name, derived.base} & of_case:
            for one in derived.derivations:
                yield diagnose(
                    "fiction-of-members",
                    f"{one.citation} says what `{derived.base}` of the case counts as, and rules read `{derived.base}` "
                    "of members of a list alone, whom a fiction does not reach",
                    f"let `define` give `{derived.base.partition('.')[0]}` another attribute, from `{derived.base}` "
                    "and the condition of the fiction, and read that of the members",
                    one.span,
                    provision=str(one.citation),
                )


def _uncounted(program: Program) -> Iterator[Diagnostic]:
    """Periods measured in days or longer whose counting a case would have to choose, once each."""
    vocabulary = program.vocabulary
    measured: dict[str, None] = {}

    def note(node: t.Expression, scope: Variables) -> None:
        if not isinstance(node, t.PeriodWithin) or node.counting is not None:
            return
        if node.length.type is not None and node.length.type.family == "hours":
            return  # hours run from the instant, whatever the clock
        if isinstance(node.period, t.Fact):
            measured[node.period.name] = None
        elif isinstance(node.period, t.Attribute):
            measured[f"{scope.get(node.period.variable, '')}.{node.period.attribute}"] = None

    for expression in _expressions(program):
        rewrite_in_scope(expression, note, vocabulary)
    spans = {}
    for name in measured:
        declared = vocabulary.facts.get(name)
        if declared is not None and declared.span.line and declared.span not in spans:
            spans[declared.span] = name
    for span, name in spans.items():
        yield diagnose(
            "counting-undeclared",
            f"a rule measures `{name}`, and the vocabulary does not say how its days are counted",
            "declare it: `counting: both_ends`, or `counting: {clock: …, by: the provision that fixes it}`; until then "
            "a case may say it, and the Civil Act counts where none does",
            span,
        )


def _read(program: Program) -> set[str]:
    """The facts that something turns on: a condition, a value, a deadline, a day on which a duty was done."""
    vocabulary = program.vocabulary
    found = {action.done for action in vocabulary.actions.values() if action.done}
    found |= {name for fact in vocabulary.facts.values() for span in fact.suspended for name in span}
    found |= {derived.base for derived in program.derived.values() if derived.base}
    found |= {clause.event for clause in program.event_clauses}
    for expression in _expressions(program):
        found |= _facts_of(expression, vocabulary, found)
    return found


def _expressions(program: Program) -> Iterator[t.Expression]:
    for component in program.components.values():
        for norm in component.norms:
            yield from of_norm(norm)
        for penalty in component.penalties:
            yield from of_penalty(penalty)
    for derived in program.derived.values():
        for derivation in derived.derivations:
            yield from of_derivation(derivation)
    for external in program.external:
        yield from (*external.when, *external.scope)
    for clause in program.clauses:
        yield from clause.when


def _facts_of(expression: t.Expression, vocabulary: Vocabulary, of_members: set[str]) -> set[str]:
    """The facts of the case that an expression reads; those that it reads of members are put into `of_members`."""
    found: set[str] = set()

    def note(node: t.Expression, scope: Variables) -> None:
        if isinstance(node, t.Fact):
            found.add(node.name)
        elif isinstance(node, t.Attribute):
            of_members.add(f"{scope.get(node.variable, '')}.{node.attribute}")

    rewrite_in_scope(expression, note, vocabulary)
    return found
