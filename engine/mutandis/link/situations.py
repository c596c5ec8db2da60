"""What a rule says at a place as a situation that a case may fall under: the whole of it, its grounds, or a part."""

from __future__ import annotations

from mutandis.citation import Citation
from mutandis.condition.tree import Truth
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO
from mutandis.link.applying import given_by
from mutandis.link.linked_parts import link_exclusions, link_grounds
from mutandis.link.program import Derivation, LinkedEntry
from mutandis.link.provisions import grounds_at
from mutandis.link.timeline import force_of
from mutandis.rulebook.law import Law
from mutandis.rulebook.model import Rule
from mutandis.vocabulary import Vocabulary

_TRUE = Truth(True, type=YES_NO)


@dataclass(frozen=True, slots=True)
class Situations:
    """Derivations from rules whose references have been read."""

    vocabulary: Vocabulary
    laws: dict[str, Law]

    def whole(self, rule: Rule) -> Derivation:
        """What a definition, a fiction or a ground of its own says, with what it excludes."""
        return Derivation(
            rule=rule.id,
            citation=rule.at,
            kind="ground",
            entries=self._entries(rule) or (LinkedEntry(rule.at, None, _TRUE),),
            when=rule.when,
            grounds=link_grounds(rule.grounds),
            exclusions=link_exclusions(rule.unless),
            force=force_of(rule, self.laws),
            governed_by=rule.governed_by,
            summary=rule.summary,
            note=rule.note,
            opaque=rule.opaque,
            milder=rule.milder,
            span=rule.span,
        )

    def by_grounds(self, rule: Rule, citation: Citation) -> Derivation:
        """Whether a ground of the rule holds, whatever its conditions and exclusions."""
        entry = LinkedEntry(citation, None, _TRUE)
        return replace(self.whole(rule), citation=citation, entries=(entry,), when=(), exclusions=())

    def parts(self, rule: Rule, citation: Citation) -> list[Derivation]:
        """What stands at or inside a place of the rule: grounds, entries, what an exclusion asks for."""
        bare = replace(self.by_grounds(rule, citation), grounds=())
        if rule.opaque:  # whatever stood inside it is not held either
            return [bare]
        found: list[Derivation] = []
        grounds = grounds_at(rule.grounds, citation)
        if grounds:
            found.append(replace(bare, grounds=link_grounds(grounds)))
        entries = tuple(entry for entry in self._entries(rule) if citation.covers(entry.citation))
        if entries and citation != rule.at:
            found.append(replace(bare, entries=entries))
        for exclusion in rule.unless:
            inside = grounds_at(exclusion.grounds, citation)
            if citation.covers(exclusion.citation):
                when = () if exclusion.when is None else (exclusion.when,)
                force = exclusion.force.meet(bare.force)
                found.append(replace(bare, when=when, grounds=link_grounds(exclusion.grounds), force=force))
            elif inside:
                found.append(replace(bare, grounds=link_grounds(inside)))
        return found

    def _entries(self, rule: Rule) -> tuple[LinkedEntry, ...]:
        declared = self.vocabulary.facts.get(rule.target)
        return given_by(rule.entries, declared is not None and declared.type.kind == "yes_no")
