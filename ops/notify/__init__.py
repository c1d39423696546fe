"""How the owner hears of trouble: the channels, and which alerts are open."""
