"""Ratings: one at a time, in batches, and taken back."""
