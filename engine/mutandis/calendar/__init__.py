"""Time as statutes count it (S43, S44, S50): pure functions over days, without clock and without state.

`dates` adds lengths to days, `counting` says how a period is counted, `reckoning` where it ends, `suspensions` which
days do not count, `days_off` which last days move, `shares` what part of a term is. Docs: docs/language/time.md.
"""
