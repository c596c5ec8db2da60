"""The condition language: grammar, tree, parser, checker, renderer."""
