"""Check: construals that change nothing, make names nobody declared, or leave a reference behind (S37)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from mutandis.citation import Citation, CitationRange, parse_citation, parse_citation_range
from mutandis.condition.tree import Applies, Attribute, Choice, Compare, Expression, Fact, FallsUnder, OneOf, walk
from mutandis.dataclass import replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.construe import (
    as_citation,
    construe_action,
    construe_fact,
    read_construals,
    tokens_of_name,
    tokens_of_rule,
)
from mutandis.link.falls_under import References
from mutandis.link.instances import Instances
from mutandis.link.provisions import Provisions
from mutandis.link.reading import Levels, Reading
from mutandis.link.rule_parts import expressions_of
from mutandis.rulebook.model import Rule
from mutandis.source import Span
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import Vocabulary

_MOST_NAMED = 6


def check_construals(
    read: Instances, references: References, half_read: Callable[[Citation], bool] = lambda _: False
) -> Iterator[Diagnostic]:
    """`clause-that-brings-nothing`, `construed-term-absent`, `construed-name-undeclared`, `reference-left-outside`.

    What a clause applies is not told to lack anything where it is `half_read`, is not there, or is the clause itself.
    """
    for rule in references.provisions.rules:
        if rule.effect == "apply" and not rule.external and _is_whole(rule, references.provisions, half_read):
            yield from _excluding_alone(rule, references.provisions) or _absent(rule, references)
    told: set[tuple[str, str]] = set()
    yield from _undeclared(read, references.vocabulary, told)
    for reading in read.readings:
        if reading.chain:
            yield from _left_outside(reading, references, told)


def _is_whole(clause: Rule, provisions: Provisions, half_read: Callable[[Citation], bool]) -> bool:
    """True where all that a clause applies, clauses in turn, could be read."""
    seen: dict[str, Rule] = {}
    waiting = [clause]
    while waiting:
        rule = waiting.pop()
        if rule.id in seen:
            continue
        seen[rule.id] = rule
        for cited in rule.apply:
            meant = provisions.rules_in(cited)
            places = (cited.first, cited.last, *(one.at for one in meant))
            if provisions.status(cited) == "dangling" or cited.covers(clause.at) or any(map(half_read, places)):
                return False
            waiting += [one for one in meant if one.effect == "apply"]
    return True


# --- clauses that bring nothing ---------------------------------------------------------------------------------------


def _excluding_alone(clause: Rule, provisions: Provisions) -> list[Diagnostic]:
    excluded = {rule.at for cited in clause.apply for rule in provisions.rules_in(cited)}
    if not excluded or provisions.applied(clause.apply):
        return []
    named, whole = (", ".join(map(str, places)) for places in (clause.apply, sorted(excluded)))
    return [
        diagnose(
            "clause-that-brings-nothing",
            f"{named} only takes {whole} away: applied alone it brings nothing",
            f"apply {whole}, which brings its exclusions along; write a proviso that grants something as its own rule",
            clause.span,
            (),
            str(clause.at),
        )
    ]


# --- terms that do not occur ------------------------------------------------------------------------------------------


def _absent(clause: Rule, references: References) -> Iterator[Diagnostic]:
    occurring = _tokens_applied(clause, references.provisions, references.vocabulary, frozenset())
    for construal in clause.construe:
        cited = as_citation(construal.source, clause.at)
        source = str(cited) if cited is not None else construal.source
        if cited is not None and cited.first.is_external:
            continue  # rules do not repeat what the text says of other law, so its absence means nothing
        if cited is None and construal.targets == (construal.source,):
            yield diagnose(
                "construed-term-absent",
                f"`{construal.source}` is construed as itself, which changes nothing",
                "name what it is read as, or leave it out",
                construal.span,
                (),
                str(clause.at),
            )
        elif source not in occurring and not _is_listed(cited, occurring, references.provisions):
            targets = ", ".join(str(target) for target in clause.apply)
            yield diagnose(
                "construed-term-absent",
                f"`{construal.source}` does not occur in {targets}",
                did_you_mean(source, occurring, "construe a term, fact, value or citation that the applied rules use"),
                construal.span,
                (),
                str(clause.at),
            )


def _is_listed(cited: CitationRange | None, occurring: Iterable[str], provisions: Provisions) -> bool:
    """True of a provision that a range which occurs lists."""
    ranges = (parse_citation_range(one) for one in occurring if "/" in one and " to " in one)
    return cited is not None and cited.first == cited.last and any(cited.first in provisions.members(r) for r in ranges)


def _tokens_applied(
    clause: Rule, provisions: Provisions, vocabulary: Vocabulary, seen: frozenset[str]
) -> frozenset[str]:
    if clause.id in seen:
        return frozenset()
    found: set[str] = set()
    for rule in provisions.applied(clause.apply):
        found |= tokens_of_rule(rule, vocabulary)
        if rule.effect == "apply":
            construing = read_construals(rule.construe, rule.at)
            for token in _tokens_applied(rule, provisions, vocabulary, seen | {clause.id}):
                names = construe_action(token, construing) if " " in token else construe_fact(token, construing)
                found.update(part for name in names for part in tokens_of_name(name))
    return frozenset(found)


# --- names nobody declared --------------------------------------------------------------------------------------------


def _undeclared(read: Instances, vocabulary: Vocabulary, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    """A finding for each term of which a clause makes names that nobody declared, in what it applies or asks itself:
    all of them follow from one line."""
    made: dict[tuple[str, str], list[tuple[Rule, str, str, Iterable[str]]]] = {}
    clauses: dict[str, Rule] = {}
    for reading in read.readings:
        if not reading.chain:
            continue
        clause = reading.chain[-1].rule
        of_grounds = () if clause.id in clauses else _made_in_grounds(clause, vocabulary)
        clauses[clause.id] = clause
        applied = ((reading.written, found) for found in _made_names(reading.rule, vocabulary))
        of_itself = ((clause, found) for found in _made_names(_asking(clause, reading), vocabulary))
        for rule, (what, name, declared) in (*applied, *of_itself, *((clause, found) for found in of_grounds)):
            if (clause.id, name) not in told:
                told.add((clause.id, name))
                term = name.rpartition(" ")[2].partition(".")[0]
                made.setdefault((clause.id, term), []).append((rule, what, name, declared))
    for (clause_id, term), names in made.items():
        rule, what, name, declared = names[0]
        clause = clauses[clause_id]
        if names[1:]:
            message = f"read through {clause.at}, the rules speak of {_listed(names)}, which nobody declared"
            help = f"declare them for `{term}`, or construe more narrowly"
        else:
            message = f"read through {clause.at}, {rule.at} speaks of the {what} `{name}`, which nobody declared"
            help = did_you_mean(name, declared, f"declare `{name}` in the vocabulary, or construe more narrowly")
        places = dict.fromkeys(one[0].span for one in names if one[0].id != clause.id)
        labels = [Label(place, "the rule that is applied") for place in places]
        yield diagnose("construed-name-undeclared", message, help, clause.span, labels, str(clause.at))


def _asking(clause: Rule, reading: Reading) -> Rule:
    """What the clause asks itself, as it is read: its conditions and exclusions, and those of clauses within it."""
    asking = replace(clause, when=reading.scope, unless=reading.scope_exclusions, requires=(), grounds=(), construe=())
    return replace(asking, actions=(), by=(), to=(), target="", entries=(), deadline=None, governed_by=None)


def _made_in_grounds(clause: Rule, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Iterable[str]]]:
    """The facts that a clause makes of those its own grounds read, and nobody declared."""
    construing = read_construals(clause.construe, clause.at)
    for expression in expressions_of(replace(clause, when=(), unless=(), requires=(), construe=())):
        for part in walk(expression):
            for name in construe_fact(part.name, construing) if isinstance(part, Fact) else ():
                if not name.startswith("§") and name not in vocabulary.facts:
                    yield "fact", name, vocabulary.facts


def _listed(names: Sequence[tuple[Rule, str, str, Iterable[str]]]) -> str:
    shown = [f"`{name}`" for _, _, name, _ in names]
    if len(shown) > _MOST_NAMED:
        shown = [*shown[: _MOST_NAMED - 1], f"{len(shown) - _MOST_NAMED + 1} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _made_names(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Iterable[str]]]:
    for action in rule.actions:
        if action not in vocabulary.actions:
            yield "action", action, vocabulary.actions
    for role in (*rule.by, *rule.to):
        if role not in vocabulary.terms:
            yield "role", role, vocabulary.terms
    if rule.target and rule.target not in vocabulary.facts:
        yield "fact", rule.target, vocabulary.facts
    for expression in expressions_of(rule):
        yield from _made_in(expression, vocabulary)


def _made_in(expression: Expression, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Iterable[str]]]:
    for part in walk(expression):
        if isinstance(part, Fact) and not part.name.startswith("§") and part.name not in vocabulary.facts:
            yield "fact", part.name, vocabulary.facts
        yield from _made_values(part)


def _made_values(part: Expression) -> Iterator[tuple[str, str, Iterable[str]]]:
    match part:
        case Compare(left=(Fact() | Attribute()) as left, right=Choice(value=value)):
            values = [value]
        case OneOf(left=(Fact() | Attribute()) as left, values=choices):
            values = [choice.value for choice in choices if isinstance(choice, Choice)]
        case _:
            return
    if left.type is None or left.type.kind != "enum" or left.type.open:
        return
    fact = left.name if isinstance(left, Fact) else left.attribute
    for value in values:
        if value not in left.type.values:
            yield f"value of {fact}", value, left.type.values


# --- references left outside ------------------------------------------------------------------------------------------


def _left_outside(reading: Reading, references: References, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    levels = tuple(level for level in reading.levels if level.clause)
    for cited, span in _references_of(reading.written):
        for part, through in _unconstrued(cited, levels, references):
            tokens = _tokens_at(part, references)
            for level in levels[: len(levels) - len(through)]:
                clause = next(a.rule for a in reading.chain if a.rule.id == level.clause)
                mentioned = sorted(source for source, _ in level.construing.wide if source in tokens)
                if not mentioned or (clause.id, f"{reading.written.id} {part}") in told:
                    continue
                told.add((clause.id, f"{reading.written.id} {part}"))
                yield _left(reading.written, clause, part, mentioned, span)


def _left(rule: Rule, clause: Rule, part: CitationRange, mentioned: list[str], span: Span) -> Diagnostic:
    short = str(part).removeprefix(f"{clause.at.law}/")
    names = ", ".join(f"`{token}`" for token in mentioned)
    return diagnose(
        "reference-left-outside",
        f"{rule.at} refers to {part}, which {clause.at} does not apply but which speaks of {names}",
        f"construe the citation (`{short}: …`), as itself (`{short}: {short}`) if it is meant as it stands",
        clause.span,
        [Label(span, "the reference")],
        str(clause.at),
    )


def _tokens_at(part: CitationRange, references: References) -> set[str]:
    rules = references.provisions.rules_in(part)
    return {token for rule in rules for token in tokens_of_rule(rule, references.vocabulary)}


def _references_of(rule: Rule) -> Iterator[tuple[CitationRange, Span]]:
    for order in rule.orders:
        for target in order.targets:
            yield target, order.span
    for expression in expressions_of(rule):
        for part in walk(expression):
            if isinstance(part, FallsUnder) and part.subject is None:
                for first, last in part.ranges:
                    yield CitationRange(parse_citation(first), parse_citation(last)), part.span
            elif isinstance(part, Applies):
                place = parse_citation(part.citation)
                yield CitationRange(place, place), part.span


def _unconstrued(
    cited: CitationRange, levels: Levels, references: References
) -> Iterator[tuple[CitationRange, Levels]]:
    for named in references.named(cited, levels):
        if all(level.construing.provisions(named) is None for level in levels):
            yield from references.bind(named, levels)
