"""What runs on every change, and after it."""
