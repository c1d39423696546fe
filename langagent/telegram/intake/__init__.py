"""Updates are stored before Telegram is told that they arrived."""
