"""A server's facts, what is made of them, and what is made of the server."""
