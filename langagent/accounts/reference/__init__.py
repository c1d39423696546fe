"""What clients may know before sign-in: languages, plans, legal texts."""
