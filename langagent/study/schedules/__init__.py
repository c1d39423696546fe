"""Schedules of cards: suspended, resumed, reset, exported."""
