"""How fast backups are made, beside what else makes them."""
