"""`langagent web`: the browser client."""
