"""The door to z3, and the two kinds of things that nodes become: truths in three values, values that may be absent.

z3 is an extra (`mutandis[analysis]`) and is imported when something is first lowered. Constants are folded here, so
that what is settled beforehand costs the solver nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final

from mutandis.dataclass import dataclass
from mutandis.diagnostics import MutandisError

Term = Any
"""An expression of z3, or a plain `bool` or `int` where it is known beforehand."""


class NoSolverError(MutandisError):
    """The solver is not installed; the message says how it is."""


class NotLowered(Exception):
    """Something that is not lowered; `reason` completes "not lowered: "."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@cache
def z3() -> Any:
    """The library, imported once. Raises `NoSolverError` where it is not installed."""
    try:
        import z3
    except ImportError as missing:
        raise NoSolverError(
            "proving needs the solver z3, which is not installed: `pip install 'mutandis[analysis]'`"
        ) from missing
    return z3


class Space:
    """The variables of one case, in a context of z3 of their own.

    What was asked before in the same process leaves no trace there, so the same question has the same answer.
    """

    __slots__ = ("_context",)

    def __init__(self) -> None:
        self._context = z3().Context()

    def whole(self, name: str) -> Term:
        """The variable of this name, a whole number."""
        return z3().Int(name, self._context)

    def yes_no(self, name: str) -> Term:
        """The variable of this name, a truth."""
        return z3().Bool(name, self._context)

    def constant(self, value: bool | int) -> Term:
        """A plain value as a term."""
        kind = z3().BoolVal if isinstance(value, bool) else z3().IntVal
        return kind(value, self._context)

    def model(self, pairs: Iterable[tuple[Term, Term]]) -> Any:
        """A model in which variables have these values."""
        found = z3().Model(self._context)
        for variable, value in pairs:
            found.update_value(variable, value)
        return found

    def solver(self) -> Any:
        """A solver that knows nothing yet."""
        return z3().Solver(ctx=self._context)


_JOINED: Final = "joined"
"""The attribute of a context that has the junctions made in it, by what they join."""
_NEGATES: Final = "negates"
"""The attribute of a negation that has what it negates."""

# --- truths as terms --------------------------------------------------------------------------------------------------


def both(terms: Iterable[Term]) -> Term:
    """The conjunction."""
    return _joined(terms, True, "Z3_mk_and")


def either(terms: Iterable[Term]) -> Term:
    """The disjunction."""
    return _joined(terms, False, "Z3_mk_or")


def _joined(terms: Iterable[Term], neutral: bool, junction: str) -> Term:
    """Each term once; `neutral` says nothing, its contrary settles the whole.

    The same terms in another order are the term that was made of them first: a condition turned around is no other.
    """
    kept: dict[object, Term] = {}
    for term in terms:
        if term is (not neutral):
            return term
        if term is not neutral:
            kept[term.ast.value] = term
    if len(kept) < 2:
        return next(iter(kept.values()), neutral)
    context, key = next(iter(kept.values())).ctx, (junction, frozenset(kept))
    made: dict[object, Term] = vars(context).setdefault(_JOINED, {})
    if key not in made:
        operands = [term.ast for term in kept.values()]
        made[key] = _made(junction, context, len(operands), (z3().Ast * len(operands))(*operands))
    return made[key]


def _made(function: str, context: Any, *operands: object, is_truth: bool = True) -> Term:
    """What a function of the library makes of operands of one context, whose sorts are known here.

    z3's own operators look them up: that was most of the time of lowering.
    """
    library = z3()
    found = getattr(library.z3core, function)(context.ref(), *operands)
    return (library.BoolRef if is_truth else library.ArithRef)(found, context)


def no(term: Term) -> Term:
    """The negation; of a negation what it negates, which it remembers."""
    if isinstance(term, bool):
        return not term
    found = getattr(term, _NEGATES, None)
    if found is None:
        found = _made("Z3_mk_not", term.ctx, term.ast)
        setattr(found, _NEGATES, term)
    return found


def choose(condition: Term, yes: Term, other: Term) -> Term:
    """`yes` where the condition holds, else `other`."""
    if isinstance(condition, bool):
        return yes if condition else other
    if alike(yes, other):
        return yes
    if yes is True or other is False:
        return either([condition, other]) if yes is True else both([condition, yes])
    if yes is False or other is True:
        return both([no(condition), other]) if yes is False else either([no(condition), yes])
    one, two = (_term(value, condition) for value in (yes, other))
    is_truth = isinstance(one, z3().BoolRef)
    return _made("Z3_mk_ite", condition.ctx, condition.ast, one.ast, two.ast, is_truth=is_truth)


def _term(value: Term, beside: Term) -> Term:
    """A number as a term of the context of another."""
    return z3().IntVal(value, beside.ctx) if isinstance(value, int) else value


