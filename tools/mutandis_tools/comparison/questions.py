"""What is asked of the solver about two rulebooks over one case, and what is put aside of it once it was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.nodes import Terms
from mutandis.backends.solver.outcome import VERDICTS, Outcome
from mutandis.backends.solver.terms import Lowered, NotLowered, Span, Term, Truth, Value, Words
from mutandis.decide.result import Verdict
from mutandis_tools.comparison.answers import ASPECTS, TOLD_WITH, Aspect, Place
from mutandis_tools.comparison.claims import differences, is_verdict, verdicts_differ

Model = Callable[[Term], Any]
"""What every term is in a case."""


class Questions(Protocol):
    """What is still to be asked about one subject.

    `aspects` are asked about one after another. `turns_on_settled`: only cases are asked about in which no condition
    stays open, which there need not be.
    """

    aspects: tuple[Aspect, ...]
    turns_on_settled: bool

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is decided by both, where an action is asked about."""

    @property
    def is_settled(self) -> bool:
        """True where the terms of both are the same ones."""

    @property
    def kept_to(self) -> Iterator[Term]:
        """Which cases the questions are about."""

    @property
    def bounds(self) -> Iterator[str]:
        """The same in words."""

    def wanted(self, aspect: Aspect) -> list[Term]:
        """What holds in a case that shows something of the aspect that was not shown yet."""

    def loosen(self, aspect: Aspect) -> bool:
        """Ask about more cases of the aspect than before; False where all are asked about."""

    def plain(self, aspect: Aspect) -> list[Term]:
        """Where it is shown best."""

    def alike(self, aspect: Aspect, model: Model) -> list[Term]:
        """What holds in every case that shows what this one shows."""

    def answered(self, aspect: Aspect, model: Model) -> None:
        """Put aside what a case shows."""


