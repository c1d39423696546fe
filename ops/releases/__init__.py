"""What a server keeps of its releases: bundles, journals, the ledger."""
