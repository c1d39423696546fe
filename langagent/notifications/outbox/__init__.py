"""Calls of the Bot API that must be made, stored in the transaction that causes them."""
