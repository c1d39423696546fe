"""Migrations by yoyo, behind our own lock, with checksums, roles and a schema version that the product reads."""

from ops.migrations.overview import MigrationStatus, status
from ops.migrations.runner import Outcome, apply, rollback
from ops.migrations.scaffold import new

__all__ = ["MigrationStatus", "Outcome", "apply", "new", "rollback", "status"]
