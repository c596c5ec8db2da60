"""References to provisions inside conditions: `falls under` and `applies` (S37, S38).

`case falls under P` becomes a reading of derived facts named after the provision (`§act/95(1)2`): for a subparagraph
that ground alone; for a paragraph or an article the triggers and grounds of its rules, less what they exclude; never
their requirements. Inside an instance, a reference into the applied range means the provision as construed there, and
its name says so. `X falls under P` is another matter (`values_under`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import partial
from typing import Any, Literal

from mutandis.citation import Citation, CitationRange, parse_citation, parse_citation_range
from mutandis.condition.tree import Applies, Expression, Fact, FallsUnder
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO
from mutandis.link.applying import Standing, applying_at, exempting_on, kept_away, never
from mutandis.link.construe import (
    Construing,
    construe_condition,
    construe_rule,
    construe_value,
    tokens_of_rule,
)
from mutandis.link.narrowing import narrowings
from mutandis.link.program import Derivation, DerivedFact
from mutandis.link.provisions import Provisions, grounds_at, has_inside
from mutandis.link.reading import (
    Chain,
    Draft,
    Kinds,
    Level,
    Levels,
    Meant,
    PlacedOrder,
    about,
    kind_of_asker,
    level_of,
    skeleton,
)
from mutandis.link.rewriting import conjunction, disjunction, negation, rewrite
from mutandis.link.rule_parts import map_expressions, places_of
from mutandis.link.situations import Situations
from mutandis.link.values_under import expand_values
from mutandis.rulebook.law import Law
from mutandis.rulebook.model import BINDING, ON_ACTIONS, SITUATIONS, Rule
from mutandis.vocabulary import Vocabulary

Use = Literal["", "applies", "but"]
_USES: dict[Use, str] = {"": "", "applies": " applies", "but": " but for what it excludes"}
"""What is asked of a provision: whether a case falls under it, it applies, it would apply but for its exclusions."""


@dataclass(slots=True)
class References:
    """The references met while one rulebook is linked, each resolved once.

    Reading an expression through levels of construal records which provisions it needs as derived facts; `derive` then
    writes them. `applied` has, for each name used in an `applies`, the provision and the clauses it is read through;
    `meant`, by the id of an order, that order and what it means (`orders.targets_of`).
    """

    provisions: Provisions
    vocabulary: Vocabulary
    laws: dict[str, Law]
    applied: dict[str, tuple[Citation, tuple[Meant, ...]]] = field(default_factory=dict)
    meant: dict[int, tuple[PlacedOrder, tuple[Any, ...]]] = field(default_factory=dict)
    _needed: dict[str, tuple[Citation, tuple[Meant, ...], Use]] = field(default_factory=dict)
    _construings: dict[Levels, Construing] = field(default_factory=dict)
    _tokens: dict[Citation, frozenset[str]] = field(default_factory=dict)
    _listed: dict[CitationRange, tuple[Citation, ...]] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _written: dict[str, DerivedFact] = field(default_factory=dict)

    # --- reading through levels ---------------------------------------------------------------------------------------

    def read_rule(self, rule: Rule, levels: Levels) -> Rule:
        """`rule` with its references resolved and every level's substitution made; its values were narrowed before."""
        resolve = partial(self._resolve, levels=levels, rule=rule)
        read = map_expressions(rule, resolve, resolve)
        for depth in range(len(levels)):
            read = construe_rule(read, self._construing(levels[depth:]), self.vocabulary)
        expand = partial(expand_values, vocabulary=self.vocabulary)
        return map_expressions(read, expand, expand)

    def read_condition(self, node: Expression, levels: Levels) -> Expression:
        """A condition with its references resolved and every level's substitution made."""
        node = self._resolve(node, levels)
        for depth in range(len(levels)):
            node = construe_condition(node, self._construing(levels[depth:]), self.vocabulary)
        return expand_values(node, self.vocabulary)

    def read_value(self, node: Expression, levels: Levels) -> Expression:
        """A value with its references resolved and every level's substitution made."""
        node = self._resolve(node, levels)
        for depth in range(len(levels)):
            node = construe_value(node, self._construing(levels[depth:]), self.vocabulary)
        return expand_values(node, self.vocabulary)

    def bind(self, cited: CitationRange, levels: Levels) -> tuple[tuple[CitationRange, Levels], ...]:
        """What a citation means when read through `levels`: the provisions, each with the levels it is itself read
        through.

        No levels: it stays outside every applied range, and means the provision as it stands.
        """
        return tuple((part, meant.levels) for part, meant in self._bind(cited, levels, apart=False))

    def named(self, cited: CitationRange, levels: Levels) -> tuple[CitationRange, ...]:
        """The citation where a clause has it read as another; else each provision that it lists."""
        if any(level.construing.provisions(cited) is not None for level in levels):
            return (cited,)
        return tuple(CitationRange(m, m) for m in self._members(cited)) or (cited,)

    def _bind(self, cited: CitationRange, levels: Levels, *, apart: bool) -> list[tuple[CitationRange, Meant]]:
        """The same. `apart`: of a provision of which a clause applies some rules alone, these as the clause applies
        them, and the others as they stand."""
        bound = [(part, Meant()) for part in self.named(cited, levels)]
        for depth, level in enumerate(levels):
            following: list[tuple[CitationRange, Meant]] = []
            for part, meant in bound:
                construed = level.construing.provisions(part)
                if construed is not None:
                    following.extend((target, Meant()) for target in construed)
                elif meant.levels:
                    following.append((part, meant))
                elif level.reaches(part):
                    following.append((part, Meant(levels[depth:], meant.rules)))
                elif not apart:
                    following.append((part, meant))
                else:
                    rules = self._at(part) if meant.rules is None else meant.rules
                    reached = rules & self._reached(level, part)
                    left = replace(meant, rules=rules - reached) if reached else meant
                    following += [(part, Meant(levels[depth:], reached))] if reached else []
                    following += [(part, left)] if left.rules or not reached else []
            bound = following
        return bound

    def _at(self, part: CitationRange) -> frozenset[str]:
        return frozenset(rule.id for rule in self.provisions.rules_in(part))

    def _members(self, cited: CitationRange) -> tuple[Citation, ...]:
        known = self._listed.get(cited)
        if known is None:
            known = self._listed[cited] = self.provisions.members(cited)
        return known

    def _construing(self, levels: Levels) -> Construing:
        # A condition that a clause puts in a fact's place stands in the clause's own words, so its references are read
        # with the clause's construals; its names are not, since substitution is simultaneous.
        written = levels[0].construing
        if not written.conditions:
            return written
        known = self._construings.get(levels)
        if known is None:
            own = (replace(levels[0], own_words=True), *levels[1:])
            resolved = tuple((fact, self._resolve(condition, own)) for fact, condition in written.conditions)
            known = self._construings[levels] = replace(written, conditions=resolved)
        return known

    # --- references ---------------------------------------------------------------------------------------------------

    def _resolve(self, node: Expression, levels: Levels, rule: Rule | None = None) -> Expression:
        def change(part: Expression) -> Expression | None:
            match part:
                case FallsUnder(subject=None, ranges=ranges, negated=negated):
                    asker = kind_of_asker(rule, levels, self.vocabulary)
                    read_of = partial(self._facts, levels=levels, asker=asker)
                    facts = [fact for first, last in ranges for fact in read_of(_range(first, last))]
                    either = disjunction(facts)
                    return replace(negation(either) if negated else either, span=part.span)
                case FallsUnder(ranges=ranges):
                    read = [r for first, last in ranges for r, _ in self.bind(_range(first, last), levels)]
                    return replace(part, ranges=tuple((str(r.first), str(r.last)) for r in read)) if levels else None
                case Applies(citation=citation):
                    # Whether a norm is effective is asked of one that there is: beside the clause's own words stands
                    # no instance of what it does not apply.
                    standing = tuple(replace(level, own_words=False) if level.clause else level for level in levels)
                    cited = parse_citation_range(citation)
                    asker = kind_of_asker(rule, levels, self.vocabulary)
                    asked = [(r, replace(one, about=asker)) for r, one in self._bind(cited, standing, apart=True)]
                    return disjunction([self._applies(part, r, meant) for r, meant in _by_part(asked)])
                case _:
                    return None

        return rewrite(node, change)

    def _reached(self, level: Level, part: CitationRange) -> frozenset[str]:
        """The rules, by id, of which the level's clause applies what is at or inside a provision, or some of it."""
        applied = self.provisions.applied(level.ranges)
        return frozenset(rule.id for rule in applied if any(map(part.covers, places_of(rule))))

    def _facts(self, cited: CitationRange, levels: Levels, asker: str) -> list[Expression]:
        found: list[Expression] = []
        bound = [(part, replace(one, about=asker)) for part, one in self._bind(cited, levels, apart=True)]
        for part, meant in _by_part(bound):
            found.extend(self._fact(member, meant) for member in self._members(part))
        return found

    def _fact(self, citation: Citation, meant: tuple[Meant, ...], use: Use = "") -> Fact:
        # Whether something applies is asked of what stands there by these very clauses.
        if not use:
            asker = meant[0].about
            read = tuple(Meant(self._relevant(citation, one), one.rules) for one in meant)
            rules = self.provisions.in_article(citation) if asker else ()
            is_wide = any(self._of_its_kind(rule, one.levels, asker) != one.levels for rule in rules for one in meant)
            meant = tuple(replace(one, about=asker) for one in read) if is_wide else read
        name = f"§{citation}{_USES[use]}{_through(meant)}"
        if name not in self._needed:
            self._needed[name] = (citation, meant, use)
            self._waiting.append(name)
        return Fact(name, type=YES_NO)

    def _applies(self, node: Applies, cited: CitationRange, meant: tuple[Meant, ...]) -> Expression:
        parts: list[Expression] = []
        for citation in self._members(cited):
            excluding = self.provisions.excluded_at(citation)
            # What excludes a duty exempts from it, by a norm of its own; what excludes another, or a duty of which one
            # of several suffices, keeps it away.
            owed = [rule.effect == "must" and not rule.any_of for rule in self.provisions.said_through(excluding)]
            part = not any(citation.covers(one.citation) for rule in excluding for one in rule.unless)
            exempting = any(owed) and not part
            if excluding and (part or not (owed and all(owed))):
                parts.append(self._fact(citation, meant, use="but"))
            standing = self._standing(citation)
            if (standing or excluding) and self.provisions.is_in_wording_not_held(citation):
                parts.append(self._fact(citation, meant, use="applies"))
            if excluding and not exempting and not standing:
                continue
            if standing and not self._has_norms(standing):
                # A definition applies when it gives a value, a fiction when it is read.
                parts.append(self._fact(citation, meant, use="applies"))
                if not exempting:
                    continue
            having = self._of_part(citation, meant, standing) if part else meant
            applied = self._applied_by_clauses(citation)
            if not applied.isdisjoint(("define", "deem", "disapply")):
                parts.append(self._gives(citation, having))
                if applied.isdisjoint(ON_ACTIONS) and not exempting:
                    continue
            place = self.provisions.whole_rule(citation) if part else citation
            by = any(one.clauses or one.rules or one.about for one in having)
            name = f"{place}{_through(having)}" if by else str(place)
            self.applied.setdefault(name, (place, having))
            applies: Expression = replace(node, citation=name)
            if place != citation:  # "97 (1) 2 applies": a norm of the paragraph is effective, on that ground
                if self._is_ground(citation):
                    parts.append(self._fact(citation, meant, use="applies"))
                    continue
                applies = conjunction([applies, self._fact(citation, meant)])
            parts.append(applies)
        return disjunction(parts)

    def _gives(self, citation: Citation, meant: tuple[Meant, ...]) -> Expression:
        """Whether what a clause brings gives a value or disapplies; of a part, that the case falls under it too."""
        whole = self.provisions.whole_rule(citation)
        gives: list[Expression] = [self._fact(whole, meant, use="applies")]
        return conjunction(gives if whole == citation else [*gives, self._fact(citation, meant)])

    def _of_part(self, citation: Citation, meant: tuple[Meant, ...], having: Sequence[Rule]) -> tuple[Meant, ...]:
        """What is meant of the rules that have a part at the place; others at the place of the whole are left out."""
        of, whole = frozenset(rule.id for rule in having), self.provisions.whole_rule(citation)
        at = self._at(CitationRange(whole, whole))
        if not of or at <= of:
            return meant
        return tuple(replace(one, rules=of if one.rules is None else of & one.rules) for one in meant)

    def _standing(self, citation: Citation) -> list[Rule]:
        """The rules at a place, whole or in part, but for those that it only excludes or is a requirement of."""
        rules = self.provisions.rules_in(CitationRange(citation, citation))
        bare = ((one, replace(one, unless=(), requires=())) for one in rules)
        return [one for one, without in bare if any(map(citation.covers, places_of(without)))]

    def _is_ground(self, citation: Citation) -> bool:
        """True of a ground of a rule on actions, which each of the rule's norms reads as the norm is read."""
        rules = self.provisions.in_article(citation)
        return any(rule.effect in ON_ACTIONS and grounds_at(rule.grounds, citation) for rule in rules)

    def _acts(self, citation: Citation) -> bool:
        """Whether a rule on actions stands at a place."""
        return any(rule.effect in ON_ACTIONS for rule in self._standing(citation))

    @staticmethod
    def _has_norms(rules: Iterable[Rule]) -> bool:
        return any(rule.effect in BINDING for rule in rules)

    def _applied_by_clauses(self, citation: Citation) -> set[str]:
        """The effects of what clauses at a place apply, through further clauses too; none where it has other rules."""
        standing = self._standing(citation)
        if any(rule.effect != "apply" for rule in standing):
            return set()
        return {rule.effect for rule in self.provisions.said_through(standing)}

    def _relevant(self, citation: Citation, meant: Meant) -> Levels:
        # Two clauses that construe nothing which occurs at the provision read it alike, so they share one derived fact.
        levels = meant.levels
        if not levels or meant.rules is not None:
            return levels
        tokens = set(self.tokens_at(citation))
        relevant: list[Level] = []
        for level in levels:
            written = level.construing
            names = tuple((s, targets) for s, targets in written.names if s in tokens)
            conditions = tuple((s, c) for s, c in written.conditions if s in tokens)
            citations = tuple((s, targets) for s, targets in written.citations if str(s) in tokens)
            if names or conditions or citations or level.governed_by or level.milder:
                kept = {s for s, _ in names}
                wide = tuple((s, targets) for s, targets in written.wide if s in kept)
                construing = Construing(names, conditions, citations, wide)
                relevant.append(replace(level, construing=construing))
                for source, targets in names:
                    tokens |= {t.replace(source, target) for t in tokens if source in t for target in targets}
        return tuple(relevant)

    def _in_time_of(self, levels: Levels, found: list[Derivation]) -> list[Derivation]:
        """What was found at a place, in the time that the outermost clause picks for what stands in its range, or read
        under two laws by it; what a clause asks itself stands in no range."""
        if any(level.own_words and level.clause for level in levels):
            return found
        for depth, level in reversed(list(enumerate(levels))):
            if level.milder:
                found = [replace(one, milder=True) for one in found]
            if level.governed_by is not None:
                event = self.read_value(level.governed_by, levels[depth:])
                found = [one if one.governed_by is not None else replace(one, governed_by=event) for one in found]
        return found

    def tokens_at(self, citation: Citation) -> frozenset[str]:
        """The tokens that a clause could construe in the rules at `citation` and in what they in turn refer to."""
        # Chains of references may be long: the way down is kept here, not on the stack of calls.
        way = [] if citation in self._tokens else [self._entered(citation)]
        while way:
            place, tokens, behind = way[-1]
            following = next(behind, None)
            if following is None:
                way.pop()
                self._tokens[place] = frozenset(tokens)
                if way:
                    way[-1][1].update(tokens)
            elif following in self._tokens:
                tokens |= self._tokens[following]
            else:
                way.append(self._entered(following))
        return self._tokens[citation]

    def _entered(self, citation: Citation) -> tuple[Citation, set[str], Iterator[Citation]]:
        """The provision with its own tokens and what they cite."""
        self._tokens[citation] = frozenset()  # a circle adds nothing; it is reported elsewhere
        rules = self.provisions.rules_in(CitationRange(citation, citation))
        tokens = {token for rule in rules for token in tokens_of_rule(rule, self.vocabulary)}
        cited = [parse_citation_range(one) for one in sorted(tokens) if "/" in one and not one.startswith("ext:")]
        return citation, tokens, (member for range_ in cited for member in self._members(range_))

    # --- derived facts ------------------------------------------------------------------------------------------------

    def add(self, name: str, derivation: Derivation) -> Fact:
        """A yes/no fact of its own for a situation that several norms read, such as the grounds of a clause."""
        self._written[name] = DerivedFact(name, YES_NO, (derivation,))
        return Fact(name, type=YES_NO)

    def written(self, name: str) -> Derivation:
        """What `add` was given of that name."""
        return self._written[name].derivations[0]

    def derive(
        self,
        standing: Sequence[tuple[Kinds, Chain, Derivation]],
        norms: Sequence[Draft],
        exempting: Sequence[tuple[Draft, Standing]],
    ) -> tuple[dict[str, DerivedFact], dict[str, Citation]]:
        """The derived facts that every reference met so far needs, and those that no rule answers, by name.

        What no rule answers is nobody's "no": it stays a fact of its own that a case may state. `standing` has the
        definitions and fictions, with kinds and the clauses it is read through, as orders left them. `norms` are
        those that rules state, as orders left their grounds, `exempting` the exemptions, each with what has it.
        """
        unanswered: dict[str, Citation] = {}
        while self._waiting:
            # What these need waits for the next round: a chain of references is one a round.
            waiting, self._waiting = sorted(self._waiting), []
            for name in waiting:
                citation, meant, use = self._needed[name]
                given: list[Derivation] = []
                excluded = self.provisions.excluded_at(citation) if use == "but" else ()
                # Where norms stand, these are asked alone whether they apply.
                asked = () if use == "applies" and self._acts(citation) else standing
                for one in meant if use == "applies" or excluded else ():
                    defined = [(chain, giving) for kinds, chain, giving in asked if one.asks_of(kinds)]
                    drafts = [draft for draft in norms if one.asks_of(draft.kinds)]
                    if excluded:
                        given += kept_away(citation, excluded, one, defined, drafts, self.add)
                        given += exempting_on(exempting, citation, one)
                    else:
                        given += applying_at(citation, one, defined, drafts, self.add)
                if not given and self.provisions.said_through(excluded):
                    given.append(never(excluded[0], citation))
                elif not given and excluded:  # of what says nothing, whether the case falls under the exclusion
                    only = frozenset(rule.id for rule in excluded)
                    meant = tuple(replace(one, rules=only if one.rules is None else only & one.rules) for one in meant)
                derivations = tuple(given) or tuple(d for one in meant for d in self._derivations(citation, one))
                if derivations:
                    self._written[name] = DerivedFact(name, YES_NO, derivations)
                else:
                    unanswered[name] = citation
        return dict(sorted(self._written.items())), unanswered

    def _of_its_kind(self, rule: Rule, levels: Levels, asker: str) -> Levels:
        """The levels through which a rule about a wider kind is read of the very one that is asked about."""
        wide = about(skeleton(rule, levels, self.vocabulary)) if asker else ""
        if wide == asker or wide not in self.vocabulary.kinds_of(asker):
            return levels
        names = ((wide, (asker,)),)
        return (*levels, Level(Construing(names=names, wide=names), own_words=True))

    def _derivations(self, citation: Citation, meant: Meant) -> tuple[Derivation, ...]:
        found, outer = list[Derivation](), meant.levels
        situations = Situations(self.vocabulary, self.laws)
        excluding = self.provisions.only_excluded_at(citation)
        rules = excluding or self.provisions.in_article(citation)
        if meant.rules is not None:  # what a clause applies in part it applies so
            of = self.provisions.applied(outer[0].ranges) if outer and outer[0].ranges else rules
            rules = tuple(rule for rule in of if rule.id in meant.rules)
        for rule in rules:
            # Its own conditions are read with its construals, once where references run in a circle.
            if rule.effect == "apply" and all(level.clause != rule.id for level in outer):
                levels = (level_of(rule, own_words=True), *outer)
            else:
                levels = outer
            levels = self._of_its_kind(rule, levels, meant.about)
            for through in narrowings(rule, levels, self.vocabulary):
                if citation.covers(rule.at):
                    if rule.effect in SITUATIONS:
                        found.append(situations.whole(self.read_rule(rule, through)))
                    elif rule.grounds:
                        read = self.read_rule(replace(rule, unless=()), through)
                        found.append(situations.by_grounds(read, citation))
                elif excluding or has_inside(rule, CitationRange(citation, citation)):
                    found.extend(situations.parts(self.read_rule(rule, through), citation))
        return tuple(dict.fromkeys(self._in_time_of(outer, found)))


def _range(first: str, last: str) -> CitationRange:
    return CitationRange(parse_citation(first), parse_citation(last))


def _by_part(bound: Iterable[tuple[CitationRange, Meant]]) -> Iterator[tuple[CitationRange, tuple[Meant, ...]]]:
    """What a reference means, part by part."""
    found: dict[CitationRange, dict[Meant, None]] = {}
    for part, meant in bound:
        found.setdefault(part, {})[meant] = None
    yield from ((part, tuple(meant)) for part, meant in found.items())


def _through(meant: tuple[Meant, ...]) -> str:
    return "; and".join(one.through for one in meant)
