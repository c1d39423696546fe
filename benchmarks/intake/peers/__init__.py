"""The same work on other frameworks: each file runs alone, in an environment without ours."""
