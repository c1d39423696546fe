"""The proxy: its configuration, rendered and put in place."""
