"""What the stages found, written out: JSON, Markdown, tables for a terminal."""
