"""How well a running server is."""
