"""The reference interpreter: the executable definition of what a rulebook means, slow and short.

`expressions` says what a condition means, `case` what a fact and a trigger are, `norms` the order and the verdict
table, `payload` and `basis` what stands beside it, `decision` puts it together. It shares the typed tree, the linked
program and the result records with the compiler, nothing else; random rulebooks prove that the two agree.
"""

from mutandis.evaluate.reference.decision import decide

__all__ = ["decide"]
