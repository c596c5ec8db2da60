"""Sees where an addendum amends another law, and what it only quotes from it.

`Part of the Towage Act shall be amended as follows:` says whose articles follow, to the end of the provision that says
so with all below it. What stands in quotation marks there is that law's wording and refers to nothing of this one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis_text.references import english
from mutandis_text.references.grammar import Wording
from mutandis_text.references.law_context import LawReference
from mutandis_text.references.syntax import LawNameKind, MentionKind
from mutandis_text.references.tokens import TokenKind

_REACH = 8
"""How many tokens behind the name of a law its being amended is looked for (`… Act shall be partially amended`)."""


@dataclass(frozen=True, slots=True)
class Amending:
    """What a sentence amends: `names_law` is the mention that names the law, `quoted` those inside quotation marks,
    both by their place among the mentions of the sentence."""

    names_law: int | None = None
    quoted: frozenset[int] = frozenset()


NO_AMENDMENT = Amending()


@dataclass(slots=True)
class Amendment:
    """The law that the addenda amend at the place read; lives while one addendum is read."""

    law: LawReference | None = None
    holder: str = field(default="")
    quoting: bool = False

    def enter(self, provision: str, wording: Wording) -> Amending:
        """Go on to a sentence of a provision; the law it names has to be put into `law` by the caller."""
        inside = provision == self.holder or provision.startswith((f"{self.holder}(", f"{self.holder}."))
        below = self.holder.endswith(")") and provision.startswith(self.holder)
        if not self.holder or not (inside or below):
            self.law, self.holder, self.quoting = None, "", False
        verbs = [match.start() for match in english.AMENDS.finditer(wording.text)]
        if not verbs and self.law is None:
            return NO_AMENDMENT
        names_law = next(
            (
                number
                for number, mention in enumerate(wording.mentions)
                if mention.kind is MentionKind.LAW
                and mention.law is not None
                and mention.law.kind is LawNameKind.NAMED
                and _is_amended(wording, mention.last, verbs)
            ),
            None,
        )
        if names_law is not None:
            self.holder = provision
        quoted, self.quoting = _find_quoted(wording, self.quoting)
        return Amending(names_law, quoted)


def _is_amended(wording: Wording, behind: int, verbs: list[int]) -> bool:
    """True if it is said of what ends at token `behind` that it is amended."""
    tokens = wording.tokens
    at = bisect_right(verbs, tokens[behind - 1].start)
    limit = tokens[min(behind + _REACH, len(tokens)) - 1].start
    return at < len(verbs) and verbs[at] <= limit


def _find_quoted(wording: Wording, quoted: bool) -> tuple[frozenset[int], bool]:
    """The mentions that begin inside quotation marks, and whether a quotation goes on behind the sentence."""
    found: set[int] = set()
    number = 0
    for index, token in enumerate(wording.tokens):
        if token.kind is TokenKind.QUOTE and token.text in '"“”':
            quoted = token.text == "“" or (token.text == '"' and not quoted)
        while number < len(wording.mentions) and wording.mentions[number].first <= index:
            if quoted and wording.mentions[number].first == index:
                found.add(number)
            number += 1
    return frozenset(found), quoted
