"""The norm IR: what a component's norms say, in few kinds of typed nodes, lowered from the linked program."""
