"""`langagent server`: pin, check and set up a server, and bring its data back."""
