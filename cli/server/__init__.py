"""`langagent server`: pin, check and set up a server."""
