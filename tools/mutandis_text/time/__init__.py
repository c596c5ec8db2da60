"""Instruments, enforcement dates, transitional clauses, the past of each provision."""
