"""A developer's day on one machine: everything started, watched and stopped as one."""
