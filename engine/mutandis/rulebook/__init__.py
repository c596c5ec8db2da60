"""From files a person wrote to a checked model of the rulebook."""
