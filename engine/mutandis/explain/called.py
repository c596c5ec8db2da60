"""What facts, terms, provisions and construals are called: by their labels and statements, never by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import takewhile

from mutandis.citation import CitationError, outside_form, parse_citation_range, short_form
from mutandis.dataclass import dataclass
from mutandis.rulebook.law import Law
from mutandis.rulebook.statement import VALUE
from mutandis.vocabulary import FactDeclaration, Vocabulary

ARTICLE = re.compile(r"\A(?:the|a|an|whether|how|what|who) ", re.IGNORECASE)
"""What a noun may begin with, and loses where another word stands before it."""
_OF_A_NOUN = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
PREPOSITIONS = frozenset({"by", "for", "under", "to", "of", "from", "at", "on", "in", "with", "befalls", "until"})
"""What a name may end with that waits for something: `claim made by`."""
_VERBS = frozenset({"is", "are", "was", "has", "have", "had", "can", "may", "does", "did", "will", "would", "comes"})
_OF_MEMBER = re.compile(r"([a-z0-9_.]+)\[(\d+)\]\.([a-z0-9_]+)")
"""The name of an attribute of a list member that a case has: the list, the member's number, the attribute."""
_DAYS = {"date": "day", "moment": "moment"}
_REFERENCE = re.compile(
    r"§(?!\S+\.\S+ as of )([^/ ]+/\S+(?: (?:proviso|main|former|latter))*)( applies)?((?: but| under| as\[| as to ).*)?"
)
_SAID_OF_RULE = {
    "trigger": "{} applies",
    "grounds": "a ground of {} holds",
    "requirements": "what {} requires is met",
}
"""What the facts made while linking say of the rule in their name."""
_OF_RULE = re.compile(rf"§({'|'.join(_SAID_OF_RULE)}) of (?:[^:#/]*: )?([^#]+)#.*", re.DOTALL)
"""The name of such a fact."""
_QUOTED = re.compile(r"`([a-z0-9_.]+)`")
_CITED = re.compile(r"(?:ext:)?[a-z0-9-]+/[^ ,]+(?: to [a-z0-9-]+/[^ ,]+)?")
_AS_READ = re.compile(r"(?= (?:under|as|of|but) )|(?= as\[)")
"""Where the words begin that tell how a place is read: by which clauses, of which kind, of which rules."""
_CLAUSE = re.compile(r" under (\S+(?: (?:proviso|main|former|latter))*)\[")
"""The name of a fact made while linking, whether the case falls under a place or it applies; the clauses in it."""


