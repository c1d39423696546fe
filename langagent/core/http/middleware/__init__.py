"""Pure ASGI middleware, outermost first (PRODUCT 14.5)."""
