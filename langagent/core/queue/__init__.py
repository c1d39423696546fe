"""Rows that workers claim: one mechanism for jobs, inbox, outbox and billing events (PRODUCT 14.4)."""
