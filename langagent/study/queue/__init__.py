"""The study queue: what to show next, and how much is left."""
