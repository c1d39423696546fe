"""The health of a running server."""
