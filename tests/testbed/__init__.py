"""Deploys to real servers with a real engine, registry and ACME server: `make testbed`, `make testbed-full`."""
