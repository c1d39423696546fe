"""What Telegram accepts, as pure functions."""
