"""What has another name in the new rulebook: provisions that were numbered anew, facts under another word.

Found by what is said: a rule that stands elsewhere in the same words, a fact that is declared in the same words. It
only decides what is compared with what; whether answers are the same is proved either way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass, replace

from mutandis.citation import Citation, CitationError, CitationRange, parse_citation
from mutandis.dataclass import dataclass
from mutandis.rulebook.case_file import CaseFile, by_dotted_name
from mutandis.rulebook.case_question import NAME_KEYS
from mutandis.rulebook.model import Article, Rule
from mutandis.source import NOWHERE
from mutandis.vocabulary import FactDeclaration, Vocabulary
from mutandis_tools.comparison.edits import renumbered

NEW = "new "
"""Stands before a place of the new rulebook whose number belonged to another provision in the old one."""


UNNAMED = "ext:new/"
"""Stands before a provision that a case states and the old rulebook has not: it names it nowhere."""


_Stated = Callable[[str, object], object]
"""The value of a fact, by its name, as another rulebook is told it."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """`places` and `facts` by their old names, with the new ones; `citing` are the facts, by their new names, that are
    provisions.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    citing: frozenset[str] = frozenset()

    def old_place(self, place: str) -> str:
        """What a place of the new rulebook was called in the old one."""
        found = max(((new, old) for old, new in self.places.items() if _lies_in(place, new)), default=None)
        if found is not None:
            return found[1] + place[len(found[0]) :]
        return NEW + place if any(_lies_in(place, old) for old in self.places) else place

    def old_fact(self, name: str) -> str:
        """What a fact of the new rulebook was called in the old one."""
        return next((old for old, new in self.facts.items() if new == name), name)

    def stated_place(self, place: str) -> str:
        """What the old rulebook calls a provision that a case of the new one states."""
        found = self.old_place(place)
        return found if _is_citation(found) else UNNAMED + place.replace("/", " ")

    def facts_before(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Facts of a case by their old names, with the provisions they state by their old numbers."""
        stated = _citing(self.citing, self.stated_place)
        return {self.old_fact(name): stated(name, value) for name, value in facts.items()}

    def new_place(self, place: str) -> str:
        """What a place of the old rulebook is called in the new one: its own name where that is not to be told."""
        found = max(((old, new) for old, new in self.places.items() if _lies_in(place, old)), default=None)
        moved = place if found is None else found[1] + place[len(found[0]) :]
        return moved if _is_citation(moved) else place

    def case_after(self, case: CaseFile) -> CaseFile:
        """A case of the old rulebook with the new names of its facts."""
        return _with_names(case, self.facts)

    def asked_before(self, case: CaseFile) -> CaseFile:
        """A case of the new rulebook as the old one is asked it: by its names, and its numbers of provisions."""
        return _with_names(case, {new: old for old, new in self.facts.items()}, _citing(self.citing, self.stated_place))

    def asked_now(self, case: CaseFile) -> CaseFile:
        """A case of the old rulebook as the new one is asked it."""
        citing = frozenset(map(self.old_fact, self.citing))
        return _with_names(case, self.facts, _citing(citing, self.new_place))

    def only_numbers(self, old: CaseFile, new: CaseFile) -> bool:
        """True where two cases differ in the numbers of provisions alone."""
        return bool(self.places) and self._is_one_case(old, new)

    def _is_one_case(self, old: CaseFile, new: CaseFile) -> bool:
        if old.after is not None and new.after is not None:
            if not self._is_one_case(old.after, new.after):
                return False
            new = replace(new, after=old.after)
        alike = _named(old, str) == _named(new, self.old_place)
        return alike and replace(old, tests=(), facts={}) == replace(new, tests=(), facts={}, expect=old.expect)


def _named(case: CaseFile, place: Callable[[str], str]) -> object:
    """What a case tests, states and expects, its provisions by the names that `place` gives them."""

    def called(id: str) -> str:
        return place(id).removesuffix(" main")

    def told(value: object) -> object:
        if isinstance(value, str):
            own = f"{case.law}/"
            return called(own + value).removeprefix(own) if value[:1].isdigit() else called(value)
        if isinstance(value, list | tuple):
            return [told(one) for one in value]
        if isinstance(value, Mapping):
            return {name: told(one) for name, one in value.items()}
        return value

    tests = [(called(str(one.first)), called(str(one.last))) for one in case.tests]
    limits = [replace(one, at=called(one.at)) for one in case.expect.limits or ()]
    return tests, told(case.facts), told(case.expect.lists), limits, replace(case.expect, lists=(), limits=None)


NOTHING_RENAMED = Renaming()


def _citing(names: frozenset[str], place: Callable[[str], str]) -> _Stated:
    """Gives facts that are provisions these by what `place` calls them, and others the value they have."""

    def stated(name: str, value: object) -> object:
        return place(value) if name in names and isinstance(value, str) and "/" in value else value

    return stated


def _with_names(case: CaseFile, names: Mapping[str, str], stated: _Stated = lambda _, value: value) -> CaseFile:
    """The case with its facts by dotted names, those that have others under these, with the values `stated` gives."""
    own = by_dotted_name(case.facts)
    facts = {names.get(name, name): stated(name, value) for name, value in own.items()}
    after = None if case.after is None else _with_names(case.after, names, stated)
    if not names and facts == own and after == case.after:
        return case
    ask = replace(case.ask, subject=names.get(case.ask.subject, case.ask.subject))
    lists = tuple(
        (key, tuple(names.get(one, one) for one in told) if key in NAME_KEYS else told)
        for key, told in case.expect.lists
    )
    return replace(case, facts=facts, ask=ask, after=after, expect=replace(case.expect, lists=lists))


def find_renaming(
    old: Iterable[Article], new: Iterable[Article], old_words: Vocabulary, new_words: Vocabulary
) -> Renaming:
    """Every provision and fact that is found once under its old name and once, in the same words, under a new one."""
    citing = frozenset(name for name, fact in new_words.facts.items() if fact.type.kind == "provision")
    return Renaming(_places(old, new), _facts(old_words, new_words), citing)


def _is_citation(place: str) -> bool:
    """False of one that was new, and of a subparagraph that would stand behind a sentence: `3(2) latter1`."""
    try:
        return bool(parse_citation(place))
    except CitationError:
        return False


def _lies_in(place: str, whole: str) -> bool:
    if f"{place} main" == whole:  # what is cited without its sentence
        return True
    rest = place.removeprefix(whole)
    return rest != place and (not rest or whole.endswith(")") or rest[0] in "( ")


def moved_rules(old: Iterable[Article], new: Iterable[Article]) -> list[tuple[Rule, Rule]]:
    """The rules that stand at another place now: once each in the same words but for places, or, of those left over,
    under another summary, with the same summary and effect, or where the rest of their article moved to; in another law
    where what they say of actions and facts is in none of its own, in the same words.
    """
    before, after = ([rule for article in articles for rule in article.rules] for articles in (old, new))
    standing = {rule.id: rule for rule in after}
    same = {rule.id for rule in before if standing.get(rule.id) == rule}
    found: list[tuple[Rule, Rule]] = []
    for alike in (_words_of, _sense_of, _gist_of):
        alone = _only_ones(before, after, alike, found, lambda rule: rule.id not in same)
        found += [(was, now) for was, now in alone if was.at.law == now.at.law]
    known = {rule.id for rule in before}
    gone, come = ([r for r in rules if r.id not in ids] for rules, ids in ((before, standing), (after, known)))
    found += _with_their_articles(gone, come, found)
    # One that leaves something to others: that of an article that is gone, and that of the one that is new.
    found += _only_ones(gone, come, _article_of, found, lambda rule: rule.effect == "delegate")
    # In the same words in another law: what an act said, and a decree says now.
    found += _only_ones(gone, come, _words_of, found, lambda rule: bool(rule.actions or rule.target))
    return [(was, now) for was, now in found if was.at != now.at]


def _with_their_articles(
    before: Iterable[Rule], after: Iterable[Rule], moved: Iterable[tuple[Rule, Rule]]
) -> Iterator[tuple[Rule, Rule]]:
    """Rules left over that do the same at the same place of an article that was numbered anew as far as it moved."""
    taken, moves = set[int](), defaultdict[tuple[str, str], set[str]](set)
    for was, now in moved:
        taken |= {id(was), id(now)}
        moves[was.at.law, was.at.article].add(now.at.article)
    numbers = {old: new for old, (new, *others) in moves.items() if not others and new != old[1]}

    def place(rule: Rule) -> object:
        return rule.at, rule.effect, rule.actions, rule.target

    left = _grouped((rule for rule in after if id(rule) not in taken), place)
    for rule in before:
        number = numbers.get((rule.at.law, rule.at.article))
        if number is not None and id(rule) not in taken:
            others = left.get(place(replace(rule, at=replace(rule.at, article=number))), [])
            if len(others) == 1:
                yield rule, others[0]


def _only_ones(
    before: Iterable[Rule],
    after: Iterable[Rule],
    alike: Callable[[Rule], object],
    moved: Iterable[tuple[Rule, Rule]],
    among: Callable[[Rule], bool],
) -> list[tuple[Rule, Rule]]:
    """Rules that did not move yet, each the only one of its rulebook in what `alike` makes of it, the same in both.

    Of those alone for which `among` is true.
    """
    taken = {id(one) for pair in moved for one in pair}
    mine, theirs = (_grouped((r for r in rules if among(r) and id(r) not in taken), alike) for rules in (before, after))
    return [
        (rules[0], others[0]) for key, rules in mine.items() if len(rules) == len(others := theirs.get(key, [])) == 1
    ]


def _places(old: Iterable[Article], new: Iterable[Article]) -> dict[str, str]:
    old, new = tuple(old), tuple(new)
    moved = moved_rules(old, new)
    standing = {rule.id: rule for article in new for rule in article.rules}
    stayed = [(rule, standing[rule.id]) for article in old for rule in article.rules if rule.id in standing]
    # A provision that goes on saying something has its number still: what it said besides stands elsewhere.
    left = {was.id for was, _ in moved}
    kept = {was.at for was, now in stayed if was.at == now.at and was.id not in left and _is_held(was)}
    # Where a part of a provision is left to others now, its number is that of what it says itself.
    in_order = sorted(moved, key=lambda pair: pair[0].effect != "delegate")
    found = {str(was.at): str(now.at) for was, now in in_order if was.at not in kept}
    gone = (pair for pair in moved if pair[0].at not in kept)
    for was, now in (*gone, *((was, now) for was, now in stayed if was != now)):
        # Where the rule itself moved, its parts moved with it: (2) 1 is 77-2, subparagraph 1, where (2) became 77-2.
        found.update(
            (part, moved_to)
            for part, moved_to in renumbered(was, now)
            if was.at == now.at or moved_to != str(now.at) + part.removeprefix(str(was.at))
        )
    return found


def _is_held(rule: Rule) -> bool:
    """True of what says something itself, and in words that are known: an earlier wording keeps its earlier number."""
    return rule.effect not in ("delegate", "states") and not rule.opaque


def _grouped(rules: Iterable[Rule], alike: Callable[[Rule], object]) -> dict[object, list[Rule]]:
    found: dict[object, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[alike(rule)].append(rule)
    return found


def _article_of(rule: Rule) -> object:
    return rule.at.law, rule.at.article


def _words_of(rule: Rule) -> object:
    return _words(replace(rule, id="", span=NOWHERE))


def same_words(old: Rule, new: Rule) -> bool:
    """True if two rules differ in places alone."""
    return _words_of(old) == _words_of(new)


def _sense_of(rule: Rule) -> object:
    return _words_of(replace(rule, summary="", note=""))


def _gist_of(rule: Rule) -> object:
    return rule.summary, rule.effect, rule.actions


def _words(value: object) -> object:
    """A part of a rule without its places: these are what was numbered anew."""
    if isinstance(value, Citation | CitationRange):
        return "place"
    if is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, part.name) for part in fields(value) if part.compare)
        return (type(value).__name__, *map(_words, parts))
    if isinstance(value, tuple | list):
        return tuple(map(_words, value))
    if isinstance(value, Mapping):
        return tuple((_words(k), _words(v)) for k, v in value.items())
    return value


def _facts(old: Vocabulary, new: Vocabulary) -> dict[str, str]:
    gone = [fact for name, fact in old.facts.items() if name not in new.facts]
    come = [fact for name, fact in new.facts.items() if name not in old.facts]
    found: dict[str, str] = {}
    for fact in gone:
        alike = [other for other in come if _are_alike(fact, other)]
        rivals = [other for other in gone if _are_alike(fact, other)]
        if len(alike) == len(rivals) == 1:
            found[fact.name] = alike[0].name
    return found


def _are_alike(fact: FactDeclaration, other: FactDeclaration) -> bool:
    """True if only the names differ, and labels that are only the names in words."""
    label = fact.label if _is_plain(fact) and _is_plain(other) else other.label
    return replace(other, name=fact.name, label=label, span=fact.span) == fact


def _is_plain(fact: FactDeclaration) -> bool:
    return fact.label == fact.name.rpartition(".")[2].replace("_", " ")
