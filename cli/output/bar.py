"""One line that shows how far a long operation is."""

from cli.output.units import duration, size

WIDTH = 24
ALMOST = 0.99


def bar(done: int, total: int, seconds: float) -> str:
    """Return the line; `total` is an estimate (0: unknown), so the end is not announced before it is there."""
    rate = done / seconds if seconds else 0
    told = f"{size(done):>9}  {size(rate)}/s"
    if not total:
        return told
    share = min(done / total, ALMOST)
    left = duration((total - done) / rate) if rate and done < total else "…"
    filled = round(WIDTH * share)
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%} {told}  {left} left"
