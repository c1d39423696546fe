"""Lengths of time as people say them."""

from datetime import timedelta

_UNITS = ((86_400, "days"), (3_600, "h"), (60, "min"), (1, "s"))


def spoken(length: timedelta) -> str:
    """Return a length in the largest unit that it holds twice or more, such as `90 s`, `26 h` or `8 days`."""
    seconds = max(0, round(length.total_seconds()))
    size, name = next((unit for unit in _UNITS if seconds >= 2 * unit[0]), _UNITS[-1])
    return f"{seconds // size} {name}"
