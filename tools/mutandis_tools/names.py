"""What the rulebook calls things: provisions in the law's own form, facts and actions by their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from mutandis.dataclass import dataclass
from mutandis.decide.result import as_data
from mutandis.explain.naming import OF_THE_QUESTION, value_in_words
from mutandis.explain.phrase import Phrases
from mutandis.explain.spoken import Spoken
from mutandis.link.program import Program
from mutandis.rulebook.law import Law
from mutandis.rulebook.statement import statement_of, statement_with
from mutandis.suggest import did_you_mean
from mutandis.values import UNKNOWN, Duration, OpenList, Period, Sum
from mutandis.vocabulary import Vocabulary

NOT_TOLD: object = object()
"""Stands for the value of a fact that is told without one; `None` is the value of what is known to be absent."""


def what_there_is(law: str, laws: Iterable[str]) -> str:
    """Where to look for a provision that the rulebook does not have."""
    if law in (known := list(laws)):
        return f"`mutandis coverage --law {law} --articles` lists its articles"
    return did_you_mean(law, known, f"the rulebook has the laws {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one rulebook. What it does not know comes back as it was written."""

    laws: Mapping[str, Law]
    vocabulary: Vocabulary
    program: Program | None = None

    @property
    def phrases(self) -> Phrases:
        """Words for conditions."""
        return Phrases(self.vocabulary, self.laws)

    def spoken(self, action: str = "", fact: str = "") -> Spoken | None:
        """Words for what decisions about `action`, or values of `fact`, say of conditions; None without a program."""
        return Spoken(self.program, action, fact) if self.program is not None else None

    def provision(self, id: str) -> str:
        """`act/77(1)1` as `Act Art. 77 (1) 1`; a range as its two ends; a main sentence as its place."""
        return self.phrases.provision(id)

    def fact(self, name: str) -> str:
        """A fact as what stands before its value: the sentence it states, or the thing it is."""
        return self.phrases.told(name) if "." in name else name

    def question(self, name: str) -> str:
        """The question a person is asked for a fact, or its label; for the clock and holidays, where to state them."""
        if name in OF_THE_QUESTION:
            return OF_THE_QUESTION[name]
        declared = self.vocabulary.facts.get(name)
        return declared.question if declared is not None and declared.question else self.fact(name)

    def statement(self, name: str, value: object = NOT_TOLD) -> str:
        """A fact as the sentence that states it, with its value where one is told."""
        if value is NOT_TOLD:
            return statement_of(self.vocabulary, name)
        return statement_with(self.vocabulary, name, self.value(name, value))

    def action(self, name: str) -> str:
        """The label of an action."""
        declared = self.vocabulary.actions.get(name)
        return declared.label if declared is not None and declared.label else name.replace("_", " ")

    def is_continuing(self, action: str) -> bool:
        """True of an action of which the vocabulary says that a duty to do it goes on as long as its grounds hold."""
        declared = self.vocabulary.actions.get(action)
        return declared is not None and declared.continuing

    def party(self, name: str) -> str:
        """The label of a role or another term."""
        return self.phrases.term(name)

    def falls_on(self, parties: Iterable[str]) -> str:
        """On whom a penalty falls; empty where the law does not say."""
        told = " or ".join(map(self.party, parties))
        return f"falls on {told}" if told else ""

    def value(self, fact: str, value: object) -> str:
        """A fact's value as a person reads it: `yes`, `8 days`, an enumeration value by its label.

        Run-time values do as well: a number of base units is told with its unit.
        """
        declared = self.phrases.declared(fact)
        if declared is None:
            return say(value)
        if declared.type.kind == "list" and isinstance(value, OpenList | tuple):
            return self._members(fact, declared.type.term or "", value)
        if isinstance(value, str):
            named = self.provision(value) if declared.type.kind == "provision" else value
            return dict(declared.values).get(value) or named
        if isinstance(value, frozenset):
            return ", ".join(dict(declared.values).get(one) or one for one in sorted(value)) or "none"
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            if declared.type.kind == "duration" and declared.type.family is not None:
                return say(Duration(value, declared.type.family))
            if declared.type.kind == "money" and declared.type.currency:
                return say(Sum(value, declared.type.currency))
        return say(value)

    def _members(self, listed: str, term: str, held: OpenList | tuple[object, ...]) -> str:
        """The members of a list with what is known of each; how many there are, where nothing is."""
        members = held.members if isinstance(held, OpenList) else held
        told = [
            "; ".join(
                f"{self.fact(f'{term}.{name}')}: {self.value(f'{listed}[{number}].{name}', value)}"
                for name, value in (member.items() if isinstance(member, Mapping) else ())
                if value is not UNKNOWN
            )
            for number, member in enumerate(members, 1)
        ]
        each = ", ".join(f"no. {number}: {one}" for number, one in enumerate(told, 1) if one)
        more = " or more" if isinstance(held, OpenList) else ""
        return f"{len(members)}{more}{f' ({each})' if each else ''}" if members or more else "none"


def say(value: object) -> str:
    """Any value of a decision in words."""
    if value is None:
        return "none"
    if isinstance(value, Period):
        return value_in_words(value, None)
    data = as_data(value)
    if isinstance(data, bool):
        return "yes" if data else "no"
    if isinstance(data, list):
        return ", ".join(say(one) for one in data) or "none"
    if isinstance(data, dict):
        return "; ".join(f"{key} {say(one)}" for key, one in data.items() if one not in (None, [], ""))
    return str(data)
