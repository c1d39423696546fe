"""`langagent certificate`: the certificate of this server."""
