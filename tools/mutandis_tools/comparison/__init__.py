"""One rulebook against another: what changed in rules and declarations, what that reaches, what comes out otherwise."""
