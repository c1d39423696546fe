"""The bot as its owner sets it up: where Telegram delivers updates."""
