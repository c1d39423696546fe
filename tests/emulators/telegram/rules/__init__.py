"""Tests of what Telegram accepts."""
