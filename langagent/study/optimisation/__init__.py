"""Fitting the scheduler to a learner's own reviews."""
