"""Studying under load: what a rating with its next card costs, whatever the size of the database."""
