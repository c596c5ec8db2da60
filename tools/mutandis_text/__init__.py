"""A reader of consolidated statute text: every character accounted for, every reference, number and date told.

Folders stand in pipeline order, each knows only those before it: characters → lines → structure (the typed document) →
references, quantities, time → comparison (locks, what a newer text changed) → output. Words of a language stand in the
`english` module of each stage. Of the engine it uses places, diagnostics, citations and the format of locks; of rules
it knows nothing.
"""

from mutandis_text.document import StatuteDocument, print_statute, walk_provisions, walk_units

__all__ = ["StatuteDocument", "print_statute", "walk_provisions", "walk_units"]
