"""PostgreSQL and Redis as foreground children of ours, for development and tests."""
