"""What legal staff run: the `mutandis` command and what stands behind it."""