class DecisionQuestions:
    """What is still to be asked about two outcomes of one action."""

    aspects = ASPECTS

    def __init__(self, old: Outcome, new: Outcome, place: Place) -> None:
        self.old, self.new = old, new
        self._verdicts = verdicts_differ(old, new)
        self._told = {aspect: dict(found) for aspect, found in differences(old, new, place).items()}
        self._pairs: list[Term] = []
        self._alike_cited = s.no(s.either(self._told["citations"].values()))
        self._loose: set[Aspect] = set()
        self.turns_on_settled = old.only_settled or new.only_settled

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What is decided by both."""
        return self.old, self.new

    @property
    def is_settled(self) -> bool:
        """True where the terms of both are the same ones."""
        return self._verdicts is False and not any(self._told.values())

    @property
    def kept_to(self) -> Iterator[Term]:
        """Which cases the questions are about."""
        for outcome in (self.old, self.new):
            yield s.no(outcome.clash)
            if outcome.only_settled:
                yield s.no(outcome.open_)

    @property
    def bounds(self) -> Iterator[str]:
        """The same in words."""
        if self.old.clash is not False or self.new.clash is not False:
            yield "no fact that rules give different values"
        if self.old.only_settled or self.new.only_settled:
            yield "no condition that stays open in a complete case"
        if not self.is_settled:
            yield "what a verdict rests on compared where the verdict is settled"

    def wanted(self, aspect: Aspect) -> list[Term]:
        """What holds in a case that shows something of the aspect that was not shown yet."""
        if aspect == "verdict":
            return [self._verdicts, *self._pairs]
        same = s.no(self._verdicts)
        settled = s.no(is_verdict(self.old, Verdict.UNDETERMINED))
        cited = self._alike_cited if aspect in TOLD_WITH and aspect not in self._loose else True
        return [same, settled, cited, s.either(self._told[aspect].values())]

    def loosen(self, aspect: Aspect) -> bool:
        """Ask about what is told with a verdict also where it rests on something else; False where that was done."""
        if aspect not in TOLD_WITH or aspect in self._loose or not self._told[aspect]:
            return False
        self._loose.add(aspect)
        return True

    def plain(self, aspect: Aspect) -> list[Term]:
        """Where what comes with a verdict is shown best: on one that is no conflict, and no ban."""
        best = [s.no(is_verdict(self.old, verdict)) for verdict in (Verdict.CONFLICT, Verdict.FORBIDDEN)]
        return [] if aspect == "verdict" else best

    def alike(self, aspect: Aspect, model: Model) -> list[Term]:
        """What holds in every case that shows what this one shows."""
        if aspect == "verdict":
            return [is_verdict(outcome, VERDICTS[model(outcome.verdict)]) for outcome in (self.old, self.new)]
        verdict = [s.no(self._verdicts), is_verdict(self.old, VERDICTS[model(self.old.verdict)])]
        if aspect in self._loose:
            return [*verdict, s.either(self._told[aspect].values())]
        here = [s.equal(where, bool(model(where))) for where in self._told[aspect].values()]
        return [*verdict, *([self._alike_cited] if aspect in TOLD_WITH else []), *here]

    def answered(self, aspect: Aspect, model: Model) -> None:
        """Put aside what a case shows."""
        if aspect == "verdict":
            pair = [is_verdict(outcome, VERDICTS[model(outcome.verdict)]) for outcome in (self.old, self.new)]
            self._pairs.append(s.no(s.both(pair)))
            return
        if aspect in self._loose:  # one case is enough
            self._told[aspect].clear()
        else:
            self._told[aspect] = {atom: where for atom, where in self._told[aspect].items() if not model(where)}


class ValueQuestions:
    """What is still to be asked about the value of a fact that rules give; `names` are its names in the two."""

    aspects: tuple[Aspect, ...] = ("value",)
    turns_on_settled = False

    def __init__(self, old: Terms, new: Terms, names: tuple[str, str]) -> None:
        sides = tuple(zip((old, new), names, strict=True))
        types = [terms.program.derived[name].type for terms, name in sides]
        if len({(one.kind, one.family, one.several, one.currency) for one in types}) > 1:
            raise NotLowered(f"the fact `{names[1]}`, whose type is another")
        values = [terms.derived(name) for terms, name in sides]
        was, is_ = (
            standing_of(value, terms.clash_of(name), values) for value, (terms, name) in zip(values, sides, strict=True)
        )
        self._standing = [*was, *is_]
        self._differ = s.either([s.no(s.equal(one, other)) for one, other in zip(was, is_, strict=True)])
        self._clashes = s.either([clash for terms, name in sides for f, clash in terms.clashes.items() if f != name])
        # Of numbers and days there may be any: what is shown is which entries give them.
        entries = [holds.yes for terms, name in sides for holds in terms.entries_of(name)]
        self._told = self._standing if all(map(_is_one_of_few, values)) else entries
        self._shown: list[Term] = []

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Nothing is decided."""
        return ()

    @property
    def is_settled(self) -> bool:
        """True where the terms of both are the same ones."""
        return self._differ is False

    @property
    def kept_to(self) -> Iterator[Term]:
        """Which cases the questions are about."""
        yield s.no(self._clashes)

    @property
    def bounds(self) -> Iterator[str]:
        """The same in words."""
        if self._clashes is not False:
            yield "no fact read to which rules give different values"

    def wanted(self, aspect: Aspect) -> list[Term]:
        """What holds in a case in which the value is another."""
        return [self._differ, *self._shown]

    def loosen(self, aspect: Aspect) -> bool:
        """All is asked about at once."""
        return False

    def plain(self, aspect: Aspect) -> list[Term]:
        """No value is shown best."""
        return []

    def alike(self, aspect: Aspect, model: Model) -> list[Term]:
        """What holds in every case in which the fact has these values."""
        return [s.equal(term, model(term)) for term in self._standing]

    def answered(self, aspect: Aspect, model: Model) -> None:
        """Put aside what a case shows."""
        self._shown.append(s.no(s.both([s.equal(term, model(term)) for term in self._told])))


def standing_of(value: Truth | Lowered, clash: Term, both: Sequence[Truth | Lowered]) -> list[Term]:
    """How a value stands, as terms of which each of the two rulebooks has as many, in one order.

    Where rules give it different values that is all that counts.
    """
    truths: list[Term]
    numbers: list[Term] = []
    match value:
        case Truth():
            truths = [value.yes, value.no]
        case Value():
            unknown = s.either([value.gap, s.no(s.equal(value.term, value.top))])
            truths = [unknown, s.both([s.no(unknown), value.none])]
            numbers = [s.choose(s.either([unknown, value.none]), 0, value.term)]
        case Words():
            there, given = dict(value.members), s.no(s.either([value.gap, value.none]))
            words = dict.fromkeys(word for one in both if isinstance(one, Words) for word, _ in one.members)
            truths = [value.gap, value.none, *(s.both([given, there.get(word, False)]) for word in words)]
        case Span():
            truths = [value.none]
            numbers = [s.choose(value.none, 0, end) for end in (value.start, value.until)]
        case _:
            raise NotLowered("the value of a list")
    return [clash, *(s.both([s.no(clash), one]) for one in truths), *(s.choose(clash, 0, one) for one in numbers)]


def _is_one_of_few(value: Truth | Lowered) -> bool:
    return isinstance(value, Truth) or (isinstance(value, Value) and value.kind in ("enum", "text", "provision"))
