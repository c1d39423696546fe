"""`langagent notify`: where alerts go."""
