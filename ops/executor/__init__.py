"""The process on the server that carries a plan out, step by step, whatever happens to those who watch."""
