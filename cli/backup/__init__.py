"""`langagent backup`: make backups and look after them."""
