"""The report of an amendment as JSON (`schemas/text-check.schema.json`)."""

from __future__ import annotations

from mutandis_text.comparison.compare import count_changes
from mutandis_text.comparison.word_difference import join_words
from mutandis_text.time.instruments import InstrumentRecord
from mutandis_tools.amendment.facts import list_tasks
from mutandis_tools.amendment.reach import AmendmentReport, Reached

Json = dict[str, object]


def report_data(report: AmendmentReport) -> Json:
    """The whole report."""
    return {
        "law": report.law,
        "title": report.title,
        "instruments": [_instrument(record) for record in report.instruments],
        "counts": count_changes(report.comparison),
        "articles_gone": [
            {"article": one.id, "heading": one.heading, "into": list(one.into), "in_part": one.in_part}
            for one in report.gone
        ],
        "articles_split_off": [{"article": one.id, "from": list(one.origins)} for one in report.split],
        "changes": [_change(reached) for reached in report.reached],
        "broken": [{"from": r.origin, "raw": r.raw, "why": r.broken} for r in report.broken],
        "shifted": [
            {"from": one.origin, "raw": one.raw, "names": one.named, "named": one.meant} for one in report.shifted
        ],
        "tasks": [{"words": task.words, "ids": list(task.ids)} for task in list_tasks(report)],
    }


def _instrument(record: InstrumentRecord) -> Json:
    return {
        "id": record.id,
        "promulgated": record.promulgated.isoformat() if record.promulgated else None,
        "enforced": record.enforced.isoformat() if record.enforced else None,
        "parts": [
            {"provisions": list(part.provisions), "enforced": part.on.isoformat() if part.on else None}
            for part in record.parts
        ],
        "notes": list(record.notes),
    }


def _change(reached: Reached) -> Json:
    change = reached.change
    return {
        "old": change.old,
        "new": change.new,
        "name": reached.name,
        "changes": [kind.value for kind in change.changes],
        "follows": change.follows,
        "partner": change.partner,
        "words": [{"kind": e.kind, "old": join_words(e.old), "new": join_words(e.new)} for e in change.edits],
        "headings": list(change.headings) if change.headings is not None else None,
        "rules": list(reached.rules),
        "wants_rules": reached.wants_rules,
        "referred_before": list(reached.before) if reached.before is not None else None,
        "referred_now": list(reached.now),
        "broken": list(reached.broken),
        "instruments": list(reached.instruments),
        "since": reached.since.isoformat() if reached.since else None,
        "clauses": [
            {"provision": one.provision, "heading": one.heading, "kind": one.kind.value} for one in reached.clauses
        ],
        "carried_over_by": list(reached.applied_by),
        "terms": list(reached.terms),
        "used_by": list(reached.users),
        "cited_in": list(reached.cited_in),
    }
