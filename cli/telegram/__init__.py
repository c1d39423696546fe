"""`langagent telegram`: the bot's webhook."""
