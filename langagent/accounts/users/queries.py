"""SQL of users."""
