"""`langagent env`: the .env file."""
