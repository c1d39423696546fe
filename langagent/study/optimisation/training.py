"""Fits FSRS-6 to histories; run as a process of its own, JSON in and JSON out, because it keeps a core busy."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import orjson
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from langagent.study.optimisation.models import Fit, History, Review

SPLITS: Final = 5


def fit(histories: Sequence[History], current: Sequence[float] | None) -> Fit | None:
    """Parameters fitted to ``histories``, compared with ``current`` ones; None when there is too little to compare.

    The comparison never looks ahead: parameters fitted to the past are tried on what came next.
    """
    items = predictions(histories)
    step = len(items) // (SPLITS + 1)
    if step == 0:
        return None
    known = list(current or DEFAULT_PARAMETERS)
    loss_before = loss_after = 0.0
    for end in range(step, step * (SPLITS + 1), step):
        future = items[end : end + step]
        loss_before += FSRS(known).evaluate(future).log_loss
        loss_after += FSRS(_train(items[:end])).evaluate(future).log_loss
    return Fit(tuple(_train(items)), loss_before / SPLITS, loss_after / SPLITS)


def predictions(histories: Sequence[History]) -> list[FSRSItem]:
    """Each rating that came a day or more after the one before it, with all that led to it, in order of time."""
    dated = [
        (history[end].at, history[: end + 1])
        for history in histories
        for end in range(1, len(history))
        if history[end].days > 0
    ]
    dated.sort(key=lambda item: item[0])
    return [FSRSItem([FSRSReview(review.rating, review.days) for review in reviews]) for _, reviews in dated]


def _train(items: Sequence[FSRSItem]) -> list[float]:
    trained = FSRS([]).compute_parameters(list(items))
    bounds = zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return [min(max(value, low), high) for value, (low, high) in zip(trained, bounds, strict=True)]


def main() -> None:
    task = orjson.loads(sys.stdin.buffer.read())
    histories = [[Review(**review) for review in history] for history in task["histories"]]
    found = fit(histories, task["current"])
    sys.stdout.buffer.write(orjson.dumps(asdict(found) if found else None))


if __name__ == "__main__":
    main()
