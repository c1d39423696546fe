"""`langagent migrate`: the schema of the database."""
