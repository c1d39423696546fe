"""What the rooms' `chat.py` are written with: a registry for their handlers, a `Chat` for each update (walk 1)."""
