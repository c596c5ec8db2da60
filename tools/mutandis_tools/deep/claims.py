"""What should happen in some case about an action, as terms of the solver: what happens in none is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.outcome import VERDICTS, Outcome
from mutandis.backends.solver.terms import Term
from mutandis.dataclass import dataclass
from mutandis.decide.result import Verdict
from mutandis.link.orders import takes_the_place
from mutandis.link.program import Norm
from mutandis.rulebook.model import OPPOSED
from mutandis_tools.deep.findings import Kind

_AIMED_AT = {
    "may": Verdict.PERMITTED,
    "must": Verdict.REQUIRED,
    "must_not": Verdict.FORBIDDEN,
    "need_not": Verdict.EXEMPT,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that should happen in some case: `kind` is the finding where it does not, told as `text`."""

    kind: Kind
    provision: str
    text: str
    term: Term
    unless: str = ""
    """The name of a claim that says more: where that one fails, this one is not told."""
    other: str = ""
    """The second provision of a claim about two."""
    by: tuple[str, ...] = ()
    """Whose the rule is: asked about somebody, what only others may or must do falls away."""


def claims_about(outcome: Outcome) -> dict[str, Claim]:
    """Every claim by a name that is the same on every version date."""
    found: dict[str, Claim] = {}
    for position, norm in enumerate(outcome.norms):
        if not _is_own(norm.norm):
            continue
        for name, claim in _of_norm(outcome, position):
            found[name] = claim
    for direction, verdict in _AIMED_AT.items():
        own = [k for k, one in enumerate(outcome.norms) if one.norm.direction == direction and _settles(one.norm)]
        if own:
            first = outcome.norms[own[0]].norm
            text = f"the verdict is never “{verdict.value}”, though a rule says so"
            there = s.equal(outcome.verdict, VERDICTS.index(verdict))
            if direction == "need_not":
                # Who need not do what nobody else may do still may: that is what such an exemption comes to.
                permitted = s.equal(outcome.verdict, VERDICTS.index(Verdict.PERMITTED))
                there = s.either([there, *(s.both([permitted, outcome.picked[k]]) for k in own)])
            found[f"verdict {verdict}"] = Claim(
                "verdict-never-had", str(first.citation), text, there, f"{first.key} rule", by=first.by
            )
    found.update(_alike(outcome))
    return found


def _settles(norm: Norm) -> bool:
    """True for a rule read where it stands whose wording is held: that of others settles nothing."""
    return _is_own(norm) and not norm.opaque


def _is_own(norm: Norm) -> bool:
    """True for a rule read where it stands: what clauses carry elsewhere need not be able to happen there."""
    return not norm.sources and not norm.derived


def _of_norm(outcome: Outcome, position: int) -> Iterator[tuple[str, Claim]]:
    norm, status = outcome.norms[position], outcome.statuses[position]
    place, key = str(norm.norm.citation), norm.norm.key
    possible, rule = s.no(norm.base.no), f"{key} rule"
    yield rule, Claim("dead-rule", place, "its conditions hold in no case", s.no(status.triggered.no))
    if not norm.norm.opaque:  # where that applies is open, and claims may keep to cases in which nothing is
        there = s.no(status.effective.no)
        text = "another rule displaces it in every case"
        yield f"{key} effective", Claim("always-displaced", place, text, there, rule)
    if norm.norm.direction in _AIMED_AT and not norm.norm.opaque:  # wording that is not held settles nothing
        text = "no verdict that is settled rests on it"
        picked, by = outcome.picked[position], norm.norm.by
        yield f"{key} cited", Claim("never-cited", place, text, picked, f"{key} effective", by=by)
    for index, (ground, linked) in enumerate(zip(norm.grounds, norm.norm.grounds, strict=True)):
        at, name = str(linked.citation), f"{key} ground {index}"
        holds = s.both([possible, s.no(ground.no)])
        yield name, Claim("dead-ground", at, "it holds in no case", holds, rule)
        others = [other.no for k, other in enumerate(norm.grounds) if k != index]
        if others:
            alone = s.both([possible, ground.yes, *others])
            yield f"{name} alone", Claim("never-decisive", at, "where it holds another ground does too", alone, name)
    grounds = s.no(s.both([ground.no for ground in norm.grounds])) if norm.grounds else True
    for index, (exclusion, excluded) in enumerate(zip(norm.exclusions, norm.norm.exclusions, strict=True)):
        bites = s.both([possible, grounds, s.no(exclusion.no)])
        text = "it excepts nothing that the rule is about"
        yield f"{key} proviso {index}", Claim("dead-proviso", str(excluded.citation), text, bites, rule)
    for index, (required, requirement) in enumerate(zip(norm.requires, norm.norm.requires, strict=True)):
        fails = s.both([s.no(status.effective.no), s.no(required.yes)])
        text = "it is met in every case that the rule is about"
        claim = Claim("limit-never-binds", str(requirement.citation), text, fails, f"{key} effective")
        yield f"{key} requirement {index}", claim


