"""What a deploy or a rollback will do, as data: decided here, carried out by the executor."""
