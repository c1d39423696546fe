"""Updates are handled: each chat strictly in order, each update with one effect."""
