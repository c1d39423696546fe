"""The browser client: built, and published where browsers load it from."""
