"""`langagent dev`: a developer's day."""
