"""Users, profiles, sign-in, plans and their limits."""
