"""Every cross-reference: which words refer, to which law and provisions, what they do."""
