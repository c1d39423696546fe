"""Publishing the browser client."""
