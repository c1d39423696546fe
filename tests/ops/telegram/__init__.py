"""Tests of the bot's set-up."""
