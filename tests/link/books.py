"""Small rulebooks in a few lines, for tests of linking."""

from __future__ import annotations

from mutandis.diagnostics import Severity
from mutandis.link.linker import Linked, link
from mutandis.link.program import Component, Norm, Program
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source

LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
DECREE = "law: decree\ntitle: The Decree\nshort: Decree\nrank: 2\nparent: act\ninstruments: []\n"

VOCABULARY = """
terms:
  contact:
    label: contact with the outside
    attributes:
      in_progress: {type: yes/no, question: Is it taking place?}
      harmful: {type: yes/no, question: Does it do harm?, found_by: warden}
      prohibited: {type: yes/no, question: Was it prohibited?}
      checked: {type: yes/no, question: Was it checked?, parameter: yes}
      length: {type: duration, unit: hours, question: How long?, parameter: yes}
      ended_on: {type: date, question: When did it end?}
      due_on: {type: date, question: When is it due?}
  visit: {kind_of: contact, label: visit}
  telephone_call: {kind_of: contact, label: telephone call}
  parcel: {label: parcel}
  item: {kind_of: parcel, label: item}
  book: {kind_of: parcel, label: book}
  inmate:
    role: yes
    label: inmate
    attributes:
      class:
        type: one of
        values: {sentenced: sentenced, unsentenced: unsentenced, death_row: on death row}
        question: Which class?
      calm: {type: yes/no, question: Calm?}
      ill: {type: yes/no, question: Ill?}
      young: {type: yes/no, question: Young?}
      left_on: {type: date, optional: yes, question: When did the inmate leave?}
      returned_on: {type: date, optional: yes, question: When did the inmate return?}
  heir: {role: yes, label: heir, attributes: {known: {type: yes/no, question: Is the heir known?}}}
  kin: {role: yes, label: kin, attributes: {known: {type: yes/no, question: Is the kin known?}}}
  warden: {role: yes, label: warden}
  director: {role: yes, label: director}
  cell: {label: cell}
  sanction:
    label: sanction
    attributes:
      kind:
        type: one of
        values:
          warning: {label: warning, provision: 10.1}
          work: {label: work, provision: 10.2}
          bar: {label: bar, provision: 10.3}
        question: Which kind?
      ceiling: {type: duration, unit: days, question: q}
      basis: {type: provision, question: Under which provision?}
actions:
  suspend contact: {label: suspend, default: forbidden, by: warden}
  inform heir: {label: inform the heir, default: silent, by: warden}
  inform kin: {label: inform the kin, default: silent, by: warden}
  keep parcel: {label: keep, default: silent, by: warden, group: disposal}
  discard parcel: {label: discard, default: silent, by: warden, group: disposal}
  deliver parcel: {label: deliver, default: silent, by: warden, group: disposal}
  open cell: {label: open, default: forbidden, by: warden}
  search cell: {label: search, default: silent, by: warden}
"""


def source_of(
    *documents: str, decree: str = "", law: str = LAW, vocabulary: str = VOCABULARY, faulty: bool = False
) -> Source:
    """A rulebook of the given articles of `act`, and `decree` as articles of a lower law.

    It has to load without an error, unless it may be `faulty`.
    """
    kinds = article("10", "  - {at: main, summary: The kinds of sanction., states: kinds of sanction}\n")
    files = {"act/vocabulary.yaml": vocabulary, "act/law.yaml": law, "act/kinds.yaml": kinds}
    files.update({f"act/{number:03}-article.yaml": text for number, text in enumerate(documents)})
    if decree:
        files.update({"decree/law.yaml": DECREE, "decree/001-article.yaml": decree})
    source = load_text(files)
    errors = [str(d) for d in source.diagnostics if d.severity is Severity.ERROR]
    assert faulty or not errors, "\n".join(errors)
    return source


def article(number: str, rules: str, law: str = "act") -> str:
    """A rule file's document."""
    return f"law: {law}\narticle: {number}\ntitle: An article\nrules:\n{rules}"


def linked(*documents: str, decree: str = "") -> Linked:
    """The link of such a rulebook."""
    return link(source_of(*documents, decree=decree))


def program(*documents: str, decree: str = "") -> Program:
    """Its program; fails where there is none."""
    found = linked(*documents, decree=decree)
    assert found.program is not None, "\n".join(map(str, found.diagnostics))
    return found.program


def slugs(*documents: str, decree: str = "") -> list[str]:
    """The slugs of what linking finds, notes left out."""
    found = linked(*documents, decree=decree).diagnostics
    return [d.slug for d in found if d.severity is not Severity.NOTE]


def norm(component: Component, citation: str, direction: str = "") -> Norm:
    """The only norm of `component` at `citation` (and of `direction`)."""
    found = [n for n in component.norms if str(n.citation) == citation and direction in ("", n.direction)]
    assert len(found) == 1, [(str(n.citation), n.direction, n.key) for n in component.norms]
    return found[0]


def beats(component: Component) -> set[tuple[str, str, str]]:
    """The orders that bite: beater, relation, beaten, by their places and directions."""
    names = [f"{n.citation} {n.direction}" for n in component.norms]
    return {(names[b.beater], b.relation, names[b.beaten]) for b in component.beats}
