"""Reading consolidated statute text: the typed document, and the stages that account for every character of it.

Pipeline order: source (decode, mask, line table) → lines (what each line is) → reader (the nesting) → sentences (main
sentence, proviso, latter part) → document. `printing` gives the text back; `inventory` and `quantities` read the
document.
"""

from mutandis_tools.text.document import StatuteDocument, print_statute, walk_provisions, walk_units

__all__ = ["StatuteDocument", "print_statute", "walk_provisions", "walk_units"]
