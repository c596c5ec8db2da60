"""What explanations want to know of a case besides its slots, as nodes, and where each then stands."""

from __future__ import annotations

from mutandis.datatypes import YES_NO
from mutandis.decide.plan import Detail
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered


def detail_of(lowered: Lowered, done: n.Node | None) -> tuple[Detail, tuple[n.Node, ...]]:
    """Where the detail of a component stands, and what stands there. `done` records the action's performance."""
    detail, wanted = Detail(), list[n.Node]()

    def keep(node: n.Node) -> int:
        wanted.append(node)
        return len(wanted) - 1

    for norm in lowered.norms:
        detail.force.append(keep(norm.force))
        detail.when.append([keep(condition) for condition in norm.when])
        detail.grounds.append([keep(ground.holds()) for ground in norm.grounds])
        detail.exclusions.append([keep(exclusion) for exclusion in norm.exclusions])
        detail.triggers.extend(range(detail.force[-1], len(wanted)))
        detail.deadlines.append(None if norm.deadline is None else keep(norm.deadline))
        detail.done_by_rule.append(None if norm.done is None else keep(norm.done))
        match norm.deadline:
            case n.Operation("moved", (start, length)) | n.Operation(
                "end_of" | "end_of_working_days", (start, length, _)
            ):
                detail.reckoned.append((keep(start), keep(length)))
            case _:
                detail.reckoned.append(None)
    if done is not None:
        detail.done.append(keep(done))
    for number, fact in enumerate(lowered.derived):
        entries = range(sum(len(branch.entries) for branch in fact.branches))
        place = keep(n.Read("derived", fact.name, fact.type))
        detail.derived[fact.name] = (place, [keep(n.Read("slot", f"d{number}_{k}", YES_NO)) for k in entries])
    return detail, tuple(wanted)
