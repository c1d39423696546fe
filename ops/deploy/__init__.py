"""The side of a deploy that asks: facts, plan, upload, start of the executor, and what it tells."""
