"""The language server: a rulebook as an editor sees it."""
