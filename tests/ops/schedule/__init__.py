"""Tests of the operations' own process."""
