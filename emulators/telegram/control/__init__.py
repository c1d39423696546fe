"""The other door: people, faults, the record of calls; for tests and the chat page."""
