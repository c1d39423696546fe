"""The bot's two doors: updates come in through the inbox, messages leave through the outbox (DESIGN, walk 1)."""
