"""From slots to a decision: order, table of verdicts, limits and what an answer tells, once for every back end."""
