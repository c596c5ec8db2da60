"""Says which law a name stands for, within one document: its own, its parent Act, another by name.

An enforcement decree's parent comes from its title; `(hereinafter referred to as the "Act")` behind the name of a law
makes an alias, and where the alias is `Act` in a decree, the name is the parent's too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from mutandis.dataclass import dataclass
from mutandis_text.references import english
from mutandis_text.references.grammar import Wording
from mutandis_text.references.law_names import slug_law
from mutandis_text.references.syntax import LawName, LawNameKind, Mention, MentionKind


class TargetLaw(StrEnum):
    """Whose provision a reference names: this law's, its parent Act's, or another's."""

    SAME = "same"
    PARENT = "parent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LawReference:
    """A law as a target. `prefix` begins its provisions' ids: `act`, `ext:probation-act`."""

    prefix: str
    target: TargetLaw


@dataclass(frozen=True, slots=True)
class LawContext:
    """The laws a document can name. `parent` is empty for an Act; `aliases` map short names to slugs."""

    law: str
    title: str
    parent: str
    parent_names: frozenset[str]
    aliases: dict[str, str]

    @property
    def is_decree(self) -> bool:
        """True if the document is not itself an Act."""
        return not re.search(
            r"\bact\b", re.sub(r"(?i)^.*\b(?:decree|rules?|regulations?) of\b.*$", "", self.title), re.I
        )

    def own(self) -> LawReference:
        """The law itself."""
        return LawReference(self.law, TargetLaw.SAME)

    def is_decree_law(self, reference: LawReference) -> bool:
        """True if a law is a decree or rules, False if it is an Act."""
        return self.is_decree if reference.target is TargetLaw.SAME else _is_decree(reference.prefix)

    def resolve(self, name: LawName | None, earlier: Mapping[bool, LawReference]) -> LawReference:
        """What a name stands for; `earlier` are the decree (True) and the Act (False) named last before it."""
        if name is None or name.kind is LawNameKind.OWN:
            return self.own()
        if name.kind is LawNameKind.SAME:
            return self._named_last(name.name, earlier)
        if name.kind is LawNameKind.PLAIN:
            return self._plain(name.name, earlier)
        if name.of_law is not None:
            # `the Enforcement Decree of the same Act`
            whose = self.resolve(name.of_law, earlier)
            title = slug_law(self.title) if whose == self.own() else whose.prefix.removeprefix("ext:")
            decree = _name_decree(name.name, title)
            if whose.target is TargetLaw.PARENT and slug_law(self.title).startswith(
                f"{decree.partition('-of-the-')[0]}-"
            ):
                return self.own()
            return LawReference(f"ext:{decree}", TargetLaw.OTHER)
        return self._named(("former " if name.former else "") + name.name)

    def _named(self, name: str) -> LawReference:
        slug = slug_law(name)
        slug = self.aliases.get(slug, slug)
        own = slug_law(self.title)
        if slug == own or (slug == "constitution" and own.startswith("constitution-")):
            return self.own()
        if self.parent and slug in (self.parent, *self.parent_names):
            return LawReference(f"ext:{self.parent}", TargetLaw.PARENT)
        return LawReference(f"ext:{slug}", TargetLaw.OTHER)

    def _plain(self, head: str, earlier: Mapping[bool, LawReference]) -> LawReference:
        alias = self.aliases.get(head.lower())
        if alias is not None:
            return self._named(alias)
        if head.lower() in english.TREATIES:
            return LawReference(f"ext:{head.lower()}", TargetLaw.OTHER)
        if head.lower() in ("act", "law"):
            if self.is_decree and self.parent:
                return LawReference(f"ext:{self.parent}", TargetLaw.PARENT)
            return self.own() if not self.is_decree else self._named_last(head, earlier)
        if not self.is_decree and True not in earlier:
            # `the Decree` in an Act that names none: the one made under it.
            return LawReference(f"ext:enforcement-decree-of-the-{slug_law(self.title)}", TargetLaw.OTHER)
        if head.lower() == "decree" and self._is_below_decree():
            # `the Decree` in rules or regulations that do not say which: the one under the same Act.
            slug = f"enforcement-decree-of-the-{self.parent}" if self.parent else "decree"
            return LawReference(f"ext:{slug}", TargetLaw.OTHER)
        return self.own() if self.is_decree else self._named_last(head, earlier)

    def _is_below_decree(self) -> bool:
        """True for rules, regulations and ordinances: what their title says before the matter they are about."""
        kind = re.sub(r"(?i)\s(?:of|on|for|concerning|under|relating)\s.*$", "", self.title)
        return (
            re.search(r"(?i)\b(?:rules?|regulations?|ordinance)\b", kind) is not None and "decree" not in kind.lower()
        )

    def _named_last(self, head: str, earlier: Mapping[bool, LawReference]) -> LawReference:
        decree = _is_decree(head.lower())
        if decree in earlier:
            return earlier[decree]
        if self.parent and not decree:
            return LawReference(f"ext:{self.parent}", TargetLaw.PARENT)
        return self.own()


def _is_decree(slug: str) -> bool:
    return bool(re.search(r"(?:^|[-:])(?:decree|regulations?|rules?)(?:-|$)", slug))


def _named_law(mention: Mention, act: str) -> str:
    """The slug of the law that a mention names in full; `provided by the Enforcement Decree of …` names one too.

    `act` is the one that `the Enforcement Decree of the same Act` belongs to.
    """
    if mention.kind is MentionKind.DELEGATION:
        return slug_law(mention.words) if english.DECREE_OF.search(mention.words) else ""
    law = mention.law
    if law is None or law.kind is not LawNameKind.NAMED:
        return ""
    return _name_decree(law.name, act) if law.of_law is not None and act else slug_law(law.name)


def _name_decree(name: str, act: str) -> str:
    """The slug of `Enforcement Decree of the same Act` where that Act is known."""
    head = slug_law(re.split(r"\s(?:of|thereof|thereunder)\b", name)[0])
    return f"{head}-of-the-{act}"


def read_law_context(law: str, title: str, wordings: Iterable[Wording]) -> LawContext:
    """What the title and the definitions of a document say of the laws it names."""
    title = " ".join(title.split())
    match = english.PARENT.fullmatch(title)
    parent = slug_law(match[1]) if match else ""
    aliases: dict[str, str] = {}
    names: set[str] = set()
    act = parent
    for wording in wordings:
        for before, mention in zip(wording.mentions, wording.mentions[1:], strict=False):
            if before.law is not None and before.law.of_law is None and (named := _named_law(before, "")):
                act = act if _is_decree(named) else named
            apart = before.last != mention.first - 1 and slug_law(mention.words) not in english.TREATIES
            if mention.kind is not MentionKind.DEFINITION or apart or mention.targets:
                continue
            whose = before.law.of_law if before.law is not None else None
            plain = whose is not None and whose.kind is LawNameKind.PLAIN
            slug = _named_law(before, (parent or aliases.get("act", act)) if plain else act)
            if not slug or wording.tokens[mention.first - 1].text != "(":
                continue
            term = slug_law(mention.words.removeprefix("the ").removeprefix("The "))
            if term == "act" and match:
                names.add(slug)
            elif term:
                aliases.setdefault(term, slug)
    if not parent and "act" in aliases and not re.search(r"\bact\b", title, re.I):
        parent = aliases["act"]
    return LawContext(law, title, parent, frozenset(names), aliases)
