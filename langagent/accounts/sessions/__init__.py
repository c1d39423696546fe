"""Sessions of a learner: access tokens, refresh cookies, revocation."""
