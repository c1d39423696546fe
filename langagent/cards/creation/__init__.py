"""Cards made by hand or from words."""
