"""A server: what it is, what it lacks, and how it is made ready."""
