"""How much of the laws the rulebook holds, and how much of the rulebook its cases try."""
