"""Study sessions: a queue to start with, a summary to end with."""
