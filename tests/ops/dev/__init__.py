"""A developer's machine."""
