"""Backups: dumped in one stream, proved by digest, kept in stores."""
