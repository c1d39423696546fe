"""What the commands do to machines: no printing, no parsing; events and typed errors."""
