"""The HTTP floor: operations, errors, middleware, limits, idempotency, pagination."""
