"""The typed document: nesting, sentences, notes, addenda, and its checks as a whole."""
