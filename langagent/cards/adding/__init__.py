"""How cards come into decks: one insert, the plan's limit, duplicates."""
