"""The steps of a deploy and of a rollback, one per file: do, check, undo."""
