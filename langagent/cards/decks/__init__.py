"""Decks: collections of cards, one of them active in a profile."""
