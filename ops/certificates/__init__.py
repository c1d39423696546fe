"""The server's certificate: one to start with, the real one, its renewal and its age."""
