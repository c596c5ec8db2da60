"""The meaning in two values: what a rulebook says of a case in which every fact is known.

A second reading of the rules of meaning (S1 to S54), as plain as it can be made and sharing nothing with linking,
compiling or evaluating. It is for comparing, not for use: slow, without explanations, and silent on what is unknown,
which is nothing but the set of its completions.
"""

from mutandis.oracle.counting import NoAnswer
from mutandis.oracle.decide import Answer, Oracle
from mutandis.oracle.references import Wording

__all__ = ["Answer", "NoAnswer", "Oracle", "Wording"]
