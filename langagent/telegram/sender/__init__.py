"""What waits in the outbox is sent, at Telegram's pace (PRODUCT 11.2)."""
