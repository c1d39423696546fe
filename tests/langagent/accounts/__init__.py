"""Tests of the packages, laid out as they are."""
