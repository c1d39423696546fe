"""What the operations' own process does, when, and what it noted."""
