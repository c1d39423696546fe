"""Starter decks that ship with the product, and the first deck of a new profile."""
