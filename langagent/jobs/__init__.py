"""Background jobs of the learners and of the house (PRODUCT 3.1, 14.8)."""
