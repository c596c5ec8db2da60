"""One rulebook against another: what changed in the rules, what that reaches, and which cases come out otherwise."""
