"""Measurements, each of which prints one table."""
