"""Tests of the migrations and of what applies them."""
