"""One module a command of the `mutandis` program; each reads arguments, calls a stage, prints what comes back."""
