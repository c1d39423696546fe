"""Learners' files: copied to a bucket, proved, brought back."""
