"""What is told of each change and what is to be done, in words, before anyone has said where it is shown.

Terminal, Markdown and HTML write the same facts and the same worklist; only the layout is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mutandis.dataclass import dataclass
from mutandis_text.comparison.compare import SAME_WORDS, ChangeOf, ProvisionChange, count_changes
from mutandis_text.comparison.tree import addenda_of, root_of
from mutandis_text.comparison.units import is_heading, name_place
from mutandis_text.time.history import ClauseKind
from mutandis_text.time.instruments import InstrumentRecord
from mutandis_text.time.law_yaml import title_case
from mutandis_tools.amendment.reach import AmendmentReport, Reached
from mutandis_tools.amendment.replaced import find_replaced
from mutandis_tools.amendment.shifted import Shifted

_MOST_NAMED = 12
"""Names told of a list that may be long (the users of a term of the whole law)."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing told of a change: a label, and ids (shown as such) or words."""

    label: str
    ids: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One box of the worklist, in words, with the ids it is about."""

    words: str
    ids: tuple[str, ...] = ()


_UNTOLD = "on a day the text does not tell"


def summarise(report: AmendmentReport) -> str:
    """`14 unchanged, 5 inserted (3 of them in addenda), 2 reworded`."""
    counts = count_changes(report.comparison)
    inserted = [one for one in report.comparison.changes if ChangeOf.INSERTED in one.changes]
    addenda = sum("/addenda-" in one.id for one in inserted)
    beside = {ChangeOf.INSERTED.value: f" ({addenda} of them in addenda)"} if addenda else {}
    return ", ".join(
        f"{count} {name}{beside.get(name, '')}" for name, count in counts.items() if count or name == "unchanged"
    )


def tell_instrument(record: InstrumentRecord) -> Iterator[str]:
    """The instrument with its days, then the parts that take effect on a day of their own, then remarks."""
    promulgated = record.promulgated.isoformat() if record.promulgated else _UNTOLD
    enforced = record.enforced.isoformat() if record.enforced else _UNTOLD
    yield f"{record.id}, promulgated {promulgated}, enforced {enforced}"
    for part in record.parts:
        day = part.on.isoformat() if part.on else _UNTOLD
        yield f"{', '.join(part.provisions)}: enforced {day}"
    yield from record.notes


def tell(reached: Reached, report: AmendmentReport) -> tuple[Fact, ...]:
    """Everything told of a change beside its words."""
    return tuple(_facts(reached, report))


def _facts(reached: Reached, report: AmendmentReport) -> Iterator[Fact]:
    change = reached.change
    if change.headings is not None:
        yield Fact("heading", words=f"{change.headings[0] or '(none)'} → {change.headings[1] or '(none)'}")
    if change.partner is not None:
        yield Fact("merged into" if ChangeOf.DELETED in change.changes else "split off from", (change.partner,))
    took_in = tuple(
        one.old for one in report.comparison.changes if one.old and one.partner == change.new and one.partner
    )
    if took_in:
        yield Fact("took in", took_in)
    if reached.rules:
        yield Fact("rules", reached.rules)
    elif not is_heading(change.id) and "/addenda-" not in change.id and not set(change.changes) <= SAME_WORDS:
        yield Fact("no rules", words="rules would have to be written" if reached.wants_rules else "")
    split = reached.since is not None and any(
        record.id in reached.instruments and record.enforced != reached.since for record in report.instruments
    )
    if reached.instruments and (len(report.instruments) > 1 or split):
        since = f", in force since {reached.since.isoformat()}" if reached.since else ""
        yield Fact("by", words=", ".join(reached.instruments) + since)
    repeats = change.id in report.repeats
    for clause in reached.clauses if not repeats else ():
        yield Fact("transitional clause", (clause.provision,), f"{clause.kind.value}: {clause.heading}".rstrip(": "))
    if not change.follows and not repeats:
        if reached.before:
            yield Fact("referred to before by", reached.before)
        if reached.now:
            yield Fact("referred to now by" if reached.before is not None else "referred to by", reached.now)
    if reached.cited_in:
        yield Fact(f"cited as {change.old} in the rulebook by", shorten(reached.cited_in))
    for broken in reached.broken:
        yield Fact("broken reference", words=broken)
    if reached.applied_by and ChangeOf.ANNOTATION not in change.changes and not change.follows and not repeats:
        yield Fact("carried over by", reached.applied_by)
    if reached.terms and reached.users:
        terms = ", ".join(f"“{term}”" for term in reached.terms)
        yield Fact(f"defines {terms}, used by", shorten(reached.users))


def tell_shifted(shifted: Shifted) -> str:
    """What a reference names now and what became of what it named."""
    meant = f"what it named is {shifted.meant} now" if shifted.meant else "what it named is gone"
    return f"{shifted.named} is another provision, {meant}"


def shorten(names: Sequence[str]) -> tuple[str, ...]:
    """The names, many of them cut with their number."""
    if len(names) <= _MOST_NAMED:
        return tuple(names)
    return (*names[:_MOST_NAMED], f"… {len(names)} in all")


def _to_write(report: AmendmentReport, replaced: Collection[str]) -> Iterator[Task]:
    """What has no rules yet: a new article or annex once with its places, other provisions one by one."""
    wanting: dict[str, list[str]] = {}
    new = {one.change.new for one in report.reached if ChangeOf.INSERTED in one.change.changes}
    split = {one.change.new: one.change.partner for one in report.reached if one.change.new in new}
    for reached in report.reached:
        if reached.wants_rules and reached.change.id not in replaced:
            root = root_of(reached.change.id)
            wanting.setdefault(root if root in new else reached.change.id, []).append(reached.change.id)
    for name, places in wanting.items():
        words = name_place(name)
        told = f"{name} ({words})" if words else name
        origin = split.get(name)
        told += f" (split off from {origin})" if origin else ""
        yield Task(f"{told}: write rules", tuple(places) if places != [name] else ())


def _to_do(change: ProvisionChange) -> str:
    """What a change asks of the rules of a provision: words that stayed need no reading, only their new place."""
    place = f"put these rules at {change.new}" if change.new != change.old and change.old and change.new else ""
    stayed = set(change.changes) <= {ChangeOf.MOVED, ChangeOf.RENUMBERED, *SAME_WORDS}
    if not place:
        return "read these rules again"
    return place if stayed else f"{place} and read them again"


def _changes_clause(reached: Reached, report: AmendmentReport) -> bool:
    """True where a clause of earlier addenda says something else now, is gone or new."""
    changed = {ChangeOf.REWORDED, ChangeOf.DELETED, ChangeOf.INSERTED} & set(reached.change.changes)
    own = {addenda_of(record.addenda) for record in report.instruments}
    return bool(changed) and addenda_of(reached.change.id) not in own


def list_tasks(report: AmendmentReport) -> tuple[Task, ...]:
    """The worklist, in the order in which it is done."""
    return tuple(_tasks(report))


def _tasks(report: AmendmentReport) -> Iterator[Task]:
    for record in report.instruments:
        yield Task(f"law.yaml: enter {next(tell_instrument(record))}")
        untold = tuple(name for part in record.parts if part.on is None for name in part.provisions)
        if untold:
            yield Task("find out since when these hold; the text names no one day", untold)
    for clause in {one.provision: one for one in report.clauses}.values():
        keep = " (keep the earlier rules, with `until`)" if clause.kind is ClauseKind.FORMER_LAW else ""
        yield Task(f"write what the transitional clause says, {clause.kind.value}{keep}", (clause.provision,))
    if any(one.change.id == f"{report.law}/title" for one in report.reached):
        yield Task(f"law.yaml: the title is {title_case(report.title)} now")
    replaced = find_replaced(report.comparison.changes)
    yield from _to_write(report, replaced.provisions)
    if replaced.pairs:
        told = ", ".join(f"“{was}” became “{now}”" for was, now in replaced.pairs)
        yield Task(f"{told}, and nothing else: see whether it means the same", replaced.provisions)
    for reached in report.reached:
        change = reached.change
        was_done = f"{reached.name} was {' and '.join(one.value for one in change.changes)}"
        if change.id in replaced.provisions and not reached.broken:
            continue
        if ChangeOf.DELETED in change.changes:
            if reached.rules and change.partner is not None:
                words = f"{change.old} was merged into {change.partner}: put these rules there and read them again"
                yield Task(words, reached.rules)
            elif reached.rules:
                yield Task(f"{change.old}: end what these rules say of it (`until`)", reached.rules)
        elif reached.rules and not change.follows and set(change.changes) - SAME_WORDS:
            yield Task(f"{was_done}: {_to_do(change)}", reached.rules)
        if "/addenda-" in change.id and not reached.rules and _changes_clause(reached, report):
            yield Task(f"{was_done}: see whether law.yaml or a rule has to follow")
        if change.headings is not None and change.headings[1] and change.id in report.modelled:
            yield Task(f"{change.id}: the heading is “{change.headings[1]}” now; see `title` in its rule file")
        if reached.cited_in and change.new and change.new != change.old:
            yield Task(
                f"{change.old} is {change.new} now: mend what cites it by the old number", shorten(reached.cited_in)
            )
        elif reached.cited_in:
            yield Task(f"{change.old} is gone: read again what cites it", shorten(reached.cited_in))
        if reached.broken:
            yield Task(f"{reached.name}: a reference does not hold; say in `note` how it is read")
    for reference in report.broken:
        yield Task(
            f"{reference.origin} did not change and names what is not there: {reference.raw}: {reference.broken}"
        )
    for shifted in report.shifted:
        yield Task(f"{shifted.origin} still says {shifted.raw}: {tell_shifted(shifted)}; see whether it is meant")
    carried = dict.fromkeys(
        name.partition(" ")[0] for one in report.reached if one.wants_rules or one.rules for name in one.applied_by
    )
    if carried:
        yield Task("look what these clauses carry over now", tuple(carried))
