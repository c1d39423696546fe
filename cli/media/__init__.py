"""`langagent media`: copy learners' files to a bucket, prove them, bring them back."""
