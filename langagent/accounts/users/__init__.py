"""Learners: who they are and what they set."""
