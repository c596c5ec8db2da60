"""The cases beside a rulebook: what they ask, what was expected, where the answer differs."""
