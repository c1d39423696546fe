"""The `langagent` command: it parses, asks and prints; decisions live in ops."""