def _alike(outcome: Outcome) -> Iterator[tuple[str, Claim]]:
    """Pairs of rules that should differ in some case."""
    for one, other in combinations(range(len(outcome.norms)), 2):
        a, b = outcome.norms[one].norm, outcome.norms[other].norm
        if not (_is_own(a) and _is_own(b)) or _said(a) != _said(b) or a.citation == b.citation or a.opaque:
            continue  # of wording that is not held it is not known whether it says the same
        if takes_the_place(a) or takes_the_place(b):
            continue  # what is put in the place of rules is said of another action
        mine, theirs = (outcome.statuses[position].triggered for position in (one, other))
        met = [s.all_true(outcome.norms[position].requires) for position in (one, other)]
        pairs = [(mine.yes, theirs.yes), *zip(*((truth.yes, truth.no) for truth in met), strict=True)]
        differ = s.either([s.no(s.equal(a_term, b_term)) for a_term, b_term in pairs])
        text = f"it says the same as {b.citation}"
        claim = Claim("same-twice", str(a.citation), text, differ, f"{a.key} rule", str(b.citation))
        yield f"{a.key} and {b.key}", claim


def _said(norm: Norm) -> tuple[object, ...]:
    return norm.direction, norm.by, norm.to, norm.deadline, norm.recurs, norm.external, norm.opaque


def meetings(outcome: Outcome) -> dict[tuple[int, int], Term]:
    """Pairs of norms that pull in two directions without an order, and where both bite and conflict."""
    found: dict[tuple[int, int], Term] = {}
    conflict = s.equal(outcome.verdict, VERDICTS.index(Verdict.CONFLICT))
    for one, other in combinations(range(len(outcome.plan.norms)), 2):
        a, b = outcome.plan.norms[one], outcome.plan.norms[other]
        ordered = any(beat.beater == one for beat in b.beats) or any(beat.beater == other for beat in a.beats)
        if frozenset((a.direction, b.direction)) in OPPOSED and not ordered:
            found[one, other] = s.both([_bites(outcome, one), _bites(outcome, other), conflict])
    return found


def _bites(outcome: Outcome, position: int) -> Term:
    """Where a norm forbids, exempts, demands, or permits what meets its requirements."""
    status, direction = outcome.statuses[position], outcome.plan.norms[position].direction
    if direction == "may":
        return s.both([status.effective.yes, status.ok.yes])
    if direction == "must":
        return s.both([status.effective.yes, s.either([s.no(status.weak.yes), status.ok.yes])])
    return status.effective.yes


def answers_that_matter(case: CaseTerms, outcome: Outcome, names: Iterable[str]) -> dict[str, Term]:
    """Of those facts, where another answer changes what is decided or told; what cannot be asked about is left
    out.
    """
    told = [outcome.verdict, *outcome.cited.values(), *outcome.breaches.values(), *outcome.penalties.values()]
    told += [where for entries in outcome.limits.values() for where, _ in entries]
    told += [value.term for entries in outcome.limits.values() for _, value in entries]
    told += [where for entries in outcome.deadlines.values() for where, _ in entries]
    told += [value.term for entries in outcome.deadlines.values() for _, value in entries if value is not None]
    for norm, status in zip(outcome.norms, outcome.statuses, strict=True):
        told += [s.both([status.effective.yes, requirement.yes]) for requirement in norm.requires]
    found: dict[str, Term] = {}
    anchors, allowed = case.calendar.anchors(), case.roughly()
    for name in names:
        pairs = case.otherwise(name, anchors)
        if not pairs:
            continue
        differ = [s.no(s.equal(term, s.with_others(term, pairs))) for term in told]
        found[name] = s.both([s.either(differ), *(s.with_others(fact, pairs) for fact in allowed)])
    return found
