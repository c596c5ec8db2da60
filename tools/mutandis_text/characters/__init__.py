"""From bytes to characters that keep their place; fingerprints of wording."""
