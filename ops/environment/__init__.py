"""The `.env` file: made, checked, shown and rotated."""
