"""The .env file."""
