"""The back end that proves: the norm IR and the order among norms as terms of an SMT solver, over all cases at once.

Nothing here decides. What it finds is a proof, or a case, and a case is decided again before it is shown.
"""
