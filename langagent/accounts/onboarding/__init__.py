"""The draft of a first profile, shared by bot and client."""
