"""A strict local Bot API server with a chat page for the people who write to the bot."""
