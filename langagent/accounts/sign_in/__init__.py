"""The ways to sign in, and the first sign-in that makes an account."""
