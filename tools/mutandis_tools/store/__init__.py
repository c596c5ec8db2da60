"""What was worked out once, kept in the user's cache folder: the next command starts from there.

`files` is the folder: parts of a rulebook by a hash of all its files and of the program's own code. `records` is what
stands in them, rules, cases and findings as data. What is kept is data only, and deleting it loses nothing but time.
"""
