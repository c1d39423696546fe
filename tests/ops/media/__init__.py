"""Tests of the copies of learners' files."""
