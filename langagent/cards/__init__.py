"""Decks and cards: their texts, their content, starter decks."""