def alike(one: Term, other: Term) -> bool:
    """True if the two are the same term."""
    if isinstance(one, int) or isinstance(other, int):
        return type(one) is type(other) and one == other
    return bool(one.ast.value == other.ast.value)


def equal(one: Term, other: Term) -> Term:
    """Whether two terms have the same value."""
    if alike(one, other):
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        if isinstance(one, bool) and isinstance(other, bool):
            return one == other
        return choose(one, other, no(other)) if isinstance(one, bool) else choose(other, one, no(one))
    if isinstance(one, int) and isinstance(other, int):
        return False
    first, second = (other, one) if isinstance(one, int) else (one, other)
    return _made("Z3_mk_eq", first.ctx, first.ast, _term(second, first).ast)


def with_others(term: Term, pairs: list[tuple[Term, Term]]) -> Term:
    """The term with other variables in the place of some."""
    return term if isinstance(term, bool | int) else z3().substitute(term, *pairs)


# --- three values -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth: where it surely holds, and where it surely does not. What is neither is not known.

    `settled` where it is one of the two in every case.
    """

    yes: Term
    no: Term
    settled: bool = False

    @property
    def open(self) -> Term:
        """Where it is not known."""
        return False if self.settled else no(either([self.yes, self.no]))


def truth(term: Term) -> Truth:
    """A truth that is known in every case."""
    return Truth(term, no(term), True)


YES = Truth(True, False, True)
NO = Truth(False, True, True)
OPEN = Truth(False, False)
"""Not known in any case."""


def negated(one: Truth) -> Truth:
    """Strong Kleene `not`."""
    return Truth(one.no, one.yes, one.settled)


def all_true(many: Iterable[Truth]) -> Truth:
    """Strong Kleene `and`."""
    parts = list(many)
    if all(p.settled for p in parts):
        return truth(both([p.yes for p in parts]))
    found = Truth(both([p.yes for p in parts]), either([p.no for p in parts]))
    return NO if found.no is True else found


def any_true(many: Iterable[Truth]) -> Truth:
    """Strong Kleene `or`."""
    return negated(all_true([negated(p) for p in many]))


def open_where(term: Term, gap: Term) -> Truth:
    """`term`, not known where `gap` holds."""
    if gap is False:
        return truth(term)
    return Truth(both([no(gap), term]), both([no(gap), no(term)]))


def chosen_truth(condition: Truth, yes: Truth, other: Truth) -> Truth:
    """`if condition then yes else other`: where the condition is not known, the truth both agree on."""
    if condition.settled:
        held = condition.yes
        return Truth(choose(held, yes.yes, other.yes), choose(held, yes.no, other.no), yes.settled and other.settled)
    return Truth(
        either(
            [
                both([condition.yes, yes.yes]),
                both([condition.no, other.yes]),
                both([condition.open, yes.yes, other.yes]),
            ]
        ),
        either(
            [both([condition.yes, yes.no]), both([condition.no, other.no]), both([condition.open, yes.no, other.no])]
        ),
    )


# --- values -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """A value: its term, where it is none, where it is not known, and the highest it can be where that is another.

    Terms: a word or a provision by its number, a count as it is, a date by its ordinal, a moment in minutes. A number
    that need not be whole is held in `parts`: so many make one.
    """

    kind: str
    term: Term
    none: Term = False
    gap: Term = False
    high: Term = None
    parts: int = 1

    @property
    def missing(self) -> Term:
        """Where there is nothing to reckon with."""
        return either([self.none, self.gap])

    @property
    def top(self) -> Term:
        """The highest it can be."""
        return self.term if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Words:
    """Several values of an enumeration: whether each is among them."""

    members: tuple[tuple[str, Term], ...]
    none: Term = False
    gap: Term = False


@dataclass(frozen=True, slots=True)
class Span:
    """A period: its first and last day; `name` is the fact's, where it is one of the case."""

    start: Term
    until: Term
    none: Term = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """Of a period that something counts by hours: the minutes of its first and last day, and whether it has any."""

    start: Term
    until: Term
    stated: Term


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its name in the case, the term its members are, and how many there are."""

    name: str
    term: str
    count: Term
    none: Term = False


Lowered = Value | Words | Span | Listed


# --- what terms are in one case --------------------------------------------------------------------------------------


def plain_value(found: Any) -> Any:
    """The Python value of a value of the solver."""
    return z3().is_true(found) if z3().is_bool(found) else found.as_long()


def of_model(model: Any) -> Callable[[Term], Any]:
    """What every term is in a model of the solver."""

    def value_of(term: Term) -> Any:
        return term if isinstance(term, bool | int) else plain_value(model.eval(term, model_completion=True))

    return value_of
