"""Where backups lie: an S3-compatible bucket, a folder, or both."""