@dataclass(frozen=True, slots=True)
class Called:
    """What the things of one rulebook are called."""

    vocabulary: Vocabulary
    laws: Mapping[str, Law]

    def statement(self, name: str, *, member: bool = False) -> str:
        """A yes/no fact as what holds where it is yes."""
        declared = self.declared(name)
        term, attribute, version = parts_of_name(name)
        if declared is not None and declared.says and VALUE not in declared.says:
            return declared.says + self._version(version)
        if reference := _REFERENCE.fullmatch(name):
            place, applies, clauses = reference.groups()
            provision = self.provision(place + (clauses or ""))
            return (
                f"{provision} applies"
                if applies or (clauses or "").startswith(" but")
                else f"the case falls under {provision}"
            )
        if of_rule := _OF_RULE.fullmatch(name):
            what, place = of_rule.groups()
            return _SAID_OF_RULE[what].format(self.provision(place))
        label = self.label(name)
        if label and label.split(" ", 1)[0] not in _VERBS:
            return label + self._version(version)
        if member:
            return f"it {label}" if label else attribute.replace("_", " ")
        return f"{self.term(term)} {label or attribute.replace('_', ' ')}{self._version(version)}"

    def _version(self, provision: str) -> str:
        return f" (as of {self.provision(provision)})" if provision else ""

    def declared(self, name: str) -> FactDeclaration | None:
        """The declaration of a fact, of the one that is read as of a provision, or of a list member's attribute."""
        if (member := _OF_MEMBER.fullmatch(name)) is not None and (listed := self.declared(member[1])) is not None:
            name = f"{listed.type.term}.{member[3]}"
        term, attribute, version = parts_of_name(name)
        return self.vocabulary.facts.get(f"{term}.{attribute}" if version else name)

    def label(self, name: str) -> str:
        """The label that somebody gave the fact; the words of its name, which stand in for one, are none."""
        declared, words = self.declared(name), parts_of_name(name)[1].replace("_", " ")
        return declared.label if declared is not None and declared.label != words else ""

    def thing(self, name: str, *, member: bool = False) -> str:
        """A fact that has a value as a noun with its article; `member`, of the list member in hand."""
        declared = self.declared(name)
        term, attribute, version = parts_of_name(name)
        words, label = attribute.replace("_", " "), self.label(name)
        if label:
            return (label if ARTICLE.match(label) else f"the {label}") + self._version(version)
        head, _, last = words.rpartition(" ")
        if declared is not None and declared.type.kind in _DAYS and last in ("on", "at"):
            what = f"“{self.term(term)} {head}”" if head else f"the {self.term(term)}"
            return f"the {_DAYS[declared.type.kind]} of {what}{self._version(version)}"
        if member:
            return f"its {words}"
        if last in PREPOSITIONS:
            return f"“{self.term(term)} {words}”{self._version(version)}"
        return f"the {words} of the {self.term(term)}{self._version(version)}"

    def told(self, name: str) -> str:
        """A fact as what stands before its value: its statement, or the thing it is; `crew[1].name` as the member's."""
        if (member := _OF_MEMBER.fullmatch(name)) is not None:
            listed, number, attribute = member.groups()
            term = listing.type.term if (listing := self.declared(listed)) is not None else None
            return f"{self.told(f'{term}.{attribute}')}, {self.told(listed)}, no. {number}" if term else name
        declared = self.declared(name)
        if declared is None or declared.type.kind == "yes_no":
            return self.statement(name)
        return _OF_A_NOUN.sub("", self.thing(name), count=1)

    def note(self, text: str) -> str:
        """A note on one line, the facts that it names called by their words."""

        def called(found: re.Match[str]) -> str:
            return f"“{self.told(found[1])}”" if found[1] in self.vocabulary.facts else found[0]

        return _QUOTED.sub(called, " ".join(text.split()))

    def construals(self, pairs: Iterable[tuple[str, str]]) -> str:
        """What a clause reads as what: `visit as telephone call, unsentenced as sentenced or death row`; what it reads
        as itself, a provision that stays the one it is, goes without saying."""
        read: dict[str, list[str]] = {}
        for source, target in pairs:
            if source != target:
                read.setdefault(self._construed(source), []).append(self._construed(target))
        return ", ".join(f"{source} as {listed(targets, 'or')}" for source, targets in read.items())

    def _construed(self, text: str) -> str:
        """A term, action, fact, value, provision or condition, as a construal names it, in words."""
        if text in self.vocabulary.terms:
            return self.term(text)
        if (action := self.vocabulary.actions.get(text)) is not None and action.label:
            return f"“{action.label}”"
        if text in self.vocabulary.facts:
            return f"“{self.told(text)}”"
        return _CITED.sub(lambda found: self.provision(found[0]), text).replace("_", " ")

    def term(self, term: str) -> str:
        """The label of a term."""
        declared = self.vocabulary.terms.get(term)
        return declared.label if declared is not None and declared.label else term.replace("_", " ")

    def provision(self, id: str) -> str:
        """A citation, or a range of them, as the law is cited in passing; of a named norm, its place."""
        id, *read = _AS_READ.split(id.partition("#")[0], maxsplit=1)
        if read:
            return " through ".join(map(self.provision, (id, *_CLAUSE.findall(read[0]))))
        try:
            cited = parse_citation_range(id)
        except CitationError:
            return id
        if cited.first.is_external:
            return " to ".join(dict.fromkeys(map(outside_form, (cited.first, cited.last))))
        law = self.laws.get(cited.first.law)
        title = law.short if law is not None else cited.first.law
        ends = (cited.first, cited.last)
        cited_by = law.cited_by if law is not None else ""
        told = [short_form(one.without_sentence() if one.sentence == "main" else one, title, cited_by) for one in ends]
        return to_last(*told)


def to_last(first: str, last: str) -> str:
    """A range of places, the last less what it shares with the first; parts of another article are told with `Art.`.

    >>> to_last("Act Art. 97 (1) 2", "Act Art. 97 (1) 4"), to_last("Act Art. 3", "Act Art. 3")
    ('Act Art. 97 (1) 2 to 4', 'Act Art. 3')
    >>> to_last("Act Art. 3", "Act Art. 5"), to_last("Act Art. 97 (1)", "Act Art. 98 (2)")
    ('Act Art. 3 to 5', 'Act Art. 97 (1) to Art. 98 (2)')
    """
    words = last.split(" ")
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first.split(" "), words, strict=False)))
    if shared and words[shared - 1] in ("Art.", "§") and len(words) > shared + 1:
        shared -= 1
    return first if first == last else f"{first} to {' '.join(words[shared:]) or last}"


def parts_of_name(name: str) -> tuple[str, str, str]:
    """Term, attribute and the provision as of which a fact is read, of a name as rules or linking make it.

    >>> parts_of_name("§conduct.on as of act/addenda-8728/4(2)")
    ('conduct', 'on', 'act/addenda-8728/4(2)')
    """
    term, _, rest = name.removeprefix("§").partition(".")
    attribute, _, version = rest.partition(" as of ")
    return term, attribute, version


def listed(parts: Iterable[str], word: str) -> str:
    """`a`, `a or b`, `a, b or c`."""
    said = list(parts)
    if len(said) < 2:
        return "".join(said)
    if any(", " in one or f" {word} " in one for one in said):
        return f"; {word} ".join(said)
    return f"{', '.join(said[:-1])} {word} {said[-1]}"
