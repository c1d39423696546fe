"""Stand-ins for outside services, for development and tests; never part of the product or its image."""
